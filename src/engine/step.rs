//! The processes of a turn, in order. This is the one place that lists them.

use super::world::World;
use super::{assessment, claims, delivery, gates, movement, orders, self_report, sightings};
use crate::model::{Model, Turn};

/// The state on day 0: what starts on it has started, nothing has moved.
pub fn begin(model: &Model, world: &mut World) {
    gates::open(model, world, 0);
    self_report::report(model, world, 0);
    claims::make(model, world, 0, 0);
    assessment::first(model, world);
}

/// One turn. Everything is in days: what happens day by day is stepped day by
/// day, what is a rate gathers over the days of the turn. Sightings come daily
/// too while something waits for what is verified.
pub fn step(model: &Model, world: &mut World, turn: Turn) {
    world.begin_turn(turn);
    gates::open(model, world, turn.from);
    let mut observed = turn.from;
    for day in turn.from..turn.to {
        orders::review(model, world, day);
        movement::advance(model, world, day);
        delivery::hand_over(model, world, day);
        if gates::wait_for_verification(world) {
            sightings::observe(model, world, observed, day + 1);
            observed = day + 1;
            gates::judge_verified(model, world, day + 1);
        }
        gates::open(model, world, day + 1);
        self_report::report(model, world, day + 1);
    }
    sightings::observe(model, world, observed, turn.to);
    claims::make(model, world, turn.from + 1, turn.to);
    assessment::assess(model, world, turn);
    world.day = turn.to;
}
