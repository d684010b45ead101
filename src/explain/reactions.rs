//! How parties answered to what they learnt of a clause: complaints and rules.

use std::mem::discriminant;

use super::log::Log;
use super::told::Told;
use super::words::{count, list, on, span, times};
use crate::engine::{Event, EventKind, Ruling};
use crate::model::{ClauseIndex, ForceIndex, Reaction, RuleIndex};

/// Complaints, then what rules did.
pub(super) fn tell(log: &Log, clause: ClauseIndex, told: &mut Told) {
    complaints(log, clause, told);
    of(log, Some(clause), told);
}

/// What rules did that was about a clause, or about none: like reactions of a
/// party together.
pub(super) fn of(log: &Log, clause: Option<ClauseIndex>, told: &mut Told) {
    let mut groups: Vec<(Vec<RuleIndex>, Vec<&Event>)> = Vec::new();
    for event in &log.trace.events {
        let Some(rule) = rule_of(event.kind) else {
            continue;
        };
        // Complaints are told as such.
        let complains = matches!(log.model.rules[rule].reaction, Reaction::Complain);
        if complains || about(log, rule, event) != clause {
            continue;
        }
        let rules = &log.model.rules;
        let like = groups.iter_mut().find(|(of, _)| {
            let first = &rules[of[0]];
            first.party == rules[rule].party
                && discriminant(&first.reaction) == discriminant(&rules[rule].reaction)
        });
        match like {
            Some((of, events)) => {
                if !of.contains(&rule) {
                    of.push(rule);
                }
                events.push(event);
            }
            None => groups.push((vec![rule], vec![event])),
        }
    }
    for (rules, events) in groups {
        one(log, &rules, &events, told);
    }
}

fn rule_of(kind: EventKind) -> Option<RuleIndex> {
    match kind {
        EventKind::Struck { rule, .. }
        | EventKind::FiredBack { rule, .. }
        | EventKind::Reacted { rule }
        | EventKind::Forgave { rule } => Some(rule),
        _ => None,
    }
}

/// The clause that a reaction is about: its rule's, or that of what it answers.
fn about(log: &Log, rule: RuleIndex, event: &Event) -> Option<ClauseIndex> {
    log.model.rules[rule].clause.or_else(|| log.answered_to(event))
}

fn complaints(log: &Log, clause: ClauseIndex, told: &mut Told) {
    for party in log.model.parties.keys() {
        let lodged = log.of(
            clause,
            |kind| matches!(kind, EventKind::ComplaintLodged { by, .. } if by == party),
        );
        let (Some(first), Some(last)) = (lodged.first(), lodged.last()) else {
            continue;
        };
        let ruled = log.after(&lodged, |kind| matches!(kind, EventKind::Ruled { .. }));
        let n = |ruling: Ruling| {
            let is =
                |it: &&&Event| matches!(it.kind, EventKind::Ruled { ruling: r, .. } if r == ruling);
            ruled.iter().filter(is).count()
        };
        let outcomes = [
            (n(Ruling::Upheld), "upheld"),
            (n(Ruling::Rejected), "rejected"),
            (n(Ruling::Undetermined), "left open"),
        ];
        let outcomes = outcomes.iter().filter(|(n, _)| *n > 0);
        let outcomes: Vec<String> = outcomes.map(|(n, word)| format!("{n} {word}")).collect();
        let outcome =
            if outcomes.is_empty() { "none was ruled on".into() } else { outcomes.join(", ") };
        let events: Vec<&Event> = lodged.iter().copied().chain(ruled).collect();
        told.on(&events).say(format!(
            "{} lodged {} {}: {outcome}.",
            log.model.parties[party].title,
            count(lodged.len(), "complaint"),
            span(log.model, first.day, last.day),
        ));
    }
}

