//! Which order a party gives at a review.

use super::state::force::ForceState;
use super::state::world::World;
use crate::model::{
    Assurance, ClauseIndex, DecisionUnit, Duty, Force, InspectionEquilibrium, Kind, Model, Order,
    Policy, QuantalResponse, UnitIndex,
};
use crate::stats::Draws;
use crate::theory::InspectionGame;

/// Draws at a review, by what they are for.
const ORDER: u32 = 0;
const MISPERCEIVES: u32 = 1;
const FORGIVES: u32 = 2;
const ERRS: u32 = 3;

/// The numbers of a decision unit in one replicate.
#[derive(Debug, Clone)]
pub(super) struct UnitParameters {
    pub(super) concealment: f64,
    pub(super) control: f64,
    policy: Numbers,
}

/// The numbers of a policy.
#[derive(Debug, Clone)]
enum Numbers {
    Scripted,
    Quantal(Quantal),
    Fixed {
        comply: f64,
        conceal: f64,
    },
    Reciprocal {
        cooperation_at: f64,
        forgiveness: f64,
        misperception: f64,
        action_error: f64,
        otherwise: Order,
    },
    Assurance {
        least_trust: f64,
        otherwise: Order,
    },
    Inspection {
        violates: f64,
        otherwise: Order,
    },
}

/// The numbers of quantal response.
#[derive(Debug, Clone, Copy)]
struct Quantal {
    lambda: f64,
    value: f64,
    concealment_cost: f64,
    pressure_weight: f64,
    trust_weight: f64,
    counter_weight: f64,
    /// Cost of a hit times the days of one review.
    hit_cost_days: f64,
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
        let policy = match &unit.policy {
            Policy::Scripted { .. } => Numbers::Scripted,
            Policy::QuantalResponse(it) => {
                Numbers::Quantal(Quantal::draw(model, unit, it, forces, draws))
            }
            Policy::FixedProbabilities { comply, conceal, .. } => {
                Numbers::Fixed { comply: comply.draw(draws), conceal: conceal.draw(draws) }
            }
            Policy::Reciprocal(it) => Numbers::Reciprocal {
                cooperation_at: it.cooperation_at.draw(draws),
                forgiveness: it.forgiveness.draw(draws),
                misperception: it.misperception.draw(draws),
                action_error: it.action_error.draw(draws),
                otherwise: it.otherwise,
            },
            Policy::Assurance(it) => {
                Numbers::Assurance { least_trust: least_trust(it, draws), otherwise: it.otherwise }
            }
            Policy::InspectionEquilibrium(it) => {
                Numbers::Inspection { violates: violates(it, draws), otherwise: it.otherwise }
            }
        };
        Self { concealment: unit.concealment.draw(draws), control, policy }
    }
}

impl UnitParameters {
    /// Adds to the value of presence, where it is weighed.
    pub(super) fn add_value(&mut self, amount: f64) {
        if let Numbers::Quantal(it) = &mut self.policy {
            it.value += amount;
        }
    }
}

