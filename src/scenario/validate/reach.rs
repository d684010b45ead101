//! Reach: what can start within the run, as far as dates and gates tell.
//!
//! The earliest day of each phase and clause is found by going round until
//! nothing moves; what is left without a day can never start, and what comes to
//! lie after the end does not start in this run. Conditions are taken at their
//! best: a clause is verified as soon as it has stood for `for_days`.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use crate::diag::{Diagnostic, Span};
use crate::scenario::{
    After, Agreement, Clause, Done, Gate, Phase, Quiet, Scenario, Verified, With,
};

/// The earliest day by id; none while nothing is known.
type Earliest<'s> = BTreeMap<&'s str, i64>;

pub(super) fn check(c: &mut Context<'_>) {
    let s = c.scenario;
    let (start, end) = (s.time.start, s.time.end);
    if start == time::Date::MIN || end <= start {
        return;
    }
    let last = (end - start).whole_days();
    let earliest = settle(s);
    for phase in &s.phases {
        let span = phase.spans.of("starts");
        report(c, ("phase", &phase.id), phase.starts.as_ref(), span, &earliest, last);
    }
    for clause in s.clauses.iter().filter(|it| it.phase.is_none()) {
        let span = clause.spans.of("starts");
        report(c, ("clause", &clause.id), clause.starts.as_ref(), span, &earliest, last);
    }
}

/// A phase or a clause.
enum Starter<'s> {
    Phase(&'s Phase),
    Clause(&'s Clause),
}

impl<'s> Starter<'s> {
    fn id(&self) -> &'s str {
        match self {
            Self::Phase(it) => &it.id,
            Self::Clause(it) => &it.id,
        }
    }

    fn day(&self, s: &Scenario, earliest: &Earliest<'_>) -> Option<i64> {
        match self {
            Self::Phase(it) => of_phase(s, it, earliest),
            Self::Clause(it) => of_clause(s, it, earliest),
        }
    }

    /// The ids that its day hangs on.
    fn hangs_on(&self, s: &'s Scenario) -> Vec<&'s str> {
        let mut ids = Vec::new();
        let (gate, agreement) = match self {
            Self::Phase(it) => (&it.starts, &it.agreement),
            Self::Clause(it) => {
                ids.extend(it.phase.as_deref());
                (&it.starts, &it.agreement)
            }
        };
        let agreement = agreement_of(s, agreement.as_ref());
        let gates = gate.iter().chain(agreement.and_then(|it| it.starts.as_ref()));
        gates.for_each(|gate| named(gate, &mut ids));
        ids
    }
}

/// The phases and clauses that a gate names.
fn named<'g>(gate: &'g Gate, ids: &mut Vec<&'g str>) {
    match gate {
        Gate::After(After { after: id, .. })
        | Gate::Verified(Verified { clause: id, .. })
        | Gate::Done(Done { clause: id, .. })
        | Gate::With(With { with: id, .. }) => ids.push(id),
        Gate::All(gates) | Gate::Any(gates) => gates.iter().for_each(|it| named(it, ids)),
        Gate::Date(_) | Gate::Deployed(_) | Gate::Quiet(_) => {}
    }
}

/// In rounds; after the first only those are looked at that hang on what moved.
fn settle(s: &Scenario) -> Earliest<'_> {
    let phases = s.phases.iter().map(Starter::Phase);
    let starters: Vec<Starter<'_>> = phases.chain(s.clauses.iter().map(Starter::Clause)).collect();
    let mut hanging: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, starter) in starters.iter().enumerate() {
        for id in starter.hangs_on(s) {
            hanging.entry(id).or_default().push(at);
        }
    }
    let mut earliest: Earliest<'_> = BTreeMap::new();
    let mut round: BTreeSet<usize> = (0..starters.len()).collect();
    while !round.is_empty() {
        let days = round.iter().map(|at| &starters[*at]);
        let days: Vec<_> = days.map(|it| (it.id(), it.day(s, &earliest))).collect();
        round.clear();
        for (id, day) in days {
            if let Some(day) = day
                && earliest.get(id).is_none_or(|known| day < *known)
            {
                earliest.insert(id, day);
                round.extend(hanging.get(id).into_iter().flatten());
            }
        }
    }
    earliest
}

