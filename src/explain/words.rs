//! How dates, names and numbers are put into words.

use std::collections::BTreeMap;

use crate::engine::EventKind;
use crate::model::{Action, Cause, ClauseIndex, ForceIndex, Kind, Model, On, Order, PartyIndex};

/// "6 July 2018".
pub(super) fn date(model: &Model, day: u32) -> String {
    let date = model.calendar.date(day);
    format!("{} {} {}", date.day(), date.month(), date.year())
}

/// "on 6 July 2018", "from 6 July 2018 to 3 August 2018".
pub(super) fn span(model: &Model, first: u32, last: u32) -> String {
    if first == last {
        format!("on {}", date(model, first))
    } else {
        format!("from {} to {}", date(model, first), date(model, last))
    }
}

/// "1 force", "3 forces".
pub(super) fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// "once", "twice", "5 times".
pub(super) fn times(number: usize) -> String {
    match number {
        1 => "once".into(),
        2 => "twice".into(),
        _ => format!("{number} times"),
    }
}

/// How often each comes, the most frequent first, of equals the least.
pub(super) fn tally<T: Ord>(each: impl Iterator<Item = T>) -> Vec<(T, usize)> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    each.for_each(|it| *counts.entry(it).or_default() += 1);
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counts
}

/// "a, b and c", or "a, b and 3 more" of more than `most`; with semicolons where
/// a name has a comma of its own.
pub(super) fn list<T: AsRef<str>>(names: &[T], most: usize) -> String {
    let mut names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    names.dedup();
    let more = (names.len() > most).then(|| format!("{} more", names.len() + 1 - most));
    if more.is_some() {
        names.truncate(most - 1);
    }
    let between = if names.iter().any(|it| it.contains(',')) { "; " } else { ", " };
    let mut names: Vec<String> = names.into_iter().map(String::from).collect();
    names.extend(more);
    match names.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(between)),
    }
}

/// "the only one", "both", "all 5", "3 of 5".
pub(super) fn of_all(some: usize, all: usize) -> String {
    match (some, all) {
        (1, 1) => "it".into(),
        (2, 2) => "both".into(),
        (some, all) if some == all => format!("all {all}"),
        (some, all) => format!("{some} of {all}"),
    }
}

/// "63 %", the two held together.
pub(super) fn percent(share: f64) -> String {
    format!("{:.0}\u{a0}%", 100.0 * share)
}

/// What an order asks under a clause, as in "ordered its forces to ...".
pub(super) fn order(kind: &Kind, order: Order) -> &'static str {
    match (kind, order) {
        (_, Order::Comply) => "comply",
        (kind, Order::Defy) if kind.is_of_place() => "stay or come back",
        (kind, Order::Conceal) if kind.is_of_place() => "stay, hidden",
        (_, Order::Defy) => "go against it openly",
        (_, Order::Conceal) => "go against it in hiding",
    }
}

/// Where something comes from.
pub(super) fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Strategic => "strategic, on the party's own orders",
        Cause::Retaliatory => "retaliatory, in return for something",
        Cause::Spoiling => "spoiling, from outside what the parties agreed",
        Cause::Local => "local, without an order",
    }
}

/// What a rule answers to.
pub(super) fn on(on: On) -> String {
    match on {
        On::ViolationRecorded => "recorded violations".into(),
        On::Ruling => "complaints upheld".into(),
        On::RulingRejected => "complaints rejected".into(),
        On::RulingUndetermined => "complaints left open".into(),
        On::DeadlineMissed => "a deadline missed".into(),
        On::Incident => "incidents".into(),
        On::Act(kind) => kind.plural().into(),
        On::ClaimDisputed => "claims that reports contradict".into(),
        On::RungReached => "rising tension".into(),
        On::TermsChanged => "a change of terms".into(),
        On::Quiet => "days of quiet".into(),
    }
}

/// What was done to a clause, as in "was ...".
pub(super) fn action(action: Action) -> String {
    match action {
        Action::Amend(_) => "amended".into(),
        Action::Suspend => "suspended".into(),
        Action::Resume => "resumed".into(),
        Action::Extend(days) => format!("extended by {days} days"),
        Action::Renew(days) => format!("renewed for {days} days"),
        Action::Recommit => "committed to anew".into(),
        Action::Agree => "agreed".into(),
        Action::End => "broken off".into(),
    }
}

/// What happened, in a few words with names; empty for what only follows from
/// other events.
pub fn what(model: &Model, kind: EventKind) -> String {
    let force = |index: ForceIndex| &*model.forces[index].title;
    let party = |index: PartyIndex| &*model.parties[index].title;
    let clause = |index: ClauseIndex| &*model.clauses[index].title;
    match kind {
        EventKind::Outside { event } => format!("“{}”", model.outside[event].title),
        EventKind::Incident { source, force: f, target, .. } => format!(
            "the incident “{}” between {} and {}",
            model.incidents[source].title,
            force(f),
            force(target)
        ),
        EventKind::Struck { rule, target, hit } => format!(
            "the strike by {} on {}, which {}",
            party(model.rules[rule].party),
            force(target),
            if hit { "hit" } else { "did not hit" }
        ),
        EventKind::FiredBack { rule, target } => format!(
            "the fire by {}{}",
            party(model.rules[rule].party),
            target.map_or(String::new(), |target| format!(" at {}", force(target)))
        ),
        EventKind::OrderGiven { unit, order: given, .. } => {
            let unit = &model.units[unit];
            let forces: Vec<&str> = unit.forces.iter().map(|it| force(*it)).collect();
            let whom =
                if forces.is_empty() { String::new() } else { format!(" ({})", list(&forces, 3)) };
            format!(
                "the order of {} to {}{whom} under “{}”",
                party(unit.party),
                order(&model.clauses[unit.clause].kind, given),
                clause(unit.clause),
            )
        }
        EventKind::TermsChanged { clause: c, action: done, .. } => {
            format!("that “{}” was {}", clause(c), action(done))
        }
        EventKind::Acted { kind, party: by, force: with, .. } => {
            format!("{} by {} ({})", kind.plural(), party(by), force(with))
        }
        EventKind::ComplaintLodged { by, clause: c, force: f, .. } => {
            format!("the complaint of {} about {} under “{}”", party(by), force(f), clause(c))
        }
        EventKind::MonitorWithdrawn { monitor } => {
            format!("the withdrawal of {}", model.monitors[monitor].title)
        }
        _ => String::new(),
    }
}