fn one(log: &Log, rules: &[RuleIndex], events: &[&Event], told: &mut Told) {
    let model = log.model;
    let it = &model.rules[rules[0]];
    let name = &model.parties[it.party].title;
    let done: Vec<&Event> =
        events.iter().copied().filter(|it| !matches!(it.kind, EventKind::Forgave { .. })).collect();
    let forgave = events.len() - done.len();
    let (Some(first), Some(last)) = (done.first(), done.last()) else {
        if let (Some(first), Some(last)) = (events.first(), events.last()) {
            told.on(events).say(format!(
                "{name} forgave {} {} where it would have answered ({}).",
                times(forgave),
                span(model, first.day, last.day),
                it.title
            ));
        }
        return;
    };
    let when = span(model, first.day, last.day);
    let mut to: Vec<String> = rules.iter().map(|it| on(model.rules[*it].on)).collect();
    to.sort_unstable();
    to.dedup();
    let why = format!("in answer to {}", list(&to, 4));
    let n = done.len();
    let struck: Vec<(ForceIndex, bool)> = done
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::Struck { target, hit, .. } => Some((target, hit)),
            _ => None,
        })
        .collect();
    let mut text = if !struck.is_empty() {
        let hits: Vec<ForceIndex> =
            struck.iter().filter(|(_, hit)| *hit).map(|(target, _)| *target).collect();
        let mut names: Vec<&str> = hits.iter().map(|it| &*model.forces[*it].title).collect();
        names.sort_unstable();
        names.dedup();
        let hit = match (hits.len(), n) {
            (0, 1) => "and missed".into(),
            (0, _) => "and hit nothing".into(),
            (all, n) if all == n && n == 1 => format!("and hit {}", list(&names, 3)),
            (some, _) => format!("and hit in {some} ({})", list(&names, 3)),
        };
        format!("{name} struck {} {when}, {why}, {hit}", times(n))
    } else if let Some(EventKind::FiredBack { .. }) = done.first().map(|it| it.kind) {
        format!("{name} fired back {} {when}, {why}", times(n))
    } else {
        let did = match &it.reaction {
            Reaction::Reinforce(to) => format!("reinforced {}", model.forces[to.force].title),
            Reaction::Offensive(it) => {
                let sites: Vec<&str> =
                    it.sites.iter().map(|site| &*model.sites[*site].title).collect();
                format!("took {}", list(&sites, 3))
            }
            Reaction::PullMonitors(_) => "pulled its monitors out".into(),
            Reaction::Denounce(_) => "spoke out publicly".into(),
            Reaction::StandDown(days) => format!("held all its reactions for {days} days"),
            Reaction::Forgive(_) => "let what had happened rest".into(),
            Reaction::Change(changes) => {
                let titles: Vec<&str> =
                    changes.iter().map(|it| &*model.changes[*it].title).collect();
                format!("moved to change terms ({})", list(&titles, 3))
            }
            Reaction::Press { on, .. } => {
                let on: Vec<&str> = on.iter().map(|it| &*model.parties[*it].title).collect();
                if on.is_empty() {
                    "put pressure on those responsible".into()
                } else {
                    format!("put pressure on {}", list(&on, 3))
                }
            }
            Reaction::Strike { .. } | Reaction::FireBack { .. } | Reaction::Complain => {
                "reacted".into()
            }
        };
        let often = if n == 1 { String::new() } else { format!(" {}", times(n)) };
        format!("{name} {did}{often} {when}, {why}")
    };
    let lost = log.after(&done, |kind| matches!(kind, EventKind::Lost { .. }));
    let persons = lost.iter().map(|event| match event.kind {
        EventKind::Lost { persons, .. } => persons,
        _ => 0,
    });
    let persons: u32 = persons.sum();
    if persons > 0 {
        text.push_str(&format!(
            "; {} lost",
            if persons == 1 { "1 person was".into() } else { format!("{persons} persons were") }
        ));
    }
    if forgave > 0 {
        text.push_str(&format!("; {} it forgave", times(forgave)));
    }
    text.push('.');
    let all: Vec<&Event> = events.iter().copied().chain(lost).collect();
    told.on(&all).say(text);
}
