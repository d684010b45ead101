//! What happened around the clauses: outside events, incidents, tension,
//! monitors, deadlocks.

use std::collections::BTreeMap;

use super::log::Log;
use super::reactions;
use super::told::Told;
use super::words::{cause, count, date, list, span, tally, times};
use crate::engine::{Event, EventKind};
use crate::model::{ForceIndex, OutsideIndex, PartyIndex, SourceIndex, Starter};

pub(super) fn tell(log: &Log, told: &mut Told) {
    outside(log, told);
    incidents(log, told);
    reactions::of(log, None, told);
    tension(log, told);
    losses(log, told);
    monitors(log, told);
    stuck(log, told);
}

fn outside(log: &Log, told: &mut Told) {
    let all = log.find(|kind| matches!(kind, EventKind::Outside { .. }));
    let mut named: BTreeMap<OutsideIndex, Vec<&Event>> = BTreeMap::new();
    for event in &all {
        if let EventKind::Outside { event: index } = event.kind {
            named.entry(index).or_default().push(event);
        }
    }
    let mut named: Vec<(OutsideIndex, Vec<&Event>)> = named.into_iter().collect();
    named.sort_by_key(|(_, events)| events.first().map(|it| (it.day, it.id)));
    let words = named.iter().map(|(index, events)| {
        let first = events.first().map_or(0, |it| it.day);
        let last = events.last().map_or(0, |it| it.day);
        let often =
            if events.len() > 1 { format!("{} ", times(events.len())) } else { String::new() };
        format!("“{}” {often}{}", log.model.outside[*index].title, span(log.model, first, last))
    });
    let words: Vec<String> = words.collect();
    if !words.is_empty() {
        let more = words.len().saturating_sub(6);
        let shown = list(&words, 6);
        let shown = if more > 0 { shown } else { words.join("; ") };
        told.on(&all).say(format!("From outside came {shown}."));
    }
}

/// Each source that there was an incident of; of more than two, one sentence.
fn incidents(log: &Log, told: &mut Told) {
    let model = log.model;
    let of = |index: SourceIndex| {
        log.find(|kind| matches!(kind, EventKind::Incident { source, .. } if source == index))
    };
    let sources = model.incidents.keys().map(|index| (index, of(index)));
    let mut sources: Vec<(SourceIndex, Vec<&Event>)> =
        sources.filter(|(_, events)| !events.is_empty()).collect();
    sources.sort_by_key(|(_, events)| std::cmp::Reverse(events.len()));
    if sources.len() <= 2 {
        for (index, events) in sources {
            source(log, index, &events, told);
        }
        return;
    }
    let words: Vec<String> = sources
        .iter()
        .map(|(index, events)| {
            let it = &model.incidents[*index];
            format!("“{}” {} ({})", it.title, times(events.len()), it.cause.word())
        })
        .collect();
    let mut all: Vec<&Event> = sources.into_iter().flat_map(|(_, events)| events).collect();
    all.sort_by_key(|it| (it.day, it.id));
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return;
    };
    told.on(&all).say(format!(
        "{}{} {}: {}.",
        count(all.len(), "incident"),
        settled(&all),
        span(model, first.day, last.day),
        list(&words, 6)
    ));
}

/// ", of which liaison settled 5,".
fn settled(events: &[&Event]) -> String {
    let of = |it: &&&Event| matches!(it.kind, EventKind::Incident { settled: true, .. });
    match events.iter().filter(of).count() {
        0 => String::new(),
        n => format!(", of which liaison settled {n},"),
    }
}

fn source(log: &Log, index: SourceIndex, all: &[&Event], told: &mut Told) {
    let model = log.model;
    let source = &model.incidents[index];
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return;
    };
    let mut pairs: BTreeMap<(ForceIndex, ForceIndex), usize> = BTreeMap::new();
    for event in all {
        if let EventKind::Incident { force, target, .. } = event.kind {
            *pairs.entry((force, target)).or_default() += 1;
        }
    }
    let most = pairs.iter().max_by_key(|(_, n)| **n);
    let between = most.map_or(String::new(), |((force, target), n)| {
        let (a, b) = (&model.forces[*force].title, &model.forces[*target].title);
        match (all.len(), n) {
            (1, _) => format!(", by {a} against {b}"),
            (_, 1) => String::new(),
            _ => format!(", most often ({n}) by {a} against {b}"),
        }
    });
    told.on(all).say(format!(
        "“{}”: {}{} {}{between} ({}).",
        source.title,
        count(all.len(), "incident"),
        settled(all),
        span(model, first.day, last.day),
        cause(source.cause)
    ));
}

