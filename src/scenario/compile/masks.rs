//! Which clauses touch whom, and which are of which kind, as sets of bits; the order of
//! forces and clauses by id.

use crate::model::{Condition, Duty, Kind, Limit, Model, Touched};

/// Sets them for every force, monitor and kind.
pub(super) fn set(model: &mut Model) {
    for (rank, at) in by_id(model.forces.iter().map(|it| &*it.id)) {
        model.forces[at].rank = rank;
    }
    for (rank, at) in by_id(model.clauses.iter().map(|it| &*it.id)) {
        model.clauses[at].rank = rank;
    }
    for force in &mut model.forces {
        let those = |wanted: fn(Duty) -> bool| {
            let obligations = force.obligations.iter();
            obligations.filter(|it| wanted(it.duty)).fold(0, |mask, it| mask | 1 << it.clause)
        };
        force.touched = Touched {
            bound: those(|_| true),
            seen: those(|duty| duty != Duty::Deliver),
            answers: those(|duty| duty != Duty::Authorised),
            written: force
                .obligations
                .iter()
                .filter(|it| it.clause == it.of)
                .fold(0, |mask, it| mask | 1 << it.clause),
            unbound: 0,
        };
    }
    for (index, monitor) in model.monitors.iter().enumerate() {
        model.parties[monitor.party].monitors |= 1 << index;
    }
    for condition in &model.conditions {
        if let Condition::Verified { clause, .. } = condition {
            model.kinds.awaited |= 1 << clause;
        }
    }
    for (index, clause) in model.clauses.iter().enumerate() {
        let bit = 1 << index;
        match clause.kind {
            Kind::Abstain(_) => model.kinds.abstain |= bit,
            Kind::Act { .. } => model.kinds.act |= bit,
            Kind::Confine { .. } => model.kinds.confine |= bit,
            Kind::Deliver(_) => model.kinds.deliver |= bit,
            Kind::Passage { .. } => model.kinds.passage |= bit,
            Kind::KeepDistance | Kind::Leave | Kind::Presence | Kind::Posture => {}
        }
        let counts = clause.bound.iter().all(|it| it.duty != Duty::Deliver)
            && !matches!(clause.kind, Kind::Act { .. } | Kind::Passage { .. });
        let exempts = match &*clause.exempt {
            [] => true,
            [alone] => matches!(alone.limit, Limit::Strength(_)),
            _ => false,
        };
        if counts && exempts {
            model.kinds.plain |= bit;
        }
        for it in &clause.unbound {
            model.forces[it.force].touched.unbound |= bit;
        }
        for monitor in &clause.monitors {
            model.monitors[*monitor].clauses |= bit;
        }
        for (at, monitor) in model.monitors.iter_mut().enumerate() {
            if clause.verifiers.iter().any(|it| it.monitors >> at & 1 == 1) {
                monitor.banded |= bit;
            }
        }
    }
}

/// Rank and place in the list of each, by id.
fn by_id<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<(u32, usize)> {
    let mut all: Vec<(&str, usize)> = ids.zip(0..).collect();
    all.sort_unstable();
    (0..).zip(all.iter().map(|(_, at)| *at)).collect()
}
