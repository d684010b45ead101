//! What a monitor registers: reports that arrive, and what they come to.
//!
//! A record is a report of a violation that has arrived. It names one true
//! event, a violation spell, with the day on which that began; a false alarm, or
//! what bias makes of keeping, names none.

use super::{spells, tally};
use crate::engine::state::{Arrival, Case, EventKind, Fact, Observation, Record, Report, World};
use crate::model::{BoundIndex, ClauseIndex, Model, MonitorIndex};

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
    debug_assert!(sighting.asked.difference(&model.monitors[monitor].clauses).is_empty());
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
    let violated = answered.difference(&sighting.keeping);
    for obligation in &model.forces[force].obligations {
        let clause = obligation.clause;
        if !sighting.asked.contains(clause) {
            continue;
        }
        let keeping = sighting.keeping.contains(clause);
        let what = (monitor, sighting.day, keeping);
        hold(model, world, (clause, obligation.at), what, day);
        if violated.contains(clause) {
            record(model, world, report, (clause, obligation.at));
        }
        if new.contains(clause) {
            let kind =
                EventKind::Registered { monitor, force, clause, keeping, seen: sighting.day };
            world.happen(day, cause, kind);
        }
    }
    world.today.arrivals.push(Arrival {
        monitor,
        force,
        word: report.word,
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
    // A case is against a formation, and stands with the first of its forces.
    let lead = model.formations[model.forces[force].formation].lead();
    let owed = model.forces[lead].obligations.iter().find(|it| it.clause == clause);
    confirm(model, world, (clause, owed.map_or(at, |it| it.at)), monitor, seen);
    world.today.records.push(Record { monitor, clause, force, truly, seen, event });
}

/// Counts the cases that a clause's monitors have against a formation, and those
/// that two of them recorded within `max_age_days` of each other. A case ends
/// when nobody has recorded it for so long.
fn confirm(
    model: &Model,
    world: &mut World,
    (clause, at): (ClauseIndex, BoundIndex),
    monitor: MonitorIndex,
    seen: u32,
) {
    world.note(model, Fact::Case(clause));
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
    use crate::engine::state::Sighting;
    use crate::engine::trial::{BACK, Trial, ordered};
    use crate::model::Bits;

    /// A trial in which `eyes` have looked at nothing, and a report of theirs.
    fn reported() -> (Trial, impl Fn(&Trial, u32, bool) -> Report) {
        let trial = Trial::new(&format!("{BACK}{}", ordered("red", "defy", &[])));
        let (clause, force, monitor) =
            (trial.clause("back"), trial.force("guard"), trial.monitor("eyes"));
        let report = move |_: &Trial, seen: u32, keeping: bool| {
            let asked: Bits<ClauseIndex> = [clause].into_iter().collect();
            let kept = if keeping { asked.clone() } else { Bits::new() };
            let sighting = Sighting { day: seen, asked, keeping: kept };
            let arrives = f64::from(seen);
            Report { monitor, force, truly: Some(force), word: seen, sighting, arrives }
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
}
