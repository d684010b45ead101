//! Who came to keep a clause by moving, who came back, who stayed.

use super::actions::causes;
use super::log::Log;
use super::told::Told;
use super::words::{count, date, list, of_all, span, times};
use crate::engine::{Event, EventKind};
use crate::model::{ClauseIndex, Duty, ForceIndex, Kind, Order, PartyIndex, Place};

/// The movements of forces under a clause of place while it was in force: party
/// by party, or of all together.
pub(super) fn tell(
    log: &Log,
    clause: ClauseIndex,
    window: (u32, u32),
    detail: bool,
    told: &mut Told,
) {
    let model = log.model;
    if !model.clauses[clause].kind.is_of_place() {
        return;
    }
    for duty in [Duty::StayOut, Duty::Deploy] {
        let bound = model.clauses[clause].bound.iter();
        let bound: Vec<ForceIndex> =
            bound.filter(|it| it.duty == duty).map(|it| it.force).collect();
        let of = |party: PartyIndex| -> Vec<ForceIndex> {
            let own = bound.iter().copied();
            own.filter(|it| model.forces[*it].commander == party).collect()
        };
        let parties = model.parties.keys().map(|party| (Some(party), of(party)));
        let parties: Vec<_> = parties.filter(|(_, forces)| !forces.is_empty()).collect();
        let groups = match (detail, parties.len()) {
            (_, 0) => continue,
            (true, _) | (_, 1) => parties,
            (false, _) => vec![(None, bound.clone())],
        };
        for (party, forces) in groups {
            let whose =
                party.map_or(String::new(), |it| format!(" of {}", model.parties[it].title));
            of_group(log, (clause, duty), (&whose, &forces), window, told);
        }
    }
}

fn of_group(
    log: &Log,
    (clause, duty): (ClauseIndex, Duty),
    (whose, forces): (&str, &[ForceIndex]),
    (from, to): (u32, u32),
    told: &mut Told,
) {
    let model = log.model;
    let title = |force: ForceIndex| &*model.forces[force].title;
    let home = |force: ForceIndex| &*model.sites[model.forces[force].home].title;
    let (mut came, mut back, mut stayed) = (Vec::new(), Vec::new(), Vec::new());
    for force in forces {
        let all = crossings(log, clause, *force);
        let since: Vec<_> = all.iter().filter(|(it, _)| (from..=to).contains(&it.day)).collect();
        // Short of it on D-day: the opposite of what it came to next, or else
        // what it had come to before, or else as it stands from the start.
        let before = all.iter().rev().find(|(it, _)| it.day < from);
        let short = match (since.first(), before) {
            (Some((_, met)), _) => *met,
            (None, Some((_, met))) => !*met,
            (None, None) => starts_short(log, clause, *force),
        };
        let arrival = since.iter().find(|(_, met)| *met);
        match arrival {
            Some((it, _)) if short => came.push((*force, *it)),
            None if short => stayed.push(*force),
            _ => {}
        }
        let returns = since.iter().filter(|(_, met)| !*met);
        back.extend(returns.map(|(it, _)| (*force, *it)));
    }
    came.sort_by_key(|(_, it)| (it.day, it.id));
    back.sort_by_key(|(_, it)| (it.day, it.id));
    if let (Some((first, began)), Some((last, ended))) = (came.first(), came.last()) {
        let events: Vec<&Event> = came.iter().map(|(_, it)| *it).collect();
        let to = destinations(log, &came);
        let to =
            if to.is_empty() { String::new() } else { format!(", on the way to {}", list(&to, 3)) };
        let short = came.len() + stayed.len();
        let far = if duty == Duty::Deploy {
            "moved to where the clause wants them"
        } else {
            "moved far enough"
        };
        let text = if came.len() == 1 {
            format!(
                "Of {}{whose} short of it on its D-day, {} (at {}) {} on {}{to}.",
                count(short, "force"),
                title(*first),
                home(*first),
                far.replace("them", "it"),
                date(model, began.day)
            )
        } else {
            format!(
                "Of {}{whose} short of it on its D-day, {} {far}: {} (at {}) first, on {}, {} (at {}) last, on {}{to}.",
                count(short, "force"),
                of_all(came.len(), short),
                title(*first),
                home(*first),
                date(model, began.day),
                title(*last),
                home(*last),
                date(model, ended.day),
            )
        };
        told.on(&events).say(text);
    }
    returned(log, whose, &back, told);
    remained(log, clause, whose, &stayed, told);
    if let Some((least, most)) = standing(log, clause, forces) {
        let range = if most - least < 1.0 {
            format!("{most:.0}")
        } else {
            format!("{least:.0} to {most:.0}")
        };
        told.say(format!("At the end the forces{whose} stood {range}\u{a0}km from its line."));
    }
}

