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
mod watched;
mod words;

pub use mattered::{Difference, Mattered, Tried, mattered};
pub use tell::{Paragraph, Sentence, tell};
pub use words::what;
