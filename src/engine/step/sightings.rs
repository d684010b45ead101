//! What monitors chance on: posts, patrols, passes, teams.
//!
//! Sightings of a force are a Poisson process whose rate follows the force: the
//! next one falls when the exposure gathered since the last, the sum of the
//! rate over the days in sight, reaches a draw of the unit exponential
//! distribution. Where a monitor looks at certain times only, each look adds
//! −ln(1 − p), so that it sees with probability p. The day of the next sighting
//! stands in the world's agenda and is reckoned anew only when the rate changes,
//! so that what is seldom seen costs seldom anything. What falls while the
//! monitor is off duty or barred is not seen. Truth is never changed by being
//! seen.
//!
//! Forces of a formation share their draws, so that those that are at one place are seen
//! at once, which is one sighting.

use super::reports::{self, Look, Looked};
use super::{duty, inspections, learning, watched};
use crate::engine::conduct::Few;
use crate::engine::state::World;
use crate::model::{Bits, ForceIndex, Model, MonitorIndex};
use crate::stats::exponential;

/// Draws of the exposure until a sighting, by its number.
const EXPOSURE: u32 = 0;
/// Draws of whether the part of the monitor that is there makes it.
const SHARE: u32 = 2;

/// Lets the rates at which a set of monitors sees a force follow its
/// stance from a day on.
pub(super) fn follow(
    model: &Model,
    world: &mut World,
    force: ForceIndex,
    by: &Bits<MonitorIndex>,
    day: u32,
) {
    for monitor in by.iter() {
        set_intensity(model, world, (monitor, force), day);
    }
}

/// Lets every rate follow every force, on the first day.
pub(super) fn begin(model: &Model, world: &mut World) {
    for force in model.forces.keys() {
        let view = &world.forces[force].stance.view;
        let by = view.seen_by.union(&view.searched_by);
        follow(model, world, force, &by, 0);
    }
    for monitor in model.monitors.keys() {
        let clauses = &model.monitors[monitor].clauses;
        let forces = model.forces.iter().zip(&world.forces);
        let named = forces.filter(|(force, _)| force.touched.answers.intersects(clauses));
        let persons = named.map(|(_, state)| f64::from(state.strength)).sum();
        world.monitors[monitor].may_name = persons;
    }
    watched::begin(model, world);
    world.begin_beliefs(model);
    learning::begin(model, world);
    reports::expect_alarms(model, world);
}

#[inline]
fn set_intensity(model: &Model, world: &mut World, pair: (MonitorIndex, ForceIndex), day: u32) {
    let (monitor, force) = pair;
    let (stance, signature) = (&world.forces[force].stance, world.forces[force].signature);
    let state = &world.monitors[monitor];
    // Where it would be, it would be in the open.
    let shown = match stance.view.seen_by.contains(monitor) {
        true => Some(stance.shown),
        false => stance.view.searched_by.contains(monitor).then_some(signature),
    };
    let looks = shown.filter(|_| model.forces[force].looked_for_by.contains(monitor));
    let intensity = looks.map_or(0.0, |shown| state.pace.intensity(shown));
    let mut exposure = state.exposures[force];
    if exposure.intensity == intensity {
        return;
    }
    let from = f64::from(model.monitors[monitor].from);
    let now = match state.pace.every() {
        None => f64::from(day).max(from),
        Some(every) => libm::ceil((f64::from(day) - from) / every).max(0.0),
    };
    if exposure.left.is_nan() {
        exposure.left = wait(model, world, pair, exposure.number);
    }
    if now > exposure.since {
        exposure.left = (exposure.left - exposure.intensity * (now - exposure.since)).max(0.0);
        exposure.since = now;
    }
    exposure.intensity = intensity;
    world.monitors[monitor].exposures[force] = exposure;
    schedule(model, world, pair);
}

/// When the next sighting falls at the present rate, in days, and the clock that
/// goes on after it; none if never.
fn next(model: &Model, world: &World, (monitor, force): (MonitorIndex, ForceIndex)) -> (f64, f64) {
    let state = &world.monitors[monitor];
    let exposure = &state.exposures[force];
    if exposure.intensity <= 0.0 {
        return (f64::INFINITY, exposure.since);
    }
    let need = exposure.left / exposure.intensity;
    match state.pace.every() {
        None => (exposure.since + need, exposure.since + need),
        Some(every) => {
            let look = exposure.since + libm::floor(need);
            let from = f64::from(model.monitors[monitor].from);
            (from + look * every, look + 1.0)
        }
    }
}

/// Enters the day of the next sighting at the present rate.
fn schedule(model: &Model, world: &mut World, pair: (MonitorIndex, ForceIndex)) {
    // A float beyond the range of days becomes the greatest day.
    let day = next(model, world, pair).0 as u32;
    world.monitors[pair.0].exposures[pair.1].day = day;
    world.watch.sightings.put(day, pair);
}

