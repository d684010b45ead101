//! What monitors hold of stores: declared sites and what should be in them.

use crate::engine::state::{EventId, EventKind, StoreState, World};
use crate::model::{ActKind, ClauseIndex, Duty, ForceIndex, Kind, Model, MonitorIndex};

/// Enters the reports and refusals of a day.
pub(super) fn note(model: &Model, world: &mut World, day: u32) {
    if model.kinds.confine.is_empty() {
        return;
    }
    let arrivals = std::mem::take(&mut world.today.arrivals);
    for arrival in &arrivals {
        for obligation in &model.forces[arrival.force].obligations {
            let clause = obligation.clause;
            let watches = model.clauses[clause].monitor_set.contains(arrival.monitor);
            if obligation.duty != Duty::StayIn || !watches || !world.in_force(clause) {
                continue;
            }
            let kept = |clause: ClauseIndex| arrival.keeping.contains(clause);
            let line = beyond(model, clause).filter(|line| asks(model, *line, arrival.force));
            let store = &mut world.clauses[clause].stores[obligation.at];
            if arrival.seen < store.day {
                continue;
            }
            let found = if kept(clause) {
                StoreState::Present
            } else if line.is_some_and(kept) {
                StoreState::Beyond
            } else if store.missed && store.found != StoreState::Missing {
                StoreState::MissingAgain
            } else {
                StoreState::Missing
            };
            store.missed |= found == StoreState::Missing;
            store.found = found;
            store.day = arrival.seen;
        }
    }
    world.today.arrivals = arrivals;
    for at in 0..world.today.acts.len() {
        let act = world.today.acts[at];
        if act.kind != ActKind::AccessDenied {
            continue;
        }
        // Who bars another's way says nothing of the stores.
        let barred = barred(world, act.event);
        for force in model.forces.keys() {
            let by = model.forces[force].commander == act.by;
            if !by || act.force.is_some_and(|it| it != force) {
                continue;
            }
            for obligation in &model.forces[force].obligations {
                let watching = &model.clauses[obligation.clause].monitor_set;
                let watches = barred.is_none_or(|monitor| watching.contains(monitor));
                if obligation.duty == Duty::StayIn && watches && world.in_force(obligation.clause) {
                    let store = &mut world.clauses[obligation.clause].stores[obligation.at];
                    store.found = StoreState::NoAccess;
                    store.day = day;
                }
            }
        }
    }
}

/// The monitor that an event refuses access to, if it is one in particular.
fn barred(world: &World, event: EventId) -> Option<MonitorIndex> {
    let mut events = world.events.iter().rev();
    match events.find(|it| it.id == event)?.kind {
        EventKind::AccessDenied { monitor, .. } => Some(monitor),
        _ => None,
    }
}

fn beyond(model: &Model, clause: ClauseIndex) -> Option<ClauseIndex> {
    match model.clauses[clause].kind {
        Kind::Confine { beyond } => beyond,
        _ => None,
    }
}

fn asks(model: &Model, clause: ClauseIndex, force: ForceIndex) -> bool {
    let mut obligations = model.forces[force].obligations.iter();
    obligations.any(|it| it.clause == clause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{Trial, ordered};

    #[test]
    fn what_inspectors_find_and_who_refuses_them_is_held_of_each_store() {
        let tables = r#"
[[clause]]
id = "storage"
kind = "confine"
binds = ["red"]
heavy = true
monitors = ["visits"]

[[monitor]]
id = "visits"
kind = "inspection"
party = "watcher"
interval_days = 3
"#;
        for (order, denial, found) in [
            ("comply", "", StoreState::Present),
            ("defy", "", StoreState::Missing),
            ("comply", "denial = 1.0", StoreState::NoAccess),
        ] {
            let orders = ordered("red", order, &[]);
            let mut trial = Trial::new(&format!("{tables}{denial}\n{orders}"));
            trial.until(2);
            let clause = trial.clause("storage");
            assert_eq!(trial.world.clauses[clause].stores.raw[0].found, found, "{order} {denial}");
        }
    }
}
