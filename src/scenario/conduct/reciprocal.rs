//! `kind = "reciprocal"`.

use schemars::JsonSchema;

use super::Order;
use crate::scenario::quantity::Quantity;
use crate::scenario::read::Table;

/// Like for like: complies if it has last seen the other side keep, and until it
/// has seen anything of it.
#[derive(Debug, Clone, JsonSchema)]
pub struct Reciprocal {
    /// Days between reviews; an order stands until the next.
    #[schemars(range(min = 1))]
    pub review_days: u32,
    /// The parties whose conduct it answers.
    #[schemars(length(min = 1))]
    pub toward: Vec<String>,
    /// Their clauses it looks at; all that bind them if left out.
    #[schemars(default)]
    pub counter_clauses: Vec<String>,
    /// The least share seen keeping, of what is seen of them, that it takes for
    /// cooperation. Default 1.
    pub cooperation_at: Option<Quantity>,
    /// Probability, at a review, of complying after a defection. Default 0.
    pub forgiveness: Option<Quantity>,
    /// Probability, at a review, of taking what it has seen for its opposite.
    /// Default 0.
    pub misperception: Option<Quantity>,
    /// Probability, at a review, of doing the opposite of what it means to.
    /// Default 0.
    pub action_error: Option<Quantity>,
    /// The order it gives instead of complying. Default "defy".
    #[schemars(default)]
    pub otherwise: Option<Order>,
}

impl Reciprocal {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            review_days: t.req("review_days"),
            toward: t.req("toward"),
            counter_clauses: t.or("counter_clauses", Vec::new()),
            cooperation_at: t.opt("cooperation_at"),
            forgiveness: t.opt("forgiveness"),
            misperception: t.opt("misperception"),
            action_error: t.opt("action_error"),
            otherwise: t.opt("otherwise"),
        }
    }
}
