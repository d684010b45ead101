//! Phases, clauses, monitors and claims by index.

use super::{Compiler, uncertain};
use crate::diag::Diagnostic;
use crate::model::{self, Bound, Calendar, Clause, Duty, Kind, Model, Phase, Starter};
use crate::scenario::{BoundBy, Gate, Says, Terms};
use crate::stats::Stream;

impl Compiler<'_> {
    pub(super) fn claims(&mut self, calendar: Calendar) -> Option<Vec<model::Claim>> {
        let scenario = self.scenario;
        let mut claims = Vec::new();
        for claim in &scenario.claims {
            let day = calendar.day(claim.date);
            if day < 0 || day > i64::from(calendar.days) {
                continue;
            }
            let by = self.party(&claim.by)?;
            let mut about = vec![false; scenario.parties.len()];
            if claim.about.is_empty() {
                about[by] = true;
            }
            for id in &claim.about {
                about[self.party(id)?] = true;
            }
            claims.push(model::Claim {
                id: claim.id.clone(),
                title: claim.title.clone().unwrap_or_else(|| claim.id.clone()),
                by,
                clause: self.clause(&claim.clause)?,
                about,
                day: day as u32,
                says: match claim.says {
                    Says::Keeping => model::Says::Keeping,
                    Says::Violating => model::Says::Violating,
                    Says::Denies => model::Says::Denies,
                },
                share: claim.share,
            });
        }
        claims.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
        Some(claims)
    }

    /// Phases and clauses; who is bound, but not yet who decides.
    pub(super) fn agreement(&mut self, model: &mut Model) -> Option<()> {
        let mut slots = 0;
        let scenario = self.scenario;
        for phase in &scenario.phases {
            model.phases.push(Phase {
                id: phase.id.clone(),
                title: phase.title.clone().unwrap_or_else(|| phase.id.clone()),
                starts: self.gate(phase.starts.as_ref(), model.calendar, &mut slots)?,
            });
        }
        for clause in &scenario.clauses {
            let starts = match &clause.phase {
                Some(id) => {
                    let phase = scenario.phases.iter().position(|phase| phase.id == *id)?;
                    model::Gate::After(Starter::Phase(phase), 0)
                }
                None => self.gate(clause.starts.as_ref(), model.calendar, &mut slots)?,
            };
            let deadline = match &clause.deadline {
                Some(gate) => Some(self.gate(Some(gate), model.calendar, &mut slots)?),
                None => None,
            };
            let mut claimants = vec![false; scenario.parties.len()];
            for id in clause.binds.iter().chain(&clause.answers) {
                claimants[self.party(id)?] = true;
            }
            let monitors: Option<Vec<usize>> = clause
                .monitors
                .iter()
                .map(|id| {
                    scenario
                        .monitors
                        .iter()
                        .position(|monitor| monitor.id == *id)
                })
                .collect();
            let bound = self.bound(clause);
            let monitors = monitors?;
            model.clauses.push(Clause {
                id: clause.id.clone(),
                title: clause.title.clone().unwrap_or_else(|| clause.id.clone()),
                kind: self.kind(clause, &bound)?,
                starts,
                deadline,
                bound,
                monitor_mask: monitors.iter().fold(0, |mask, it| mask | 1 << it),
                monitors,
                claimants,
                max_age_days: clause.max_age_days,
                min_coverage: clause.min_coverage,
                terms: terms(clause),
                weight: clause.weight,
            });
        }
        Some(())
    }

    /// Every force the clause binds, with its duty. Who decides is set later.
    fn bound(&mut self, clause: &crate::scenario::Clause) -> Vec<Bound> {
        let by = clause.bound_by.unwrap_or(BoundBy::Commander);
        let mut bound = Vec::new();
        for (index, force) in self.scenario.forces.iter().enumerate() {
            let commander = force.commander.as_ref().unwrap_or(&force.flag);
            let of = |ids: &[String]| match by {
                BoundBy::Commander => ids.contains(commander),
                BoundBy::Flag => ids.contains(&force.flag),
                BoundBy::Either => ids.contains(commander) || ids.contains(&force.flag),
            };
            if !of(&clause.binds) {
                continue;
            }
            let duty = match &clause.terms {
                Terms::Deliver(_) => Duty::Deliver,
                Terms::Presence(it) if it.deploys.contains_key(&force.id) => Duty::Deploy,
                Terms::Presence(it) if of(&it.authorised) => Duty::Authorised,
                _ => Duty::StayOut,
            };
            bound.push(Bound {
                force: index,
                unit: usize::MAX,
                duty,
                obligation: usize::MAX,
            });
        }
        bound
    }

    fn kind(&mut self, clause: &crate::scenario::Clause, bound: &[Bound]) -> Option<Kind> {
        let scenario = self.scenario;
        Some(match &clause.terms {
            Terms::KeepDistance(_) => Kind::KeepDistance,
            Terms::Leave(_) => Kind::Leave,
            Terms::Presence(it) => {
                if it.floor_persons.is_some() && it.deploys.is_empty() {
                    self.found.push(
                        Diagnostic::error(
                            clause.spans.of("floor_persons"),
                            format!("`{}` has a floor, but nobody is to deploy", clause.id),
                        )
                        .help("name the forces that make it up: deploys = { force = \"site\" }"),
                    );
                }
                Kind::Presence
            }
            Terms::Deliver(it) => {
                let in_scope = |class: &crate::scenario::WeaponClass| {
                    if it.classes.is_empty() {
                        class.heavy
                    } else {
                        it.classes.contains(&class.id)
                    }
                };
                let path = |key| ["clause", &clause.id, key];
                Kind::Deliver {
                    classes: scenario
                        .weapon_classes
                        .iter()
                        .enumerate()
                        .filter(|(_, class)| in_scope(class))
                        .map(|(index, _)| index)
                        .collect(),
                    weapons_per_day: uncertain(
                        Some(&it.weapons_per_day),
                        0.0,
                        &path("weapons_per_day"),
                    ),
                    inspection_days: it.inspection_days,
                    accepted_share: uncertain(
                        it.accepted_share.as_ref(),
                        1.0,
                        &path("accepted_share"),
                    ),
                    rulings: bound
                        .iter()
                        .map(|bound| {
                            Stream::new("ruling", &[&clause.id, &scenario.forces[bound.force].id])
                        })
                        .collect(),
                }
            }
        })
    }

    fn gate(
        &self,
        gate: Option<&Gate>,
        calendar: Calendar,
        slots: &mut usize,
    ) -> Option<model::Gate> {
        let scenario = self.scenario;
        let mut each = |gates: &[Gate]| {
            gates
                .iter()
                .map(|gate| self.gate(Some(gate), calendar, slots))
                .collect::<Option<Vec<_>>>()
        };
        Some(match gate {
            None => model::Gate::Day(0),
            Some(Gate::Date(date)) => model::Gate::Day(calendar.day(*date).max(0) as u32),
            Some(Gate::After { after, days, .. }) => {
                let phase = scenario.phases.iter().position(|phase| phase.id == *after);
                let starter = phase
                    .map(Starter::Phase)
                    .or_else(|| self.clause(after).map(Starter::Clause))?;
                model::Gate::After(starter, *days)
            }
            Some(Gate::Verified {
                clause,
                at_least,
                for_days,
                ..
            }) => {
                *slots += 1;
                model::Gate::Verified {
                    slot: *slots - 1,
                    clause: self.clause(clause)?,
                    at_least: *at_least,
                    for_days: *for_days,
                }
            }
            Some(Gate::All(gates)) => model::Gate::All(each(gates)?),
            Some(Gate::Any(gates)) => model::Gate::Any(each(gates)?),
        })
    }
}

/// What an amendment can change, as the file has it.
fn terms(clause: &crate::scenario::Clause) -> model::Terms {
    let mut terms = model::Terms {
        min_km: 0.0,
        target_km: 0.0,
        cap_persons: None,
        floor_persons: None,
        kept_at: clause.kept_at,
    };
    match &clause.terms {
        Terms::KeepDistance(it) => {
            terms.min_km = it.min_km;
            terms.target_km = it.target_km.unwrap_or(it.min_km);
        }
        Terms::Presence(it) => {
            terms.cap_persons = it.cap_persons;
            terms.floor_persons = it.floor_persons;
        }
        Terms::Leave(_) | Terms::Deliver(_) => {}
    }
    terms
}
