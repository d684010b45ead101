//! Who ordered what under a clause, when, and whom it followed in that.

use super::log::Log;
use super::told::Told;
use super::words::{count, date, list, order, percent, times};
use crate::engine::{Event, EventKind};
use crate::model::{ClauseIndex, Order, PartyIndex, UnitIndex};

/// The orders that a party gave on a clause while it was in force.
struct Given<'a> {
    party: PartyIndex,
    events: Vec<&'a Event>,
    /// Of its force-days: comply, defy, conceal.
    shares: [f64; 3],
}

impl<'a> Given<'a> {
    /// The first order to comply.
    fn began(&self) -> Option<&'a Event> {
        self.events.iter().copied().find(|it| asks(it) == Order::Comply)
    }

    /// How many of them followed its patron.
    fn followed(&self) -> usize {
        let of =
            |it: &&&Event| matches!(it.kind, EventKind::OrderGiven { follows_patron: true, .. });
        self.events.iter().filter(of).count()
    }
}

fn asks(event: &Event) -> Order {
    match event.kind {
        EventKind::OrderGiven { order, .. } => order,
        _ => Order::Defy,
    }
}

/// The orders of every party with forces bound by the clause: a sentence or two
/// each, or one for all of them.
pub(super) fn tell(
    log: &Log,
    clause: ClauseIndex,
    (from, to): (u32, u32),
    detail: bool,
    told: &mut Told,
) {
    let mut all = Vec::new();
    for party in log.model.parties.keys() {
        let units = log.model.units.iter_enumerated();
        let units = units
            .filter(|(_, it)| it.clause == clause && it.party == party && !it.forces.is_empty());
        let units: Vec<UnitIndex> = units.map(|(index, _)| index).collect();
        if units.is_empty() {
            continue;
        }
        let mut events = log.find(
            |kind| matches!(kind, EventKind::OrderGiven { unit, .. } if units.contains(&unit)),
        );
        events.retain(|it| it.day <= to);
        let shares = shares(log, &units, &events, (from, to));
        all.push(Given { party, events, shares });
    }
    if detail || all.len() == 1 {
        for given in &all {
            of_party(log, clause, given, told);
            if detail {
                after_hits(log, given, told);
            }
        }
    } else if !all.is_empty() {
        of_all(log, &all, told);
    }
}

/// One sentence on all parties.
fn of_all(log: &Log, all: &[Given], told: &mut Told) {
    let model = log.model;
    let parts = all.iter().map(|given| {
        let name = &model.parties[given.party].title;
        let patron = model.parties[given.party].patron.as_ref();
        let followed = match (given.followed(), patron) {
            (n, Some((patron, _))) if n > 0 => format!(
                "; {n} of {} followed {}",
                count(given.events.len(), "order"),
                model.parties[*patron].title
            ),
            _ => String::new(),
        };
        match given.began() {
            Some(first) => format!(
                "{name} from {} ({}{followed})",
                date(model, first.day),
                percent(given.shares[0])
            ),
            None => format!("{name} never"),
        }
    });
    let parts: Vec<String> = parts.collect();
    let events: Vec<&Event> = all.iter().flat_map(|it| it.events.iter().copied()).collect();
    told.on(&events).say(format!(
        "Compliance was ordered, with the share of the time for which that stood, by {}.",
        parts.join(", ")
    ));
}

