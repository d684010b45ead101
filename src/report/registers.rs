//! What is so of each force, what is recorded of it and what is claimed of it, from
//! date to date in one replicate.

use std::collections::BTreeMap;

use super::words::{date, list};
use crate::engine::EventKind;
use crate::experiment::Trace;
use crate::model::{ClauseIndex, ForceIndex, Model, MonitorIndex, Order, Says, TiVec, ti_vec};

/// The three registers of a force: (turn, what), by turn.
#[derive(Debug, Clone, Default)]
pub(super) struct Registers {
    /// Whether it stands or moves, and its orders.
    pub(super) truth: Vec<(usize, String)>,
    /// What monitors registered of it last.
    pub(super) recorded: Vec<(usize, String)>,
    /// What was said of it last.
    pub(super) claimed: Vec<(usize, String)>,
}

/// What a force's registers stand on.
#[derive(Debug, Clone, Default)]
struct State {
    moving: bool,
    /// By clause.
    orders: BTreeMap<ClauseIndex, Order>,
    /// By clause: keeping, monitor, day of the sighting.
    seen: BTreeMap<ClauseIndex, (bool, MonitorIndex, u32)>,
}

/// By force, its registers on the dates of these days.
pub(super) fn of(model: &Model, trace: &Trace, days: &[u32]) -> TiVec<ForceIndex, Registers> {
    let mut all = ti_vec![Registers::default(); model.forces.len()];
    let mut states = ti_vec![State::default(); model.forces.len()];
    for (registers, state) in all.iter_mut().zip(&states) {
        put(&mut registers.truth, 0, truth(model, state));
    }
    for event in &trace.events {
        let turn = days.partition_point(|day| *day < event.day);
        let day = || date(model.calendar.date(event.day));
        match event.kind {
            EventKind::Departed { force, .. } | EventKind::Halted { force } => {
                states[force].moving = matches!(event.kind, EventKind::Departed { .. });
                put(&mut all[force].truth, turn, truth(model, &states[force]));
            }
            EventKind::OrderGiven { unit, order, .. } => {
                for (number, force) in model.forces.iter_enumerated() {
                    let own = force.obligations.iter().filter(|it| it.unit == unit);
                    let mut any = false;
                    for obligation in own {
                        states[number].orders.insert(obligation.clause, order);
                        any = true;
                    }
                    if any {
                        put(&mut all[number].truth, turn, truth(model, &states[number]));
                    }
                }
            }
            EventKind::Registered { monitor, force, clause, keeping, seen } => {
                states[force].seen.insert(clause, (keeping, monitor, seen));
                put(&mut all[force].recorded, turn, recorded(model, &states[force]));
            }
            EventKind::Reported { party, force, clause, keeping } => {
                let keeps = if keeping { "keeps" } else { "does not keep" };
                let text = format!(
                    "it {keeps} {} (report by {}, {})",
                    model.clauses[clause].title,
                    model.parties[party].title,
                    day()
                );
                put(&mut all[force].claimed, turn, text);
            }
            EventKind::ClaimMade { claim } => {
                let it = &model.claims[claim];
                let says = match it.says {
                    Says::Keeping => "is kept",
                    Says::Violating => "is violated",
                    Says::Denies => "does not exist, or the force does not",
                };
                let text = format!(
                    "{} {says} ({}, {})",
                    model.clauses[it.clause].title,
                    model.parties[it.by].title,
                    day()
                );
                for bound in &model.clauses[it.clause].bound {
                    let party = model.forces[bound.force].commander;
                    if it.about.get(party).copied().unwrap_or(false) {
                        put(&mut all[bound.force].claimed, turn, text.clone());
                    }
                }
            }
            _ => {}
        }
    }
    all
}

/// The last word of a turn stands.
fn put(list: &mut Vec<(usize, String)>, turn: usize, text: String) {
    if let Some(last) = list.last_mut().filter(|(own, _)| *own == turn) {
        last.1 = text;
    } else if list.last().is_none_or(|(_, last)| *last != text) {
        list.push((turn, text));
    }
}

fn truth(model: &Model, state: &State) -> String {
    let how = if state.moving { "on the move" } else { "stands still" };
    let of = |wanted: Order| -> Vec<&str> {
        let own = state.orders.iter().filter(|(_, order)| **order == wanted);
        own.map(|(clause, _)| model.clauses[*clause].title.as_str()).collect()
    };
    let mut parts = vec![how.to_owned()];
    for (order, word) in [
        (Order::Comply, "ordered to comply with"),
        (Order::Defy, "ordered to go openly against"),
        (Order::Conceal, "ordered to go in hiding against"),
    ] {
        let clauses = of(order);
        match clauses.len() {
            0 => {}
            1 | 2 => parts.push(format!("{word} {}", list(clauses))),
            more => parts.push(format!("{word} {more} clauses")),
        }
    }
    parts.join("; ")
}

fn recorded(model: &Model, state: &State) -> String {
    let of = |wanted: bool| {
        let own = state.seen.iter().filter(move |(_, it)| it.0 == wanted);
        own.max_by_key(|(_, it)| it.2).map(|(clause, it)| (*clause, *it))
    };
    let count = |wanted: bool| state.seen.values().filter(|it| it.0 == wanted).count();
    let mut parts = Vec::new();
    for (keeping, word) in [(false, "seen violating"), (true, "seen keeping")] {
        let Some((clause, (_, monitor, seen))) = of(keeping) else {
            continue;
        };
        let what = match count(keeping) {
            1 => model.clauses[clause].title.clone(),
            more => format!("{more} clauses, last {}", model.clauses[clause].title),
        };
        parts.push(format!(
            "{word} {what} ({}, {})",
            model.monitors[monitor].title,
            date(model.calendar.date(seen))
        ));
    }
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_of_a_turn_stands_and_what_stays_is_said_once() {
        let mut list = Vec::new();
        for (turn, text) in [(0, "a"), (1, "b"), (1, "c"), (3, "c"), (4, "a")] {
            put(&mut list, turn, text.to_owned());
        }
        let said: Vec<(usize, &str)> = list.iter().map(|(at, it)| (*at, it.as_str())).collect();
        assert_eq!(said, [(0, "a"), (1, "c"), (4, "a")]);
    }
}
