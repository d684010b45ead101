//! From what a monitor looks at to what it registers: bias, wrong attribution,
//! false alarms, delay, and the register.
//!
//! A record is a report of a violation that has arrived. It names one true
//! event, a violation spell, with the day on which that began; a false alarm, or
//! what bias makes of keeping, names none.

use super::choice::choose;
use super::spells;
use super::{tally, weights};
use crate::engine::state::{
    Arrival, Case, EventKind, Fact, Observation, Record, Report, Sighting, World,
};
use crate::model::{Bits, BoundIndex, ClauseIndex, Duty, ForceIndex, Model, MonitorIndex};
use crate::stats::{Stream, exponential};

/// Draws of a sighting's error and delay, by its number.
const REPORT: u32 = 1;
/// Draws of a sighting's attribution, by its number.
const ATTRIBUTION: u32 = 5;
/// Draws of whether another force is taken for the one seen, by day.
const MISTAKEN_FOR: u32 = 6;
/// Draws of whether a false alarm names a force, by the alarm's number.
const NAMED: u32 = 7;

/// What a monitor looked at.
pub(super) struct Looked {
    /// By clause: what it could see of.
    pub(super) asked: Bits<ClauseIndex>,
    /// By clause: what it found kept.
    pub(super) meets: Bits<ClauseIndex>,
    /// When, in days.
    pub(super) instant: f64,
    /// The day it is dated.
    pub(super) seen: u32,
    /// The number of the sighting.
    pub(super) number: u32,
}

/// One look at a force: bias and wrong attribution turn what was found into what
/// is reported, and the report leaves.
pub(super) fn see(
    model: &Model,
    world: &mut World,
    (monitor, force): (MonitorIndex, ForceIndex),
    looked: Looked,
) {
    let stream = model.monitors[monitor].sightings[force];
    let (error, wait) = world.draws.uniforms(stream, REPORT, looked.number);
    let (to_violating, to_keeping) = world.monitors[monitor].bias;
    let meets = model.monitors[monitor].as_read(&model.forces[force], &looked.meets);
    let asked = looked.asked.difference(&out_of_band(model, world, monitor, force));
    // One draw errs on all that it looked at, or on none of it.
    let mut keeping = if error < to_violating { Bits::new() } else { asked.intersection(&meets) };
    if error < to_keeping {
        keeping.union_with(&asked.difference(&meets));
    }
    let touched = &model.forces[force].touched;
    let mut violating = asked.difference(&keeping);
    violating.intersect_with(&touched.answers);
    violating.intersect_with(world.changes.in_force());
    let mut report = Report {
        monitor,
        force,
        truly: Some(force),
        sighting: Sighting { day: looked.seen, asked, keeping },
        arrives: looked.instant,
    };
    let state = &mut world.monitors[monitor];
    state.sightings += 1;
    // A violation is of a clause, not of a reading of it: the first by its id.
    violating.intersect_with(&touched.written);
    let violated = violating.iter().min_by_key(|clause| model.clauses[*clause].rank);
    state.violations += u32::from(violated.is_some());
    state.violations_in_all += u32::from(violated.is_some());
    if let Some(clause) = violated
        && state.wrong_attribution > 0.0
    {
        let draw = world.draws.uniform(stream, ATTRIBUTION, looked.number);
        let wrong = world.monitors[monitor].wrong_attribution;
        if draw < wrong
            && let Some(other) = another(model, world, (monitor, force), clause, looked.seen)
        {
            report.force = other;
            report.sighting.asked = in_all_readings(model, other, clause);
            report.sighting.keeping.clear();
        }
    }
    if !violating.is_empty() {
        let in_violation = weapons_in_violation(model, world, force, &violating);
        let named = model.forces[report.force].commander;
        world.monitors[monitor].weapons_in_violation[named] += in_violation;
    }
    send(world, report, looked.instant, wait);
}

