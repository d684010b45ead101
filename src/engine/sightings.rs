//! What posts and national technical means see.
//!
//! Sightings of a force are a Poisson process whose rate follows the force: the
//! next one falls when the exposure gathered since the last, the sum of the
//! rate over the days in sight, reaches a draw of the unit exponential
//! distribution. The day of the next one stands in the world's agenda and is
//! reckoned anew only when the rate changes, so that what is seldom seen costs
//! seldom anything. A sighting registers whether the force met its clauses at
//! the end of the day it was seen, and arrives after a delay. Truth is never
//! changed by being seen.

use super::event::EventKind;
use super::world::{Arrival, Observation, Report, Sighting, World, of_place};
use crate::model::{ForceIndex, Model, MonitorIndex};
use crate::stats::exponential;

/// Draws of the exposure until a sighting, by its number.
const EXPOSURE: u32 = 0;
/// Draws of a sighting's error and delay, by its number.
const REPORT: u32 = 1;

/// Lets the rates at which a force is seen follow its stance from a day on.
pub(super) fn follow(model: &Model, world: &mut World, force: ForceIndex, day: u32) {
    for monitor in 0..model.monitors.len() {
        set_rate(model, world, (monitor, force), day);
    }
}

/// Lets the rates at which a monitor sees forces follow its duty from a day on.
pub(super) fn follow_monitor(model: &Model, world: &mut World, monitor: MonitorIndex, day: u32) {
    for force in 0..model.forces.len() {
        set_rate(model, world, (monitor, force), day);
    }
}

#[inline]
fn set_rate(model: &Model, world: &mut World, pair: (MonitorIndex, ForceIndex), day: u32) {
    let (monitor, force) = pair;
    let stance = world.forces[force].stance;
    let state = &world.monitors[monitor];
    let sees = state.on_duty && stance.view.seen_by >> monitor & 1 == 1;
    let rate = if sees { state.rate * stance.shown } else { 0.0 };
    let mut exposure = state.exposures[force];
    if exposure.rate == rate {
        return;
    }
    let now = f64::from(day);
    if exposure.left.is_nan() {
        exposure.left = wait(model, world, pair, exposure.number);
    }
    exposure.left = (exposure.left - exposure.rate * (now - exposure.since)).max(0.0);
    exposure.since = now;
    exposure.rate = rate;
    world.monitors[monitor].exposures[force] = exposure;
    schedule(world, pair);
}

/// Enters the day of the next sighting at the present rate.
fn schedule(world: &mut World, (monitor, force): (MonitorIndex, ForceIndex)) {
    let exposure = &mut world.monitors[monitor].exposures[force];
    // A float beyond the range of days becomes the greatest day.
    exposure.day = if exposure.rate > 0.0 {
        (exposure.since + exposure.left / exposure.rate) as u32
    } else {
        u32::MAX
    };
    world
        .sightings
        .put(exposure.day, (monitor as u32, force as u32));
}

fn wait(model: &Model, world: &World, (monitor, force): (usize, usize), number: u32) -> f64 {
    let stream = model.monitors[monitor].sightings[force];
    exponential(world.draws.uniform(stream, EXPOSURE, number), 1.0)
}

/// The sightings of a day, by the places that forces have at its end.
pub(super) fn observe(model: &Model, world: &mut World, day: u32) {
    for monitor in world.duty.take(day) {
        world.monitors[monitor].on_duty = true;
        follow_monitor(model, world, monitor, day);
    }
    if world.sightings.is_free(day) {
        return;
    }
    let mut due = world.sightings.take(day);
    due.sort_unstable();
    due.dedup();
    for (monitor, force) in due {
        let pair = (monitor as usize, force as usize);
        let mut exposure = world.monitors[pair.0].exposures[pair.1];
        // One that was reckoned anew falls on another day.
        if exposure.day != day {
            continue;
        }
        loop {
            let instant = exposure.since + exposure.left / exposure.rate;
            if instant as u32 != day {
                break;
            }
            exposure.last_arrival = see(model, world, pair, (instant, day, exposure.number));
            exposure.number += 1;
            exposure.left = wait(model, world, pair, exposure.number);
            exposure.since = instant;
            world.monitors[pair.0].exposures[pair.1] = exposure;
        }
        schedule(world, pair);
    }
}

