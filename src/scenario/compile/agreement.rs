//! Phases, clauses, monitors and claims by index.

use super::Compiler;
use crate::model::{self, Calendar, Clause, Model, Phase, Starter};
use crate::scenario::{Gate, Says, Terms};

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
            let unbound = self.unbound(clause);
            let exempt = self.exemptions(clause, &bound);
            let monitors = monitors?;
            model.clauses.push(Clause {
                id: clause.id.clone(),
                title: clause.title.clone().unwrap_or_else(|| clause.id.clone()),
                kind: self.kind(clause, &bound)?,
                starts,
                deadline,
                bound,
                unbound,
                exempt,
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
        cap: None,
        floor: None,
        cap_posts: None,
        floor_posts: None,
        kept_at: clause.kept_at,
    };
    match &clause.terms {
        Terms::KeepDistance(it) => {
            terms.min_km = it.min_km;
            terms.target_km = it.target_km.unwrap_or(it.min_km);
        }
        Terms::Confine(it) => {
            terms.min_km = -it.radius_km;
            terms.target_km = -it.radius_km;
        }
        Terms::Presence(it) => {
            terms.cap = it.cap_persons.or(it.cap_weapons);
            terms.floor = it.floor_persons.or(it.floor_weapons);
            terms.cap_posts = it.cap_posts;
            terms.floor_posts = it.floor_posts;
        }
        _ => {}
    }
    terms
}
