//! Why a run went as it did: its events told by clause, and which of them
//! mattered.

mod actions;
mod around;
mod ending;
mod log;
mod mattered;
mod movements;
mod orders;
mod reactions;
mod tell;
mod told;
mod watched;
mod words;

pub use mattered::{Difference, Mattered, Tried, mattered};
pub use tell::tell;
pub use told::{Paragraph, Sentence};
pub use words::what;
