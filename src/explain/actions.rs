//! What was done against a clause to abstain, and where it came from.

use std::collections::BTreeMap;

use super::log::{Log, PartyAction};
use super::told::Told;
use super::words::{cause, count, date, list, span, times};
use crate::engine::{Event, EventKind};
use crate::model::{Cause, ClauseIndex, Kind, PartyIndex};

/// The violations of a clause to abstain, by party.
pub(super) fn tell(log: &Log, clause: ClauseIndex, (from, to): (u32, u32), told: &mut Told) {
    let mut by_party: BTreeMap<PartyIndex, Vec<PartyAction>> = BTreeMap::new();
    for action in against(log, clause, (from, to)) {
        by_party.entry(action.by).or_default().push(action);
    }
    for (party, actions) in by_party {
        let (Some(first), Some(last)) = (actions.first(), actions.last()) else {
            continue;
        };
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for action in &actions {
            *kinds.entry(action.kind.plural()).or_default() += 1;
        }
        let kinds: Vec<String> = if kinds.len() == 1 {
            kinds.keys().map(|kind| (*kind).to_owned()).collect()
        } else {
            kinds.iter().map(|(kind, n)| format!("{kind} ({n})")).collect()
        };
        let events: Vec<&Event> = actions.iter().map(|it| it.event).collect();
        let by = first
            .force
            .map_or(String::new(), |force| format!(", first by {}", log.model.forces[force].title));
        told.on(&events).say(format!(
            "{} went against it {} {}, by {}{by} ({}).",
            log.model.parties[party].title,
            times(actions.len()),
            span(log.model, first.event.day, last.event.day),
            list(&kinds, 4),
            causes(log, &events),
        ));
    }
    handed_over(log, clause, told);
}

/// The acts that a clause to abstain forbids and no licence allows.
fn against<'a>(log: &Log<'a>, clause: ClauseIndex, (from, to): (u32, u32)) -> Vec<PartyAction<'a>> {
    let it = &log.model.clauses[clause];
    let Kind::Abstain(abstain) = &it.kind else {
        return Vec::new();
    };
    let mut suffered: BTreeMap<(usize, PartyIndex), u32> = BTreeMap::new();
    let mut found = Vec::new();
    for action in log.actions() {
        let day = action.event.day;
        if !(from..=to).contains(&day) {
            continue;
        }
        let aimed = abstain.against.is_empty()
            || action.against.is_some_and(|it| abstain.against.contains(&it));
        let author = it.bound.iter().any(|bound| {
            log.model.forces[bound.force].commander == action.by
                && action.force.is_none_or(|force| force == bound.force)
        });
        let licensed = abstain.licences.iter().enumerate().any(|(at, licence)| {
            let last = suffered.get(&(at, action.by));
            let within = |last: &u32| day.saturating_sub(*last) <= licence.within_days;
            licence.to[action.by] && last.is_some_and(within)
        });
        if abstain.acts.contains(&action.kind) && aimed && author && !licensed {
            found.push(action);
        }
        for (at, licence) in abstain.licences.iter().enumerate() {
            if let (true, Some(victim)) = (licence.after == action.kind, action.against) {
                suffered.insert((at, victim), day);
            }
        }
    }
    found
}

/// Where events come from: "strategic", or "strategic in 5, local in 2".
pub(super) fn causes(log: &Log, events: &[&Event]) -> String {
    let all = [Cause::Strategic, Cause::Retaliatory, Cause::Spoiling, Cause::Local];
    let whys: Vec<Cause> = events.iter().map(|it| log.why(it)).collect();
    let found = all.map(|it| (it, whys.iter().filter(|why| **why == it).count()));
    let found: Vec<(Cause, usize)> = found.into_iter().filter(|(_, n)| *n > 0).collect();
    match found.as_slice() {
        [(one, _)] => cause(*one).into(),
        several => {
            let words = several.iter().map(|(it, n)| format!("{} in {n}", it.word()));
            words.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Hand-overs under a clause to deliver.
fn handed_over(log: &Log, clause: ClauseIndex, told: &mut Told) {
    let Kind::Deliver(it) = &log.model.clauses[clause].kind else {
        return;
    };
    for party in log.model.parties.keys() {
        let given = log.find(|kind| {
            matches!(kind, EventKind::HandedOver { force, clause: c, .. }
                if c == clause && log.model.forces[force].commander == party)
        });
        let (Some(first), Some(last)) = (given.first(), given.last()) else {
            continue;
        };
        let number = given.iter().map(|event| match event.kind {
            EventKind::HandedOver { number, .. } => number as usize,
            _ => 0,
        });
        let what = match it.goods {
            crate::model::Goods::Weapons => "weapon",
            crate::model::Goods::Prisoners => "prisoner",
            crate::model::Goods::Records => "record",
            crate::model::Goods::Installations => "installation",
            crate::model::Goods::Ground => "piece of ground",
        };
        let number: usize = number.sum();
        let what = if number == 1 || what != "piece of ground" {
            count(number, what)
        } else {
            format!("{number} pieces of ground")
        };
        let last = if first.day == last.day {
            format!("on {}", date(log.model, first.day))
        } else {
            span(log.model, first.day, last.day)
        };
        told.on(&given)
            .say(format!("{} handed over {what} {last}.", log.model.parties[party].title));
    }
}
