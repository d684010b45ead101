//! What an inspection finds on a visit.

use super::reports::{self, Look, Looked};
use crate::engine::state::World;
use crate::model::{
    Bits, Duty, ForceIndex, FormationIndex, Method, Model, MonitorIndex, Obligation, Order,
};
use crate::theory::detection_probability;

/// Draws of a visit by its day: whether what is hidden is put back in time, and
/// whether the part of the monitor that is there comes by.
const VISIT: u32 = 3;

/// Draws of whether what is hidden is found, by day.
const FINDS: u32 = 4;

/// One visit: every force within reach that nobody bars.
pub(super) fn visit(model: &Model, world: &mut World, monitor: MonitorIndex, day: u32) {
    if !matches!(model.monitors[monitor].method, Method::Inspection { .. }) {
        return;
    }
    for (index, formation) in model.formations.iter_enumerated() {
        let within = |force: &&ForceIndex| {
            let looks = world.forces[**force].stance.view.is_looked_for(monitor);
            looks && world.monitors[monitor].may_see(model.forces[**force].commander)
        };
        let forces: Vec<ForceIndex> = formation.forces.iter().filter(within).copied().collect();
        if !forces.is_empty() {
            inspect(model, world, (monitor, index), &forces, day);
        }
    }
}

fn inspect(
    model: &Model,
    world: &mut World,
    (monitor, formation): (MonitorIndex, FormationIndex),
    forces: &[ForceIndex],
    day: u32,
) {
    let stream = model.monitors[monitor].sightings[formation];
    let (covers, reaches) = world.draws.uniforms(stream, VISIT, day);
    let finds_from = world.draws.uniform(stream, FINDS, day);
    let state = &world.monitors[monitor];
    if reaches >= state.share {
        return;
    }
    let put_back = covers < state.covered_up;
    let look = |force: &ForceIndex| {
        let (mut asked, mut meets) = (Bits::new(), Bits::new());
        if !world.forces[*force].stance.view.seen_by.contains(monitor) {
            asked = reports::searched(model, world, monitor, *force);
            asked.intersect_with(world.changes.in_force());
            return Looked { force: *force, is_there: false, meets: asked.clone(), asked };
        }
        let obligations = model.forces[*force].obligations.iter();
        for obligation in obligations.filter(|it| world.in_force(it.clause)) {
            asked.insert(obligation.clause);
            let found = found(model, world, (monitor, *force), obligation);
            let hides = world.units[obligation.unit].order == Order::Conceal;
            // What stands in the open it always finds.
            let finds = found.is_some_and(|found| !hides || !put_back && finds_from < found);
            if !finds {
                meets.insert(obligation.clause);
            }
        }
        Looked { force: *force, is_there: true, asked, meets }
    };
    let looked: Vec<Looked> = forces.iter().map(look).collect();
    let number = world.monitors[monitor].exposures[forces[0]].number;
    for force in forces {
        world.monitors[monitor].exposures[*force].number += 1;
    }
    let look = Look { instant: f64::from(day), seen: day + 1, number };
    reports::see(model, world, monitor, &looked, look);
}

/// With what probability the visit finds that an obligation is not met, by who hides that;
/// none where it is met.
fn found(
    model: &Model,
    world: &World,
    (monitor, force): (MonitorIndex, ForceIndex),
    obligation: &Obligation,
) -> Option<f64> {
    if obligation.duty == Duty::Deliver {
        let delivery = world.clauses[obligation.clause].delivery.as_ref()?;
        let declared = delivery.held[obligation.at];
        let missing = declared - delivery.handed[obligation.at];
        if world.units[obligation.unit].order == Order::Comply || missing == 0 {
            return None;
        }
        let sample = match model.monitors[monitor].method {
            Method::Inspection { sample, .. } => sample.unwrap_or(declared),
            _ => declared,
        };
        return Some(detection_probability(declared, missing, sample));
    }
    let state = &world.forces[force];
    if state.stance.view.meets(obligation.clause) {
        return None;
    }
    Some(if state.signature > 0.0 { state.stance.shown / state.signature } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{Trial, ordered};

    #[test]
    fn a_visit_finds_what_stands_open_and_notice_lets_the_hidden_be_put_back() {
        let notice = "notice_days = 36500\ncover_up_days = 0.1";
        for (order, more, keeping) in [
            ("comply", "", true),
            ("defy", "", false),
            ("defy", notice, false),
            ("conceal", "", false),
            ("conceal", notice, true),
        ] {
            let tables = format!(
                "[[clause]]\nid = \"storage\"\nkind = \"confine\"\nbinds = [\"red\"]\nheavy = true\n\
                 monitors = [\"visits\"]\n\
                 [[monitor]]\nid = \"visits\"\nkind = \"inspection\"\nparty = \"watcher\"\n\
                 interval_days = 3\n{more}\n{}",
                ordered("red", order, &[]) + "concealment = 0.0\n"
            );
            let mut trial = Trial::new(&tables);
            let (visits, guard) = (trial.monitor("visits"), trial.force("guard"));
            let clause = trial.clause("storage");
            trial.until(1);
            let held = trial.world.monitors[visits].holds(guard, clause, 1, 30.0);
            assert_eq!(held, Some(keeping), "{order} {more}");
            visit(&trial.model, &mut trial.world, visits, 1);
            assert_eq!(trial.world.monitors[visits].sightings.all(), 2.0);
        }
    }
}
