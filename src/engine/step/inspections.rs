//! What an inspection finds on a visit.

use super::records::{self, Looked};
use crate::engine::state::World;
use crate::model::{Bits, Duty, ForceIndex, Method, Model, MonitorIndex, Obligation, Order};
use crate::theory::detection_probability;

/// Draws of a visit by its day: whether what is hidden is put back in time, and
/// whether the part of the monitor that is there comes by.
const VISIT: u32 = 3;

/// One visit: every force within reach that nobody bars.
pub(super) fn visit(model: &Model, world: &mut World, monitor: MonitorIndex, day: u32) {
    if !matches!(model.monitors[monitor].method, Method::Inspection { .. }) {
        return;
    }
    for force in model.forces.keys() {
        let seen = world.forces[force].stance.view.seen_by.contains(monitor);
        if seen && world.monitors[monitor].may_see(model.forces[force].commander) {
            inspect(model, world, (monitor, force), day);
        }
    }
}

fn inspect(
    model: &Model,
    world: &mut World,
    (monitor, force): (MonitorIndex, ForceIndex),
    day: u32,
) {
    let stream = model.monitors[monitor].sightings[force];
    let (covers, reaches) = world.draws.uniforms(stream, VISIT, day);
    let state = &world.monitors[monitor];
    if reaches >= state.share {
        return;
    }
    let put_back = covers < state.covered_up;
    let (mut asked, mut meets) = (Bits::new(), Bits::new());
    for obligation in &model.forces[force].obligations {
        if !world.in_force(obligation.clause) {
            continue;
        }
        asked.insert(obligation.clause);
        if !finds(model, world, (monitor, force), obligation, put_back, day) {
            meets.insert(obligation.clause);
        }
    }
    let number = world.monitors[monitor].exposures[force].number;
    world.monitors[monitor].exposures[force].number += 1;
    let looked = Looked { asked, meets, instant: f64::from(day), seen: day + 1, number };
    records::see(model, world, (monitor, force), looked);
}

/// Whether the visit finds that an obligation is not met: what stands in the
/// open it always finds.
fn finds(
    model: &Model,
    world: &World,
    (monitor, force): (MonitorIndex, ForceIndex),
    obligation: &Obligation,
    put_back: bool,
    day: u32,
) -> bool {
    let hides = world.units[obligation.unit].order == Order::Conceal;
    let found = match obligation.duty {
        Duty::Deliver => {
            let Some(delivery) = &world.clauses[obligation.clause].delivery else {
                return false;
            };
            let declared = delivery.held[obligation.at];
            let missing = declared - delivery.handed[obligation.at];
            if world.units[obligation.unit].order == Order::Comply || missing == 0 {
                return false;
            }
            let sample = match model.monitors[monitor].method {
                Method::Inspection { sample, .. } => sample.unwrap_or(declared),
                _ => declared,
            };
            detection_probability(declared, missing, sample)
        }
        _ => {
            let state = &world.forces[force];
            if state.stance.view.meets(obligation.clause) {
                return false;
            }
            if state.signature > 0.0 { state.stance.shown / state.signature } else { 0.0 }
        }
    };
    if !hides {
        return true;
    }
    let stream = model.monitors[monitor].findings[obligation.clause][obligation.at];
    let draw = world.draws.uniform(stream, 0, day);
    !put_back && draw < found
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
            assert_eq!(trial.world.monitors[visits].sightings, 2);
        }
    }
}
