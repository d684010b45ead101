//! What posts and national technical means see.
//!
//! Sightings of a force are a Poisson process whose rate follows the force: the
//! next one falls when the exposure gathered since the last, the sum of the
//! rate over the days in sight, reaches a draw of the unit exponential
//! distribution. Nothing depends on the length of a turn, and a force that is
//! seldom seen costs seldom a draw. A sighting registers whether the force met
//! its clauses at the end of the day it was seen, and arrives after a delay.
//! Truth is never changed by being seen.

use super::event::EventKind;
use super::world::{Report, Sighting, World};
use crate::model::{ForceIndex, Method, Model, MonitorIndex};
use crate::stats::exponential;

/// Draws of the exposure until a sighting, by its number.
const EXPOSURE: u32 = 0;
/// Draws of a sighting's error and delay, by its number.
const REPORT: u32 = 1;

/// The sightings from one day to another, and the reports that have arrived by
/// then. A turn's days in one call or one by one come to the same.
pub(super) fn observe(model: &Model, world: &mut World, from: u32, to: u32) {
    for (index, monitor) in model.monitors.iter().enumerate() {
        let first = match &monitor.method {
            Method::Post { from: set_up, .. } => from.max(*set_up),
            Method::NationalTechnicalMeans { .. } => from,
            Method::SelfReport { .. } => to,
        };
        if first < to {
            for force in 0..model.forces.len() {
                look(model, world, (index, force), first, to);
            }
        }
        deliver_reports(model, world, index, to);
    }
}

/// Exposes a force to a monitor from one day to another.
fn look(model: &Model, world: &mut World, pair: (MonitorIndex, ForceIndex), from: u32, to: u32) {
    let (monitor, force) = pair;
    if world.track.changed(force) {
        for day in from..to {
            let stance = world.stance_on(force, day + 1);
            if stance.view.seen_by >> monitor & 1 == 1 {
                expose(model, world, pair, day, 1, stance.shown);
            }
        }
    } else if world.forces[force].stance.view.seen_by >> monitor & 1 == 1 {
        let shown = world.forces[force].stance.shown;
        expose(model, world, pair, from, to - from, shown);
    }
}

fn expose(
    model: &Model,
    world: &mut World,
    pair: (MonitorIndex, ForceIndex),
    from: u32,
    days: u32,
    shown: f64,
) {
    let (monitor, force) = pair;
    let rate = world.monitors[monitor].rate * shown;
    let stream = model.monitors[monitor].sightings[force];
    let draws = world.draws;
    let wait = |number| exponential(draws.uniform(stream, EXPOSURE, number), 1.0);
    let (mut left, mut number) = world.monitors[monitor].ahead[force];
    if left.is_nan() {
        left = wait(number);
    }
    let mut elapsed = 0.0;
    while left <= rate * (f64::from(days) - elapsed) {
        elapsed += left / rate;
        see(
            model,
            world,
            pair,
            f64::from(from) + elapsed,
            from + days,
            number,
        );
        number += 1;
        left = wait(number);
    }
    left -= rate * (f64::from(days) - elapsed);
    world.monitors[monitor].ahead[force] = (left, number);
}

/// One sighting at an instant in days, before the day `to`: what is seen is the
/// place of that day's end, which is the day it is dated.
fn see(
    model: &Model,
    world: &mut World,
    (monitor, force): (MonitorIndex, ForceIndex),
    instant: f64,
    to: u32,
    number: u32,
) {
    let day = (instant as u32 + 1).min(to);
    let stream = model.monitors[monitor].sightings[force];
    let (error, wait) = world.draws.uniforms(stream, REPORT, number);
    let meets = world.stance_on(force, day).view.meets;
    let (to_violating, to_keeping) = world.monitors[monitor].bias;
    let (mut asked, mut keeping) = (0_u64, 0_u64);
    for obligation in &model.forces[force].obligations {
        let bit = 1 << obligation.clause;
        asked |= bit;
        let wrong = if meets & bit != 0 {
            to_violating
        } else {
            to_keeping
        };
        keeping |= if error < wrong {
            !meets & bit
        } else {
            meets & bit
        };
    }
    let mut in_force = 0_u64;
    for obligation in &model.forces[force].obligations {
        let placed = super::world::of_place(obligation.duty);
        let started = world.clauses[obligation.clause].started;
        let on_the_day = started.is_some_and(|(first, _)| first <= day);
        in_force |= u64::from(placed && on_the_day) << obligation.clause;
    }
    let state = &mut world.monitors[monitor];
    state.sightings += 1;
    state.violations += u32::from(asked & in_force & !keeping != 0);
    state.pending.push(Report {
        arrives: instant + exponential(wait, state.delay),
        force,
        sighting: Sighting { day, keeping },
    });
}

/// Enters the reports that have arrived; the newest sighting stands.
fn deliver_reports(model: &Model, world: &mut World, monitor: MonitorIndex, to: u32) {
    let now = f64::from(to);
    let mut pending = std::mem::take(&mut world.monitors[monitor].pending);
    pending.retain(|report| {
        if report.arrives > now {
            return true;
        }
        let known = &mut world.monitors[monitor].register[report.force];
        if known.is_none_or(|known| known.day <= report.sighting.day) {
            let before = known.replace(report.sighting);
            let changed =
                before.map_or(u64::MAX, |before| before.keeping ^ report.sighting.keeping);
            tell(model, world, monitor, to, report, changed);
        }
        false
    });
    world.monitors[monitor].pending = pending;
}

fn tell(
    model: &Model,
    world: &mut World,
    monitor: MonitorIndex,
    day: u32,
    report: &Report,
    changed: u64,
) {
    for obligation in &model.forces[report.force].obligations {
        let clause = obligation.clause;
        let placed = super::world::of_place(obligation.duty);
        if changed >> clause & 1 == 1 && placed && world.in_force(clause) {
            let kind = EventKind::Registered {
                monitor,
                force: report.force,
                clause,
                keeping: report.sighting.keeping >> clause & 1 == 1,
                seen: report.sighting.day,
            };
            let cause = world.forces[report.force].ordered;
            world.happen(day, cause, kind);
        }
    }
}
