//! Who decides what: a party, a clause, a garrison.

use super::{Compiler, choices, rows, uncertain};
use crate::model::{
    Bits, ChoiceIndex, Clause, ClauseIndex, DecisionUnit, ForceIndex, Garrison, GarrisonIndex,
    Kind, Model, MonitorIndex, PartyIndex, TiSlice, TiVec, Timing, UnitIndex,
};
use crate::scenario::{self, Conduct, Policy, Quantity};
use crate::stats::Stream;

/// Party, clause, garrison.
pub(super) type Key = (PartyIndex, ClauseIndex, GarrisonIndex);

impl Compiler<'_> {
    pub(super) fn units(&mut self, model: &mut Model) -> Option<()> {
        let mut keys: TiVec<UnitIndex, Key> = TiVec::new();
        for (clause, it) in model.clauses.iter_enumerated() {
            // A reading is decided on with the clause that is read.
            let clause = it.reading_of.map_or(clause, |(of, _)| of);
            for bound in &it.bound {
                let force = &model.forces[bound.force];
                self.with_patrons(model, &mut keys, (force.commander, clause, force.garrison));
            }
        }
        // Political steps are a party's, wherever its forces stand.
        let steps = |kind: &Kind| matches!(kind, Kind::Act { .. });
        let everywhere = model.clauses.iter().any(|clause| steps(&clause.kind));
        let everywhere = everywhere
            .then(|| Garrison { id: "everywhere".to_owned(), party: None, sites: Vec::new() })
            .map(|all| model.garrisons.push_and_get_key(all));
        for (clause, it) in model.clauses.iter_enumerated() {
            if let (Kind::Act { doers, .. }, Some(everywhere)) = (&it.kind, everywhere) {
                for doer in doers {
                    self.with_patrons(model, &mut keys, (doer.party, clause, everywhere));
                }
            }
        }
        keys.sort_by_key(|(party, clause, garrison)| {
            (depth(model, *party), *clause, *party, *garrison)
        });
        keys.dedup();
        for key in &keys {
            let unit = self.unit(model, &keys, *key)?;
            model.units.push(unit);
        }
        for force in &model.forces {
            for (at, obligation) in force.obligations.iter_enumerated() {
                model.clauses[obligation.clause].bound[obligation.at].obligation = at;
            }
        }
        for (clause, it) in model.clauses.iter_mut_enumerated() {
            if let (Kind::Act { doers, .. }, Some(everywhere)) = (&mut it.kind, everywhere) {
                for doer in doers {
                    let key = (doer.party, clause, everywhere);
                    doer.unit = keys.position(|it| *it == key)?;
                }
            }
        }
        for index in model.units.keys() {
            let (clause, forces) = (model.units[index].clause, model.units[index].forces.clone());
            for force in forces {
                let obligations = model.forces[force].obligations.iter_mut();
                for obligation in obligations.filter(|it| it.of == clause) {
                    obligation.unit = index;
                    model.clauses[obligation.clause].bound[obligation.at].unit = index;
                }
            }
        }
        choices::settle(model);
        self.settle(model)
    }

    /// A proxy's unit needs its patron's, as far up as patrons have a conduct.
    fn with_patrons(
        &self,
        model: &Model,
        keys: &mut TiVec<UnitIndex, Key>,
        (party, clause, garrison): Key,
    ) {
        let decides = |party: &PartyIndex| self.conduct(*party, clause).is_some();
        let above = patrons(model, party).skip(1).take_while(decides);
        keys.extend(std::iter::once(party).chain(above).map(|it| (it, clause, garrison)));
    }

    /// The conduct of a party on a clause: one that names the clause goes first.
    fn conduct(&self, party: PartyIndex, clause: ClauseIndex) -> Option<&Conduct> {
        let party = &rows(&self.scenario.parties)[party].id;
        let clause = &rows(&self.scenario.clauses)[clause].id;
        let of_party = || self.scenario.conducts.iter().filter(|it| it.party == *party);
        of_party()
            .find(|it| it.clauses.contains(clause))
            .or_else(|| of_party().find(|it| it.clauses.is_empty()))
    }

    fn unit(
        &mut self,
        model: &Model,
        keys: &TiSlice<UnitIndex, Key>,
        key: Key,
    ) -> Option<DecisionUnit> {
        let (party, clause, garrison) = key;
        // By id, so that acts are drawn by it and not by the order of the file.
        let of = |index: PartyIndex| -> Vec<ForceIndex> {
            let mut forces: Vec<ForceIndex> = model
                .forces
                .keys()
                .filter(|force| {
                    let obligations = &model.forces[*force].obligations;
                    obligations.iter().any(|it| it.of == clause)
                })
                .filter(|force| {
                    let it = &model.forces[*force];
                    it.garrison == garrison && follows(model, it.commander, index)
                })
                .collect();
            forces.sort_by_key(|force| &model.forces[*force].id);
            forces
        };
        let weighed_all = of(party);
        let forces: Vec<ForceIndex> = weighed_all
            .iter()
            .copied()
            .filter(|force| model.forces[*force].commander == party)
            .collect();
        let weighed = if forces.is_empty() { weighed_all } else { forces.clone() };
        let Some(conduct) = self.conduct(party, clause) else {
            let (clause_id, party_id) = (&model.clauses[clause].id, &model.parties[party].id);
            let message = match forces.first() {
                Some(force) => format!(
                    "`{clause_id}` binds `{}`, but nothing says how its commander `{party_id}` decides",
                    model.forces[*force].id
                ),
                None => {
                    format!("`{clause_id}` binds `{party_id}`, but nothing says how it decides")
                }
            };
            self.found
                .error(rows(&self.scenario.clauses)[clause].spans.of("binds"), message)
                .help(format!("add a [[conduct]] with party = \"{}\"", model.parties[party].id));
            return None;
        };
        let ids =
            [&*model.parties[party].id, &*model.clauses[clause].id, &*model.garrisons[garrison].id];
        let patron = model.parties[party]
            .patron
            .as_ref()
            .and_then(|(patron, _)| keys.position(|it| *it == (*patron, clause, garrison)));
        let number =
            |quantity: &Quantity, key: &str| uncertain(quantity, &["conduct", &conduct.id, key]);
        Some(DecisionUnit {
            party,
            clause,
            garrison,
            choice: ChoiceIndex::NONE,
            policy: self.policy(model, conduct, key, &weighed),
            beliefs: rows(&self.scenario.conducts).position(|it| it.id == conduct.id)?,
            informs: Vec::new(),
            concealment: uncertain(&conduct.concealment, &["conduct", &conduct.id, "concealment"]),
            forces,
            weighed,
            patron,
            watchers: self.watchers(model, conduct, (party, clause)),
            initial: conduct.initial,
            first_review_days: number(&conduct.first_review_days, "first_review_days"),
            timing: self.timing(conduct, &model.clauses[clause]),
            acts: Stream::new("act", &ids),
        })
    }

    /// The monitors by whose word a party can be on record under a clause: those of the
    /// clause that report to one that presses it. What it says of itself is a claim.
    fn watchers(
        &self,
        model: &Model,
        conduct: &Conduct,
        (party, clause): (PartyIndex, ClauseIndex),
    ) -> Bits<MonitorIndex> {
        let pressed_by = match &conduct.policy {
            Policy::QuantalResponse(it) => &*it.pressure.pressed_by,
            _ => return Bits::new(),
        };
        let mut watchers = Bits::new();
        for other in model.parties.keys().filter(|other| *other != party) {
            if pressed_by.is_empty() || pressed_by.contains(&model.parties[other].id) {
                watchers.union_with(&self.hears(model, other));
            }
        }
        watchers.intersect_with(&model.clauses[clause].monitor_set);
        watchers
    }

    fn timing(&self, conduct: &Conduct, clause: &Clause) -> Timing {
        let scripted = matches!(conduct.policy, Policy::Scripted(_));
        let usual = if clause.deadline.is_some() && !scripted {
            scenario::Timing::ByDeadline
        } else {
            scenario::Timing::AtOnce
        };
        match conduct.timing.unwrap_or(usual) {
            scenario::Timing::AtOnce => Timing::AtOnce,
            scenario::Timing::ByDeadline => {
                let path = ["conduct", &*conduct.id, "slack_days"];
                Timing::ByDeadline(uncertain(&conduct.slack_days, &path))
            }
        }
    }

    /// Every bound force has someone who decides for it.
    fn settle(&mut self, model: &Model) -> Option<()> {
        let decided = model
            .clauses
            .iter()
            .all(|clause| clause.bound.iter().all(|bound| bound.unit != UnitIndex::NONE));
        decided.then_some(())
    }
}

/// A party, its patron, and so on upwards.
pub(super) fn patrons(model: &Model, party: PartyIndex) -> impl Iterator<Item = PartyIndex> {
    let above = |party: &PartyIndex| model.parties[*party].patron.as_ref().map(|(it, _)| *it);
    std::iter::successors(Some(party), above)
}

/// How many patrons stand above a party.
pub(super) fn depth(model: &Model, party: PartyIndex) -> usize {
    patrons(model, party).skip(1).count()
}

/// Whether a party is `patron` or has it above itself.
fn follows(model: &Model, party: PartyIndex, patron: PartyIndex) -> bool {
    patrons(model, party).any(|it| it == patron)
}
