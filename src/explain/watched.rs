//! Who saw a clause broken and when, and what was claimed of it.

use std::collections::BTreeMap;

use super::log::Log;
use super::told::Told;
use super::words::{date, list, tally, times};
use crate::engine::{Event, EventKind};
use crate::model::{ClauseIndex, PartyIndex, Says};

/// Records, then claims.
pub(super) fn tell(log: &Log, clause: ClauseIndex, told: &mut Told) {
    recorded(log, clause, told);
    reported(log, clause, told);
    claimed(log, clause, told);
}

fn recorded(log: &Log, clause: ClauseIndex, told: &mut Told) {
    let model = log.model;
    let seen = log.of(clause, |kind| matches!(kind, EventKind::Registered { keeping: false, .. }));
    let Some(first) = seen.first() else {
        if !model.clauses[clause].monitors.is_empty() {
            told.say("No monitor recorded a violation of it.");
        }
        return;
    };
    let EventKind::Registered { monitor, force, seen: day, .. } = first.kind else {
        return;
    };
    let by = tally(seen.iter().filter_map(|event| match event.kind {
        EventKind::Registered { monitor, .. } => Some(monitor),
        _ => None,
    }));
    let delay =
        if day < first.day { format!(", seen on {}", date(model, day)) } else { String::new() };
    let names: Vec<String> =
        by.iter().map(|(monitor, n)| format!("{} ({n})", model.monitors[*monitor].title)).collect();
    let last = seen.last().map_or(first.day, |it| it.day);
    let rest = match seen.len() {
        1 => " It stayed the only such record.".into(),
        n => format!(
            " Monitors came to hold a force in breach of it {}: {}, the last on {}.",
            times(n),
            list(&names, 3),
            date(model, last)
        ),
    };
    told.on(&seen).say(format!(
        "{} first recorded a breach of it on {}, by {}{delay}.{rest}",
        model.monitors[monitor].title,
        date(model, first.day),
        model.forces[force].title,
    ));
}

/// What parties reported of their own forces.
fn reported(log: &Log, clause: ClauseIndex, told: &mut Told) {
    for party in log.model.parties.keys() {
        let of = |keeping: bool| {
            log.of(clause, |kind| {
                matches!(kind, EventKind::Reported { party: p, keeping: k, .. }
                    if (p, k) == (party, keeping))
            })
        };
        let (keeping, breaking) = (of(true), of(false));
        let name = &log.model.parties[party].title;
        let Some(first) = keeping.first() else {
            if let Some(first) = breaking.first() {
                told.on(&breaking).say(format!(
                    "{name} reported from {} on that forces of its own fell short.",
                    date(log.model, first.day)
                ));
            }
            continue;
        };
        let so = keeping.iter().filter(|it| log.kept_on(clause, it.day));
        let so = match (so.count(), keeping.len()) {
            (0, _) => "on none of these days was the clause as a whole kept in truth".into(),
            (some, all) if some == all => "the clause as a whole was then kept in truth".into(),
            (some, all) => {
                format!("in {some} of {all} the clause as a whole was then kept in truth")
            }
        };
        told.on(&keeping).say(format!(
            "From {} on {name} reported forces of its own as keeping it ({} anew); {so}.",
            date(log.model, first.day),
            times(keeping.len()),
        ));
    }
}

/// Dated statements.
fn claimed(log: &Log, clause: ClauseIndex, told: &mut Told) {
    let made = log.of(clause, |kind| matches!(kind, EventKind::ClaimMade { .. }));
    let mut by: BTreeMap<(PartyIndex, u8), Vec<&Event>> = BTreeMap::new();
    for event in made {
        if let EventKind::ClaimMade { claim } = event.kind {
            let it = &log.model.claims[claim];
            by.entry((it.by, it.says as u8)).or_default().push(event);
        }
    }
    for ((party, _), events) in by {
        let says = events.iter().find_map(|event| match event.kind {
            EventKind::ClaimMade { claim } => Some(&log.model.claims[claim]),
            _ => None,
        });
        let (Some(says), Some(first)) = (says, events.first()) else {
            continue;
        };
        let what = match says.says {
            Says::Keeping => "it was kept",
            Says::Violating => "it was broken",
            Says::Denies => "there was nothing to keep",
        };
        let share = if says.share < 1.0 && says.says != Says::Denies {
            format!(" by {:.0} % of the strength", 100.0 * says.share)
        } else {
            String::new()
        };
        let name = &log.model.parties[party].title;
        let on = date(log.model, first.day);
        let truth = if log.kept_on(clause, first.day) { "kept" } else { "not kept" };
        let text = match events.len() {
            1 => {
                format!("{name} claimed on {on} that {what}{share}; in truth it was {truth} then.")
            }
            n => format!(
                "{name} claimed {}, first on {on}, that {what}{share}; in truth it was {truth} on that day.",
                times(n)
            ),
        };
        told.on(&events).say(text);
    }
}
