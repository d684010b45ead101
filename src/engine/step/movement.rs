//! Forces on the move: along their routes, within mobility and lift.

use super::view::place;
use crate::engine::state::{EventKind, View, World};
use crate::model::{ForceIndex, Model, Place};

/// Moves every force that is not where it is ordered by one day's march. Where
/// a party has more on the move than it can lift, all of it moves slower in
/// proportion.
pub(super) fn advance(model: &Model, world: &mut World, day: u32) {
    if world.moving.is_empty() {
        return;
    }
    let mut moving = std::mem::take(&mut world.moving);
    moving.retain(|index| world.forces[*index].place != world.forces[*index].goal);
    let mut demand = std::mem::take(&mut world.demand);
    demand.fill(0.0);
    let marches = |world: &World, index: &ForceIndex| world.forces[*index].departs <= day;
    for index in moving.iter().filter(|index| marches(world, index)) {
        demand[model.forces[*index].commander] += f64::from(world.forces[*index].strength);
    }
    for index in &moving {
        if !marches(world, index) {
            continue;
        }
        let state = &world.forces[*index];
        let (from, goal) = (state.place, state.goal);
        let commander = model.forces[*index].commander;
        let lifted = match world.lift[commander] {
            Some(lift) if demand[commander] > lift => lift / demand[commander],
            _ => 1.0,
        };
        let next = march(from, goal, state.metres_per_day * lifted);
        let before = state.stance.view.clone();
        place(model, world, *index, next, day);
        tell(model, world, *index, day, (next, goal), &before);
    }
    world.moving = moving;
    world.demand = demand;
}

/// One day's march of at most `metres`: back to where routes part if the goal is
/// on another one, then toward the goal.
fn march(place: Place, goal: Place, metres: f64) -> Place {
    if place.route == goal.route {
        let way = goal.metre - place.metre;
        return if way.abs() <= metres {
            goal
        } else {
            Place { route: place.route, metre: place.metre + metres.copysign(way) }
        };
    }
    if place.metre > metres {
        return Place { route: place.route, metre: place.metre - metres };
    }
    let parting = Place { route: goal.route, metre: 0.0 };
    march(parting, goal, metres - place.metre)
}

fn tell(
    model: &Model,
    world: &mut World,
    force: ForceIndex,
    day: u32,
    (next, goal): (Place, Place),
    before: &View,
) {
    let ordered = world.forces[force].ordered;
    // A force that stood still the day before sets out now.
    if !world.forces[force].moving {
        let homeward = goal.metre == 0.0;
        let event = world.happen(day, ordered, EventKind::Departed { force, homeward });
        world.forces[force].moving = true;
        world.forces[force].ordered = Some(event);
    }
    let cause = world.forces[force].ordered;
    for obligation in &model.forces[force].obligations {
        let clause = obligation.clause;
        let meets = world.forces[force].stance.view.meets(clause);
        if before.meets(clause) != meets {
            let kind = if meets {
                EventKind::Met { force, clause }
            } else {
                EventKind::Unmet { force, clause }
            };
            world.happen(day + 1, cause, kind);
        }
    }
    if next == goal {
        world.happen(day + 1, cause, EventKind::Halted { force });
        world.forces[force].moving = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn path(place: Place, goal: Place) -> f64 {
        if place.route == goal.route {
            (place.metre - goal.metre).abs()
        } else {
            place.metre + goal.metre
        }
    }

    proptest! {
        #[test]
        fn a_march_is_never_longer_than_mobility_and_always_nearer(
            a in 0.0..1e5f64, b in 0.0..1e5f64, ra in 0usize..3, rb in 0usize..3, metres in 1.0..4e4f64,
        ) {
            let place = Place { route: ra.into(), metre: a };
            let goal = Place { route: rb.into(), metre: b };
            let next = march(place, goal, metres);
            prop_assert!(path(place, next) <= metres + 1e-6);
            let left = path(next, goal);
            prop_assert!((left - (path(place, goal) - metres).max(0.0)).abs() < 1e-6);
        }
    }
}
