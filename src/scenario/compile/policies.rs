//! How a party decides: policies with their numbers.

use super::units::Key;
use super::{Compiler, rows, uncertain, uncertain_or};
use crate::model::{
    self, Assurance, ForceIndex, GroupIndex, InspectionEquilibrium, Kind, Model, Policy,
    QuantalResponse, Reciprocal, ScriptedOrder, Uncertain,
};
use crate::scenario::{self, Conduct, Order, Quantity, Scripted};

impl Compiler<'_> {
    pub(super) fn policy(
        &self,
        model: &Model,
        conduct: &Conduct,
        (party, clause, group): Key,
        weighed: &[ForceIndex],
    ) -> Policy {
        let number =
            |quantity: &Quantity, key: &str| uncertain(quantity, &["conduct", &conduct.id, key]);
        match &conduct.policy {
            scenario::Policy::Scripted(it) => scripted(model, it, group),
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
                Policy::QuantalResponse(Box::new(QuantalResponse {
                    review_days: it.review_days.max(1),
                    lambda: number(&it.lambda, "lambda"),
                    site_values: match weighed {
                        [] => vec![number(&it.value, "value")],
                        _ => weighed.iter().map(site_value).collect(),
                    },
                    value_per_km: number(&it.value_per_km, "value_per_km"),
                    concealment_cost: number(&it.concealment_cost, "concealment_cost"),
                    pressure_weight: number(&it.pressure_weight, "pressure_weight"),
                    trust_weight: number(&it.trust_weight, "trust_weight"),
                    counter_weight: number(&it.counter_weight, "counter_weight"),
                    hit_cost: number(&it.hit_cost, "hit_cost"),
                }))
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
            scenario::Policy::Reciprocal(it) => Policy::Reciprocal(Box::new(Reciprocal {
                review_days: it.review_days.max(1),
                cooperation_at: number(&it.cooperation_at, "cooperation_at"),
                forgiveness: number(&it.forgiveness, "forgiveness"),
                misperception: number(&it.misperception, "misperception"),
                action_error: number(&it.action_error, "action_error"),
                otherwise: order_of(it.otherwise),
            })),
            scenario::Policy::Assurance(it) => Policy::Assurance(Box::new(Assurance {
                review_days: it.review_days.max(1),
                reward: number(&it.reward, "reward"),
                temptation: number(&it.temptation, "temptation"),
                sucker: number(&it.sucker, "sucker"),
                punishment: number(&it.punishment, "punishment"),
                otherwise: order_of(it.otherwise),
            })),
            scenario::Policy::InspectionEquilibrium(it) => {
                let effort = it.believed_effort.as_ref();
                Policy::InspectionEquilibrium(Box::new(InspectionEquilibrium {
                    review_days: it.review_days.max(1),
                    gain: number(&it.gain, "gain"),
                    penalty: number(&it.penalty, "penalty"),
                    false_alarm_cost: number(&it.false_alarm_cost, "false_alarm_cost"),
                    inspector_detected_cost: number(
                        &it.inspector_detected_cost,
                        "inspector_detected_cost",
                    ),
                    inspector_undetected_cost: number(
                        &it.inspector_undetected_cost,
                        "inspector_undetected_cost",
                    ),
                    inspector_false_alarm_cost: number(
                        &it.inspector_false_alarm_cost,
                        "inspector_false_alarm_cost",
                    ),
                    inspection_cost: number(&it.inspection_cost, "inspection_cost"),
                    false_alarm: number(&it.false_alarm, "false_alarm"),
                    missed: number(&it.missed, "missed"),
                    believed_effort: effort.map(|it| number(it, "believed_effort")),
                    otherwise: order_of(it.otherwise),
                }))
            }
        }
    }
}

fn scripted(model: &Model, it: &Scripted, group: GroupIndex) -> Policy {
    let group = &model.groups[group].id;
    let applies = |groups: &[String]| groups.is_empty() || groups.contains(group);
    let mut orders: Vec<ScriptedOrder> = it
        .orders
        .iter()
        .filter(|order| applies(&order.groups))
        .map(|order| ScriptedOrder {
            day: model.calendar.day(order.date).max(0) as u32,
            order: order_of(order.order),
        })
        .collect();
    orders.sort_by_key(|order| order.day);
    Policy::Scripted { initial: order_of(it.initial), orders }
}

pub(super) fn order_of(order: Order) -> model::Order {
    match order {
        Order::Comply => model::Order::Comply,
        Order::Defy => model::Order::Defy,
        Order::Conceal => model::Order::Conceal,
    }
}
