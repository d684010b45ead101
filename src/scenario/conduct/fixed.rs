//! `kind = "fixed-probabilities"`.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use crate::scenario::quantity::Quantity;
use crate::scenario::read::Table;

/// Each order with a probability of its own, drawn anew at each review.
#[derive(Debug, Clone, JsonSchema)]
pub struct FixedProbabilities {
    /// Days between reviews; an order stands until the next.
    #[schemars(range(min = 1))]
    pub review_days: u32,
    /// Probability of an order at a review: { comply = 0.6, conceal = 0.1 }.
    /// Defying has the rest.
    pub probabilities: BTreeMap<String, Quantity>,
}

impl FixedProbabilities {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self { review_days: t.req("review_days"), probabilities: t.req("probabilities") }
    }
}
