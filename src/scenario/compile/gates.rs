//! Gates by index, and what is done to terms when they open.

use super::{Compiler, rows, uncertain_or};
use crate::model::{
    self, AgreementIndex, ClauseIndex, Condition, Model, OutsideIndex, PartyIndex, Starter, TiVec,
    ti_vec,
};
use crate::scenario::{
    Acted, After, Came, Change, Clause, Deployed, Done, Gate, Missed, Present, Quiet, TermsAction,
    Verified, With,
};
use crate::stats::Stream;

impl Compiler<'_> {
    /// The gate that starts a phase or clause: its own, and its agreement's.
    pub(super) fn start_gate(
        &self,
        own: Option<&Gate>,
        agreement: Option<AgreementIndex>,
        model: &mut Model,
    ) -> Option<model::Gate> {
        let of_agreement =
            agreement.and_then(|it| rows(&self.scenario.agreements)[it].starts.as_ref());
        match (own, of_agreement) {
            (own, None) => self.gate(own, model),
            (None, Some(gate)) => self.gate(Some(gate), model),
            (Some(own), Some(gate)) => {
                let both = vec![self.gate(Some(gate), model)?, self.gate(Some(own), model)?];
                Some(model::Gate::All(both))
            }
        }
    }

    /// The gate at which a clause expires: its own or its agreement's, whichever
    /// opens first.
    pub(super) fn end_gate(
        &self,
        clause: &Clause,
        agreement: Option<AgreementIndex>,
        model: &mut Model,
    ) -> Option<Option<model::Gate>> {
        let of_agreement =
            agreement.and_then(|it| rows(&self.scenario.agreements)[it].expires.as_ref());
        let mut gates = Vec::new();
        for gate in clause.expires.iter().chain(of_agreement) {
            gates.push(self.gate(Some(gate), model)?);
        }
        Some((!gates.is_empty()).then_some(model::Gate::Any(gates)))
    }

    pub(super) fn gate(&self, gate: Option<&Gate>, model: &mut Model) -> Option<model::Gate> {
        let mut when = |condition| model::Gate::When(model.conditions.push_and_get_key(condition));
        Some(match gate {
            None => model::Gate::Day(0),
            Some(Gate::Date(date)) => model::Gate::Day(model.calendar.day(*date).max(0) as u32),
            Some(Gate::After(After { after, days, .. })) => {
                model::Gate::After(self.starter(after)?, *days)
            }
            Some(Gate::With(With { with, .. })) => model::Gate::With(self.starter(with)?),
            Some(Gate::Verified(Verified { clause, at_least, for_days, .. })) => {
                when(Condition::Verified {
                    clause: self.clause(clause)?,
                    at_least: *at_least,
                    for_days: *for_days,
                })
            }
            Some(Gate::Done(Done { clause, .. })) => when(Condition::Done(self.clause(clause)?)),
            Some(Gate::Missed(Missed { clause, .. })) => {
                when(Condition::Missed(self.clause(clause)?))
            }
            Some(Gate::Present(Present { clause, at_least, for_days, .. })) => {
                when(Condition::Present {
                    clause: self.clause(clause)?,
                    at_least: *at_least,
                    for_days: *for_days,
                })
            }
            Some(Gate::Deployed(Deployed { monitors, at_least, at_least_persons, .. })) => {
                when(Condition::Deployed {
                    monitors: monitors.iter().map(|id| self.monitor(id)).collect::<Option<_>>()?,
                    at_least: *at_least,
                    at_least_persons: at_least_persons.unwrap_or(0.0),
                })
            }
            Some(Gate::Acted(Acted { act, by, against, count, .. })) => {
                let all = ti_vec![by.is_empty(); self.scenario.parties.len()];
                when(Condition::Acted {
                    act: *act,
                    by: if by.is_empty() { all } else { self.party_flags(by) },
                    against: match &**against {
                        [] => TiVec::new(),
                        some => self.party_flags(some),
                    },
                    count: *count,
                })
            }
            Some(Gate::Came(Came { event, .. })) => match self.outside_at(event) {
                Some(event) => when(Condition::Came(event)),
                // What is dated before the run has come.
                None => model::Gate::Day(0),
            },
            Some(Gate::Quiet(Quiet { days, between, at, from, .. })) => {
                let parties = self.scenario.parties.iter();
                let sites = || self.scenario.sites.iter();
                let first = self.scenario.time.start;
                when(Condition::Quiet {
                    days: *days,
                    from: from.map_or(0, |date| (date - first).whole_days().max(0) as u32),
                    between: parties
                        .map(|party| between.is_empty() || between.contains(&party.id))
                        .collect(),
                    at: (!at.is_empty())
                        .then(|| sites().map(|site| at.contains(&site.id)).collect()),
                })
            }
            Some(Gate::All(gates)) => model::Gate::All(self.each(gates, model)?),
            Some(Gate::Any(gates)) => model::Gate::Any(self.each(gates, model)?),
        })
    }

    fn each(&self, gates: &[Gate], model: &mut Model) -> Option<Vec<model::Gate>> {
        let gates = gates.iter();
        gates.map(|gate| self.gate(Some(gate), model)).collect()
    }

    /// The number of an outside event among those of the run.
    fn outside_at(&self, id: &str) -> Option<OutsideIndex> {
        let start = self.scenario.time.start;
        let events = self.scenario.events.iter();
        let mut own =
            events.filter(|it| it.per_day.is_some() || it.date.is_none_or(|date| date >= start));
        own.position(|it| it.id == id).map(OutsideIndex::from)
    }

    fn starter(&self, id: &str) -> Option<Starter> {
        let phase = rows(&self.scenario.phases).position(|it| it.id == id);
        phase.map(Starter::Phase).or_else(|| self.clause(id).map(Starter::Clause))
    }

    pub(super) fn changes(&self, model: &mut Model) -> Option<()> {
        for change in &self.scenario.changes {
            let when = match &change.when {
                Some(gate) => Some(self.gate(Some(gate), model)?),
                None => None,
            };
            let clauses = self.changed(change, model)?;
            let mut signatories: Vec<PartyIndex> = Vec::new();
            for clause in &clauses {
                let agreement = model.clauses[*clause].agreement;
                let of = agreement.map(|it| &model.agreements[it].signatories);
                signatories.extend(of.into_iter().flatten());
            }
            for id in change.consent.keys() {
                signatories.push(self.party(id)?);
            }
            signatories.sort_unstable();
            signatories.dedup();
            let consent = signatories.into_iter().map(|party| {
                let id = &model.parties[party].id;
                let probability = change.consent.get(id);
                let path = ["change", &change.id, "consent", id];
                (
                    party,
                    uncertain_or(probability, 1.0, &path),
                    Stream::new("consent", &[&change.id, id]),
                )
            });
            let consent = consent.collect();
            model.changes.push(model::Change {
                id: change.id.clone(),
                title: change.title.clone().unwrap_or_else(|| change.id.clone()),
                clauses,
                when,
                consent,
                action: action(&change.action),
            });
        }
        Some(())
    }

    /// The clauses a change is about, without readings: they go with theirs.
    fn changed(&self, change: &Change, model: &Model) -> Option<Vec<ClauseIndex>> {
        if let Some(id) = &change.clause {
            return Some(vec![self.clause(id)?]);
        }
        let agreement = self.agreement_at(change.agreement.as_ref()?);
        let clauses = model.clauses.iter_enumerated();
        let own = clauses.filter(|(_, it)| it.agreement == agreement && it.reading_of.is_none());
        Some(own.map(|(index, _)| index).collect())
    }

    pub(super) fn agreement_at(&self, id: &str) -> Option<AgreementIndex> {
        rows(&self.scenario.agreements).position(|it| it.id == id)
    }
}

fn action(action: &TermsAction) -> model::Action {
    match action {
        TermsAction::Amend(it) => model::Action::Amend(model::Amendment {
            min_km: it.min_km,
            target_km: it.target_km,
            cap_persons: it.cap_persons,
            floor_persons: it.floor_persons,
            kept_at: it.kept_at,
        }),
        TermsAction::Suspend(_) => model::Action::Suspend,
        TermsAction::Resume(_) => model::Action::Resume,
        TermsAction::Extend(it) => model::Action::Extend(it.days),
        TermsAction::Renew(it) => model::Action::Renew(it.days),
        TermsAction::Recommit(_) => model::Action::Recommit,
        TermsAction::Agree(_) => model::Action::Agree,
        TermsAction::End(_) => model::Action::End,
    }
}
