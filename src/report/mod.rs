//! Reports: one HTML page that is read, printed and mailed, and the registers of one
//! replicate week by week in the manner of a monitoring mission.
//!
//! A page holds all it needs: no request leaves it.

mod agreement;
mod basis;
mod comparison;
mod figures;
mod input;
mod limits;
mod outcomes;
mod page;
mod playback;
mod registers;
mod tables;
mod twins;
mod weekly;
mod words;

pub use comparison::{Comparison, VariantColumn, comparison};
pub use input::{Run, Story};
pub use page::html;
pub use playback::Playback;
pub use weekly::weekly;
