//! What clauses ask, and of whom.

use super::{Compiler, rows, uncertain, uncertain_or};
use crate::model::{
    self, Bits, Bound, BoundIndex, Exemption, HoldingIndex, Item, Kind, Limit, Mechanism,
    ObligationIndex, TiSlice, TiVec, Unbound, UnitIndex, ti_vec,
};
use crate::scenario::{Abstain, Clause, Deliver, Force, Goods, Presence, Terms, WeaponClass};
use crate::stats::Stream;

impl Compiler<'_> {
    /// Every force the clause binds, with its duty. Who decides is set later.
    pub(super) fn bound(&self, clause: &Clause) -> TiVec<BoundIndex, Bound> {
        let mut bound = TiVec::new();
        for (index, force) in rows(&self.scenario.forces).iter_enumerated() {
            if !clause.counts(force, &clause.binds) || !self.in_scope(clause, force) {
                continue;
            }
            if self.wholly_exempt(clause, force) {
                continue;
            }
            let counts = |parties: &[String]| clause.counts(force, parties);
            let duty = clause.terms.owed().duty(&force.id, &counts);
            bound.push(Bound {
                force: index,
                unit: UnitIndex::NONE,
                duty,
                weapons: self.weapons(clause, force),
                obligation: ObligationIndex::NONE,
            });
        }
        bound
    }

    /// Forces in scope of a clause of place that it neither binds nor lets stay.
    pub(super) fn unbound(&self, clause: &Clause) -> Vec<Unbound> {
        let Some(authorised) = clause.terms.owed().lets_stay() else {
            return Vec::new();
        };
        rows(&self.scenario.forces)
            .iter_enumerated()
            .filter(|(_, force)| {
                !clause.counts(force, &clause.binds)
                    && !clause.counts(force, authorised)
                    && self.in_scope(clause, force)
                    && !self.wholly_exempt(clause, force)
            })
            .map(|(index, force)| Unbound {
                force: index,
                home_km: f64::NAN,
                weapons: self.weapons(clause, force),
            })
            .collect()
    }

    fn in_scope(&self, clause: &Clause, force: &Force) -> bool {
        clause.takes_force(force, &self.scenario.weapon_classes)
            && match &clause.terms {
                Terms::Deliver(it) if it.of_items() => !self.items(it, &force.id).is_empty(),
                _ => true,
            }
    }

    /// Whether an exemption without a limit names a force.
    fn wholly_exempt(&self, clause: &Clause, force: &Force) -> bool {
        self.scenario.mechanisms.at_work.has(Mechanism::Exemptions)
            && clause.exempt.iter().any(|exemption| {
                limit(exemption).is_none()
                    && (exemption.forces.contains(&force.id)
                        || clause.counts(force, &exemption.parties))
            })
    }

    /// Exemptions up to a limit.
    pub(super) fn exemptions(
        &self,
        clause: &Clause,
        bound: &TiSlice<BoundIndex, Bound>,
    ) -> Vec<Exemption> {
        if !self.scenario.mechanisms.at_work.has(Mechanism::Exemptions) {
            return Vec::new();
        }
        let named = |it: &crate::scenario::Exemption, force: &Force| {
            it.forces.contains(&force.id) || clause.counts(force, &it.parties)
        };
        let limited = clause.exempt.iter().filter_map(|it| Some((it, limit(it)?)));
        limited
            .map(|(exemption, limit)| Exemption {
                of: bound
                    .iter()
                    .map(|bound| named(exemption, &rows(&self.scenario.forces)[bound.force]))
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
        let held = (0..).map(HoldingIndex::from).zip(force.equipment.keys());
        Some(
            held.filter(|(_, id)| class(id).is_some_and(|it| clause.takes_weapons(it, domain)))
                .map(|(at, _)| at)
                .collect(),
        )
    }

    /// The installations or the ground of a clause that a force holds.
    fn items(&self, it: &Deliver, force: &str) -> Vec<Item> {
        let asked = |id: &String, by: &String| it.items.contains(id) && by == force;
        match it.what {
            Goods::Installations => {
                let all = rows(&self.scenario.installations).iter_enumerated();
                let held = all.filter(|(_, it)| asked(&it.id, &it.held_by));
                held.map(|(index, _)| Item::Installation(index)).collect()
            }
            Goods::Ground => {
                let all = rows(&self.scenario.grounds).iter_enumerated();
                let held = all.filter(|(_, it)| asked(&it.id, &it.held_by));
                held.map(|(index, _)| Item::Ground(index)).collect()
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn kind(
        &mut self,
        clause: &Clause,
        bound: &TiSlice<BoundIndex, Bound>,
    ) -> Option<Kind> {
        Some(match &clause.terms {
            Terms::Abstain(it) => Kind::Abstain(Box::new(self.abstain(clause, it)?)),
            Terms::Deliver(it) => Kind::Deliver(Box::new(self.deliver(clause, it, bound)?)),
            terms => {
                if let Terms::Presence(it) = terms {
                    self.floor_needs_deployment(clause, it);
                }
                terms.owed().kind(self, &clause.binds)?
            }
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
            let mut to = ti_vec![licence.to.is_empty(); parties];
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
            area: it.area.as_ref().and_then(|id| self.looked_into(id)),
            acts_per_day: uncertain(&it.acts_per_day, &["clause", &clause.id, "acts_per_day"]),
            counts_days: it.counts_days.max(1),
            licences,
        })
    }

    fn deliver(
        &self,
        clause: &Clause,
        it: &Deliver,
        bound: &TiSlice<BoundIndex, Bound>,
    ) -> Option<model::Deliver> {
        let path = |key| ["clause", &clause.id, key];
        let forces = || bound.iter().map(|it| &rows(&self.scenario.forces)[it.force].id);
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

fn limit(it: &crate::scenario::Exemption) -> Option<Limit> {
    let strength = it.up_to_persons.or(it.up_to_weapons);
    strength.map(Limit::Strength).or(it.up_to_posts.map(Limit::Posts))
}