fn tension(log: &Log, told: &mut Told) {
    let model = log.model;
    for (index, ladder) in model.ladders.iter_enumerated() {
        let all = log
            .find(|kind| matches!(kind, EventKind::RungChanged { ladder, .. } if ladder == index));
        let rung = |event: &Event| match event.kind {
            EventKind::RungChanged { rung, .. } => rung,
            _ => 0,
        };
        let Some(top) = all.iter().copied().max_by_key(|it| (rung(it), std::cmp::Reverse(it.day)))
        else {
            continue;
        };
        let name =
            |rung: usize| rung.checked_sub(1).map_or("none", |below| &ladder.rungs[below].id);
        let [a, b] = ladder.between.map(|it| &*model.parties[it].title);
        let last = all.last().map_or(top, |it| *it);
        let then = match () {
            () if last.id == top.id => ", and stayed there".to_owned(),
            () if rung(last) == 0 => format!(", and came down again by {}", date(model, last.day)),
            () => {
                format!(", and stood at “{}” from {} on", name(rung(last)), date(model, last.day))
            }
        };
        // An act that a rung was reached by.
        let because = log.cause(top).filter(|_| rung(top) > 0);
        if rung(top) == 0 {
            told.on(&all).say(format!(
                "Tension between {a} and {b} came down to the ground on {}.",
                date(model, top.day)
            ));
            continue;
        }
        told.on(&all).because(because).say(format!(
            "Tension between {a} and {b} rose as far as “{}” on {}{then}.",
            name(rung(top)),
            date(model, top.day)
        ));
    }
}

fn losses(log: &Log, told: &mut Told) {
    let all = log.find(|kind| matches!(kind, EventKind::Lost { .. }));
    let mut by: BTreeMap<PartyIndex, (u32, u32)> = BTreeMap::new();
    for event in &all {
        if let EventKind::Lost { force, persons, weapons } = event.kind {
            let sums = by.entry(log.model.forces[force].commander).or_default();
            *sums = (sums.0 + persons, sums.1 + weapons);
        }
    }
    let words: Vec<String> = by
        .iter()
        .map(|(party, (persons, weapons))| {
            let weapons = if *weapons > 0 {
                format!(" and {}", count(*weapons as usize, "weapon"))
            } else {
                String::new()
            };
            format!(
                "{} {}{weapons}",
                log.model.parties[*party].title,
                count(*persons as usize, "person")
            )
        })
        .collect();
    if !words.is_empty() {
        told.on(&all).say(format!("Losses in all: {}.", words.join(", ")));
    }
}

fn monitors(log: &Log, told: &mut Told) {
    let model = log.model;
    let denied = log.find(|kind| matches!(kind, EventKind::AccessDenied { .. }));
    let by = tally(denied.iter().filter_map(|event| match event.kind {
        EventKind::AccessDenied { monitor, by } => Some((by, monitor)),
        _ => None,
    }));
    if let (Some(first), Some(last)) = (denied.first(), denied.last()) {
        let words: Vec<String> = by
            .iter()
            .map(|((party, monitor), n)| {
                format!(
                    "{} to {} {}",
                    model.parties[*party].title,
                    model.monitors[*monitor].title,
                    times(*n)
                )
            })
            .collect();
        told.on(&denied).say(format!(
            "Access was refused {}: {}.",
            span(model, first.day, last.day),
            list(&words, 4)
        ));
    }
    let gone = log.find(|kind| matches!(kind, EventKind::MonitorWithdrawn { .. }));
    for event in gone {
        if let EventKind::MonitorWithdrawn { monitor } = event.kind {
            told.on(&[event]).because(log.cause(event)).say(format!(
                "{} was withdrawn on {}.",
                model.monitors[monitor].title,
                date(model, event.day)
            ));
        }
    }
}

fn stuck(log: &Log, told: &mut Told) {
    let model = log.model;
    for event in
        log.find(|kind| matches!(kind, EventKind::Deadlocked { starter: Starter::Phase(_) }))
    {
        if let EventKind::Deadlocked { starter: Starter::Phase(phase) } = event.kind {
            told.on(&[event]).because(log.cause(event)).say(format!(
                "From {} on the phase “{}” could not start any more.",
                date(model, event.day),
                model.phases[phase].title
            ));
        }
    }
}