fn of_phase(s: &Scenario, phase: &Phase, earliest: &Earliest<'_>) -> Option<i64> {
    let own = match &phase.starts {
        Some(gate) => opens(s, gate, earliest)?,
        None => 0,
    };
    Some(own.max(of_agreement(s, phase.agreement.as_ref(), earliest)?))
}

fn of_clause(s: &Scenario, clause: &Clause, earliest: &Earliest<'_>) -> Option<i64> {
    let own = match (&clause.phase, &clause.starts) {
        (Some(phase), _) => *earliest.get(phase.as_str())?,
        (None, Some(gate)) => opens(s, gate, earliest)?,
        (None, None) => 0,
    };
    Some(own.max(of_agreement(s, clause.agreement.as_ref(), earliest)?))
}

fn agreement_of<'s>(s: &'s Scenario, id: Option<&String>) -> Option<&'s Agreement> {
    let id = id?;
    s.agreements.iter().find(|it| it.id == *id)
}

fn of_agreement(s: &Scenario, id: Option<&String>, earliest: &Earliest<'_>) -> Option<i64> {
    match agreement_of(s, id).and_then(|it| it.starts.as_ref()) {
        Some(gate) => opens(s, gate, earliest),
        None => Some(0),
    }
}

/// The earliest day a gate can open on; negative days count as the first.
fn opens(s: &Scenario, gate: &Gate, earliest: &Earliest<'_>) -> Option<i64> {
    let known = |id: &String| earliest.get(id.as_str()).copied();
    match gate {
        Gate::Date(date) => Some((*date - s.time.start).whole_days().max(0)),
        Gate::After(After { after, days, .. }) => Some(known(after)? + i64::from(*days)),
        Gate::Verified(Verified { clause, for_days, .. }) => {
            Some(known(clause)? + i64::from(*for_days))
        }
        Gate::Done(Done { clause, .. }) => known(clause),
        Gate::Deployed(_) => Some(0),
        Gate::Quiet(Quiet { days, from, .. }) => {
            let from = from.map_or(0, |date| (date - s.time.start).whole_days().max(0));
            Some(from + i64::from(*days))
        }
        // Ready together: what the other waits for is judged at the other.
        Gate::With(With { with, .. }) => Some(known(with).unwrap_or(0)),
        Gate::All(gates) => {
            gates.iter().try_fold(0, |last, gate| Some(last.max(opens(s, gate, earliest)?)))
        }
        Gate::Any(gates) => gates.iter().filter_map(|it| opens(s, it, earliest)).min(),
    }
}

fn report(
    c: &mut Context<'_>,
    (what, id): (&str, &String),
    gate: Option<&Gate>,
    span: Span,
    earliest: &Earliest<'_>,
    last: i64,
) {
    // A date after the end and a circle of gates have a message of their own.
    let Some(gate) = gate.filter(|it| !matches!(it, Gate::Date(_))) else {
        return;
    };
    let label = match earliest.get(id.as_str()) {
        Some(day) if *day <= last => return,
        Some(day) => {
            format!("opens {day} days after the start at the earliest; the run has {last}")
        }
        None => match never(gate, earliest) {
            Some(id) => format!("`{id}` never starts"),
            None => return,
        },
    };
    c.push(
        Diagnostic::warning(span, format!("nobody can reach {what} `{id}` in this run"))
            .label(label)
            .help("let it start on a date, or after something that starts; or let the run last longer"),
    );
}

/// What a gate waits for in vain.
fn never<'g>(gate: &'g Gate, earliest: &Earliest<'_>) -> Option<&'g String> {
    let id = match gate {
        Gate::After(After { after, .. }) => after,
        Gate::Verified(Verified { clause, .. }) | Gate::Done(Done { clause, .. }) => clause,
        Gate::All(gates) | Gate::Any(gates) => {
            return gates.iter().find_map(|gate| never(gate, earliest));
        }
        _ => return None,
    };
    (!earliest.contains_key(id.as_str())).then_some(id)
}
