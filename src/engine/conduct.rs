//! Which order a party gives at a review.

use super::world::ForceState;
use crate::model::{ClauseIndex, DecisionUnit, Duty, Force, Kind, Model, Order, Policy};
use crate::stats::Draws;

/// The numbers of a decision unit in one replicate.
#[derive(Debug, Clone)]
pub(super) struct UnitParameters {
    pub(super) concealment: f64,
    pub(super) control: f64,
    lambda: f64,
    utilities: [f64; 3],
}

impl UnitParameters {
    pub(super) fn draw(
        model: &Model,
        unit: &DecisionUnit,
        forces: &[ForceState],
        draws: Draws,
    ) -> Self {
        let control = match &model.parties[unit.party].patron {
            Some((_, control)) if unit.patron.is_some() => control.draw(draws),
            _ => 0.0,
        };
        let mut parameters = Self {
            concealment: unit.concealment.draw(draws),
            control,
            lambda: 0.0,
            utilities: [0.0; 3],
        };
        let Policy::QuantalResponse(it) = &unit.policy else {
            return parameters;
        };
        let (mut value, mut km, mut total) = (0.0, 0.0, 0.0);
        for (force, site_value) in unit.weighed.iter().zip(&it.site_values) {
            let weight = f64::from(forces[*force].strength).max(1.0);
            value += weight * site_value.draw(draws);
            km += weight
                * km_given_up(
                    &model.forces[*force],
                    unit.clause,
                    &model.clauses[unit.clause].kind,
                );
            total += weight;
        }
        if let ([], [alone]) = (&*unit.weighed, &*it.site_values) {
            value = alone.draw(draws);
        }
        if total > 0.0 {
            value /= total;
            km /= total;
        }
        let value = value + it.value_per_km.draw(draws) * km;
        let horizon = f64::from(it.review_days);
        let hits =
            |index: usize| it.hit_cost.draw(draws) * it.hits_per_day[index].draw(draws) * horizon;
        let weighted = |(level, weight): &(crate::model::Uncertain, crate::model::Uncertain)| {
            level.draw(draws) * weight.draw(draws)
        };
        parameters.lambda = it.lambda.draw(draws);
        parameters.utilities = [
            weighted(&it.pressure) + weighted(&it.trust) + weighted(&it.counter) - hits(0),
            value - hits(1),
            value - it.concealment_cost.draw(draws) - hits(2),
        ];
        parameters
    }

    /// The order that quantal response gives for a uniform draw: P ∝ exp(λU),
    /// in the order comply, conceal, defy, so that a greater share of comply
    /// never turns a comply into something else under the same draw.
    pub(super) fn quantal(&self, u: f64) -> Order {
        let [comply, defy, conceal] = self.shares();
        if u < comply {
            Order::Comply
        } else if u < comply + conceal || defy == 0.0 {
            Order::Conceal
        } else {
            Order::Defy
        }
    }

    /// The probabilities of comply, defy and conceal.
    pub(super) fn shares(&self) -> [f64; 3] {
        let best = self
            .utilities
            .iter()
            .fold(f64::NEG_INFINITY, |a, b| a.max(*b));
        let weights = self.utilities.map(|u| libm::exp(self.lambda * (u - best)));
        let total: f64 = weights.iter().sum();
        weights.map(|w| w / total)
    }
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
    force
        .routes
        .iter()
        .find_map(|route| route.halt_m[clause])
        .map_or(0.0, |metre| metre / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(lambda: f64, utilities: [f64; 3]) -> UnitParameters {
        UnitParameters {
            concealment: 0.0,
            control: 0.0,
            lambda,
            utilities,
        }
    }

    /// Softmax by hand: λ = 2, U = (0.8, 1.0, 0.75).
    #[test]
    fn shares_are_softmax() {
        let shares = parameters(2.0, [0.8, 1.0, 0.75]).shares();
        let weights = [1.6, 2.0, 1.5].map(libm::exp);
        let total: f64 = weights.iter().sum();
        for (share, weight) in shares.iter().zip(weights) {
            assert!((share - weight / total).abs() < 1e-14);
        }
        assert_eq!(parameters(0.0, [5.0, -3.0, 2.0]).shares(), [1.0 / 3.0; 3]);
        assert!(parameters(1e6, [5.0, 4.9, 2.0]).shares()[0] > 0.999_999);
    }

    #[test]
    fn more_utility_of_complying_never_turns_a_comply_away() {
        for i in 1..100 {
            let u = f64::from(i) / 100.0;
            let low = parameters(2.0, [0.2, 0.5, 0.4]).quantal(u);
            let high = parameters(2.0, [0.6, 0.5, 0.4]).quantal(u);
            assert!(low != Order::Comply || high == Order::Comply);
        }
    }
}
