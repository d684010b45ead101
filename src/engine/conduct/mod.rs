//! Which order a party gives at a review: by conduct, from what it feels, trusts, sees
//! and believes. Nothing here knows the state of the world.

mod assurance;
mod inspection;
mod quantal;

use super::state::ForceState;
use crate::model::{DecisionUnit, ForceIndex, Model, Order, Policy, TiSlice};
use crate::stats::Draws;

/// Draws at a review, by what they are for.
const ORDER: u32 = 0;
const MISPERCEIVES: u32 = 1;
const FORGIVES: u32 = 2;
const ERRS: u32 = 3;

/// What a party knows at a review.
#[derive(Debug, Clone, Copy)]
pub(super) struct Situation {
    /// The order that stands.
    pub(super) standing: Order,
    /// Pressure to comply.
    pub(super) pressure: f64,
    /// Trust in the others.
    pub(super) trust: f64,
    /// What others keep of what they owe, from 0 to 1.
    pub(super) counter: f64,
    /// Hits believed to come in a day of exposure: complying, defying, concealing.
    pub(super) hits: [f64; 3],
    /// The share of the others' strength that is seen keeping; none if nobody is seen.
    pub(super) seen_keeping: Option<f64>,
}

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
    Quantal(quantal::Quantal),
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
                Numbers::Quantal(quantal::Quantal::draw(model, unit, conduct, forces, draws))
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
        Self { concealment: unit.concealment.draw(draws), control, policy }
    }

    /// Adds to the value of presence, where it is weighed.
    pub(super) fn add_value(&mut self, amount: f64) {
        if let Numbers::Quantal(quantal) = &mut self.policy {
            quantal.add_value(amount);
        }
    }

    /// The order of a unit that decides for itself, and what complying is worth to it
    /// over defying (1 where a policy weighs nothing); `draw` gives the uniform draw of
    /// a purpose.
    pub(super) fn decide(&self, situation: &Situation, draw: impl Fn(u32) -> f64) -> (Order, f64) {
        let order = match &self.policy {
            Numbers::Scripted => situation.standing,
            Numbers::Quantal(quantal) => return quantal.decide(situation, draw),
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
                either(draw(ORDER) < 1.0 - violates, *otherwise)
            }
        };
        (order, 1.0)
    }
}

fn either(complies: bool, otherwise: Order) -> Order {
    if complies { Order::Comply } else { otherwise }
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
