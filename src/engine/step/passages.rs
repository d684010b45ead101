//! Ways that are open or closed, and whom a closed one keeps out.

use crate::engine::state::{Fact, World};
use crate::model::{Kind, Model};

/// Shuts monitors out of what they reach through a closed way, and lets them in
/// again.
pub(super) fn close(model: &Model, world: &mut World) {
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
    world.watch.moves += 1;
    for monitor in model.monitors.keys() {
        let clauses = model.clauses.iter().zip(&world.clauses);
        let shut_out = clauses.into_iter().any(|(clause, state)| match &clause.kind {
            Kind::Passage { needed_by } => state.closed && needed_by.contains(&monitor),
            _ => false,
        });
        world.monitors[monitor].shut_out = shut_out;
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::trial::{Trial, ordered};

    #[test]
    fn who_holds_the_way_and_defies_shuts_out_those_who_need_it() {
        let tables = r#"
[[clause]]
id = "road"
kind = "passage"
binds = ["red"]
through = "near"
needed_by = ["eyes"]

[[monitor]]
id = "eyes"
kind = "national-technical-means"
party = "watcher"
sightings_per_day = 1
"#;
        let orders = ordered("red", "comply", &[(5, "defy"), (9, "comply")]);
        let mut trial = Trial::new(&format!("{tables}{orders}"));
        for (day, closed) in [(4, false), (7, true), (12, false)] {
            trial.until(day);
            assert_eq!(trial.world.clauses[trial.clause("road")].closed, closed, "day {day}");
            assert_eq!(trial.world.monitors[trial.monitor("eyes")].shut_out, closed, "day {day}");
        }
    }
}
