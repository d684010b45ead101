//! Which clauses touch whom, and which are of which kind, as sets; the order of
//! forces and clauses by id.

use crate::model::{Bits, Condition, Duty, Limit, Model, Touched};

/// Sets them for every force, monitor and kind.
pub(super) fn set(model: &mut Model) {
    for (rank, at) in by_id(model.forces.iter_enumerated().map(|(at, it)| (&*it.id, at))) {
        model.forces[at].rank = rank;
    }
    for (rank, at) in by_id(model.clauses.iter_enumerated().map(|(at, it)| (&*it.id, at))) {
        model.clauses[at].rank = rank;
    }
    for force in &mut model.forces {
        let those = |wanted: fn(Duty) -> bool| {
            let obligations = force.obligations.iter();
            obligations.filter(|owed| wanted(owed.duty)).map(|owed| owed.clause).collect()
        };
        force.touched = Touched {
            bound: those(|_| true),
            seen: those(|duty| duty != Duty::Deliver),
            answers: those(|duty| duty != Duty::Authorised),
            written: force
                .obligations
                .iter()
                .filter(|it| it.clause == it.of)
                .map(|owed| owed.clause)
                .collect(),
            unbound: Bits::new(),
        };
    }
    for (index, monitor) in model.monitors.iter_enumerated() {
        model.parties[monitor.party].monitors.insert(index);
    }
    for condition in &model.conditions {
        if let Condition::Verified { clause, .. } = condition {
            model.kinds.awaited.insert(*clause);
        }
    }
    for (index, clause) in model.clauses.iter_enumerated() {
        model.kinds.take(&clause.kind, index);
        let counts = clause.kind.is_of_each_force();
        let exempts = match &*clause.exempt {
            [] => true,
            [alone] => matches!(alone.limit, Limit::Strength(_)),
            _ => false,
        };
        if counts && exempts {
            model.kinds.plain.insert(index);
        }
        for it in &clause.unbound {
            model.forces[it.force].touched.unbound.insert(index);
        }
        for monitor in &clause.monitors {
            model.monitors[*monitor].clauses.insert(index);
        }
        for (at, monitor) in model.monitors.iter_mut_enumerated() {
            if clause.verifiers.iter().any(|it| it.monitors.contains(at)) {
                monitor.banded.insert(index);
            }
        }
    }
}

/// The rank of each by id.
fn by_id<'a, I: Copy + Ord>(ids: impl Iterator<Item = (&'a str, I)>) -> Vec<(u32, I)> {
    let mut all: Vec<(&str, I)> = ids.collect();
    all.sort_unstable();
    (0..).zip(all.iter().map(|(_, at)| *at)).collect()
}
