//! `kind = "fixed-probabilities"`.

use std::collections::BTreeMap;

use disengage_derive::table;

use crate::scenario::quantity::Quantity;

/// Each order with a probability of its own: its garrisons comply, hide or defy by their
/// resolve, which is thought over.
#[table(part)]
pub struct FixedProbabilities {
    /// Days between reviews; an order stands until the next.
    #[key(bounds = DAYS, some)]
    pub review_days: u32,
    /// Share of an order over all reviews: { comply = 0.6, conceal = 0.1 }.
    /// Defying has the rest.
    #[key(bounds = SHARE)]
    pub probabilities: BTreeMap<String, Quantity>,
}
