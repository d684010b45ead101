//! `[[agreement]]`: what clauses and phases belong to.

use disengage_derive::table;

use super::gate::Gate;

pub use crate::model::Standing;

/// An agreement, or a demand for one. Several may be in force at once.
#[table(entry(Agreement), titled, sourced)]
pub struct Agreement {
    /// The parties whose consent an amendment needs.
    #[key(default, refers(Party))]
    pub signatories: Vec<String>,
    /// Whether its clauses are demanded, offered or agreed, unless they say so
    /// themselves. Breaking what was never agreed costs no trust. Default
    /// "agreed".
    pub standing: Option<Standing>,
    /// When it starts: none of its phases and clauses starts before. The first
    /// day of the run by default.
    pub starts: Option<Gate>,
    /// When it expires, and its clauses with it; never if left out.
    pub expires: Option<Gate>,
}
