//! Starts, deadlines, ends, and the conditions they wait for.

use super::{caps, deadlock, reviews, spells, terms, view, weights};
use crate::engine::state::{Act, EventKind, Fact, World};
use crate::model::{
    ActKind, BoundIndex, ClauseIndex, Condition, Duty, Gate, Model, Starter, TiVec,
};

/// Starts every phase and clause whose gate has opened by `day`, ends what
/// expires and makes the changes that fall due; what happens on a day may open
/// other gates on the same day.
pub(super) fn open(model: &Model, world: &mut World, day: u32) {
    hear(model, world, day);
    if day < world.changes.next_gate {
        return;
    }
    judge_conditions(model, world, day);
    let mut moved = day == 0;
    loop {
        let mut opened = false;
        let mut next = waiting(model, world, day);
        let mut look = |opens: Option<u32>| {
            let due = opens.is_some_and(|opens| opens <= day);
            if !due {
                next = next.min(opens.unwrap_or(u32::MAX));
            }
            due
        };
        for (index, phase) in model.phases.iter_enumerated() {
            if world.phases[index].is_none() && look(opens(model, world, &phase.starts)) {
                let cause = cause(world, model, &phase.starts);
                let kind = EventKind::PhaseStarted { phase: index };
                let event = world.happen(day, cause, kind);
                world.phases[index] = Some((day, event));
                opened = true;
            }
        }
        for (index, clause) in model.clauses.iter_enumerated() {
            if let (None, Some(expires)) = (world.clauses[index].expires, &clause.expires) {
                world.clauses[index].expires = opens(model, world, expires);
            }
            let state = &world.clauses[index];
            if state.ended.is_none() && state.expires.is_some() && look(state.expires) {
                terms::end(model, world, index, day);
                opened = true;
            }
            let state = &world.clauses[index];
            if state.started.is_none()
                && state.ended.is_none()
                && look(opens(model, world, &clause.starts))
            {
                let cause = cause(world, model, &clause.starts);
                start(model, world, index, day, cause);
                opened = true;
            }
            if let (None, Some(deadline)) = (world.clauses[index].due, &clause.deadline) {
                world.clauses[index].due = opens(model, world, deadline);
                world.clauses[index].first_due = world.clauses[index].due;
                if world.clauses[index].due.is_some() {
                    world.note(model, Fact::Due);
                }
            }
            for (at, milestone) in clause.milestones.iter().enumerate() {
                if world.clauses[index].milestones[at].due.is_none() {
                    let due = opens(model, world, &milestone.by);
                    world.clauses[index].milestones[at].due = due;
                    if due.is_some() {
                        world.note(model, Fact::Due);
                    }
                }
            }
        }
        for (index, change) in model.changes.iter_enumerated() {
            let Some(when) = change.when.as_ref() else {
                continue;
            };
            if !world.terms[index].opened && look(opens(model, world, when)) {
                world.terms[index].opened = true;
                let cause = cause(world, model, when);
                terms::make(model, world, index, None, (day, cause));
                opened = true;
            }
        }
        if !opened {
            world.changes.next_gate = next.max(day + 1);
            break;
        }
        moved = true;
    }
    if moved {
        deadlock::look(model, world, day);
    }
}

/// The day on which a condition is to be looked at again, if nothing happens.
fn waiting(model: &Model, world: &World, day: u32) -> u32 {
    let states = model.conditions.iter().zip(&world.conditions);
    let running = states.filter(|(_, it)| it.opened.is_none());
    let next = running.filter_map(|(condition, state)| match condition {
        Condition::Verified { for_days, .. } => Some(state.since? + for_days),
        Condition::Quiet { days, .. } => Some(state.since? + days),
        Condition::Deployed { .. } => Some(day + 1),
        Condition::Present { clause, .. } => world.in_force(*clause).then_some(day + 1),
        Condition::Done(_)
        | Condition::Missed(_)
        | Condition::Acted { .. }
        | Condition::Came(_) => None,
    });
    next.min().unwrap_or(u32::MAX)
}

/// The day a gate opens, if that is settled.
pub(super) fn opens(model: &Model, world: &World, gate: &Gate) -> Option<u32> {
    ready(model, world, gate, &mut Vec::new())
}

/// The day a gate opens, if all of `together`, which wait for each other, are
/// ready but for this gate.
fn ready(model: &Model, world: &World, gate: &Gate, together: &mut Vec<Starter>) -> Option<u32> {
    match gate {
        Gate::Day(day) => Some(*day),
        Gate::After(starter, days) => started(world, *starter).map(|(day, _)| day + days),
        Gate::When(slot) => world.conditions[*slot].opened,
        Gate::With(starter) => match started(world, *starter) {
            Some((day, _)) => Some(day),
            None if together.contains(starter) => Some(0),
            None => {
                together.push(*starter);
                let day = ready(model, world, model.starts(*starter), together);
                together.pop();
                day
            }
        },
        Gate::All(gates) => gates
            .iter()
            .try_fold(0, |latest, gate| Some(latest.max(ready(model, world, gate, together)?))),
        Gate::Any(gates) => {
            gates.iter().filter_map(|gate| ready(model, world, gate, together)).min()
        }
    }
}

