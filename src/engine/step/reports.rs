//! From what a monitor looks at to what it reports: bias, wrong attribution, false alarms
//! and delay.

use super::choice::choose;
use crate::engine::conduct::Few;
use crate::engine::state::{Report, Sighting, World};
use crate::model::{
    ActKind, Bits, ClauseIndex, Duty, ForceIndex, FormationIndex, HoldingIndex, Kind, Model,
    MonitorIndex, PartyIndex,
};
use crate::stats::{Stream, exponential};

/// Draws of a sighting's error and delay, by its number.
const REPORT: u32 = 1;
/// Draws of a sighting's attribution, by its number.
const ATTRIBUTION: u32 = 5;
/// Draws of whether another formation is taken for the one seen, by day.
const MISTAKEN_FOR: u32 = 6;
/// Draws of whether a false alarm names a formation, by the alarm's number.
const NAMED: u32 = 7;

/// When a monitor looked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// When, in days.
    pub(super) instant: f64,
    /// The day it is dated.
    pub(super) seen: u32,
    /// The number of the sighting.
    pub(super) number: u32,
}

/// What it could see of a force.
pub(super) struct Looked {
    pub(super) force: ForceIndex,
    /// Whether it is where the monitor looks; or else it is not, which says as much.
    pub(super) is_there: bool,
    /// By clause: what it could see of.
    pub(super) asked: Bits<ClauseIndex>,
    /// By clause: what it found kept.
    pub(super) meets: Bits<ClauseIndex>,
}

/// One look at forces of a formation: bias and wrong attribution turn what was found into
/// what is reported, and the report leaves.
pub(super) fn see(
    model: &Model,
    world: &mut World,
    monitor: MonitorIndex,
    looked: &[Looked],
    look: Look,
) {
    let formation = model.forces[looked[0].force].formation;
    let stream = model.monitors[monitor].sightings[formation];
    // One draw errs on all that it looked at, or on none of it.
    let (error, wait) = world.draws.uniforms(stream, REPORT, look.number);
    let found: Few<Found> =
        looked.iter().map(|it| found(model, world, (monitor, it), error)).collect();
    let mut violating: Bits<ClauseIndex> = Bits::new();
    for it in &found {
        violating.union_with(&it.violating);
    }
    let seen = looked.iter().any(|it| it.is_there);
    let violated = violating.iter().min_by_key(|clause| model.clauses[*clause].rank);
    let state = &mut world.monitors[monitor];
    state.count(look.seen.saturating_sub(1), seen, violated.is_some());
    let wrong = state.wrong_attribution;
    let mistaken = violated.and_then(|clause| {
        if wrong == 0.0 || world.draws.uniform(stream, ATTRIBUTION, look.number) >= wrong {
            return None;
        }
        another(model, world, (monitor, formation), clause, look.seen)
    });
    let named = mistaken.unwrap_or(formation);
    let commander = model.forces[model.formations[named].lead()].commander;
    for it in found.iter().filter(|it| !it.violating.is_empty()) {
        let weapons = weapons_in_violation(model, it.force, &it.violating);
        let held = world.forces[it.force].equipment.iter_enumerated();
        let state = &mut world.monitors[monitor];
        for (at, number) in held.filter(|(at, number)| **number > 0 && weapons.contains(*at)) {
            let class = model.forces[it.force].equipment[at].class;
            let (day, number) = (look.seen.saturating_sub(1), f64::from(*number));
            state.weapons_in_violation[commander].add(day, number);
            state.classes_in_violation[class].add(day, number);
        }
    }
    let word = next_word(world);
    let send = |world: &mut World, force, truly, (asked, keeping)| {
        let sighting = Sighting { day: look.seen, asked, keeping };
        let report = Report { monitor, force, truly, word, sighting, arrives: look.instant };
        send(world, report, look.instant, wait);
    };
    if mistaken.is_none() {
        for it in found.into_iter().filter(|it| !it.asked.is_empty()) {
            send(world, it.force, Some(it.force), (it.asked, it.keeping));
        }
        return;
    }
    let truly = found.iter().find(|it| !it.violating.is_empty()).map(|it| it.force);
    for force in &model.formations[named].forces {
        let mut asked = in_all_readings(model, *force, &violating);
        asked.intersect_with(&model.monitors[monitor].clauses);
        if !asked.is_empty() {
            send(world, *force, truly, (asked, Bits::new()));
        }
    }
}

