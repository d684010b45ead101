//! Political steps.

use crate::engine::state::{EventKind, Fact, World};
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{Trial, ordered};

    const LAW: &str =
        "[[clause]]\nid = \"law\"\nkind = \"act\"\nbinds = [\"red\"]\ntakes_days = 3\n";

    #[test]
    fn a_step_is_done_after_its_days_of_complying() {
        let orders = ordered("red", "comply", &[(1, "defy"), (4, "comply")]);
        let mut trial = Trial::new(&format!("{LAW}{orders}"));
        let law = trial.clause("law");
        // Complies on days 0 and 1, and from day 5 on.
        trial.until(5);
        assert_eq!(trial.world.clauses[law].steps[0].done, None);
        trial.until(20);
        assert_eq!(trial.world.clauses[law].steps[0].done, Some(6));
        assert_eq!(trial.events(|it| matches!(it, EventKind::StepDone { .. })), 1);
    }

    #[test]
    fn who_defies_takes_no_step() {
        let mut trial = Trial::new(&format!("{LAW}{}", ordered("red", "defy", &[])));
        (0..30).for_each(|day| take(&trial.model, &mut trial.world, day));
        assert_eq!(trial.world.clauses[trial.clause("law")].steps[0].done, None);
    }
}
