//! How a clause began, what was done to its terms, and how it ended.

use super::log::Log;
use super::told::Told;
use super::words::{action, count, date, percent, span, times, what};
use crate::engine::{Event, EventKind};
use crate::model::{Action, ClauseIndex, Model};

/// D-day; none if it never came.
pub(super) fn start(log: &Log, clause: ClauseIndex, told: &mut Told) -> Option<u32> {
    let started = log.of(clause, |kind| matches!(kind, EventKind::ClauseStarted { .. }));
    let Some(first) = started.first() else {
        let stuck = log.find(|kind| {
            matches!(kind, EventKind::Deadlocked { starter: crate::model::Starter::Clause(c) } if c == clause)
        });
        match stuck.first() {
            Some(it) => told.on(&[it]).say(format!("It never came into force: from {} on, what it waits for could not come true any more.", date(log.model, it.day))),
            None => told.say("It never came into force: what it waits for did not come true."),
        }
        return None;
    };
    let bound = log.model.clauses[clause].bound.len();
    told.on(&[first]).say(format!(
        "It came into force on {} and bound {}.",
        date(log.model, first.day),
        count(bound, "force")
    ));
    Some(first.day)
}

/// What was done to its terms, with what brought it about.
pub(super) fn terms(log: &Log, clause: ClauseIndex, told: &mut Told) {
    let changed = log.of(clause, |kind| matches!(kind, EventKind::TermsChanged { .. }));
    let mut off = false;
    // What was done again and again, without anything that brought it about.
    let mut again: Vec<(String, Vec<&Event>)> = Vec::new();
    for event in changed {
        // What is broken off cannot be broken off again.
        let ends = matches!(event.kind, EventKind::TermsChanged { action: Action::End, .. });
        if ends && std::mem::replace(&mut off, true) {
            continue;
        }
        let EventKind::TermsChanged { action: done, by, .. } = event.kind else {
            continue;
        };
        let by = by.map_or(String::new(), |by| format!(" by {}", log.model.parties[by].title));
        let chain = log.causes(event);
        let root = chain.into_iter().find(|it| !what(log.model, it.kind).is_empty());
        let after = root.map_or(String::new(), |event| {
            format!(", after {} of {}", what(log.model, event.kind), date(log.model, event.day))
        });
        let done = format!("{}{by}", action(done));
        if root.is_none() {
            match again.last_mut() {
                Some((same, events)) if *same == done => events.push(event),
                _ => again.push((done, vec![event])),
            }
            continue;
        }
        repeated(log, &mut again, told);
        let day = date(log.model, event.day);
        told.on(&[event]).because(root).say(format!("On {day} it was {done}{after}."));
    }
    repeated(log, &mut again, told);
}

/// Tells what was done to the terms, once or again and again.
fn repeated(log: &Log, again: &mut Vec<(String, Vec<&Event>)>, told: &mut Told) {
    for (done, events) in again.drain(..) {
        let days: Vec<u32> = events.iter().map(|it| it.day).collect();
        let text = match days.as_slice() {
            [] => continue,
            [day] => format!("On {} it was {done}.", date(log.model, *day)),
            [first, .., last] => {
                format!("It was {done} {} {}.", times(days.len()), span(log.model, *first, *last))
            }
        };
        told.on(&events).say(text);
    }
}

