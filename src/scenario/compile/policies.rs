//! How a party decides: policies with their numbers.

use super::units::Key;
use super::{Compiler, rows, uncertain, uncertain_or};
use crate::model::{
    Assurance, ForceIndex, GarrisonIndex, InspectionEquilibrium, Kind, Model, Order, Policy,
    QuantalResponse, Reciprocal, ScriptedOrder, Uncertain,
};
use crate::scenario::{self, Conduct, Quantity, Scripted};

impl Compiler<'_> {
    pub(super) fn policy(
        &self,
        model: &Model,
        conduct: &Conduct,
        (party, clause, garrison): Key,
        weighed: &[ForceIndex],
    ) -> Policy {
        let number =
            |quantity: &Quantity, key: &str| uncertain(quantity, &["conduct", &conduct.id, key]);
        match &conduct.policy {
            scenario::Policy::Scripted(it) => scripted(model, (conduct.initial, it), garrison),
            scenario::Policy::QuantalResponse(it) => {
                let party_id = &model.parties[party].id;
                let site_value = |force: &ForceIndex| -> Uncertain {
                    let site = &rows(&self.scenario.sites)[model.forces[*force].home];
                    match site.value.get(party_id) {
                        Some(value)
                            if !matches!(model.clauses[clause].kind, Kind::Deliver { .. }) =>
                        {
                            uncertain(value, &["site", &site.id, "value", party_id])
                        }
                        _ => number(&it.value, "value"),
                    }
                };
                Policy::QuantalResponse(Box::new(drawn!(number, it => QuantalResponse {
                    value_per_km, concealment_cost, trust_weight, counter_weight, hit_cost,
                    fresh, fresh_half_life_days, return_cost;
                    review_days: it.review_days.max(1),
                    record_days: number(&it.pressure.record_days, "record_days"),
                    believed_watch: number(&it.pressure.believed_watch, "believed_watch"),
                    site_values: match weighed {
                        [] => vec![number(&it.value, "value")],
                        _ => weighed.iter().map(site_value).collect(),
                    },
                })))
            }
            scenario::Policy::FixedProbabilities(it) => {
                let of = |order: &str| {
                    let path = ["conduct", &conduct.id, "probabilities", order];
                    uncertain_or(it.probabilities.get(order), 0.0, &path)
                };
                Policy::FixedProbabilities {
                    review_days: it.review_days.max(1),
                    comply: of("comply"),
                    conceal: of("conceal"),
                }
            }
            scenario::Policy::Reciprocal(it) => {
                Policy::Reciprocal(Box::new(drawn!(number, it => Reciprocal {
                    cooperation_at, forgiveness, misperception, action_error;
                    review_days: it.review_days.max(1),
                    otherwise: it.otherwise,
                })))
            }
            scenario::Policy::Assurance(it) => {
                Policy::Assurance(Box::new(drawn!(number, it => Assurance {
                    reward, temptation, sucker, punishment;
                    review_days: it.review_days.max(1),
                    otherwise: it.otherwise,
                })))
            }
            scenario::Policy::InspectionEquilibrium(it) => {
                let effort = it.believed_effort.as_ref();
                Policy::InspectionEquilibrium(Box::new(
                    drawn!(number, it => InspectionEquilibrium {
                        gain, penalty, false_alarm_cost, inspector_detected_cost,
                        inspector_undetected_cost, inspector_false_alarm_cost, inspection_cost,
                        false_alarm, missed;
                        review_days: it.review_days.max(1),
                        believed_effort: effort.map(|it| number(it, "believed_effort")),
                        otherwise: it.otherwise,
                    }),
                ))
            }
        }
    }
}

fn scripted(model: &Model, (initial, it): (Order, &Scripted), garrison: GarrisonIndex) -> Policy {
    let garrison = &model.garrisons[garrison];
    // A garrison obeys what is ordered for one of its sites, or for the group they are.
    let named = |name: &String| {
        let mut sites = garrison.sites.iter().map(|site| &model.sites[*site]);
        *name == garrison.id || sites.any(|site| *name == site.id)
    };
    let mut orders: Vec<ScriptedOrder> = it
        .orders
        .iter()
        .filter(|order| order.groups.is_empty() || order.groups.iter().any(named))
        .map(|order| ScriptedOrder {
            day: model.calendar.day(order.date).max(0) as u32,
            order: order.order,
        })
        .collect();
    orders.sort_by_key(|order| order.day);
    Policy::Scripted { initial, orders }
}
