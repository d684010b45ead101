//! Political steps.

use super::state::{EventKind, Fact, World};
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