/// One sighting; when its report arrives.
fn see(
    model: &Model,
    world: &mut World,
    (monitor, force): (MonitorIndex, ForceIndex),
    (instant, day, number): (f64, u32, u32),
) -> f64 {
    let seen = day + 1;
    let stream = model.monitors[monitor].sightings[force];
    let (error, wait) = world.draws.uniforms(stream, REPORT, number);
    let meets = world.forces[force].stance.view.meets;
    let (to_violating, to_keeping) = world.monitors[monitor].bias;
    let (mut keeping, mut violating) = (0_u64, 0_u64);
    for obligation in &model.forces[force].obligations {
        let bit = 1 << obligation.clause;
        let (is, wrong) = if meets & bit != 0 {
            (true, to_violating)
        } else {
            (false, to_keeping)
        };
        if is != (error < wrong) {
            keeping |= bit;
        } else if of_place(obligation.duty) && world.in_force(obligation.clause) {
            violating |= bit;
        }
    }
    let state = &mut world.monitors[monitor];
    state.sightings += 1;
    state.violations += u32::from(violating != 0);
    let last = state.exposures[force].last_arrival;
    let arrives = (instant + exponential(wait, state.delay)).max(last);
    let report = Report {
        monitor,
        force,
        sighting: Sighting { day: seen, keeping },
    };
    world.reports.put(libm::ceil(arrives) as u32, report);
    arrives
}

/// Enters the reports that arrive by a day into the registers.
pub(super) fn register(model: &Model, world: &mut World, day: u32) {
    if world.reports.is_free(day) {
        return;
    }
    for report in world.reports.take(day) {
        enter(model, world, &report, day);
    }
}

/// Enters one report; the newest sighting stands.
pub(super) fn enter(model: &Model, world: &mut World, report: &Report, day: u32) {
    let Report {
        monitor,
        force,
        sighting,
    } = *report;
    let known = &mut world.monitors[monitor].register[force];
    if known.is_some_and(|known| known.day > sighting.day) {
        return;
    }
    let before = known.replace(sighting);
    let changed = before.map_or(u64::MAX, |before| before.keeping ^ sighting.keeping);
    let cause = world.forces[force].ordered;
    let mut asked = 0;
    for obligation in &model.forces[force].obligations {
        let clause = obligation.clause;
        if !of_place(obligation.duty) && obligation.duty != crate::model::Duty::Authorised {
            continue;
        }
        let keeping = sighting.keeping >> clause & 1 == 1;
        if model.clauses[clause].monitor_mask >> monitor & 1 == 1 {
            hold(
                model,
                world,
                (clause, obligation.at),
                (monitor, sighting.day, keeping),
                day,
            );
        }
        if !of_place(obligation.duty) || !world.in_force(clause) {
            continue;
        }
        asked |= 1 << clause;
        if changed >> clause & 1 == 1 {
            let kind = EventKind::Registered {
                monitor,
                force,
                clause,
                keeping,
                seen: sighting.day,
            };
            world.happen(day, cause, kind);
        }
    }
    world.today.arrivals.push(Arrival {
        monitor,
        force,
        seen: sighting.day,
        asked,
        keeping: sighting.keeping,
    });
}

/// What a clause's monitors hold of a force: the newest stands, of one day the
/// first that arrived.
fn hold(
    model: &Model,
    world: &mut World,
    (clause, at): (usize, usize),
    (monitor, seen, keeping): (MonitorIndex, u32, bool),
    day: u32,
) {
    let expires = f64::from(seen) + libm::floor(model.clauses[clause].max_age_days) + 1.0;
    let counts = f64::from(day) < expires;
    let state = &mut world.clauses[clause];
    let before = state.observed[at];
    if before.is_some_and(|it| it.day > seen || (it.day == seen && it.monitor != monitor)) {
        return;
    }
    state.observed[at] = Some(Observation {
        day: seen,
        monitor,
        keeping,
        counts,
    });
    if counts {
        state.next_expiry = state.next_expiry.min(expires as u32);
    }
    let said = |it: Option<Observation>| it.filter(|it| it.counts).map(|it| it.keeping);
    if said(before) != said(state.observed[at]) {
        state.stale.recorded = true;
        world.stale = true;
    }
}
