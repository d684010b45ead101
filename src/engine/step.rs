//! The processes of a day, in order. This is the one place that lists them.

mod abstain;
mod assessment;
mod beliefs;
mod by_party;
mod caps;
mod choice;
mod claims;
mod complaints;
mod deadlock;
mod delivery;
mod duties;
mod duty;
mod gates;
mod incidents;
mod inspections;
mod ladders;
mod learning;
mod losses;
mod movement;
mod offensives;
mod orders;
mod outside;
mod passages;
mod reactions;
mod registers;
mod reports;
mod reviews;
mod rules;
mod self_report;
mod sightings;
mod spells;
mod split;
mod status;
mod steps;
mod stores;
mod tally;
mod terms;
mod toll;
mod verdict;
mod view;
mod watched;
mod weights;

use super::state::World;
use crate::model::{Model, Turn};

pub use deadlock::blocked;
pub use duty::{withdraw, withdraw_all};
pub use incidents::MAX_PER_DAY;
pub use learning::note_hit;
pub use status::{Status, status};
pub use weights::{cap_use, strength};

/// The state on day 0: what starts on it has started, nothing has moved.
pub fn begin(model: &Model, world: &mut World) {
    sightings::begin(model, world);
    complaints::begin(model, world);
    ladders::begin(model, world);
    incidents::begin(model, world);
    gates::open(model, world, 0);
    if model.record_until == 0 {
        self_report::report(model, world, 0);
    }
    steps::take(model, world, 0);
    claims::make(model, world, 0);
    passages::close(model, world);
    assessment::assess(model, world, 0);
    assessment::close(model, world, 0);
}

/// A whole run, shown on day 0 (with no turn) and after each turn.
pub fn walk(model: &Model, world: &mut World, mut show: impl FnMut(&World, Option<Turn>)) {
    begin(model, world);
    show(world, None);
    for index in 0..model.calendar.turns() {
        let turn = model.calendar.turn(index);
        step(model, world, turn);
        show(world, Some(turn));
    }
}

/// One turn: each of its days in order. A turn is how often the state is
/// recorded and nothing else, so that its length changes no result.
pub fn step(model: &Model, world: &mut World, turn: Turn) {
    world.begin_turn();
    for day in turn.from..turn.to {
        tick(model, world, day);
    }
    for monitor in &mut world.monitors {
        duty::accrue(monitor, turn.to);
    }
    assessment::close(model, world, turn.to);
}

/// From one day to the next. Every process returns at once on a day on which it
/// has nothing to do. While the run follows the record, what would be drawn does
/// not happen: incidents, reactions, self-reports; monitors and reviews begin
/// with the simulation.
pub(super) fn tick(model: &Model, world: &mut World, day: u32) {
    let next = day + 1;
    let simulated = day >= model.record_until;
    world.today.clear();
    outside::happen(model, world, day);
    reviews::review(model, world, day);
    movement::advance(model, world, day);
    delivery::hand_over(model, world, day);
    if simulated {
        incidents::occur(model, world, day);
    }
    steps::take(model, world, next);
    if simulated {
        abstain::act(model, world, day);
    }
    passages::close(model, world);
    sightings::observe(model, world, day);
    registers::register(model, world, next);
    stores::note(model, world, next);
    assessment::assess(model, world, next);
    learning::learn(model, world, next);
    gates::open(model, world, next);
    if simulated {
        self_report::report(model, world, next);
    }
    claims::make(model, world, next);
    complaints::hear(model, world, next);
    passages::close(model, world);
    assessment::assess(model, world, next);
    rules::react(model, world, next, simulated);
    gates::hear(model, world, next);
    abstain::judge(model, world, next);
    assessment::assess(model, world, next);
    verdict::judge(model, world, next);
    world.day = next;
}
