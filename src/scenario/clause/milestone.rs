//! Shares to be reached on the way to a deadline.

use disengage_derive::table;

use crate::scenario::gate::Gate;

/// A share of the bound strength that is to keep the clause by a day.
#[table(inline = "a milestone", such_as = "a milestone such as { by = 2018-07-01, share = 0.5 }")]
pub struct Milestone {
    /// When it falls due.
    #[key(as_of = "milestones")]
    pub by: Gate,
    /// The share, between 0 and 1.
    #[key(bounds = SHARE)]
    pub share: f64,
}
