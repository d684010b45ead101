//! `kind = "quantal-response"`.

use std::collections::BTreeMap;

use disengage_derive::table;

use super::{Belief, Pressure, Trust};
use crate::scenario::quantity::Quantity;

/// P(order) proportional to exp(lambda × U), reviewed every `review_days`, with
/// ```text
/// U(comply)  = pressure_weight × pressure + trust_weight × trust
///              + counter_weight × counter_performance − hits(comply)
/// U(defy)    = V − hits(defy)
/// U(conceal) = V − concealment_cost − hits(conceal)
/// V          = value + value_per_km × kilometres given up (for weapons, value alone)
/// hits(order) = hit_cost × hits per day × review_days
/// ```
#[table(part)]
pub struct QuantalResponse {
    /// Days between reviews; an order stands until the next.
    #[key(bounds = DAYS, some)]
    pub review_days: u32,
    /// Precision of the response: 0 is chance, large is the best reply.
    #[key(bounds = COST)]
    pub lambda: Quantity,
    /// What presence at a site is worth over one review.
    #[key(bounds = WORTH)]
    pub value: Quantity,
    /// What each kilometre given up is worth, on top.
    #[key(default = 0.0, bounds = WORTH)]
    pub value_per_km: Quantity,
    /// What hiding costs over one review.
    #[key(default = 0.0, bounds = COST)]
    pub concealment_cost: Quantity,
    /// Pressure on the party.
    #[key(part)]
    pub pressure: Pressure,
    /// Weight of pressure.
    #[key(default = 1.0, bounds = COST)]
    pub pressure_weight: Quantity,
    /// Trust in the other side.
    #[key(part)]
    pub trust: Trust,
    /// Weight of trust.
    #[key(default = 1.0, bounds = COST)]
    pub trust_weight: Quantity,
    /// Counter-performance: what is taken for it while no clause of
    /// `counter_clauses` is in force.
    #[key(default = 0.0, bounds = WORTH)]
    pub counter_performance: Quantity,
    /// Clauses of the other side: counter-performance is the share of them that
    /// the party sees kept.
    #[key(default, refers(Clause))]
    pub counter_clauses: Vec<String>,
    /// Weight of counter-performance.
    #[key(default = 1.0, bounds = COST)]
    pub counter_weight: Quantity,
    /// What a hit costs.
    #[key(default = 0.0, bounds = COST)]
    pub hit_cost: Quantity,
    /// Believed hits per day of exposure, by order:
    /// { comply = 0.001, defy = 0.01, conceal = 0.003 }. Where beliefs move, the
    /// prior that they start from and fall back to, stated for each order.
    #[key(default, bounds = A_DAY)]
    pub hits_per_day: BTreeMap<String, Quantity>,
    /// How the beliefs move.
    #[key(part)]
    pub belief: Belief,
}
