//! Quantal response: the better an order is worth, the likelier it is.

use super::{ORDER, Situation, by_shares};
use crate::engine::state::ForceState;
use crate::model::{
    ClauseIndex, DecisionUnit, Duty, Force, ForceIndex, Kind, Model, Order, QuantalResponse,
    TiSlice,
};
use crate::stats::Draws;

/// The numbers of quantal response.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quantal {
    lambda: f64,
    value: f64,
    concealment_cost: f64,
    pressure_weight: f64,
    trust_weight: f64,
    counter_weight: f64,
    /// Cost of a hit times the days of one review.
    hit_cost_days: f64,
}

impl Quantal {
    pub(super) fn draw(
        model: &Model,
        unit: &DecisionUnit,
        it: &QuantalResponse,
        forces: &TiSlice<ForceIndex, ForceState>,
        draws: Draws,
    ) -> Self {
        let (mut value, mut km, mut total) = (0.0, 0.0, 0.0);
        for (force, site_value) in unit.weighed.iter().zip(&it.site_values) {
            let weight = f64::from(forces[*force].strength).max(1.0);
            value += weight * site_value.draw(draws);
            km += weight
                * km_given_up(&model.forces[*force], unit.clause, &model.clauses[unit.clause].kind);
            total += weight;
        }
        if let ([], [alone]) = (&*unit.weighed, &*it.site_values) {
            value = alone.draw(draws);
        }
        if total > 0.0 {
            value /= total;
            km /= total;
        }
        Self {
            lambda: it.lambda.draw(draws),
            value: value + it.value_per_km.draw(draws) * km,
            concealment_cost: it.concealment_cost.draw(draws),
            pressure_weight: it.pressure_weight.draw(draws),
            trust_weight: it.trust_weight.draw(draws),
            counter_weight: it.counter_weight.draw(draws),
            hit_cost_days: it.hit_cost.draw(draws) * f64::from(it.review_days),
        }
    }

    /// Adds to the value of presence.
    pub(super) fn add_value(&mut self, amount: f64) {
        self.value += amount;
    }

    /// The order, and what complying is worth over defying.
    pub(super) fn decide(&self, situation: &Situation, draw: impl Fn(u32) -> f64) -> (Order, f64) {
        let utilities = self.utilities(situation);
        let order = by_shares(shares(self.lambda, utilities), draw(ORDER));
        (order, utilities[0] - utilities[1])
    }

    /// The utilities of comply, defy and conceal, for what the party feels,
    /// trusts, sees and believes.
    fn utilities(&self, situation: &Situation) -> [f64; 3] {
        let hits = situation.hits.map(|per_day| self.hit_cost_days * per_day);
        [
            self.pressure_weight * situation.pressure
                + self.trust_weight * situation.trust
                + self.counter_weight * situation.counter
                - hits[0],
            self.value - hits[1],
            self.value - self.concealment_cost - hits[2],
        ]
    }
}

/// P(order) ∝ exp(λU): the probabilities of comply, defy and conceal.
fn shares(lambda: f64, utilities: [f64; 3]) -> [f64; 3] {
    let best = utilities.iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b));
    let weights = utilities.map(|u| libm::exp(lambda * (u - best)));
    let total: f64 = weights.iter().sum();
    weights.map(|w| w / total)
}

/// The kilometres of its way that a force gives up by keeping a clause: from
/// home to where it halts on the first of its routes that gets there.
fn km_given_up(force: &Force, clause: ClauseIndex, kind: &Kind) -> f64 {
    let clause = force.carries(clause).map_or(clause, |it| it.clause);
    let asked = force.obligations.iter().any(|o| {
        o.clause == clause && matches!(o.duty, Duty::StayOut | Duty::Deploy | Duty::StayIn)
    });
    if !asked || matches!(kind, Kind::Deliver { .. }) {
        return 0.0;
    }
    force.routes.iter().find_map(|route| route.halt_m[clause]).map_or(0.0, |metre| metre / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Softmax by hand: λ = 2, U = (0.8, 1.0, 0.75).
    #[test]
    fn shares_are_softmax() {
        let found = shares(2.0, [0.8, 1.0, 0.75]);
        let weights = [1.6, 2.0, 1.5].map(libm::exp);
        let total: f64 = weights.iter().sum();
        for (share, weight) in found.iter().zip(weights) {
            assert!((share - weight / total).abs() < 1e-14);
        }
        assert_eq!(shares(0.0, [5.0, -3.0, 2.0]), [1.0 / 3.0; 3]);
        assert!(shares(1e6, [5.0, 4.9, 2.0])[0] > 0.999_999);
    }

    #[test]
    fn more_utility_of_complying_never_turns_a_comply_away() {
        for i in 1..100 {
            let u = f64::from(i) / 100.0;
            let low = by_shares(shares(2.0, [0.2, 0.5, 0.4]), u);
            let high = by_shares(shares(2.0, [0.6, 0.5, 0.4]), u);
            assert!(low != Order::Comply || high == Order::Comply);
        }
    }
}