/// What a look finds at a force.
struct Found {
    force: ForceIndex,
    asked: Bits<ClauseIndex>,
    keeping: Bits<ClauseIndex>,
    /// Clauses in force that it answers for and is found violating.
    violating: Bits<ClauseIndex>,
}

fn found(
    model: &Model,
    world: &World,
    (monitor, looked): (MonitorIndex, &Looked),
    error: f64,
) -> Found {
    let force = looked.force;
    let (to_violating, to_keeping) = world.monitors[monitor].bias;
    let meets = model.monitors[monitor].as_read(&model.forces[force], &looked.meets);
    let mut asked = looked.asked.difference(&out_of_band(model, world, monitor, force));
    asked.intersect_with(&model.monitors[monitor].clauses);
    let mut keeping = asked.intersection(&meets);
    if error < to_violating {
        keeping.difference_with(&mistakable(model, world, force));
    }
    if error < to_keeping {
        keeping.union_with(&asked.difference(&meets));
    }
    let touched = &model.forces[force].touched;
    let mut violating = asked.difference(&keeping);
    violating.intersect_with(&touched.answers);
    violating.intersect_with(world.changes.in_force());
    // A violation is of a clause, not of a reading of it.
    violating.intersect_with(&touched.written);
    Found { force, asked, keeping, violating }
}

/// The clauses that a force may be taken to violate where it stands: those of place only where
/// it could be inside within a day.
fn mistakable(model: &Model, world: &World, force: ForceIndex) -> Bits<ClauseIndex> {
    let state = &world.forces[force];
    let obligations = model.forces[force].obligations.iter().zip(&state.km);
    let near = obligations.filter(|(owed, km)| {
        let least = world.clauses[owed.clause].terms.min_km;
        is_near(owed.duty, **km, least, state.metres_per_day)
    });
    near.map(|(owed, _)| owed.clause).collect()
}

/// Whether a force that keeps a clause at a distance may be taken for one that violates it.
#[inline]
pub(super) fn is_near(duty: Duty, km: f64, least_km: f64, metres_per_day: f64) -> bool {
    duty != Duty::StayOut || km - least_km <= metres_per_day / 1e3
}

/// The clauses that a monitor sees kept by not seeing a force where it searches.
pub(super) fn searched(
    model: &Model,
    world: &World,
    monitor: MonitorIndex,
    force: ForceIndex,
) -> Bits<ClauseIndex> {
    let view = &world.forces[force].stance.view;
    let searched = model.forces[force].searched.iter().filter(|it| it.monitor == monitor);
    searched.filter(|it| view.searches(&world.clauses, it)).map(|it| it.clause).collect()
}

/// The number of a word that is sent: what one look or alarm says of all that it names.
pub(super) fn next_word(world: &mut World) -> u32 {
    world.watch.words += 1;
    world.watch.words
}

/// Weapons of a force that are seen where one of the clauses does not
/// let them be, each once. What is missing from a store is not seen.
fn weapons_in_violation(
    model: &Model,
    force: ForceIndex,
    violating: &Bits<ClauseIndex>,
) -> Bits<HoldingIndex> {
    let obligations = model.forces[force].obligations.iter();
    let mut in_violation = Bits::new();
    for obligation in obligations.filter(|owed| violating.contains(owed.clause)) {
        let clause = &model.clauses[obligation.clause];
        if let (true, Some(weapons)) =
            (clause.kind.is_of_place(), &clause.bound[obligation.at].weapons)
        {
            in_violation.union_with(weapons);
        }
    }
    in_violation
}

/// What is said of clauses is said of them in every reading: those that a force answers for.
fn in_all_readings(
    model: &Model,
    force: ForceIndex,
    clauses: &Bits<ClauseIndex>,
) -> Bits<ClauseIndex> {
    let obligations = model.forces[force].obligations.iter();
    let said =
        obligations.filter(|owed| owed.duty != Duty::Authorised && clauses.contains(owed.of));
    said.map(|owed| owed.clause).collect()
}