/// Milestones, deadline, how often it came to be kept and was broken, and the
/// end.
pub(super) fn end(log: &Log, clause: ClauseIndex, told: &mut Told) {
    let model = log.model;
    let milestones = log.of(clause, |kind| matches!(kind, EventKind::MilestonePassed { .. }));
    if !milestones.is_empty() {
        let met = milestones
            .iter()
            .filter(|it| matches!(it.kind, EventKind::MilestonePassed { met: true, .. }))
            .count();
        told.on(&milestones).say(format!(
            "Of its {} that fell due, {met} {} met.",
            count(milestones.len(), "milestone"),
            if met == 1 { "was" } else { "were" }
        ));
    }
    let kept = log.of(clause, |kind| matches!(kind, EventKind::ClauseKept { .. }));
    let broken = log.of(clause, |kind| matches!(kind, EventKind::ClauseBroken { .. }));
    let deadline = log.of(clause, |kind| matches!(kind, EventKind::DeadlinePassed { .. }));
    let run = &log.trace.run.clauses[clause];
    if let Some(it) = deadline.first() {
        let on_day = matches!(it.kind, EventKind::DeadlinePassed { kept: true, .. });
        let grace =
            if model.clauses[clause].grace_days > 0 { "deadline and grace" } else { "deadline" };
        let text = if on_day {
            format!("When its {grace} passed on {}, it was kept.", date(model, it.day))
        } else {
            match kept.iter().find(|kept| (kept.day, kept.id) > (it.day, it.id)) {
                Some(caught_up) => {
                    let days = |it: i64| count(it.unsigned_abs() as usize, "day");
                    let late = match (run.days_after_deadline, run.days_after_first_deadline) {
                        (Some(now), Some(first)) if now != first => {
                            format!(
                                ", {} late, and {} after its first deadline",
                                days(now),
                                days(first)
                            )
                        }
                        (Some(now), _) => format!(", {} late", days(now)),
                        (None, _) => String::new(),
                    };
                    let text = format!(
                        "When its {grace} passed on {}, it was not kept; it came to be kept on {}{late}.",
                        date(model, it.day),
                        date(model, caught_up.day),
                    );
                    told.on(&[it, caught_up]).say(text);
                    String::new()
                }
                None => format!(
                    "When its {grace} passed on {}, it was not kept, nor was it at any time after.",
                    date(model, it.day)
                ),
            }
        };
        if !text.is_empty() {
            told.on(&[it]).say(text);
        }
    }
    if let (Some(first), Some(last)) = (kept.first(), broken.last()) {
        let events: Vec<&Event> = kept.iter().chain(&broken).copied().collect();
        told.on(&events).say(format!(
            "It was first kept on {}, and ceased to be kept {}, the last time on {}.",
            date(model, first.day),
            times(broken.len()),
            date(model, last.day),
        ));
    } else if let (Some(first), None, true) = (kept.first(), broken.last(), deadline.is_empty()) {
        told.on(&[first])
            .say(format!("It was kept from {} on, without a break.", date(model, first.day)));
    }
    told.say(last(model, log, clause));
}

/// The day on which a clause ended for good, if it did before the run.
pub(super) fn ended(log: &Log, clause: ClauseIndex) -> Option<u32> {
    let mut ended = None;
    for event in &log.trace.events {
        match event.kind {
            EventKind::ClauseEnded { clause: c } if c == clause => {
                ended = ended.or(Some(event.day));
            }
            EventKind::TermsChanged { clause: c, action, .. } if c == clause => match action {
                Action::End => ended = ended.or(Some(event.day)),
                Action::Renew(_) | Action::Recommit => ended = None,
                _ => {}
            },
            _ => {}
        }
    }
    ended
}

/// "At the end, on ..., it was kept: ...".
fn last(model: &Model, log: &Log, clause: ClauseIndex) -> String {
    let run = &log.trace.run.clauses[clause];
    let not = if log.kept_on(clause, u32::MAX) { "" } else { "not " };
    let when = match ended(log, clause) {
        Some(_) => "When it ended".into(),
        None => format!("At the end, on {},", date(model, model.calendar.days)),
    };
    let share = |value: f64| value.is_finite().then(|| percent(value));
    let with = share(run.with_losses).filter(|it| share(run.met).as_ref() != Some(it));
    let with = with.map_or_else(String::new, |it| format!(" ({it} with losses)"));
    let of = if model.clauses[clause].bound.is_empty() { "what it asks" } else { "what it counts" };
    let registers = match (share(run.met), share(run.seen_keeping), share(run.claimed_keeping)) {
        // Nothing that could be true or false.
        (Some(met), Some(seen), None) => format!(
            ". On average over the days it was due, {met} of {of} kept to it in truth{with}, {seen} on record; nobody claimed it"
        ),
        (Some(met), Some(seen), Some(claimed)) => format!(
            ". On average over the days it was due, {met} of {of} kept to it in truth{with}, {seen} on record, {claimed} by what was claimed"
        ),
        (Some(met), ..) => {
            format!(
                ". On average over the days it was due, {met} of {of} kept to it in truth{with}"
            )
        }
        _ => String::new(),
    };
    format!("{when} it was {not}kept{registers}.")
}