/// Those that had kept the clause and did no longer.
fn returned(log: &Log, whose: &str, back: &[(ForceIndex, &Event)], told: &mut Told) {
    let (Some((first, began)), Some((_, last))) = (back.first(), back.last()) else {
        return;
    };
    let events: Vec<&Event> = back.iter().map(|(_, it)| *it).collect();
    let mut who: Vec<ForceIndex> = back.iter().map(|(force, _)| *force).collect();
    who.sort_unstable();
    who.dedup();
    let title = &log.model.forces[*first].title;
    let who = match who.len() {
        1 => format!("{title} left it again"),
        n => format!("{n} forces{whose} left it again, {title} first,"),
    };
    told.on(&events).say(format!(
        "{who} {} {} ({}).",
        times(back.len()),
        span(log.model, began.day, last.day),
        causes(log, &events)
    ));
}

/// Those that were short of the clause all along.
fn remained(log: &Log, clause: ClauseIndex, whose: &str, stayed: &[ForceIndex], told: &mut Told) {
    if stayed.is_empty() {
        return;
    }
    let model = log.model;
    let names: Vec<&str> = stayed.iter().map(|it| &*model.forces[*it].title).collect();
    let ordered = |force: &&ForceIndex| {
        log.trace.events.iter().any(|event| {
            matches!(event.kind, EventKind::OrderGiven { unit, order: Order::Comply, .. }
                if model.units[unit].clause == clause && model.units[unit].forces.contains(force))
        })
    };
    let why = match (stayed.iter().filter(ordered).count(), stayed.len()) {
        (0, _) => "no order to comply reached them: strategic".into(),
        (some, all) if some == all => "though an order to comply was given at some time".into(),
        (some, _) => format!(
            "{some} of them though an order to comply was given at some time, the rest without one"
        ),
    };
    told.say(format!(
        "{}{whose} at no time kept it by moving: {} ({why}).",
        count(stayed.len(), "force"),
        list(&names, 4)
    ));
}

/// When a force came to meet a clause, and when it no longer did.
fn crossings<'a>(log: &Log<'a>, clause: ClauseIndex, of: ForceIndex) -> Vec<(&'a Event, bool)> {
    let all = log.trace.events.iter().filter_map(|event| match event.kind {
        EventKind::Met { force, clause: c } if (force, c) == (of, clause) => Some((event, true)),
        EventKind::Unmet { force, clause: c } if (force, c) == (of, clause) => Some((event, false)),
        _ => None,
    });
    all.collect()
}

/// Whether a force that never crossed stands short of the clause all along.
fn starts_short(log: &Log, clause: ClauseIndex, force: ForceIndex) -> bool {
    let place = log.trace.tracks[force].1.first().map(|(_, place)| *place);
    let km = place.and_then(|place| km(log, clause, force, place));
    let bound = log.model.clauses[clause].bound.iter();
    let mut deploys = bound.filter(|it| it.force == force && it.duty == Duty::Deploy);
    let away = deploys.next().is_none();
    km.is_some_and(|km| away && km < log.model.clauses[clause].terms.min_km)
}

fn km(log: &Log, clause: ClauseIndex, force: ForceIndex, place: Place) -> Option<f64> {
    let way = log.model.forces[force].routes.get(place.route)?;
    Some(way.clause_km[clause].as_ref()?.km_at(place.metre))
}

/// How near and how far the forces stood at the end, by a clause's distance.
fn standing(log: &Log, clause: ClauseIndex, forces: &[ForceIndex]) -> Option<(f64, f64)> {
    if !matches!(log.model.clauses[clause].kind, Kind::KeepDistance) {
        return None;
    }
    let last = |force: &ForceIndex| log.trace.tracks[*force].1.last().map(|(_, place)| *place);
    let all = forces.iter().filter_map(|force| km(log, clause, *force, last(force)?));
    all.fold(None, |range, km| {
        let (least, most) = range.unwrap_or((km, km));
        Some((f64::min(least, km), f64::max(most, km)))
    })
}

/// Where forces were bound when they crossed: the ends of the ways they are on.
fn destinations(log: &Log, came: &[(ForceIndex, &Event)]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (force, event) in came {
        let track = &log.trace.tracks[*force].1;
        let at = track.iter().find(|(day, _)| *day >= event.day);
        let at = at.or(track.last());
        let way = at.and_then(|(_, place)| log.model.forces[*force].routes.get(place.route));
        if let Some(way) = way {
            let name = &log.model.sites[way.to].title;
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names
}
