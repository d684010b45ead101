//! What a party decides at a review: by conduct, from what it feels, trusts, sees and
//! believes, and from its resolve. Nothing here knows the state of the world.

mod assurance;
mod inspection;
mod on_record;
mod quantal;

use super::state::ForceState;
use crate::model::{DecisionUnit, ForceIndex, Model, Order, Policy, TiSlice, Timing};
use crate::stats::Draws;

pub(super) use on_record::{Errors, Register, less_on_record};
pub(super) use quantal::{Demand, Few, Quantal, Question};

/// Draws of a party that answers like for like, by what they are for.
const MISPERCEIVES: u32 = 1;
const FORGIVES: u32 = 2;
const ERRS: u32 = 3;

/// What a party that weighs nothing goes by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Situation {
    /// Trust in the others.
    pub(super) trust: f64,
    /// The share of the others' strength that is seen keeping; none if nobody is seen.
    pub(super) seen_keeping: Option<f64>,
    /// Its resolve, as a share: the cumulative probability of it.
    pub(super) resolve: f64,
    /// The uniform draw of how it does not comply.
    pub(super) posture: f64,
}

/// The numbers of a decision unit in one replicate.
#[derive(Debug, Clone)]
pub(super) struct UnitParameters {
    pub(super) concealment: f64,
    /// The probability that it follows its patron.
    pub(super) control: f64,
    /// Days over which first reviews are spread.
    pub(super) first_review_days: f64,
    /// Mean days before a deadline at which those who comply arrive; none where they go at
    /// once.
    pub(super) slack_days: Option<f64>,
    policy: Numbers,
}

/// The numbers of a policy.
#[derive(Debug, Clone)]
enum Numbers {
    Scripted,
    Quantal(Box<Quantal>),
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

impl UnitParameters {
    pub(super) fn draw(
        model: &Model,
        unit: &DecisionUnit,
        forces: &TiSlice<ForceIndex, ForceState>,
        draws: Draws,
    ) -> Self {
        let control = match &model.parties[unit.party].patron {
            Some((_, control)) if unit.patron.is_some() => control.draw(draws),
            _ => 0.0,
        };
        let policy = match &unit.policy {
            Policy::Scripted { .. } => Numbers::Scripted,
            Policy::QuantalResponse(conduct) => {
                Numbers::Quantal(Box::new(Quantal::draw(unit, conduct, forces, draws)))
            }
            Policy::FixedProbabilities { comply, conceal, .. } => {
                Numbers::Fixed { comply: comply.draw(draws), conceal: conceal.draw(draws) }
            }
            Policy::Reciprocal(conduct) => Numbers::Reciprocal {
                cooperation_at: conduct.cooperation_at.draw(draws),
                forgiveness: conduct.forgiveness.draw(draws),
                misperception: conduct.misperception.draw(draws),
                action_error: conduct.action_error.draw(draws),
                otherwise: conduct.otherwise,
            },
            Policy::Assurance(conduct) => Numbers::Assurance {
                least_trust: assurance::least_trust(conduct, draws),
                otherwise: conduct.otherwise,
            },
            Policy::InspectionEquilibrium(conduct) => Numbers::Inspection {
                violates: inspection::violates(conduct, draws),
                otherwise: conduct.otherwise,
            },
        };
        let slack_days = match &unit.timing {
            Timing::AtOnce => None,
            Timing::ByDeadline(slack) => Some(slack.draw(draws)),
        };
        Self {
            concealment: unit.concealment.draw(draws),
            control,
            first_review_days: unit.first_review_days.draw(draws),
            slack_days,
            policy,
        }
    }

    /// Adds to the value of presence, where it is weighed.
    pub(super) fn add_value(&mut self, amount: f64) {
        if let Numbers::Quantal(quantal) = &mut self.policy {
            quantal.value += amount;
        }
    }

    /// What is weighed, by who weighs.
    pub(super) fn quantal(&self) -> Option<&Quantal> {
        match &self.policy {
            Numbers::Quantal(quantal) => Some(quantal),
            _ => None,
        }
    }

    /// The order of a unit that decides for itself without weighing; none by script or
    /// where it weighs. `draw` gives the uniform draw of a purpose.
    pub(super) fn decide(&self, situation: &Situation, draw: impl Fn(u32) -> f64) -> Option<Order> {
        Some(match &self.policy {
            Numbers::Scripted | Numbers::Quantal(_) => return None,
            Numbers::Fixed { comply, conceal } => {
                let hides = situation.posture * (1.0 - comply) < *conceal;
                let otherwise = if hides { Order::Conceal } else { Order::Defy };
                either(situation.resolve > 1.0 - comply, otherwise)
            }
            Numbers::Reciprocal {
                cooperation_at,
                forgiveness,
                misperception,
                action_error,
                otherwise,
            } => {
                let cooperates = match situation.seen_keeping {
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
                either(situation.trust >= *least_trust, *otherwise)
            }
            Numbers::Inspection { violates, otherwise } => {
                either(situation.resolve > *violates, *otherwise)
            }
        })
    }
}

fn either(complies: bool, otherwise: Order) -> Order {
    if complies { Order::Comply } else { otherwise }
}