fn of_party(log: &Log, clause: ClauseIndex, given: &Given, told: &mut Told) {
    let model = log.model;
    let name = &model.parties[given.party].title;
    let kind = &model.clauses[clause].kind;
    let (Some(first), Some(last)) = (given.events.first(), given.events.last()) else {
        let to = order(kind, Order::Defy);
        told.say(format!("{name} never ordered its forces to comply: they were to {to}."));
        return;
    };
    let Some(began) = given.began() else {
        told.on(&given.events).say(format!(
            "{name} never ordered its forces to comply; on {} it told some to {}.",
            date(model, first.day),
            order(kind, asks(first)),
        ));
        return;
    };
    let steady = given.events.iter().all(|it| asks(it) == Order::Comply);
    let mut text = if steady {
        let until = if last.day == began.day {
            String::new()
        } else {
            format!(", the last of them on {}", date(model, last.day))
        };
        format!(
            "{name} ordered its forces to comply on {}{until}, and held to that.",
            date(model, began.day)
        )
    } else {
        let stood: Vec<String> = [Order::Defy, Order::Conceal]
            .into_iter()
            .zip(&given.shares[1..])
            .filter(|(_, share)| **share >= 0.005)
            .map(|(it, share)| format!("to {} for {}", order(kind, it), percent(*share)))
            .collect();
        let stood =
            if stood.is_empty() { String::new() } else { format!(", {}", stood.join(" and ")) };
        format!(
            "{name} first ordered compliance on {} and gave {} until {}: its forces were to comply for {} of the time{stood}.",
            date(model, began.day),
            count(given.events.len(), "order"),
            date(model, last.day),
            percent(given.shares[0]),
        )
    };
    if let (n, Some((patron, _))) = (given.followed(), &model.parties[given.party].patron)
        && n > 0
    {
        text.push_str(&format!(" In {n} of these it followed {}.", model.parties[*patron].title));
    }
    told.on(&given.events).say(text);
}

/// Orders that were given after a hit.
fn after_hits(log: &Log, given: &Given, told: &mut Told) {
    let name = &log.model.parties[given.party].title;
    let hit = |event: &Event| {
        log.cause(event).filter(|cause| {
            matches!(
                cause.kind,
                EventKind::Struck { .. } | EventKind::FiredBack { .. } | EventKind::Incident { .. }
            )
        })
    };
    for (wanted, to) in [(true, "compliance"), (false, "the contrary")] {
        let of = given.events.iter().copied();
        let of = of.filter(|it| (asks(it) == Order::Comply) == wanted);
        let (orders, hits): (Vec<&Event>, Vec<&Event>) =
            of.filter_map(|it| Some((it, hit(it)?))).unzip();
        let (Some(first), Some(cause)) = (orders.first(), hits.first()) else {
            continue;
        };
        let mut names: Vec<&str> = hits
            .iter()
            .filter_map(|event| match event.kind {
                EventKind::Struck { target, .. } | EventKind::Incident { target, .. } => {
                    Some(target)
                }
                EventKind::FiredBack { target, .. } => target,
                _ => None,
            })
            .map(|it| &*log.model.forces[it].title)
            .collect();
        names.sort_unstable();
        names.dedup();
        told.on(&orders).because(hits.iter().copied()).say(format!(
            "After hits on {} {name} ordered {to} {}, first on {} (the hit before it was on {}).",
            list(&names, 3),
            times(orders.len()),
            date(log.model, first.day),
            date(log.model, cause.day),
        ));
    }
}

/// The shares of force-days under each order: comply, defy, conceal.
fn shares(log: &Log, units: &[UnitIndex], given: &[&Event], (from, to): (u32, u32)) -> [f64; 3] {
    let mut sums = [0.0; 3];
    for unit in units {
        let forces = log.model.units[*unit].forces.len() as f64;
        let (mut since, mut stands) = (from, Order::Defy);
        let mut add = |stands: Order, days: u32| sums[stands as usize] += forces * f64::from(days);
        for event in given {
            if let EventKind::OrderGiven { unit: of, order, .. } = event.kind
                && of == *unit
            {
                let day = event.day.clamp(from, to);
                add(stands, day.saturating_sub(since));
                (since, stands) = (day, order);
            }
        }
        add(stands, to.saturating_sub(since));
    }
    let all: f64 = sums.iter().sum();
    sums.map(|it| if all > 0.0 { it / all } else { 0.0 })
}