/// Another formation that a clause binds, by strength, by draws of the monitor and the day.
fn another(
    model: &Model,
    world: &World,
    (monitor, own): (MonitorIndex, FormationIndex),
    clause: ClauseIndex,
    day: u32,
) -> Option<FormationIndex> {
    let draws = world.draws;
    let others = bound_by(model, world, clause).into_iter().filter(|(other, _)| *other != own);
    choose(others.map(|(other, strength)| {
        let stream = model.monitors[monitor].sightings[other];
        (other, strength, move || draws.uniform(stream, MISTAKEN_FOR, day))
    }))
}

/// The formations of those who answer for a clause, with their persons.
pub(super) fn bound_by(
    model: &Model,
    world: &World,
    clause: ClauseIndex,
) -> Vec<(FormationIndex, f64)> {
    let mut all: Vec<(FormationIndex, f64)> = Vec::new();
    for bound in model.clauses[clause].bound.iter().filter(|it| it.duty != Duty::Authorised) {
        let formation = model.forces[bound.force].formation;
        let persons = f64::from(world.forces[bound.force].strength);
        match all.iter_mut().find(|(known, _)| *known == formation) {
            Some((_, sum)) => *sum += persons,
            None => all.push((formation, persons)),
        }
    }
    all
}

/// Sends a report: it arrives after its delay, never before an earlier one of
/// the same monitor on the same force.
fn send(world: &mut World, mut report: Report, instant: f64, wait: f64) {
    let state = &mut world.monitors[report.monitor];
    let last = state.exposures[report.force].last_arrival;
    let arrives = (instant + exponential(wait, state.delay)).max(last);
    state.exposures[report.force].last_arrival = arrives;
    report.arrives = arrives;
    // What is seen on a day is known at its end at the earliest.
    let day = (libm::ceil(arrives) as u32).max(report.sighting.day);
    world.watch.reports.put(day, report);
}

/// A monitor to which a party refuses access has that on its own record at once, as a violation
/// of every clause against refusing that it monitors.
pub(super) fn refused(
    model: &Model,
    world: &mut World,
    (monitor, by): (MonitorIndex, PartyIndex),
    day: u32,
) {
    let mut asked = model.monitors[monitor].clauses.intersection(&model.kinds.abstain);
    asked.intersect_with(world.changes.in_force());
    asked.retain(|clause| match &model.clauses[clause].kind {
        Kind::Abstain(it) => it.acts.iter().any(|kind| ActKind::AccessDenied.is(*kind)),
        _ => false,
    });
    if asked.is_empty() {
        return;
    }
    let word = next_word(world);
    for (force, it) in model.forces.iter_enumerated().filter(|(_, it)| it.commander == by) {
        let asked = asked.intersection(&it.touched.bound);
        if asked.is_empty() {
            continue;
        }
        let sighting = Sighting { day: day + 1, asked, keeping: Bits::new() };
        let arrives = f64::from(day + 1);
        let report = Report { monitor, force, truly: Some(force), word, sighting, arrives };
        // By then the refusal itself has been judged.
        world.watch.reports.put(day + 2, report);
    }
    world.monitors[monitor].count(day, true, true);
}

/// Puts the first false alarm of every monitor on its day.
pub(super) fn expect_alarms(model: &Model, world: &mut World) {
    for (monitor, it) in model.monitors.iter_enumerated() {
        if let Some(watch) = &it.watch {
            world.monitors[monitor].alarm.0 = f64::from(it.from);
            next_alarm(world, (monitor, watch.alarm));
        }
    }
}

/// Puts the next false alarm on its day.
fn next_alarm(world: &mut World, (monitor, stream): (MonitorIndex, Stream)) {
    let state = &mut world.monitors[monitor];
    if state.alarms_per_day > 0.0 {
        let draw = world.draws.uniform(stream, 0, state.alarm.1);
        state.alarm.0 += exponential(draw, 1.0 / state.alarms_per_day);
        world.watch.alarms.put(state.alarm.0 as u32, monitor);
    }
}

