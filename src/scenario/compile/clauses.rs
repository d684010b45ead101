//! What clauses ask, and of whom.

use super::{Compiler, uncertain, uncertain_or};
use crate::model::{
    self, Bits, Bound, Doer, Duty, Exemption, HoldingIndex, Kind, Limit, Mechanism, Unbound,
};
use crate::scenario::{
    Abstain, BoundBy, Clause, Deliver, Force, Goods, Presence, Terms, WeaponClass,
};
use crate::stats::Stream;

impl Compiler<'_> {
    /// Every force the clause binds, with its duty. Who decides is set later.
    pub(super) fn bound(&self, clause: &Clause) -> Vec<Bound> {
        let mut bound = Vec::new();
        for (index, force) in self.scenario.forces.iter().enumerate() {
            if !of(clause, force, &clause.binds) || !self.in_scope(clause, index) {
                continue;
            }
            if self.wholly_exempt(clause, force) {
                continue;
            }
            let duty = match &clause.terms {
                Terms::Deliver(_) => Duty::Deliver,
                Terms::Presence(it) if it.deploys.contains_key(&force.id) => Duty::Deploy,
                Terms::Presence(it) if of(clause, force, &it.authorised) => Duty::Authorised,
                Terms::Confine(_) => Duty::StayIn,
                Terms::Posture(_) => Duty::Inactive,
                Terms::Abstain(_) => Duty::Abstain,
                Terms::Passage(_) => Duty::Open,
                _ => Duty::StayOut,
            };
            bound.push(Bound {
                force: index,
                unit: usize::MAX,
                duty,
                weapons: self.weapons(clause, force),
                obligation: usize::MAX,
            });
        }
        bound
    }

    /// Forces in scope of a clause of place that it neither binds nor lets stay.
    pub(super) fn unbound(&self, clause: &Clause) -> Vec<Unbound> {
        let authorised: &[String] = match &clause.terms {
            Terms::Presence(it) => &it.authorised,
            Terms::KeepDistance(_) | Terms::Leave(_) => &[],
            _ => return Vec::new(),
        };
        let forces = self.scenario.forces.iter().enumerate();
        forces
            .filter(|(index, force)| {
                !of(clause, force, &clause.binds)
                    && !of(clause, force, authorised)
                    && self.in_scope(clause, *index)
                    && !self.wholly_exempt(clause, force)
            })
            .map(|(index, force)| Unbound {
                force: index,
                home_km: f64::NAN,
                weapons: self.weapons(clause, force),
            })
            .collect()
    }

    fn in_scope(&self, clause: &Clause, force: usize) -> bool {
        let scenario = self.scenario;
        let force = &scenario.forces[force];
        clause.takes_force(force, &scenario.weapon_classes)
            && match &clause.terms {
                Terms::Deliver(it) if it.of_items() => !self.items(it, &force.id).is_empty(),
                _ => true,
            }
    }

    /// Whether an exemption without a limit names a force.
    fn wholly_exempt(&self, clause: &Clause, force: &Force) -> bool {
        self.scenario.mechanisms.at_work.has(Mechanism::Exemptions)
            && clause.exempt.iter().any(|it| {
                limit(it).is_none()
                    && (it.forces.contains(&force.id) || of(clause, force, &it.parties))
            })
    }

    /// Exemptions up to a limit.
    pub(super) fn exemptions(&self, clause: &Clause, bound: &[Bound]) -> Vec<Exemption> {
        if !self.scenario.mechanisms.at_work.has(Mechanism::Exemptions) {
            return Vec::new();
        }
        let named = |it: &crate::scenario::Exemption, force: &Force| {
            it.forces.contains(&force.id) || of(clause, force, &it.parties)
        };
        let limited = clause.exempt.iter().filter_map(|it| Some((it, limit(it)?)));
        limited
            .map(|(it, limit)| Exemption {
                of: bound
                    .iter()
                    .map(|bound| named(it, &self.scenario.forces[bound.force]))
                    .collect(),
                limit,
            })
            .collect()
    }

    /// Which of a force's holdings are in scope, if the clause counts weapons.
    fn weapons(&self, clause: &Clause, force: &Force) -> Option<Bits<HoldingIndex>> {
        if !clause.counts_weapons() {
            return None;
        }
        let domain = force.domain;
        let class = |id: &String| -> Option<&WeaponClass> {
            self.scenario.weapon_classes.iter().find(|class| class.id == *id)
        };
        let held = force.equipment.keys().enumerate();
        Some(
            held.filter(|(_, id)| class(id).is_some_and(|it| clause.takes_weapons(it, domain)))
                .map(|(at, _)| at)
                .collect(),
        )
    }

    /// The installations or the ground of a clause that a force holds.
    fn items(&self, it: &Deliver, force: &str) -> Vec<usize> {
        let held: Vec<(&String, &String)> = match it.what {
            Goods::Installations => {
                let all = self.scenario.installations.iter();
                all.map(|it| (&it.id, &it.held_by)).collect()
            }
            Goods::Ground => {
                let all = self.scenario.grounds.iter();
                all.map(|it| (&it.id, &it.held_by)).collect()
            }
            _ => Vec::new(),
        };
        let held = held.iter().enumerate();
        held.filter(|(_, (id, by))| it.items.contains(id) && *by == force)
            .map(|(index, _)| index)
            .collect()
    }

    pub(super) fn kind(&mut self, clause: &Clause, bound: &[Bound]) -> Option<Kind> {
        Some(match &clause.terms {
            Terms::KeepDistance(_) => Kind::KeepDistance,
            Terms::Leave(_) => Kind::Leave,
            Terms::Presence(it) => {
                self.floor_needs_deployment(clause, it);
                Kind::Presence
            }
            Terms::Confine(it) => {
                Kind::Confine { beyond: it.beyond.as_ref().and_then(|id| self.clause(id)) }
            }
            Terms::Posture(_) => Kind::Posture,
            Terms::Abstain(it) => Kind::Abstain(Box::new(self.abstain(clause, it)?)),
            Terms::Passage(it) => {
                let monitors = &self.scenario.monitors;
                let monitor = |id: &String| monitors.iter().position(|it| it.id == *id);
                Kind::Passage { needed_by: it.needed_by.iter().filter_map(monitor).collect() }
            }
            Terms::Act(it) => {
                let doer = |id: &String| Some(Doer { party: self.party(id)?, unit: usize::MAX });
                Kind::Act {
                    takes_days: it.takes_days,
                    doers: clause.binds.iter().map(doer).collect::<Option<_>>()?,
                }
            }
            Terms::Deliver(it) => Kind::Deliver(Box::new(self.deliver(clause, it, bound)?)),
        })
    }

    fn floor_needs_deployment(&mut self, clause: &Clause, it: &Presence) {
        for (what, _, floor) in it.limits() {
            if floor.is_some() && it.deploys.is_empty() {
                self.found
                    .error(
                        clause.spans.of(&format!("floor_{what}")),
                        format!("`{}` has a floor, but nobody is to deploy", clause.id),
                    )
                    .help("name the forces that make it up: deploys = { force = \"site\" }");
            }
        }
    }

    fn abstain(&self, clause: &Clause, it: &Abstain) -> Option<model::Abstain> {
        let parties = self.scenario.parties.len();
        let at_work = self.scenario.mechanisms.at_work.has(Mechanism::Licences);
        let mut licences = Vec::new();
        for licence in it.licences.iter().filter(|_| at_work) {
            let mut to = vec![licence.to.is_empty(); parties];
            for id in &licence.to {
                to[self.party(id)?] = true;
            }
            licences.push(model::Licence {
                after: licence.after,
                within_days: licence.within_days,
                to,
            });
        }
        Some(model::Abstain {
            acts: it.acts.clone(),
            against: it.against.iter().map(|id| self.party(id)).collect::<Option<_>>()?,
            acts_per_day: uncertain(&it.acts_per_day, &["clause", &clause.id, "acts_per_day"]),
            counts_days: it.counts_days.max(1),
            licences,
        })
    }

    fn deliver(&self, clause: &Clause, it: &Deliver, bound: &[Bound]) -> Option<model::Deliver> {
        let path = |key| ["clause", &clause.id, key];
        let forces = || bound.iter().map(|it| &self.scenario.forces[it.force].id);
        let (per_day, key) = match it.what {
            Goods::Weapons => (&it.weapons_per_day, "weapons_per_day"),
            _ => (&it.items_per_day, "items_per_day"),
        };
        let stock = |force: &String| {
            let number = it.stock.get(force)?;
            let path = ["clause", &clause.id, "stock", force];
            Some(uncertain(number, &path))
        };
        let disputed = it.disputed_share.as_ref();
        Some(model::Deliver {
            goods: it.what,
            stock: forces().map(stock).collect(),
            items: forces().map(|force| self.items(it, force)).collect(),
            per_day: uncertain_or(per_day.as_ref(), 0.0, &path(key)),
            inspection_days: it.inspection_days,
            accepted_share: uncertain(&it.accepted_share, &path("accepted_share")),
            disputed_share: it
                .verifier
                .as_ref()
                .and(disputed)
                .map(|share| uncertain(share, &path("disputed_share"))),
            to: self.party(&it.to)?,
            dismantled: it.dismantled,
            rulings: forces().map(|force| Stream::new("ruling", &[&clause.id, force])).collect(),
        })
    }
}

/// Whether a force counts as one of the parties, by what the clause says.
fn of(clause: &Clause, force: &Force, parties: &[String]) -> bool {
    let commander = force.commander.as_ref().unwrap_or(&force.flag);
    match clause.bound_by {
        BoundBy::Commander => parties.contains(commander),
        BoundBy::Flag => parties.contains(&force.flag),
        BoundBy::Either => parties.contains(commander) || parties.contains(&force.flag),
    }
}

fn limit(it: &crate::scenario::Exemption) -> Option<Limit> {
    let strength = it.up_to_persons.or(it.up_to_weapons);
    strength.map(Limit::Strength).or(it.up_to_posts.map(Limit::Posts))
}
