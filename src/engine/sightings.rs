//! What posts and national technical means see.
//!
//! Sightings of a force within sight are Poisson in the days of the turn; each
//! registers whether the force met its clauses at the end of the day it was
//! seen, and arrives after a delay. Truth is never changed by being seen.

use super::event::EventKind;
use super::world::{Report, Sighting, World};
use crate::model::{ForceIndex, Method, Model, MonitorIndex, Turn};
use crate::stats::{exponential, poisson};

/// Draws of one sighting after the first, which counts them.
const PER_SIGHTING: u32 = 2;
/// Where the draws of a day of a moving force begin.
const PER_DAY: u32 = 1 << 16;

/// The sightings of a turn, and the reports that arrive in it.
pub(super) fn observe(model: &Model, world: &mut World, turn: Turn) {
    for (index, monitor) in model.monitors.iter().enumerate() {
        let from = match &monitor.method {
            Method::Post { from, .. } => (*from).max(turn.from),
            Method::NationalTechnicalMeans { .. } => turn.from,
            Method::SelfReport { .. } => {
                deliver_reports(model, world, index, turn);
                continue;
            }
        };
        if from < turn.to {
            for force in 0..model.forces.len() {
                look(model, world, index, force, Turn { from, ..turn });
            }
        }
        deliver_reports(model, world, index, turn);
    }
}

fn look(model: &Model, world: &mut World, monitor: MonitorIndex, force: ForceIndex, turn: Turn) {
    if model.forces[force].obligations.is_empty() {
        return;
    }
    let rate = world.monitors[monitor].rate * world.forces[force].shown;
    let stream = model.monitors[monitor].sightings[force];
    if world.track.moved(force) {
        for day in turn.from..turn.to {
            if world.view_on(force, day + 1).seen_by >> monitor & 1 == 1 {
                let first = PER_DAY * (1 + day - turn.from);
                let count = poisson(world.draws.uniform(stream, turn.index, first), rate);
                for i in 0..count {
                    let ordinal = first + 1 + PER_SIGHTING * i;
                    let (when, _) = world.draws.uniforms(stream, turn.index, ordinal + 1);
                    let instant = f64::from(day) + when;
                    see(model, world, (monitor, force), instant, turn, ordinal);
                }
            }
        }
    } else if world.forces[force].view.seen_by >> monitor & 1 == 1 {
        let days = turn.to - turn.from;
        let count = poisson(
            world.draws.uniform(stream, turn.index, 0),
            rate * f64::from(days),
        );
        for i in 0..count {
            let ordinal = 1 + PER_SIGHTING * i;
            let (when, _) = world.draws.uniforms(stream, turn.index, ordinal + 1);
            let instant = f64::from(turn.from) + when * f64::from(days);
            see(model, world, (monitor, force), instant, turn, ordinal);
        }
    }
}

/// One sighting at an instant in days: what is seen is the place of that day's
/// end, which is the day it is dated.
fn see(
    model: &Model,
    world: &mut World,
    (monitor, force): (MonitorIndex, ForceIndex),
    instant: f64,
    turn: Turn,
    ordinal: u32,
) {
    let day = (instant as u32 + 1).min(turn.to);
    let stream = model.monitors[monitor].sightings[force];
    let (error, wait) = world.draws.uniforms(stream, turn.index, ordinal);
    let meets = world.view_on(force, day).meets;
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
fn deliver_reports(model: &Model, world: &mut World, monitor: MonitorIndex, turn: Turn) {
    let now = f64::from(turn.to);
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
            tell(model, world, monitor, turn.to, report, changed);
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
