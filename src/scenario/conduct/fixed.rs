//! `kind = "fixed-probabilities"`.

use std::collections::BTreeMap;

use disengage_derive::table;

use crate::scenario::quantity::Quantity;

/// Each order with a probability of its own, drawn anew at each review.
#[table(part)]
pub struct FixedProbabilities {
    /// Days between reviews; an order stands until the next.
    #[key(bounds = DAYS, some)]
    pub review_days: u32,
    /// Probability of an order at a review: { comply = 0.6, conceal = 0.1 }.
    /// Defying has the rest.
    #[key(bounds = SHARE)]
    pub probabilities: BTreeMap<String, Quantity>,
}
