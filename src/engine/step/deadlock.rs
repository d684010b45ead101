//! Gates that block, and gates that wait for each other.

use super::gates::started;
use crate::engine::state::{EventId, EventKind, World};
use crate::model::{ClauseIndex, Condition, Gate, Model, Starter};

/// What a gate that has not opened waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wait {
    /// For nothing.
    Open,
    /// For a day to come.
    Day,
    /// For a condition.
    Condition,
}

/// Whether a phase or clause waits for a condition, every day that it also
/// waits for being past: its gate blocks.
pub fn blocked(model: &Model, world: &World, starter: Starter) -> bool {
    if started(world, starter).is_some() || ended(world, starter) {
        return false;
    }
    wait(model, world, model.starts(starter), &mut vec![starter]) == Wait::Condition
}

fn wait(model: &Model, world: &World, gate: &Gate, within: &mut Vec<Starter>) -> Wait {
    let of_day = |day: u32| {
        if day <= world.day { Wait::Open } else { Wait::Day }
    };
    match gate {
        Gate::Day(day) => of_day(*day),
        Gate::When(slot) => match world.conditions[*slot].opened {
            Some(_) => Wait::Open,
            None => Wait::Condition,
        },
        Gate::After(starter, _) | Gate::With(starter) => match (gate, started(world, *starter)) {
            (Gate::After(_, days), Some((day, _))) => of_day(day + days),
            (_, Some(_)) => Wait::Open,
            (Gate::With(_), None) if within.contains(starter) => Wait::Open,
            _ if within.contains(starter) => Wait::Condition,
            _ => {
                within.push(*starter);
                let it = wait(model, world, model.starts(*starter), within);
                within.pop();
                it
            }
        },
        Gate::All(gates) => {
            let all: Vec<Wait> =
                gates.iter().map(|gate| wait(model, world, gate, within)).collect();
            match () {
                () if all.contains(&Wait::Day) => Wait::Day,
                () if all.contains(&Wait::Condition) => Wait::Condition,
                () => Wait::Open,
            }
        }
        Gate::Any(gates) => {
            let any: Vec<Wait> =
                gates.iter().map(|gate| wait(model, world, gate, within)).collect();
            match () {
                () if any.contains(&Wait::Open) => Wait::Open,
                () if any.contains(&Wait::Day) => Wait::Day,
                () => Wait::Condition,
            }
        }
    }
}

/// Finds out which phases and clauses can no longer start, because what they
/// wait for waits for them, or has ended; each is told once.
pub(super) fn look(model: &Model, world: &mut World, day: u32) {
    if model.conditions.is_empty() && model.clauses.iter().all(|it| it.expires.is_none()) {
        return;
    }
    let stuck = stuck(model, world);
    world.deadlocks.retain(|(it, _)| stuck.contains(it));
    for starter in stuck {
        if !world.deadlocks.iter().any(|(it, _)| *it == starter) {
            world.deadlocks.push((starter, day));
            let cause = end_of(model, world, model.starts(starter));
            world.happen(day, cause, EventKind::Deadlocked { starter });
        }
    }
}

/// Those not started of which nothing shows that they can start: what can is
/// found by going round until nothing is added.
fn stuck(model: &Model, world: &World) -> Vec<Starter> {
    let mut rest: Vec<Starter> =
        model.starters().filter(|it| started(world, *it).is_none() && !ended(world, *it)).collect();
    loop {
        let can = |starter: &Starter| {
            let gate = model.starts(*starter);
            can_open(model, world, gate, &rest, &mut vec![*starter])
        };
        let left: Vec<Starter> = rest.iter().copied().filter(|it| !can(it)).collect();
        if left.len() == rest.len() {
            return rest;
        }
        rest = left;
    }
}

fn can_open(
    model: &Model,
    world: &World,
    gate: &Gate,
    stuck: &[Starter],
    together: &mut Vec<Starter>,
) -> bool {
    let can_start = |starter: Starter| {
        started(world, starter).is_some() || !(ended(world, starter) || stuck.contains(&starter))
    };
    match gate {
        Gate::Day(_) => true,
        Gate::After(starter, _) => can_start(*starter),
        Gate::With(starter) if together.contains(starter) || can_start(*starter) => true,
        Gate::With(starter) if ended(world, *starter) => false,
        Gate::With(starter) => {
            together.push(*starter);
            let can = can_open(model, world, model.starts(*starter), stuck, together);
            together.pop();
            can
        }
        Gate::When(slot) => {
            world.conditions[*slot].opened.is_some()
                || match &model.conditions[*slot] {
                    Condition::Verified { clause, .. }
                    | Condition::Done(clause)
                    | Condition::Missed(clause)
                    | Condition::Present { clause, .. } => {
                        let starter = Starter::Clause(*clause);
                        !ended(world, starter) && can_start(starter)
                    }
                    Condition::Deployed { .. }
                    | Condition::Quiet { .. }
                    | Condition::Acted { .. }
                    | Condition::Came(_) => true,
                }
        }
        Gate::All(gates) => gates.iter().all(|gate| can_open(model, world, gate, stuck, together)),
        Gate::Any(gates) => gates.iter().any(|gate| can_open(model, world, gate, stuck, together)),
    }
}

/// The event by which something ended that a gate waits for: the last one.
fn end_of(model: &Model, world: &World, gate: &Gate) -> Option<EventId> {
    let of_clause = |clause: ClauseIndex| world.clauses[clause].ended.map(|(_, event)| event);
    match gate {
        Gate::Day(_) => None,
        Gate::After(starter, _) | Gate::With(starter) => match starter {
            Starter::Phase(_) => None,
            Starter::Clause(clause) => of_clause(*clause),
        },
        Gate::When(slot) => match &model.conditions[*slot] {
            Condition::Verified { clause, .. }
            | Condition::Done(clause)
            | Condition::Missed(clause)
            | Condition::Present { clause, .. } => of_clause(*clause),
            Condition::Deployed { .. }
            | Condition::Quiet { .. }
            | Condition::Acted { .. }
            | Condition::Came(_) => None,
        },
        Gate::All(gates) | Gate::Any(gates) => {
            let ends = gates.iter().filter_map(|gate| end_of(model, world, gate));
            ends.max()
        }
    }
}

fn ended(world: &World, starter: Starter) -> bool {
    match starter {
        Starter::Phase(_) => false,
        Starter::Clause(index) => world.clauses[index].ended.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn a_gate_that_waits_for_what_has_ended_can_never_open() {
        let next = "[[clause]]\nid = \"next\"\nkind = \"act\"\nbinds = [\"blue\"]\n\
                    starts = { verified = \"back\" }\n";
        let back = BACK.replace("min_km = 50", "min_km = 50\nexpires = 2030-01-21");
        let mut trial = Trial::new(&format!(
            "{back}{next}{}{}",
            ordered("red", "defy", &[]),
            ordered("blue", "comply", &[])
        ));
        let starter = Starter::Clause(trial.clause("next"));
        trial.until(15);
        assert!(blocked(&trial.model, &trial.world, starter));
        assert!(trial.world.deadlocks.is_empty());
        trial.until(25);
        assert_eq!(trial.world.deadlocks, [(starter, 20)]);
        assert_eq!(trial.events(|it| matches!(it, EventKind::Deadlocked { .. })), 1);
    }
}
