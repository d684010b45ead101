//! Reach: what can start within the run, as far as dates and gates tell.
//!
//! The earliest day of each phase and clause is found by going round until
//! nothing moves; what is left without a day can never start, and what comes to
//! lie after the end does not start in this run. Conditions are taken at their
//! best: a clause is verified as soon as it has stood for `for_days`.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::starters::{Starter, starters};
use crate::scenario::{After, Done, Gate, Missed, Present, Quiet, Scenario, Verified, With};

/// The earliest day by id; none while nothing is known.
type Earliest<'s> = BTreeMap<&'s str, i64>;

pub(super) fn check(c: &mut Context<'_>) {
    let s = c.scenario;
    let (start, end) = (s.time.start, s.time.end);
    if start == time::Date::MIN || end <= start {
        return;
    }
    let last = (end - start).whole_days();
    let starters: Vec<Starter<'_>> = starters(s).collect();
    let earliest = settle(s, &starters);
    for starter in starters.iter().filter(|it| it.phase.is_none()) {
        report(c, starter, &earliest, last);
    }
}

impl<'s> Starter<'s> {
    fn day(&self, s: &Scenario, earliest: &Earliest<'_>) -> Option<i64> {
        let own = match (self.phase, self.gate) {
            (Some(phase), _) => *earliest.get(phase)?,
            (None, Some(gate)) => opens(s, gate, earliest)?,
            (None, None) => 0,
        };
        let agreement = self.of_agreement.map_or(Some(0), |gate| opens(s, gate, earliest));
        Some(own.max(agreement?))
    }

    /// The ids that its day hangs on.
    fn hangs_on(&self) -> impl Iterator<Item = &'s str> {
        let gates = self.gate.into_iter().chain(self.of_agreement);
        self.phase.into_iter().chain(gates.flat_map(Gate::leaves).filter_map(Gate::waits_for))
    }
}

/// In rounds; after the first only those are looked at that hang on what moved.
fn settle<'s>(s: &Scenario, starters: &[Starter<'s>]) -> Earliest<'s> {
    let mut hanging: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, starter) in starters.iter().enumerate() {
        for id in starter.hangs_on() {
            hanging.entry(id).or_default().push(at);
        }
    }
    let mut earliest: Earliest<'_> = BTreeMap::new();
    let mut round: BTreeSet<usize> = (0..starters.len()).collect();
    while !round.is_empty() {
        let days = round.iter().map(|at| &starters[*at]);
        let days: Vec<_> = days.map(|it| (it.entry.id(), it.day(s, &earliest))).collect();
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

/// The earliest day a gate can open on; negative days count as the first.
fn opens(s: &Scenario, gate: &Gate, earliest: &Earliest<'_>) -> Option<i64> {
    let known = |id: &String| earliest.get(id.as_str()).copied();
    match gate {
        Gate::Date(date) => Some((*date - s.time.start).whole_days().max(0)),
        Gate::After(After { after, days, .. }) => Some(known(after)? + i64::from(*days)),
        Gate::Verified(Verified { clause, for_days, .. })
        | Gate::Present(Present { clause, for_days, .. }) => {
            Some(known(clause)? + i64::from(*for_days))
        }
        Gate::Done(Done { clause, .. }) | Gate::Missed(Missed { clause, .. }) => known(clause),
        Gate::Deployed(_) | Gate::Acted(_) | Gate::Came(_) => Some(0),
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

fn report(c: &mut Context<'_>, starter: &Starter<'_>, earliest: &Earliest<'_>, last: i64) {
    let Starter { entry, gate, .. } = *starter;
    // A date after the end and a circle of gates have a message of their own.
    let Some(gate) = gate.filter(|it| !matches!(it, Gate::Date(_))) else {
        return;
    };
    let label = match earliest.get(entry.id()) {
        Some(day) if *day <= last => return,
        Some(day) => {
            format!("opens {day} days after the start at the earliest; the run has {last}")
        }
        None => match never(gate, earliest) {
            Some(id) => format!("`{id}` never starts"),
            None => return,
        },
    };
    let message = format!("nobody can reach {} in this run", entry.called());
    c.warning(entry.spans().of("starts"), message)
        .label(label)
        .help("let it start on a date, or after something that starts; or let the run last longer");
}

/// What a gate waits for in vain.
fn never<'g>(gate: &'g Gate, earliest: &Earliest<'_>) -> Option<&'g str> {
    let leaves = gate.leaves().into_iter().filter(|it| !matches!(it, Gate::With(_)));
    leaves.filter_map(Gate::waits_for).find(|id| !earliest.contains_key(id))
}