fn wait(
    model: &Model,
    world: &World,
    (monitor, force): (MonitorIndex, ForceIndex),
    number: u32,
) -> f64 {
    let stream = model.monitors[monitor].sightings[model.forces[force].formation];
    exponential(world.draws.uniform(stream, EXPOSURE, number), 1.0)
}

/// The sightings and visits of a day, by the places that forces have at its end.
pub(super) fn observe(model: &Model, world: &mut World, day: u32) {
    for monitor in duty::change(model, world, day) {
        inspections::visit(model, world, monitor, day);
    }
    reports::raise_alarms(model, world, day);
    if world.watch.sightings.is_free(day) {
        return;
    }
    let mut due = std::mem::take(&mut world.watch.due);
    due.clear();
    while let Some(pair) = world.watch.sightings.pop(day) {
        // One that was reckoned anew falls on another day.
        if world.monitors[pair.0].exposures[pair.1].day == day {
            due.push((next(model, world, pair).0, pair));
        }
    }
    // As they fall, for reports arrive in the order of the sightings.
    let formation = |(_, force): (MonitorIndex, ForceIndex)| model.forces[force].formation;
    due.sort_by(|a, b| {
        let by = |(monitor, force)| (monitor, formation((monitor, force)), force);
        a.0.total_cmp(&b.0).then_with(|| by(a.1).cmp(&by(b.1)))
    });
    due.dedup_by_key(|it| it.1);
    let at_once = |a: &(f64, (MonitorIndex, ForceIndex)), b: &(f64, (MonitorIndex, ForceIndex))| {
        a.0 == b.0 && a.1.0 == b.1.0 && formation(a.1) == formation(b.1)
    };
    for together in due.chunk_by(at_once) {
        sight(model, world, together, day);
    }
    world.watch.due = due;
}

/// The sightings of a day that a monitor makes of forces of a formation that it sees at once.
fn sight(
    model: &Model,
    world: &mut World,
    together: &[(f64, (MonitorIndex, ForceIndex))],
    day: u32,
) {
    let mut seen: Few<ForceIndex> = Few::new();
    loop {
        let mut first = f64::INFINITY;
        for (_, pair) in together {
            let (instant, _) = next(model, world, *pair);
            if instant < first {
                (first, _) = (instant, seen.clear());
            }
            if instant == first {
                seen.push(pair.1);
            }
        }
        if first as u32 != day {
            break;
        }
        let monitor = together[0].1.0;
        see(model, world, (monitor, &seen), first, day);
        for force in &seen {
            let pair = (monitor, *force);
            let clock = next(model, world, pair).1;
            let number = world.monitors[monitor].exposures[*force].number + 1;
            let left = wait(model, world, pair, number);
            let exposure = &mut world.monitors[monitor].exposures[*force];
            exposure.number = number;
            exposure.left = left;
            exposure.since = clock;
        }
    }
    for (_, pair) in together {
        schedule(model, world, *pair);
    }
}

/// One sighting of forces of a formation, unless the monitor is not there or may not look.
fn see(
    model: &Model,
    world: &mut World,
    (monitor, forces): (MonitorIndex, &[ForceIndex]),
    instant: f64,
    day: u32,
) {
    let state = &world.monitors[monitor];
    let lead = &model.forces[forces[0]];
    if !state.may_see(lead.commander) {
        return;
    }
    let number = state.exposures[forces[0]].number;
    let stream = model.monitors[monitor].sightings[lead.formation];
    if state.share < 1.0 && world.draws.uniform(stream, SHARE, number) >= state.share {
        return;
    }
    let looked = forces.iter().map(|force| {
        let view = &world.forces[*force].stance.view;
        let is_there = view.seen_by.contains(monitor);
        let asked = match is_there {
            true => model.forces[*force].touched.seen.clone(),
            false => reports::searched(model, world, monitor, *force),
        };
        Looked { force: *force, is_there, asked, meets: view.meets.clone() }
    });
    let looked: Few<Looked> = looked.collect();
    reports::see(model, world, monitor, &looked, Look { instant, seen: day + 1, number });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    fn seen(order: &str, from: &str, days: u32) -> f64 {
        let back =
            BACK.replace("sightings_per_day = 20", &format!("sightings_per_day = 20\n{from}"));
        let mut trial = Trial::new(&format!("{back}{}", ordered("red", order, &[])));
        let eyes = trial.monitor("eyes");
        (0..days).for_each(|day| observe(&trial.model, &mut trial.world, day));
        trial.world.monitors[eyes].sightings.all()
    }

    #[test]
    fn a_force_is_seen_at_its_rate_and_one_that_hides_at_less() {
        // Poisson with mean 600 in the open, and half of that hidden.
        assert!((seen("defy", "", 30) - 600.0).abs() < 4.0 * libm::sqrt(600.0));
        assert!((seen("conceal", "", 30) - 300.0).abs() < 4.0 * libm::sqrt(300.0));
    }

    #[test]
    fn who_is_not_on_duty_sees_nothing() {
        assert_eq!(seen("defy", "from = 2030-02-01", 30), 0.0);
    }
}
