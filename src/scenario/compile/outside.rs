//! Accounts and outside events by index.

use super::offensives::Written;
use super::{Compiler, uncertain, uncertain_or};
use crate::model::{self, AccountIndex, ClauseIndex, Model, OutsideEvent, TiVec, When};
use crate::scenario::{Happening, Quantity};
use crate::stats::Stream;

impl Compiler<'_> {
    pub(super) fn accounts(&mut self) -> Option<TiVec<AccountIndex, model::Account>> {
        let scenario = self.scenario;
        let account = |it: &crate::scenario::Account| model::Account {
            id: it.id.clone(),
            title: it.title.clone().unwrap_or_else(|| it.id.clone()),
            persons: uncertain(&it.persons, &["account", &it.id, "persons"]),
            weapons: scenario
                .weapon_classes
                .iter()
                .map(|class| {
                    let path = ["account", &it.id, "equipment", &class.id];
                    uncertain_or(it.equipment.get(&class.id), 0.0, &path)
                })
                .collect(),
        };
        Some(scenario.accounts.iter().map(account).collect())
    }

    pub(super) fn outside(&mut self, model: &mut Model) -> Option<()> {
        let calendar = model.calendar.clone();
        for it in &self.scenario.events {
            let day = |date| calendar.day(date).clamp(0, i64::from(u32::MAX)) as u32;
            let when = match (&it.per_day, it.date) {
                (Some(per_day), _) => When::Rate {
                    per_day: uncertain(per_day, &["event", &it.id, "per_day"]),
                    from: it.from.map_or(0, day).max(model.record_until),
                    until: it.until.map_or(u32::MAX, day),
                },
                // What is dated before the run has left its traces already.
                (None, Some(date)) if calendar.day(date) < 0 => continue,
                (None, date) => When::Day(date.map_or(0, day)),
            };
            let happening = self.happening(model, it)?;
            model.outside.push(OutsideEvent {
                id: it.id.clone(),
                title: it.title.clone().unwrap_or_else(|| it.id.clone()),
                when,
                happening,
                stream: Stream::new("event", &[&it.id]),
            });
        }
        Some(())
    }

    fn happening(
        &self,
        model: &mut Model,
        it: &crate::scenario::OutsideEvent,
    ) -> Option<model::Happening> {
        let number = |quantity: &Quantity, key| uncertain(quantity, &["event", &it.id, key]);
        let monitor = |id: &String| self.monitor(id);
        Some(match &it.happening {
            Happening::Offensive(event) => model::Happening::Offensive {
                by: self.party(&event.by)?,
                offensive: Box::new(self.offensive(
                    model,
                    &Written {
                        by: &event.by,
                        sites: &event.sites,
                        against: &event.against,
                        loss_share: &event.loss_share,
                    },
                    ["event", &it.id],
                )?),
            },
            Happening::Convoy(event) => model::Happening::Convoy(self.shipment(
                model,
                &event.account,
                &event.force,
                event.persons,
                &event.equipment,
            )?),
            Happening::Act(event) => model::Happening::Act {
                act: event.act,
                by: self.party(&event.by)?,
                against: match &event.against {
                    Some(against) => Some(self.party(against)?),
                    None => None,
                },
                target: match &event.target {
                    Some(target) => Some(self.force(target)?),
                    None => None,
                },
                loss_share: number(&event.loss_share, "loss_share"),
            },
            Happening::Allegation(event) => model::Happening::Allegation {
                by: self.party(&event.by)?,
                clause: self.clause(&event.clause)?,
                about: self.party_flags(&event.about),
                says: event.says,
                share: event.share,
            },
            Happening::Front(event) => model::Happening::Front {
                party: self.party(&event.party)?,
                days: event.days,
                lift_share: number(&event.lift_share, "lift_share"),
            },
            Happening::Monitors(event) => model::Happening::Monitors {
                monitors: event.monitors.iter().map(monitor).collect::<Option<_>>()?,
                on_duty: event.on_duty,
            },
            Happening::FoundAt(event) => {
                let force = self.force(&event.force)?;
                let length = model.forces[force].routes.first().map(|way| way.length_m);
                model::Happening::FoundAt {
                    force,
                    metre: (event.km_along * 1000.0).min(length.unwrap_or_default()),
                }
            }
            Happening::Position(event) => {
                let party = self.party(&event.party)?;
                let clauses = event.clauses.iter().map(|id| self.clause(id));
                let clauses: Vec<ClauseIndex> = clauses.collect::<Option<_>>()?;
                let about = |unit: &model::DecisionUnit| {
                    unit.party == party && (clauses.is_empty() || clauses.contains(&unit.clause))
                };
                let units = model.units.iter_enumerated();
                let written = |quantity: Option<&Quantity>, key| quantity.map(|it| number(it, key));
                model::Happening::Position(Box::new(model::Position {
                    party,
                    units: units.filter(|(_, it)| about(it)).map(|(at, _)| at).collect(),
                    order: event.order.map(|it| (it, event.days)),
                    value: written(event.value.as_ref(), "value"),
                    pressure: written(event.pressure.as_ref(), "pressure"),
                    control: written(event.control.as_ref(), "control"),
                }))
            }
            Happening::Exit(event) => model::Happening::Exit(Box::new(model::Exit {
                by: self.party(&event.by)?,
                about: self.party_flags(&event.about),
                clause: match &event.clause {
                    Some(clause) => Some(self.clause(clause)?),
                    None => None,
                },
                pressure: event.pressure.as_ref().map(|it| number(it, "pressure")),
                unless: match &event.unless {
                    Some(gate) => Some(self.gate(Some(gate), model)?),
                    None => None,
                },
                within_days: event.within_days,
                changes: self.changes_named(&event.changes)?,
            })),
        })
    }
}
