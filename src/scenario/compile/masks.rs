//! Which clauses touch whom, and which are of which kind, as sets of bits.

use crate::model::{Condition, Duty, Kind, Limit, Model, Touched};

/// Sets them for every force, monitor and kind.
pub(super) fn set(model: &mut Model) {
    for force in &mut model.forces {
        let those = |wanted: fn(Duty) -> bool| {
            let obligations = force.obligations.iter();
            obligations
                .filter(|it| wanted(it.duty))
                .fold(0, |mask, it| mask | 1 << it.clause)
        };
        force.touched = Touched {
            bound: those(|_| true),
            seen: those(|duty| duty != Duty::Deliver),
            answers: those(|duty| duty != Duty::Authorised),
            unbound: 0,
        };
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
