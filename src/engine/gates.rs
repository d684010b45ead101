//! Starts, deadlines, and the conditions they wait for.

use super::assessment;
use super::event::EventKind;
use super::orders;
use super::world::World;
use crate::model::{ClauseIndex, Duty, Gate, Kind, Model, Starter};

/// Starts every phase and clause whose gate has opened by `day`; what starts on
/// a day may start others on the same day.
pub(super) fn open(model: &Model, world: &mut World, day: u32) {
    while world.unopened {
        let mut opened = false;
        world.unopened = false;
        for (index, phase) in model.phases.iter().enumerate() {
            if world.phases[index].is_some() {
                continue;
            }
            if opens(world, &phase.starts).is_some_and(|opens| opens <= day) {
                let event = world.happen(
                    day,
                    cause(world, &phase.starts),
                    EventKind::PhaseStarted { phase: index },
                );
                world.phases[index] = Some((day, event));
                opened = true;
            } else {
                world.unopened = true;
            }
        }
        for (index, clause) in model.clauses.iter().enumerate() {
            if world.clauses[index].started.is_none() {
                if opens(world, &clause.starts).is_some_and(|opens| opens <= day) {
                    start(model, world, index, day);
                    opened = true;
                } else {
                    world.unopened = true;
                }
            }
            if let (None, Some(deadline)) = (world.clauses[index].due, &clause.deadline) {
                match opens(world, deadline) {
                    Some(due) => world.clauses[index].due = Some(due),
                    None => world.unopened = true,
                }
            }
        }
        if !opened {
            return;
        }
    }
}

/// The day a gate opens, if that is settled.
fn opens(world: &World, gate: &Gate) -> Option<u32> {
    match gate {
        Gate::Day(day) => Some(*day),
        Gate::After(starter, days) => started(world, *starter).map(|(day, _)| day + days),
        Gate::Verified { slot, .. } => world.verified[*slot].1,
        Gate::All(gates) => gates
            .iter()
            .try_fold(0, |latest, gate| Some(latest.max(opens(world, gate)?))),
        Gate::Any(gates) => gates.iter().filter_map(|gate| opens(world, gate)).min(),
    }
}

fn started(world: &World, starter: Starter) -> Option<(u32, u32)> {
    match starter {
        Starter::Phase(index) => world.phases[index],
        Starter::Clause(index) => world.clauses[index].started,
    }
}

/// The event that opened a gate, where it is one.
fn cause(world: &World, gate: &Gate) -> Option<u32> {
    match gate {
        Gate::Day(_) => None,
        Gate::After(starter, _) => started(world, *starter).map(|(_, event)| event),
        Gate::Verified { clause, .. } => world.clauses[*clause].kept,
        Gate::All(gates) => gates.iter().filter_map(|gate| cause(world, gate)).max(),
        Gate::Any(gates) => gates
            .iter()
            .filter_map(|gate| Some((opens(world, gate)?, cause(world, gate))))
            .min()
            .and_then(|(_, event)| event),
    }
}

/// D-day of a clause: what is inside now is what it counts.
fn start(model: &Model, world: &mut World, index: ClauseIndex, day: u32) {
    let clause = &model.clauses[index];
    let event = world.happen(
        day,
        cause(world, &clause.starts),
        EventKind::ClauseStarted { clause: index },
    );
    let mut counted = Vec::with_capacity(clause.bound.len());
    for (at, bound) in clause.bound.iter().enumerate() {
        let force = &world.forces[bound.force];
        counted.push(match bound.duty {
            Duty::StayOut => !force.stance.view.full(index),
            Duty::Deploy => true,
            Duty::Authorised => {
                matches!(
                    clause.kind,
                    Kind::Presence {
                        cap_persons: Some(_),
                        ..
                    }
                ) && !force.stance.view.meets(index)
            }
            Duty::Deliver => {
                let held = held_in_scope(model, world, index, bound.force);
                if let Some(delivery) = &mut world.clauses[index].delivery {
                    delivery.held[at] = held;
                }
                held > 0
            }
        });
    }
    let state = &mut world.clauses[index];
    state.started = Some((day, event));
    state.counted = counted;
    orders::schedule(model, world, index, day, event);
}

fn held_in_scope(model: &Model, world: &World, clause: ClauseIndex, force: usize) -> u32 {
    let Kind::Deliver { classes, .. } = &model.clauses[clause].kind else {
        return 0;
    };
    let holdings = model.forces[force]
        .equipment
        .iter()
        .zip(&world.forces[force].equipment);
    holdings
        .filter(|(holding, _)| classes.contains(&holding.class))
        .map(|(_, number)| number)
        .sum()
}

/// Whether a gate still waits for what is verified.
pub(super) fn wait_for_verification(world: &World) -> bool {
    world.verified.iter().any(|(_, opened)| opened.is_none())
}

/// Judges the conditions on verified clauses on a day. Verified is what the
/// named monitors have seen no longer than `max_age_days` ago, on at least
/// `min_coverage` of the strength.
pub(super) fn judge_verified(model: &Model, world: &mut World, day: u32) {
    for gate in model.gates() {
        let Gate::Verified {
            slot,
            clause,
            at_least,
            for_days,
        } = gate
        else {
            continue;
        };
        if world.verified[*slot].1.is_some() {
            continue;
        }
        let recorded = assessment::recorded(model, world, *clause, day);
        let observed = recorded.keeping + recorded.violating;
        let holds = world.in_force(*clause)
            && observed > 0.0
            && observed >= model.clauses[*clause].min_coverage * recorded.total()
            && recorded.keeping >= at_least * observed;
        let since = holds.then(|| world.verified[*slot].0.unwrap_or(day));
        let opened = since.filter(|since| day - since >= *for_days).map(|_| day);
        world.verified[*slot] = (since, opened);
    }
}
