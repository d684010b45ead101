//! Phases, clauses, monitors and claims by index.

use super::{Compiler, rows};
use crate::model::{
    self, Bits, Calendar, ClaimIndex, Clause, Mechanism, Model, MonitorIndex, Phase, PhaseIndex,
    Starter, TiVec, ti_vec,
};
use crate::scenario::{Standing, Terms};

impl Compiler<'_> {
    pub(super) fn claims(
        &mut self,
        calendar: &Calendar,
    ) -> Option<TiVec<ClaimIndex, model::Claim>> {
        let scenario = self.scenario;
        let mut claims: TiVec<ClaimIndex, model::Claim> = TiVec::new();
        for claim in &scenario.claims {
            let day = calendar.day(claim.date);
            if day < 0 || day > i64::from(calendar.days) {
                continue;
            }
            let by = self.party(&claim.by)?;
            let mut about = ti_vec![false; scenario.parties.len()];
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
                says: claim.says,
                share: claim.share,
            });
        }
        claims.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
        Some(claims)
    }

    /// Phases and clauses; who is bound, but not yet who decides.
    pub(super) fn agreement(&mut self, model: &mut Model) -> Option<()> {
        let scenario = self.scenario;
        for agreement in &scenario.agreements {
            let signatories = agreement.signatories.iter().map(|id| self.party(id));
            model.agreements.push(model::Agreement {
                id: agreement.id.clone(),
                title: agreement.title.clone().unwrap_or_else(|| agreement.id.clone()),
                signatories: signatories.collect::<Option<_>>()?,
            });
        }
        for phase in &scenario.phases {
            let agreement = phase.agreement.as_ref().and_then(|id| self.agreement_at(id));
            let starts = self.start_gate(phase.starts.as_ref(), agreement, model)?;
            model.phases.push(Phase {
                id: phase.id.clone(),
                title: phase.title.clone().unwrap_or_else(|| phase.id.clone()),
                starts,
            });
        }
        for clause in &scenario.clauses {
            let phase = match &clause.phase {
                Some(id) => Some(rows(&scenario.phases).position(|phase| phase.id == *id)?),
                None => None,
            };
            let of_phase =
                phase.and_then(|it: PhaseIndex| rows(&scenario.phases)[it].agreement.as_ref());
            let agreement = clause.agreement.as_ref().or(of_phase);
            let agreement = agreement.and_then(|id| self.agreement_at(id));
            let own = phase.map(|it| model::Gate::After(Starter::Phase(it), 0));
            let starts = match (own, clause.agreement.is_some()) {
                (Some(own), false) => own,
                (Some(own), true) => {
                    let of_agreement = self.start_gate(None, agreement, model)?;
                    model::Gate::All(vec![of_agreement, own])
                }
                (None, _) => self.start_gate(clause.starts.as_ref(), agreement, model)?,
            };
            let deadline = match &clause.deadline {
                Some(gate) => Some(self.gate(Some(gate), model)?),
                None => None,
            };
            let mut milestones = Vec::new();
            if model.mechanisms.has(Mechanism::Milestones) {
                for milestone in &clause.milestones {
                    milestones.push(model::Milestone {
                        by: self.gate(Some(&milestone.by), model)?,
                        share: milestone.share,
                    });
                }
            }
            let expires = self.end_gate(clause, agreement, model)?;
            let of_agreement = agreement.and_then(|it| rows(&scenario.agreements)[it].standing);
            let standing = clause.standing.or(of_agreement).unwrap_or(Standing::Agreed);
            let reading_of = match &clause.reading {
                Some(it) => Some((self.clause(&it.reading_of)?, self.party(&it.read_by)?)),
                None => None,
            };
            let mut verifiers = Vec::new();
            for verifier in &clause.verifiers {
                let mut monitors = Bits::new();
                for id in &verifier.monitors {
                    monitors.insert(self.monitor(id)?);
                }
                verifiers.push(model::Verifier {
                    from_km: verifier.from_km,
                    to_km: verifier.to_km,
                    monitors,
                });
            }
            let mut claimants = ti_vec![false; scenario.parties.len()];
            for id in clause.binds.iter().chain(&clause.answers) {
                claimants[self.party(id)?] = true;
            }
            let monitors = clause.all_monitors();
            let monitors: Option<Vec<MonitorIndex>> =
                monitors.into_iter().map(|id| self.monitor(id)).collect();
            let bound = self.bound(clause);
            let unbound = self.unbound(clause);
            let exempt = self.exemptions(clause, &bound);
            let monitors = monitors?;
            model.clauses.push(Clause {
                id: clause.id.clone(),
                title: clause.title.clone().unwrap_or_else(|| clause.id.clone()),
                kind: self.kind(clause, &bound)?,
                agreement,
                phase,
                standing,
                consented: standing == Standing::Agreed,
                reading_of,
                readings: Vec::new(),
                starts,
                deadline,
                grace_days: clause.grace_days,
                milestones,
                expires,
                returns_at_end: clause.returns_at_end,
                bound,
                unbound,
                exempt,
                monitor_set: monitors.iter().copied().collect(),
                monitors,
                verifiers,
                of_one_side: match &clause.terms {
                    Terms::KeepDistance(it) => it.of_one_side(),
                    _ => 1.0,
                },
                claimants,
                max_age_days: clause.max_age_days,
                // A float beyond the range of days becomes the greatest day.
                expires_after: (clause.max_age_days.floor() + 1.0) as u32,
                min_coverage: clause.min_coverage,
                terms: terms(clause),
                weight: clause.weight,
                weight_in_mean: clause.weight,
                written_times: 1,
                rank: 0,
            });
        }
        for index in model.clauses.keys() {
            if let Some((clause, party)) = model.clauses[index].reading_of {
                model.clauses[clause].readings.push((party, index));
                // Those of a party look at the world as it reads the clause.
                let monitors = model.monitors.iter_mut();
                let own = monitors.filter(|it| it.party == party);
                if model.mechanisms.has(Mechanism::Readings) {
                    own.for_each(|it| it.reads.push((clause, index)));
                }
            }
        }
        self.changes(model)
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
            terms.min_km = it.min_km * it.of_one_side();
            terms.target_km = it.target_km.unwrap_or(it.min_km) * it.of_one_side();
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