pub(super) fn started(world: &World, starter: Starter) -> Option<(u32, u32)> {
    match starter {
        Starter::Phase(index) => world.phases[index],
        Starter::Clause(index) => world.clauses[index].started,
    }
}

/// The event that opened a gate, where it is one.
fn cause(world: &World, model: &Model, gate: &Gate) -> Option<u32> {
    match gate {
        Gate::Day(_) => None,
        Gate::After(starter, _) | Gate::With(starter) => {
            started(world, *starter).map(|(_, event)| event)
        }
        Gate::When(slot) => match &model.conditions[*slot] {
            Condition::Verified { clause, .. } | Condition::Done(clause) => {
                world.clauses[*clause].kept
            }
            Condition::Missed(clause) | Condition::Present { clause, .. } => {
                world.clauses[*clause].started.map(|(_, event)| event)
            }
            _ => None,
        },
        Gate::All(gates) => gates.iter().filter_map(|gate| cause(world, model, gate)).max(),
        Gate::Any(gates) => gates
            .iter()
            .filter_map(|gate| Some((opens(model, world, gate)?, cause(world, model, gate))))
            .min()
            .and_then(|(_, event)| event),
    }
}

/// D-day of a clause.
fn start(model: &Model, world: &mut World, index: ClauseIndex, day: u32, cause: Option<u32>) {
    let event = world.happen(day, cause, EventKind::ClauseStarted { clause: index });
    count_inside(model, world, index);
    let state = &mut world.clauses[index];
    state.started = Some((day, event));
    state.settled = day.saturating_sub(1);
    world.note(model, Fact::Force(index));
    spells::begin(model, world, index, day);
    world.note(model, Fact::Terms(index));
    caps::settle(model, world, index, day);
    reviews::schedule(model, world, index, day, event);
    for bound in &model.clauses[index].bound {
        let shown = world.forces[bound.force].stance.shown;
        view::renew(model, world, bound.force, shown, day);
    }
    if clause_is_read(model, index) {
        terms::carry_out(model, world, index, day);
    }
}

/// Whether a clause is a reading, whose orders are those of the clause read.
fn clause_is_read(model: &Model, index: ClauseIndex) -> bool {
    model.clauses[index].reading_of.is_some()
}

/// What is inside now is what a clause counts.
pub(super) fn count_inside(model: &Model, world: &mut World, index: ClauseIndex) {
    let bound = model.clauses[index].bound.iter();
    let km = bound.map(|bound| {
        let km = world.forces[bound.force].km.get(bound.obligation);
        km.copied().unwrap_or(f64::NAN)
    });
    world.clauses[index].km_on_d_day = km.collect();
    world.clauses[index].counted = count(model, world, index);
    for at in model.clauses[index].bound.keys() {
        let weight = weights::strength(model, world, index, at, true);
        // Of a clause that the parties commit to again the first D-day stands.
        let first = &mut world.clauses[index].weight_on_d_day[at];
        *first = if *first > 0.0 { *first } else { weight };
    }
}

/// By bound force, whether the clause counts it: what it asks is not done yet on
/// D-day, or has to be done from then on.
fn count(model: &Model, world: &mut World, index: ClauseIndex) -> TiVec<BoundIndex, bool> {
    let clause = &model.clauses[index];
    let mut counted = TiVec::with_capacity(clause.bound.len());
    for (at, bound) in clause.bound.iter_enumerated() {
        counted.push(if bound.duty == Duty::Deliver {
            let held = weights::held(model, world, index, at, world.draws);
            if let Some(delivery) = &mut world.clauses[index].delivery {
                delivery.held[at] = held;
            }
            held > 0
        } else {
            weights::is_inside(model, world, index, at)
        });
    }
    counted
}