/// Weapons of a force that are seen where one of the clauses does not
/// let them be, each once. What is missing from a store is not seen.
fn weapons_in_violation(
    model: &Model,
    world: &World,
    force: ForceIndex,
    violating: &Bits<ClauseIndex>,
) -> u32 {
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
    weights::weapons_of(world, force, &in_violation)
}

/// What is said of a clause is said of it in every reading: those that bind a
/// force.
fn in_all_readings(model: &Model, force: ForceIndex, clause: ClauseIndex) -> Bits<ClauseIndex> {
    let obligations = model.forces[force].obligations.iter();
    obligations.filter(|owed| owed.of == clause).map(|owed| owed.clause).collect()
}

/// Another force that a clause binds, by draws of the monitor and the day.
fn another(
    model: &Model,
    world: &World,
    (monitor, force): (MonitorIndex, ForceIndex),
    clause: ClauseIndex,
    day: u32,
) -> Option<ForceIndex> {
    let draws = world.draws;
    let bound = model.clauses[clause].bound.iter();
    let others = bound.filter(|it| it.force != force && it.duty != Duty::Authorised);
    choose(others.map(|bound| {
        let stream = model.monitors[monitor].sightings[bound.force];
        let draw = move || draws.uniform(stream, MISTAKEN_FOR, day);
        (bound.force, 1.0, draw)
    }))
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

/// The false alarms of a day: each names one force at random that a clause of
/// the monitor binds.
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
    let (which, wait) = world.draws.uniforms(stream, 1, number);
    let share = world.draws.uniform(stream, 2, number);
    let state = &world.monitors[monitor];
    if state.on_duty && share < state.share {
        alarm(model, world, (monitor, number), (instant, day), (which, wait));
    }
    world.monitors[monitor].alarm.1 += 1;
    next_alarm(world, (monitor, stream));
}