impl Quantal {
    fn draw(
        model: &Model,
        unit: &DecisionUnit,
        it: &QuantalResponse,
        forces: &[ForceState],
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

    /// The utilities of comply, defy and conceal, for what the party feels,
    /// trusts, sees and believes.
    fn utilities(&self, (pressure, trust, counter): (f64, f64, f64), hits: [f64; 3]) -> [f64; 3] {
        let hits = hits.map(|per_day| self.hit_cost_days * per_day);
        [
            self.pressure_weight * pressure
                + self.trust_weight * trust
                + self.counter_weight * counter
                - hits[0],
            self.value - hits[1],
            self.value - self.concealment_cost - hits[2],
        ]
    }
}

/// The least trust at which complying is worth it (Kydd 2005):
/// (P − S) / ((R − T) + (P − S)).
fn least_trust(it: &Assurance, draws: Draws) -> f64 {
    let risk = it.punishment.draw(draws) - it.sucker.draw(draws);
    risk / (it.reward.draw(draws) - it.temptation.draw(draws) + risk)
}

/// How often the inspectee of the 2×2 game violates: never or always where it
/// counts on an effort that deters or does not, else q*, and always where no
/// inspection is worth its cost.
fn violates(it: &InspectionEquilibrium, draws: Draws) -> f64 {
    let game = InspectionGame {
        detected_loss: it.inspector_detected_cost.draw(draws),
        penalty: it.penalty.draw(draws),
        undetected_loss: it.inspector_undetected_cost.draw(draws),
        gain: it.gain.draw(draws),
        false_alarm_loss: it.inspector_false_alarm_cost.draw(draws),
        false_alarm_burden: it.false_alarm_cost.draw(draws),
        cost: it.inspection_cost.draw(draws),
        false_alarm: it.false_alarm.draw(draws),
        miss: it.missed.draw(draws),
    };
    match &it.believed_effort {
        Some(effort) => {
            let effort = effort.draw(draws);
            let deters = game.inspect().is_some_and(|enough| effort >= enough);
            f64::from(u8::from(!deters))
        }
        None => game.violate().unwrap_or(1.0),
    }
}

/// The order of a unit that decides for itself at its review of a number, and
/// what complying is worth to it over defying (1 where a policy weighs nothing).
pub(super) fn decide(
    model: &Model,
    world: &World,
    index: UnitIndex,
    number: u32,
    day: u32,
) -> (Order, f64) {
    let unit = &model.units[index];
    let draw = |purpose| world.draws.uniform(unit.choice, number, purpose);
    let holder = &world.beliefs[unit.beliefs];
    let order = match &world.units[index].parameters.policy {
        Numbers::Scripted => world.units[index].order,
        Numbers::Quantal(it) => {
            let levels = (
                holder.pressure(day),
                holder.trust(day),
                world.counter_performance(model, unit.beliefs),
            );
            let utilities = it.utilities(levels, world.hit_beliefs(model, unit.beliefs, day));
            let order = by_shares(shares(it.lambda, utilities), draw(ORDER));
            return (order, utilities[0] - utilities[1]);
        }
        Numbers::Fixed { comply, conceal } => {
            by_shares([*comply, 1.0 - comply - conceal, *conceal], draw(ORDER))
        }
        Numbers::Reciprocal {
            cooperation_at,
            forgiveness,
            misperception,
            action_error,
            otherwise,
        } => {
            let cooperates = match holder.seen_keeping() {
                Some(share) => {
                    (share >= cooperation_at - 1e-9) != (draw(MISPERCEIVES) < *misperception)
                }
                None => true,
            };
            let complies = cooperates || draw(FORGIVES) < *forgiveness;
            let errs = draw(ERRS) < *action_error;
            either(complies != errs, *otherwise)
        }
        Numbers::Assurance { least_trust, otherwise } => {
            either(holder.trust(day) >= *least_trust, *otherwise)
        }
        Numbers::Inspection { violates, otherwise } => {
            either(draw(ORDER) < 1.0 - violates, *otherwise)
        }
    };
    (order, 1.0)
}

fn either(complies: bool, otherwise: Order) -> Order {
    if complies { Order::Comply } else { otherwise }
}

/// P(order) ∝ exp(λU): the probabilities of comply, defy and conceal.
fn shares(lambda: f64, utilities: [f64; 3]) -> [f64; 3] {
    let best = utilities.iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b));
    let weights = utilities.map(|u| libm::exp(lambda * (u - best)));
    let total: f64 = weights.iter().sum();
    weights.map(|w| w / total)
}

/// The order for a uniform draw, in the order comply, conceal, defy, so that a
/// greater share of comply never turns a comply into something else under the
/// same draw.
fn by_shares([comply, defy, conceal]: [f64; 3], u: f64) -> Order {
    if u < comply {
        Order::Comply
    } else if u < comply + conceal || defy == 0.0 {
        Order::Conceal
    } else {
        Order::Defy
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
