//! `kind = "quantal-response"`.

use std::collections::BTreeMap;

use disengage_derive::table;

use super::{Belief, Pressure, Trust};
use crate::scenario::quantity::Quantity;

/// Complies while that is worth more than staying, for the resolve it has:
/// ```text
/// U(go) − U(stay) + ε > 0, ε logistic
/// U(go) − U(stay) = Σ weight × share met × (pressure × Δb + trust_weight × trust
///                   + counter_weight × counter_performance) + hit_cost × Δhits
///                   − value + fresh × 2^(−days / fresh_half_life_days) − value_per_km × km
/// ```
/// Δb is by how much less likely it is to be on record as violating, Δhits by how many fewer
/// hits a day it believes in. Worths and costs are a day's, in units of the spread of ε.
#[table(part)]
pub struct QuantalResponse {
    /// Days between reviews; an order stands until the next.
    #[key(bounds = DAYS, some)]
    pub review_days: u32,
    /// What standing where it stands is worth.
    #[key(bounds = WORTH)]
    pub value: Quantity,
    /// What each kilometre given up is worth, on top.
    #[key(default = 0.0, bounds = WORTH)]
    pub value_per_km: Quantity,
    /// What hiding costs.
    #[key(default = 0.0, bounds = COST)]
    pub concealment_cost: Quantity,
    /// What going back nearer home costs.
    #[key(default = 0.0, bounds = COST)]
    pub return_cost: Quantity,
    /// What complying is worth on top just after D-day or a recommitment.
    #[key(default = 0.0, bounds = COST)]
    pub fresh: Quantity,
    /// Days in which half of `fresh` is gone.
    #[key(default = 14.0, bounds = HALF_LIFE)]
    pub fresh_half_life_days: Quantity,
    /// Pressure on the party.
    #[key(part)]
    pub pressure: Pressure,
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
    /// What a hit costs, in days of what else is weighed.
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