fn alarm(
    model: &Model,
    world: &mut World,
    (monitor, number): (MonitorIndex, u32),
    (instant, day): (f64, u32),
    (which, wait): (f64, f64),
) {
    // The clauses under which a force may be named.
    let (draws, in_force) = (world.draws, world.changes.in_force());
    let under = |force: ForceIndex| {
        let touched = &model.forces[force].touched;
        let mut clauses = model.monitors[monitor].clauses.intersection(&touched.written);
        clauses.intersect_with(&touched.answers);
        clauses.intersect_with(in_force);
        clauses
    };
    let named = choose(model.forces.keys().map(|force| {
        let stream = model.monitors[monitor].sightings[force];
        let draw = move || draws.uniform(stream, NAMED, number);
        (force, under(force).len() as f64, draw)
    }));
    let Some(force) = named else {
        return;
    };
    let mut clauses: Vec<ClauseIndex> = under(force).iter().collect();
    clauses.sort_by_key(|clause| model.clauses[*clause].rank);
    let clause = clauses[(which * clauses.len() as f64) as usize];
    let asked = in_all_readings(model, force, clause);
    let state = &mut world.monitors[monitor];
    state.sightings += 1;
    state.violations += 1;
    state.violations_in_all += 1;
    let report = Report {
        monitor,
        force,
        truly: None,
        sighting: Sighting { day: day + 1, asked, keeping: Bits::new() },
        arrives: instant,
    };
    send(world, report, instant, wait);
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

/// Enters the reports that arrive by a day into the registers.
pub(super) fn register(model: &Model, world: &mut World, day: u32) {
    if world.watch.reports.is_free(day) {
        return;
    }
    let mut reports = std::mem::take(&mut world.watch.arriving);
    world.watch.reports.take_into(day, &mut reports);
    reports.sort_by(|a, b| a.arrives.total_cmp(&b.arrives));
    for report in &reports {
        enter(model, world, report, day);
    }
    world.watch.arriving = reports;
}

/// Enters one report; the newest sighting stands.
pub(super) fn enter(model: &Model, world: &mut World, report: &Report, day: u32) {
    let Report { monitor, force, sighting, .. } = report;
    let (monitor, force) = (*monitor, *force);
    let known = world.monitors[monitor].register[force].as_ref();
    if known.is_some_and(|known| known.day > sighting.day) {
        return;
    }
    let touched = &model.forces[force].touched;
    let mut answered = sighting.asked.intersection(&touched.answers);
    answered.intersect_with(world.changes.in_force());
    if sighting.day < world.changes.last_start() {
        answered.retain(|clause| {
            let started = world.clauses[clause].started;
            started.is_some_and(|(on, _)| on <= sighting.day)
        });
    }
    // What it says that it did not say before.
    let mut new = answered.clone();
    if let Some(known) = known.filter(|_| !answered.is_empty()) {
        new.retain(|clause| {
            !known.asked.contains(clause)
                || known.keeping.contains(clause) != sighting.keeping.contains(clause)
        });
    }
    match &mut world.monitors[monitor].register[force] {
        Some(known) => {
            known.day = sighting.day;
            known.asked.union_with(&sighting.asked);
            known.keeping.difference_with(&sighting.asked);
            known.keeping.union_with(&sighting.keeping.intersection(&sighting.asked));
        }
        none => *none = Some(sighting.clone()),
    }
    let cause = world.forces[force].ordered;
    let verified = &model.monitors[monitor].clauses.intersection(&sighting.asked);
    let violated = answered.difference(&sighting.keeping);
    let mut told = verified.union(&violated);
    told.union_with(&new);
    if !told.is_empty() {
        for obligation in &model.forces[force].obligations {
            let clause = obligation.clause;
            if !told.contains(clause) {
                continue;
            }
            let keeping = sighting.keeping.contains(clause);
            if verified.contains(clause) {
                let what = (monitor, sighting.day, keeping);
                hold(model, world, (clause, obligation.at), what, day);
            }
            if violated.contains(clause) {
                record(model, world, report, (clause, obligation.at));
            }
            if new.contains(clause) {
                let kind =
                    EventKind::Registered { monitor, force, clause, keeping, seen: sighting.day };
                world.happen(day, cause, kind);
            }
        }
    }
    world.today.arrivals.push(Arrival {
        monitor,
        force,
        seen: sighting.day,
        asked: answered.intersection(&touched.seen),
        keeping: sighting.keeping.clone(),
    });
}

/// Books the report of a violation.
fn record(
    model: &Model,
    world: &mut World,
    report: &Report,
    (clause, at): (ClauseIndex, BoundIndex),
) {
    let Report { monitor, force, truly, .. } = *report;
    let seen = report.sighting.day;
    let truly_at = match truly {
        Some(other) if other != force => {
            let obligations = model.forces[other].obligations.iter();
            obligations.filter(|it| it.clause == clause).map(|it| it.at).next()
        }
        Some(_) => Some(at),
        None => None,
    };
    let event = truly_at.and_then(|at| spells::on(world, clause, at, seen));
    if let Some(event) = event.filter(|_| truly == Some(force)) {
        let spell = &mut world.spells[event];
        if !spell.named_by.contains(monitor) {
            spell.named_by.insert(monitor);
            world.monitors[monitor].events_named += 1;
        }
    }
    if model.clauses[clause].monitor_set.contains(monitor) {
        confirm(model, world, (clause, at), monitor, seen);
    }
    world.today.records.push(Record { monitor, clause, force, truly, seen, event });
}

/// Counts the cases that a clause's monitors have against a force, and those
/// that two of them recorded within `max_age_days` of each other. A case ends
/// when nobody has recorded it for so long.
fn confirm(
    model: &Model,
    world: &mut World,
    (clause, at): (ClauseIndex, BoundIndex),
    monitor: MonitorIndex,
    seen: u32,
) {
    world.note(model, Fact::Entered(clause));
    let age = model.clauses[clause].max_age_days;
    let state = &mut world.clauses[clause];
    let newest = Case { monitor, seen, confirmed: false };
    let case = state.cases[at];
    let Some(case) = case.filter(|case| f64::from(seen.abs_diff(case.seen)) <= age) else {
        state.cases[at] = Some(newest);
        state.cases_recorded += 1;
        return;
    };
    let confirmed = case.confirmed || case.monitor != monitor;
    state.cases_confirmed += u32::from(confirmed && !case.confirmed);
    state.cases[at] = Some(Case { confirmed, ..if seen >= case.seen { newest } else { case } });
}

/// What a clause's monitors hold of a force: the newest stands, of one day the
/// first that arrived.
fn hold(
    model: &Model,
    world: &mut World,
    (clause, at): (ClauseIndex, BoundIndex),
    (monitor, seen, keeping): (MonitorIndex, u32, bool),
    day: u32,
) {
    let expires = seen.saturating_add(model.clauses[clause].expires_after);
    let counts = day < expires;
    let state = &mut world.clauses[clause];
    let before = state.observed[at];
    if before.is_some_and(|it| it.day > seen || (it.day == seen && it.monitor != monitor)) {
        return;
    }
    let now = Observation { day: seen, monitor, keeping, counts };
    state.observed[at] = Some(now);
    if counts {
        state.next_expiry = state.next_expiry.min(expires);
        world.note(model, Fact::Expires(expires));
    }
    let said = |it: Option<Observation>| it.filter(|it| it.counts).map(|it| it.keeping);
    let (before, after) = (said(before), said(Some(now)));
    if before != after {
        tally::observe(model, world, (clause, at), (before, after));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    /// A trial in which `eyes` have looked at nothing, and a report of theirs.
    fn reported() -> (Trial, impl Fn(&Trial, u32, bool) -> Report) {
        let trial = Trial::new(&format!("{BACK}{}", ordered("red", "defy", &[])));
        let (clause, force, monitor) =
            (trial.clause("back"), trial.force("guard"), trial.monitor("eyes"));
        let report = move |_: &Trial, seen: u32, keeping: bool| {
            let asked: Bits<ClauseIndex> = [clause].into_iter().collect();
            let kept = if keeping { asked.clone() } else { Bits::new() };
            let sighting = Sighting { day: seen, asked, keeping: kept };
            Report { monitor, force, truly: Some(force), sighting, arrives: f64::from(seen) }
        };
        (trial, report)
    }

    #[test]
    fn the_newest_sighting_stands_whatever_arrives_later() {
        let (mut trial, report) = reported();
        let (clause, force, eyes) =
            (trial.clause("back"), trial.force("guard"), trial.monitor("eyes"));
        for (seen, keeping, holds) in [(3, false, false), (5, true, true), (4, false, true)] {
            let report = report(&trial, seen, keeping);
            enter(&trial.model, &mut trial.world, &report, 6);
            let held = trial.world.monitors[eyes].holds(force, clause, 6, 30.0);
            assert_eq!(held, Some(holds), "seen on day {seen}");
        }
        assert_eq!(trial.world.today.records.len(), 1);
        assert_eq!(trial.world.clauses[clause].cases_recorded, 1);
    }

    #[test]
    fn a_look_without_error_reports_what_is_there_and_bias_its_opposite() {
        for (bias, keeping) in [("", false), ("bias_to_keeping = 1", true)] {
            let back =
                BACK.replace("sightings_per_day = 20", &format!("sightings_per_day = 20\n{bias}"));
            let mut trial = Trial::new(&format!("{back}{}", ordered("red", "defy", &[])));
            let (clause, force, eyes) =
                (trial.clause("back"), trial.force("guard"), trial.monitor("eyes"));
            let asked: Bits<ClauseIndex> = [clause].into_iter().collect();
            let looked = Looked { asked, meets: Bits::new(), instant: 0.5, seen: 1, number: 0 };
            see(&trial.model, &mut trial.world, (eyes, force), looked);
            register(&trial.model, &mut trial.world, 1);
            assert_eq!(trial.world.monitors[eyes].holds(force, clause, 1, 30.0), Some(keeping));
            assert_eq!(trial.world.monitors[eyes].violations, u32::from(!keeping));
        }
    }
}
