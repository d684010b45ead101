//! `[[claim]]`: what a party says, and when.

use disengage_derive::table;
use time::Date;

pub use crate::model::Says;

/// A dated statement of a party about a clause. It enters the claimed register
/// if its author is bound by the clause or answers for it, and stands until the
/// author's next statement about the same forces.
#[table(entry(Claim), titled, sourced)]
pub struct Claim {
    /// The party that speaks.
    #[key(refers(Party))]
    pub by: String,
    /// The clause it speaks of.
    #[key(refers(Clause))]
    pub clause: String,
    /// The parties whose forces it speaks of; the speaker's own by default.
    #[key(default, refers(Party))]
    pub about: Vec<String>,
    /// The day it is said.
    pub date: Date,
    /// What is said.
    pub says: Says,
    /// The share of the strength spoken of, between 0 and 1.
    #[key(default = 1.0, bounds = SHARE)]
    pub share: f64,
}