/// The false alarms of a day: each names one formation at random, by strength, as violating
/// all that it answers for under the clauses of the monitor.
pub(super) fn raise_alarms(model: &Model, world: &mut World, day: u32) {
    // One alarm may be followed by another on the same day.
    while !world.watch.alarms.is_free(day) {
        for monitor in world.watch.alarms.take(day) {
            if let Some(watch) = &model.monitors[monitor].watch {
                raise(model, world, (monitor, watch.alarm), day);
            }
        }
    }
}

fn raise(model: &Model, world: &mut World, (monitor, stream): (MonitorIndex, Stream), day: u32) {
    let (instant, number) = world.monitors[monitor].alarm;
    let (share, wait) = world.draws.uniforms(stream, 1, number);
    let state = &world.monitors[monitor];
    if state.on_duty && share < state.share {
        alarm(model, world, (monitor, number), (instant, day), wait);
    }
    world.monitors[monitor].alarm.1 += 1;
    next_alarm(world, (monitor, stream));
}

fn alarm(
    model: &Model,
    world: &mut World,
    (monitor, number): (MonitorIndex, u32),
    (instant, day): (f64, u32),
    wait: f64,
) {
    let draws = world.draws;
    // The clauses under which a force may be named.
    let mut clauses = model.monitors[monitor].clauses.clone();
    clauses.intersect_with(world.changes.in_force());
    let under = |force: ForceIndex| {
        let touched = &model.forces[force].touched;
        let mut under = clauses.intersection(&touched.written);
        under.intersect_with(&touched.answers);
        under
    };
    let named = choose(model.formations.iter_enumerated().map(|(index, formation)| {
        let named = formation.forces.iter().filter(|force| !under(**force).is_empty());
        let persons: f64 = named.map(|force| f64::from(world.forces[*force].strength)).sum();
        let stream = model.monitors[monitor].sightings[index];
        (index, persons, move || draws.uniform(stream, NAMED, number))
    }));
    let Some(named) = named else {
        return;
    };
    world.monitors[monitor].count(day, true, true);
    let word = next_word(world);
    for force in &model.formations[named].forces {
        let asked = in_all_readings(model, *force, &under(*force));
        if asked.is_empty() {
            continue;
        }
        let sighting = Sighting { day: day + 1, asked, keeping: Bits::new() };
        let report =
            Report { monitor, force: *force, truly: None, word, sighting, arrives: instant };
        send(world, report, instant, wait);
    }
}

/// The clauses that a monitor does not verify where a force stands.
pub(super) fn out_of_band(
    model: &Model,
    world: &World,
    monitor: MonitorIndex,
    force: ForceIndex,
) -> Bits<ClauseIndex> {
    if !model.monitors[monitor].banded.intersects(&model.forces[force].touched.bound) {
        return Bits::new();
    }
    let obligations = model.forces[force].obligations.iter();
    obligations
        .zip(&world.forces[force].km)
        .filter(|(it, km)| !model.clauses[it.clause].verifies(monitor, **km))
        .map(|(owed, _)| owed.clause)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::registers;
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn a_look_without_error_reports_what_is_there_and_bias_its_opposite() {
        for (bias, keeping) in [("", false), ("bias_to_keeping = 1", true)] {
            let back =
                BACK.replace("sightings_per_day = 20", &format!("sightings_per_day = 20\n{bias}"));
            let mut trial = Trial::new(&format!("{back}{}", ordered("red", "defy", &[])));
            let (clause, force, eyes) =
                (trial.clause("back"), trial.force("guard"), trial.monitor("eyes"));
            let asked: Bits<ClauseIndex> = [clause].into_iter().collect();
            let looked = [Looked { force, is_there: true, asked, meets: Bits::new() }];
            let look = Look { instant: 0.5, seen: 1, number: 0 };
            see(&trial.model, &mut trial.world, eyes, &looked, look);
            registers::register(&trial.model, &mut trial.world, 1);
            assert_eq!(trial.world.monitors[eyes].holds(force, clause, 1, 30.0), Some(keeping));
            assert_eq!(trial.world.monitors[eyes].violations.all(), f64::from(u8::from(!keeping)));
        }
    }
}
