//! Political steps, and ways that are open or closed.

use super::state::changes::Fact;
use super::state::event::EventKind;
use super::state::world::World;
use crate::model::{Kind, Model, Order};

/// A day of work on steps: one is done once its party has complied for
/// `takes_days`.
pub(super) fn take(model: &Model, world: &mut World, day: u32) {
    for index in model.kinds.act.intersection(world.changes.in_force()).iter() {
        let Kind::Act { takes_days, doers } = &model.clauses[index].kind else {
            continue;
        };
        for (at, doer) in doers.iter().enumerate() {
            let unit = &world.units[doer.unit];
            let (complies, cause) = (unit.order == Order::Comply, unit.event);
            let step = &mut world.clauses[index].steps[at];
            if step.done.is_some() || !complies {
                continue;
            }
            step.days += 1;
            if step.days > *takes_days {
                step.done = Some(day);
                let kind = EventKind::StepDone { party: doer.party, clause: index };
                world.happen(day, cause, kind);
                world.note(model, Fact::Terms(index));
            }
        }
    }
}

/// Shuts monitors out of what they reach through a closed way, and lets them in
/// again.
pub(super) fn bar(model: &Model, world: &mut World) {
    let mut changed = false;
    for index in model.kinds.passage.iter() {
        let clause = &model.clauses[index];
        if !world.changes.is_stale(index) || !world.clauses[index].stale.truth {
            continue;
        }
        let closed = world.in_force(index)
            && clause.bound.iter().any(|bound| {
                let force = &world.forces[bound.force];
                force.strength > 0 && !force.stance.view.meets(index)
            });
        world.note(model, Fact::Entered(index));
        changed |= std::mem::replace(&mut world.clauses[index].closed, closed) != closed;
    }
    if !changed {
        return;
    }
    for monitor in 0..model.monitors.len() {
        let clauses = model.clauses.iter().zip(&world.clauses);
        let shut_out = clauses.into_iter().any(|(clause, state)| match &clause.kind {
            Kind::Passage { needed_by } => state.closed && needed_by.contains(&monitor),
            _ => false,
        });
        world.monitors[monitor].shut_out = shut_out;
    }
}
