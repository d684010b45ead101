//! What starts: phases and clauses.

use crate::scenario::refer::{Entry, named};
use crate::scenario::{Gate, Scenario};

/// A phase or a clause, and what it starts by.
pub(super) struct Starter<'s> {
    pub(super) entry: &'s dyn Entry,
    /// Its own gate.
    pub(super) gate: Option<&'s Gate>,
    /// The phase that a clause starts with.
    pub(super) phase: Option<&'s str>,
    /// The gate of its agreement, before which it does not start.
    pub(super) of_agreement: Option<&'s Gate>,
}

/// Every phase, then every clause.
pub(super) fn starters(s: &Scenario) -> impl Iterator<Item = Starter<'_>> {
    let of = |id| named(&s.agreements, id).and_then(|it| it.starts.as_ref());
    let phases = s.phases.iter().map(move |phase| Starter {
        entry: phase,
        gate: phase.starts.as_ref(),
        phase: None,
        of_agreement: of(phase.agreement.as_ref()),
    });
    phases.chain(s.clauses.iter().map(move |clause| Starter {
        entry: clause,
        gate: clause.starts.as_ref(),
        phase: clause.phase.as_deref(),
        of_agreement: of(clause.agreement.as_ref()),
    }))
}
