//! How a party decides: policies with their numbers.

use super::units::Key;
use super::{Compiler, uncertain};
use crate::model::{
    self, Assurance, InspectionEquilibrium, Kind, Model, Policy, QuantalResponse, Reciprocal,
    ScriptedOrder, Uncertain,
};
use crate::scenario::{self, Conduct, Order, Quantity, Scripted};

impl Compiler<'_> {
    pub(super) fn policy(
        &self,
        model: &Model,
        conduct: &Conduct,
        (party, clause, group): Key,
        weighed: &[usize],
    ) -> Policy {
        let number = |quantity: Option<&Quantity>, default, key: &str| {
            uncertain(quantity, default, &["conduct", &conduct.id, key])
        };
        let written = |quantity: &Quantity, key: &str| number(Some(quantity), 0.0, key);
        let otherwise = |order: Option<Order>| order.map_or(model::Order::Defy, order_of);
        match &conduct.policy {
            scenario::Policy::Scripted(it) => scripted(model, it, group),
            scenario::Policy::QuantalResponse(it) => {
                let party_id = &model.parties[party].id;
                let site_value = |force: &usize| -> Uncertain {
                    let site = &self.scenario.sites[model.forces[*force].home];
                    match site.value.get(party_id) {
                        Some(value)
                            if !matches!(model.clauses[clause].kind, Kind::Deliver { .. }) =>
                        {
                            uncertain(Some(value), 0.0, &["site", &site.id, "value", party_id])
                        }
                        _ => written(&it.value, "value"),
                    }
                };
                Policy::QuantalResponse(Box::new(QuantalResponse {
                    review_days: it.review_days.max(1),
                    lambda: written(&it.lambda, "lambda"),
                    site_values: match weighed {
                        [] => vec![written(&it.value, "value")],
                        _ => weighed.iter().map(site_value).collect(),
                    },
                    value_per_km: number(it.value_per_km.as_ref(), 0.0, "value_per_km"),
                    concealment_cost: number(it.concealment_cost.as_ref(), 0.0, "concealment_cost"),
                    pressure_weight: number(it.pressure_weight.as_ref(), 1.0, "pressure_weight"),
                    trust_weight: number(it.trust_weight.as_ref(), 1.0, "trust_weight"),
                    counter_weight: number(it.counter_weight.as_ref(), 1.0, "counter_weight"),
                    hit_cost: number(it.hit_cost.as_ref(), 0.0, "hit_cost"),
                }))
            }
            scenario::Policy::FixedProbabilities(it) => {
                let of = |order: &str| {
                    let key = format!("probabilities.{order}");
                    number(it.probabilities.get(order), 0.0, &key)
                };
                Policy::FixedProbabilities {
                    review_days: it.review_days.max(1),
                    comply: of("comply"),
                    conceal: of("conceal"),
                }
            }
            scenario::Policy::Reciprocal(it) => Policy::Reciprocal(Box::new(Reciprocal {
                review_days: it.review_days.max(1),
                cooperation_at: number(it.cooperation_at.as_ref(), 1.0, "cooperation_at"),
                forgiveness: number(it.forgiveness.as_ref(), 0.0, "forgiveness"),
                misperception: number(it.misperception.as_ref(), 0.0, "misperception"),
                action_error: number(it.action_error.as_ref(), 0.0, "action_error"),
                otherwise: otherwise(it.otherwise),
            })),
            scenario::Policy::Assurance(it) => Policy::Assurance(Box::new(Assurance {
                review_days: it.review_days.max(1),
                reward: written(&it.reward, "reward"),
                temptation: written(&it.temptation, "temptation"),
                sucker: written(&it.sucker, "sucker"),
                punishment: written(&it.punishment, "punishment"),
                otherwise: otherwise(it.otherwise),
            })),
            scenario::Policy::InspectionEquilibrium(it) => {
                let or_none =
                    |quantity: &Option<Quantity>, key| number(quantity.as_ref(), 0.0, key);
                let effort = it.believed_effort.as_ref();
                Policy::InspectionEquilibrium(Box::new(InspectionEquilibrium {
                    review_days: it.review_days.max(1),
                    gain: written(&it.gain, "gain"),
                    penalty: written(&it.penalty, "penalty"),
                    false_alarm_cost: or_none(&it.false_alarm_cost, "false_alarm_cost"),
                    inspector_detected_cost: written(
                        &it.inspector_detected_cost,
                        "inspector_detected_cost",
                    ),
                    inspector_undetected_cost: written(
                        &it.inspector_undetected_cost,
                        "inspector_undetected_cost",
                    ),
                    inspector_false_alarm_cost: or_none(
                        &it.inspector_false_alarm_cost,
                        "inspector_false_alarm_cost",
                    ),
                    inspection_cost: written(&it.inspection_cost, "inspection_cost"),
                    false_alarm: or_none(&it.false_alarm, "false_alarm"),
                    missed: or_none(&it.missed, "missed"),
                    believed_effort: effort.map(|it| written(it, "believed_effort")),
                    otherwise: otherwise(it.otherwise),
                }))
            }
        }
    }
}

fn scripted(model: &Model, it: &Scripted, group: usize) -> Policy {
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
    Policy::Scripted { initial: it.initial.map_or(model::Order::Defy, order_of), orders }
}

pub(super) fn order_of(order: Order) -> model::Order {
    match order {
        Order::Comply => model::Order::Comply,
        Order::Defy => model::Order::Defy,
        Order::Conceal => model::Order::Conceal,
    }
}
