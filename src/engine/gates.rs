//! Starts, deadlines, and the conditions they wait for.

use super::assessment;
use super::delivery;
use super::event::EventKind;
use super::orders;
use super::spells;
use super::view;
use super::world::World;
use crate::model::{ClauseIndex, Duty, Gate, Model, Starter};

/// Starts every phase and clause whose gate has opened by `day`; what starts on
/// a day may start others on the same day.
pub(super) fn open(model: &Model, world: &mut World, day: u32) {
    if day < world.next_gate {
        return;
    }
    judge_verified(model, world, day);
    loop {
        let mut opened = false;
        let mut next = waiting(world);
        for (index, phase) in model.phases.iter().enumerate() {
            if world.phases[index].is_some() {
                continue;
            }
            match opens(world, &phase.starts) {
                Some(opens) if opens <= day => {
                    let cause = cause(world, &phase.starts);
                    let kind = EventKind::PhaseStarted { phase: index };
                    let event = world.happen(day, cause, kind);
                    world.phases[index] = Some((day, event));
                    opened = true;
                }
                opens => next = next.min(opens.unwrap_or(u32::MAX)),
            }
        }
        for (index, clause) in model.clauses.iter().enumerate() {
            if world.clauses[index].started.is_none() {
                match opens(world, &clause.starts) {
                    Some(opens) if opens <= day => {
                        start(model, world, index, day);
                        opened = true;
                    }
                    opens => next = next.min(opens.unwrap_or(u32::MAX)),
                }
            }
            if let (None, Some(deadline)) = (world.clauses[index].due, &clause.deadline) {
                world.clauses[index].due = opens(world, deadline);
            }
        }
        if !opened {
            world.next_gate = next.max(day + 1);
            return;
        }
    }
}

/// The day on which the first running time of a gate on what is verified is up.
fn waiting(world: &World) -> u32 {
    let running = world.verified.iter().filter(|it| it.opened.is_none());
    running
        .filter_map(|it| Some(it.since? + it.for_days))
        .min()
        .unwrap_or(u32::MAX)
}

/// The day a gate opens, if that is settled.
fn opens(world: &World, gate: &Gate) -> Option<u32> {
    match gate {
        Gate::Day(day) => Some(*day),
        Gate::After(starter, days) => started(world, *starter).map(|(day, _)| day + days),
        Gate::Verified { slot, .. } => world.verified[*slot].opened,
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
    let counted = count(model, world, index);
    let bound = model.clauses[index].bound.iter();
    let km = bound.map(|bound| {
        let km = world.forces[bound.force].km.get(bound.obligation);
        km.copied().unwrap_or(f64::NAN)
    });
    let km = km.collect();
    let state = &mut world.clauses[index];
    state.km_on_d_day = km;
    state.started = Some((day, event));
    state.counted = counted;
    state.settled = day.saturating_sub(1);
    spells::begin(model, world, index, day);
    assessment::touch_all(world, index);
    orders::schedule(model, world, index, day, event);
    for bound in &clause.bound {
        view::renew(model, world, bound.force, day);
    }
}

/// By bound force, whether the clause counts it: what it asks is not done yet on
/// D-day, or has to be done from then on.
fn count(model: &Model, world: &mut World, index: ClauseIndex) -> Vec<bool> {
    let clause = &model.clauses[index];
    let mut counted = Vec::with_capacity(clause.bound.len());
    for (at, bound) in clause.bound.iter().enumerate() {
        let view = world.forces[bound.force].stance.view;
        let terms = &world.clauses[index].terms;
        counted.push(match bound.duty {
            Duty::StayOut => !view.full(index),
            Duty::Deploy | Duty::StayIn | Duty::Inactive | Duty::Abstain => true,
            // What holds the way.
            Duty::Open => world.forces[bound.force].km[bound.obligation] < terms.min_km,
            Duty::Authorised => {
                (terms.cap.is_some() || terms.cap_posts.is_some()) && !view.meets(index)
            }
            Duty::Deliver => {
                let held = delivery::held(model, world, index, at, world.draws);
                if let Some(delivery) = &mut world.clauses[index].delivery {
                    delivery.held[at] = held;
                }
                held > 0
            }
        });
    }
    counted
}

/// Judges the conditions on verified clauses on a day. Verified is what the
/// named monitors have seen no longer than `max_age_days` ago, on at least
/// `min_coverage` of the strength. What they hold only changes on a day on
/// which a clause is judged anew, and then gates are looked at.
fn judge_verified(model: &Model, world: &mut World, day: u32) {
    for slot in 0..world.verified.len() {
        let mut gate = world.verified[slot];
        if gate.opened.is_some() {
            continue;
        }
        let recorded = &world.clauses[gate.clause].recorded;
        let observed = recorded.keeping + recorded.violating;
        let holds = world.in_force(gate.clause)
            && observed > 0.0
            && observed >= model.clauses[gate.clause].min_coverage * recorded.total()
            && recorded.keeping >= gate.at_least * observed;
        gate.since = holds.then(|| gate.since.unwrap_or(day));
        gate.opened = gate
            .since
            .filter(|since| day - since >= gate.for_days)
            .map(|_| day);
        world.verified[slot] = gate;
    }
}
