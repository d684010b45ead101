//! Rules by index.

use std::collections::BTreeMap;

use super::offensives::Written;
use super::{Compiler, rows, uncertain};
use crate::model::{ChangeIndex, Model, PartyIndex, Reaction, Rule, Shipment};
use crate::scenario::Action;
use crate::stats::Stream;

impl Compiler<'_> {
    pub(super) fn rules(&mut self, model: &mut Model) -> Option<()> {
        for rule in &self.scenario.rules {
            let compiled = self.rule(model, rule)?;
            model.rules.push(compiled);
        }
        // Of rules that answer to one event, that whose id comes first goes first.
        model.rules.sort_by(|a, b| a.id.cmp(&b.id));
        Some(())
    }

    fn rule(&self, model: &Model, it: &crate::scenario::Rule) -> Option<Rule> {
        let party = self.party(&it.party)?;
        let number = |quantity, key| uncertain(quantity, &["rule", &it.id, key]);
        let or_else = |ids: &[String], others: &dyn Fn(PartyIndex) -> bool| {
            if ids.is_empty() {
                model.parties.keys().map(others).collect()
            } else {
                self.party_flags(ids)
            }
        };
        let reaction = match &it.action {
            Action::Strike(strike) => Reaction::Strike {
                at_most: strike.at_most,
                hit_probability: number(&strike.hit_probability, "hit_probability"),
                loss_share: number(&strike.loss_share, "loss_share"),
            },
            Action::FireBack(fire) => {
                Reaction::FireBack { loss_share: number(&fire.loss_share, "loss_share") }
            }
            Action::Offensive(take) => Reaction::Offensive(Box::new(self.offensive(
                model,
                &Written {
                    by: &it.party,
                    sites: &take.sites,
                    against: &take.on_parties,
                    loss_share: &take.loss_share,
                },
                ["rule", &it.id],
            )?)),
            Action::Reinforce(reinforce) => Reaction::Reinforce(self.shipment(
                model,
                &reinforce.account,
                &reinforce.force,
                reinforce.persons,
                &reinforce.equipment,
            )?),
            Action::Complain(_) => Reaction::Complain,
            Action::PullMonitors(pull) => Reaction::PullMonitors(
                pull.monitors.iter().map(|id| self.monitor(id)).collect::<Option<_>>()?,
            ),
            Action::Denounce(denounce) => Reaction::Denounce(denounce.says),
            Action::StandDown(stand_down) => Reaction::StandDown(stand_down.days),
            Action::Forgive(forgive) => Reaction::Forgive(number(&forgive.tension, "tension")),
            Action::Change(change) => Reaction::Change(self.changes_named(&change.changes)?),
            Action::Press(press) => Reaction::Press {
                on: self.parties_named(&press.on_parties)?,
                pressure: number(&press.pressure, "pressure"),
            },
        };
        let rung = match &it.ladder {
            Some(id) => {
                let at = model.ladders.position(|it| it.id == *id)?;
                let rungs = &model.ladders[at].rungs;
                let rung = it.rung.as_ref();
                let rung = rung.map_or(Some(1), |rung| {
                    rungs.iter().position(|it| it.id == *rung).map(|at| at + 1)
                });
                Some((at, rung?))
            }
            None => None,
        };
        let band = (it.from_km.is_some() || it.to_km.is_some())
            .then(|| (it.from_km.unwrap_or(f64::NEG_INFINITY), it.to_km.unwrap_or(f64::INFINITY)));
        Some(Rule {
            id: it.id.clone(),
            title: it.title.clone().unwrap_or_else(|| it.id.clone()),
            party,
            on: it.on,
            clause: match &it.clause {
                Some(clause) => Some(self.clause(clause)?),
                None => None,
            },
            by: or_else(&it.by, &|other| other != party),
            against: or_else(&it.against, &|other| other == party),
            band,
            count: it.count,
            within_days: it.within_days,
            rung,
            quiet_days: it.quiet_days.unwrap_or(1),
            confirm_days: it.confirm_days,
            probability: number(&it.probability, "probability"),
            forgiveness: number(&it.forgiveness, "forgiveness"),
            cooldown_days: it.cooldown_days,
            after_days: it.after_days,
            reaction,
            stream: Stream::new("rule", &[&it.id]),
        })
    }

    pub(super) fn changes_named(&self, ids: &[String]) -> Option<Vec<ChangeIndex>> {
        let changes = &self.scenario.changes;
        ids.iter().map(|id| rows(changes).position(|it| it.id == *id)).collect()
    }

    pub(super) fn parties_named(&self, ids: &[String]) -> Option<Vec<PartyIndex>> {
        ids.iter().map(|id| self.party(id)).collect()
    }

    pub(super) fn shipment(
        &self,
        model: &Model,
        account: &str,
        force: &str,
        persons: u32,
        equipment: &BTreeMap<String, u32>,
    ) -> Option<Shipment> {
        let force = self.force(force)?;
        let holdings = model.forces[force].equipment.iter();
        let weapons = holdings.map(|holding| {
            let class = &model.classes[holding.class].id;
            equipment.get(class).copied().unwrap_or_default()
        });
        Some(Shipment {
            account: model.accounts.position(|it| it.id == account)?,
            force,
            persons,
            weapons: weapons.collect(),
        })
    }
}