/// What has been done since gates last heard: fire, a strike or a prepared assault between the
/// parties begins the quiet anew, and acts that a gate waits for are counted.
pub(super) fn hear(model: &Model, world: &mut World, day: u32) {
    let from = std::mem::replace(&mut world.today.heard, world.today.acts.len());
    if from == world.today.acts.len() {
        return;
    }
    let mut counted = false;
    for (condition, state) in model.conditions.iter().zip(&mut world.conditions) {
        let acts = &world.today.acts[from..];
        match condition {
            Condition::Quiet { between, at, from, .. } => {
                let breaks = |act: &Act| {
                    let loud = [ActKind::Fire, ActKind::Strike, ActKind::AssaultPrepared];
                    loud.iter().any(|kind| act.kind.is(*kind))
                        && between[act.by]
                        && act.against.is_none_or(|against| between[against])
                        && at.as_ref().is_none_or(|at| {
                            let mut forces = act.force.iter().chain(&act.target);
                            forces.any(|force| at[model.forces[*force].home])
                        })
                };
                if acts.iter().any(breaks) {
                    state.since = Some(day.max(*from));
                }
            }
            Condition::Acted { act, by, against, .. } => {
                let those = acts.iter().filter(|it| {
                    it.kind.is(*act)
                        && by[it.by]
                        && (against.is_empty() || it.against.is_some_and(|it| against[it]))
                });
                let more = those.count() as u32;
                state.count += more;
                counted |= more > 0;
            }
            _ => {}
        }
    }
    if counted {
        world.note(model, Fact::Awaited);
    }
}

/// Judges the conditions that have not come true yet. Verified is what the
/// named monitors have seen no longer than `max_age_days` ago, on at least
/// `min_coverage` of the strength. What they hold only changes on a day on
/// which a clause is judged anew, and then gates are looked at.
fn judge_conditions(model: &Model, world: &mut World, day: u32) {
    for (slot, condition) in model.conditions.iter_enumerated() {
        let mut state = world.conditions[slot];
        if state.opened.is_some() {
            continue;
        }
        let (holds, for_days) = match condition {
            Condition::Verified { clause, at_least, for_days } => {
                (verified(model, world, *clause, *at_least), *for_days)
            }
            Condition::Done(clause) => (world.clauses[*clause].first_kept.is_some(), 0),
            Condition::Missed(clause) => (world.clauses[*clause].deadline_met == Some(false), 0),
            Condition::Present { clause, at_least, for_days } => {
                let inside = weights::inside(model, world, *clause);
                (world.in_force(*clause) && inside >= at_least - 1e-9, *for_days)
            }
            Condition::Deployed { monitors, at_least, at_least_persons } => {
                let on_duty = || monitors.iter().filter(|it| world.monitors[**it].on_duty);
                let share = on_duty().count() as f64 / monitors.len() as f64;
                let persons: f64 = on_duty().map(|it| world.monitors[*it].persons_on_duty()).sum();
                (share >= at_least - 1e-9 && persons >= at_least_persons - 1e-9, 0)
            }
            Condition::Quiet { days, .. } => (true, *days),
            Condition::Acted { count, .. } => (state.count >= *count, 0),
            Condition::Came(event) => (world.conflict.came[*event], 0),
        };
        state.since = holds.then(|| state.since.unwrap_or(day));
        let long = state.since.filter(|since| day >= since + for_days);
        state.opened = long.map(|_| day);
        world.conditions[slot] = state;
    }
}

/// Whether a clause is verified kept.
pub(super) fn verified(model: &Model, world: &World, clause: ClauseIndex, at_least: f64) -> bool {
    let recorded = &world.clauses[clause].recorded;
    let observed = recorded.keeping + recorded.violating;
    world.in_force(clause)
        && observed > 0.0
        && observed >= model.clauses[clause].min_coverage * recorded.total()
        && recorded.keeping >= at_least * observed
}

#[cfg(test)]
mod tests {
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn a_clause_starts_on_its_day_after_another_and_once_something_is_verified() {
        let after = |id: &str, starts: &str| {
            format!(
                "[[clause]]\nid = \"{id}\"\nkind = \"act\"\nbinds = [\"blue\"]\nstarts = {starts}\n"
            )
        };
        let tables = [
            BACK.to_owned(),
            ordered("red", "comply", &[]),
            ordered("blue", "comply", &[]),
            after("dated", "2030-01-06"),
            after("later", "{ after = \"dated\", days = 3 }"),
            after("seen", "{ verified = \"back\", for_days = 4 }"),
            after("both", "{ all = [{ after = \"dated\" }, { verified = \"back\" }] }"),
        ];
        let mut trial = Trial::new(&tables.concat());
        trial.until(30);
        let on = |id| trial.world.clauses[trial.clause(id)].started.map(|(day, _)| day);
        assert_eq!((on("dated"), on("later")), (Some(5), Some(8)));
        // There after two days; seen to be there by the end of the third at the latest.
        let seen = on("seen").unwrap();
        assert!((6..=8).contains(&seen), "{seen}");
        assert_eq!(on("both"), Some(5));
    }

    #[test]
    fn who_is_there_already_is_not_counted_on_d_day() {
        let stays = ordered("red", "defy", &[]);
        let near = BACK.replace("min_km = 50", "min_km = 5");
        let trial = Trial::new(&format!("{near}{stays}"));
        assert_eq!(trial.world.clauses[trial.clause("back")].counted.raw, [false]);
        let trial = Trial::new(&format!("{BACK}{stays}"));
        assert_eq!(trial.world.clauses[trial.clause("back")].counted.raw, [true]);
    }
}
