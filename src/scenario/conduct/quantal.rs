//! `kind = "quantal-response"`.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::{Belief, Pressure, Trust};
use crate::scenario::quantity::Quantity;
use crate::scenario::read::Table;

/// P(order) proportional to exp(lambda × U), reviewed every `review_days`, with
/// ```text
/// U(comply)  = pressure_weight × pressure + trust_weight × trust
///              + counter_weight × counter_performance − hits(comply)
/// U(defy)    = V − hits(defy)
/// U(conceal) = V − concealment_cost − hits(conceal)
/// V          = value + value_per_km × kilometres given up (for weapons, value alone)
/// hits(order) = hit_cost × hits per day × review_days
/// ```
#[derive(Debug, Clone, JsonSchema)]
pub struct QuantalResponse {
    /// Days between reviews; an order stands until the next.
    #[schemars(range(min = 1))]
    pub review_days: u32,
    /// Precision of the response: 0 is chance, large is the best reply.
    pub lambda: Quantity,
    /// What presence at a site is worth over one review.
    pub value: Quantity,
    /// What each kilometre given up is worth, on top. Default 0.
    pub value_per_km: Option<Quantity>,
    /// What hiding costs over one review. Default 0.
    pub concealment_cost: Option<Quantity>,
    /// Pressure on the party.
    #[schemars(flatten)]
    pub pressure: Pressure,
    /// Weight of pressure. Default 1.
    pub pressure_weight: Option<Quantity>,
    /// Trust in the other side.
    #[schemars(flatten)]
    pub trust: Trust,
    /// Weight of trust. Default 1.
    pub trust_weight: Option<Quantity>,
    /// Counter-performance: what is taken for it while no clause of
    /// `counter_clauses` is in force. Default 0.
    pub counter_performance: Option<Quantity>,
    /// Clauses of the other side: counter-performance is the share of them that
    /// the party sees kept.
    #[schemars(default)]
    pub counter_clauses: Vec<String>,
    /// Weight of counter-performance. Default 1.
    pub counter_weight: Option<Quantity>,
    /// What a hit costs. Default 0.
    pub hit_cost: Option<Quantity>,
    /// Believed hits per day of exposure, by order:
    /// { comply = 0.001, defy = 0.01, conceal = 0.003 }. Where beliefs move, the
    /// prior that they start from and fall back to, stated for each order.
    #[schemars(default)]
    pub hits_per_day: BTreeMap<String, Quantity>,
    /// How the beliefs move.
    #[schemars(flatten)]
    pub belief: Belief,
}

impl QuantalResponse {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            review_days: t.req("review_days"),
            lambda: t.req("lambda"),
            value: t.req("value"),
            value_per_km: t.opt("value_per_km"),
            concealment_cost: t.opt("concealment_cost"),
            pressure: Pressure::read(t),
            pressure_weight: t.opt("pressure_weight"),
            trust: Trust::read(t),
            trust_weight: t.opt("trust_weight"),
            counter_performance: t.opt("counter_performance"),
            counter_clauses: t.or("counter_clauses", Vec::new()),
            counter_weight: t.opt("counter_weight"),
            hit_cost: t.opt("hit_cost"),
            hits_per_day: t.or("hits_per_day", BTreeMap::new()),
            belief: Belief::read(t),
        }
    }
}
