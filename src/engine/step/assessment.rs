//! How far each clause is kept, in three registers.
//!
//! A clause is judged anew only on a day on which something of it changed; in
//! between its shares stand, and the sums over days take them as they stand.

use super::split::{excused, split, split_each};
use super::{by_party, tally, toll, weights};
use crate::engine::state::{ClauseState, EventKind, Fact, Split, View, World};
use crate::model::{BoundIndex, ClauseIndex, Duty, Kind, Model, Says};

/// Judges on a day every clause of which something changed, or on which
/// something falls due.
pub(super) fn assess(model: &Model, world: &mut World, day: u32) {
    let Some((those, all)) = world.changes.to_judge(day) else {
        return;
    };
    let mut next = u32::MAX;
    for index in those.iter() {
        if day >= world.clauses[index].next_expiry {
            expire(model, world, index, day);
        }
        let state = &world.clauses[index];
        let mut due = next_due(model, state, index);
        if state.stale != Default::default() || due <= day {
            let (stale, before) = (state.stale, state.shares);
            settle(model, world, index, day.saturating_sub(1));
            refresh(model, world, index);
            let in_truth = stale.truth || due <= day || {
                let now = world.clauses[index].shares;
                [now.met, now.with_losses, now.full, now.unrestricted].map(f64::to_bits)
                    != [before.met, before.with_losses, before.full, before.unrestricted]
                        .map(f64::to_bits)
            };
            world.changes.judged_anew(index, stale.by_register(), in_truth);
            judge(model, world, index, day);
            due = next_due(model, &world.clauses[index], index);
        }
        next = next.min(world.clauses[index].next_expiry).min(due);
    }
    world.changes.judged(next, all);
}

/// The first day of those on which a clause is to have reached something, and on
/// which it has not been seen yet whether it has.
fn next_due(model: &Model, state: &ClauseState, index: ClauseIndex) -> u32 {
    let grace = model.clauses[index].grace_days;
    let deadline = state.due_on().filter(|_| state.deadline_met.is_none());
    let milestones = state.milestones.iter().filter(|it| it.met.is_none());
    let deadline = deadline.map(|due| due + grace);
    milestones.filter_map(|it| it.due).chain(deadline).min().unwrap_or(u32::MAX)
}

/// Whether observations of a clause have grown too old by a day.
fn expire(model: &Model, world: &mut World, index: ClauseIndex, day: u32) {
    let age = model.clauses[index].expires_after;
    let mut next = u32::MAX;
    for at in model.clauses[index].bound.keys() {
        let observed = &mut world.clauses[index].observed[at];
        let Some(it) = observed.as_mut().filter(|it| it.counts) else {
            continue;
        };
        let expires = it.day.saturating_add(age);
        if expires <= day {
            it.counts = false;
            let before = Some(it.keeping);
            tally::observe(model, world, (index, at), (before, None));
        } else {
            next = next.min(expires);
        }
    }
    world.clauses[index].next_expiry = next;
}

/// Takes the shares as they stand into the sums, for the days up to `through`
/// that are not in them yet and lie after the clause fell due.
pub(super) fn settle(model: &Model, world: &mut World, index: ClauseIndex, through: u32) {
    let state = &mut world.clauses[index];
    let counts_from = match &model.clauses[index].deadline {
        Some(_) => state.due_on().map(|due| due + model.clauses[index].grace_days),
        None => state.started.map(|(day, _)| day),
    };
    if let Some(from) = counts_from {
        let from = from.max(state.settled);
        if through > from {
            let days = f64::from(through - from);
            let shares = state.shares;
            let is = |share: f64| !share.is_nan();
            let more = |sum, share| if is(share) { sum + share * days } else { sum };
            state.sums = state.sums.zip(&shares, more);
            let more = |sum, share| if is(share) { sum + days } else { sum };
            state.days = state.days.zip(&shares, more);
        }
    }
    state.settled = state.settled.max(through);
}

/// Closes a turn: sums up to its last day, and what is read off at its end.
pub(super) fn close(model: &Model, world: &mut World, day: u32) {
    for index in world.changes.in_force().clone().iter() {
        settle(model, world, index, day);
    }
    for index in world.changes.to_share().iter() {
        by_party::share_out(model, world, index, world.changes.to_share_of(index));
    }
    let [reordered, shifted, shifted_outside] = world.changes.close();
    for index in reordered.iter() {
        ordered(model, world, index);
    }
    for index in shifted.intersection(world.changes.in_force()).iter() {
        shortfall(model, world, index);
    }
    for index in shifted_outside.iter() {
        if world.in_force(index) {
            unbound(model, world, index);
        } else {
            world.clauses[index].unbound_km.clear();
        }
    }
}

/// The shares of the counted strength under each order.
fn ordered(model: &Model, world: &mut World, index: ClauseIndex) {
    let mut under = [0.0; 3];
    let bound = model.clauses[index].bound.iter();
    for (bound, counted) in bound.zip(&world.clauses[index].counted) {
        if *counted {
            let order = world.units[bound.unit].order;
            under[order as usize] += f64::from(world.forces[bound.force].strength);
        }
    }
    let all: f64 = under.iter().sum();
    world.clauses[index].ordered = under.map(|it| it / all);
}

/// Brings the registers that are stale up to date.
fn refresh(model: &Model, world: &mut World, index: ClauseIndex) {
    let stale = std::mem::take(&mut world.clauses[index].stale);
    let mut shares = world.clauses[index].shares;
    let plain = tally::is_plain(model, world, index);
    if plain && stale.truth {
        world.clauses[index].tally = tally::count(model, world, index);
    }
    // What follows each change comes to what a count comes to.
    debug_assert!(!plain || world.clauses[index].tally == tally::count(model, world, index));
    let splits = if plain && (stale.truth || stale.tallied) {
        Some(tally::splits(model, world, index))
    } else if stale.truth {
        let whole = whole(model, world, index).map(|it| [it; 3]);
        Some(whole.unwrap_or_else(|| {
            [
                truth(model, world, index, true, |view| view.meets(index)),
                truth(model, world, index, true, |view| view.full(index)),
                truth(model, world, index, false, |view| view.meets(index)),
            ]
        }))
    } else {
        None
    };
    if let Some([met, full, unrestricted]) = splits {
        let lost = world.clauses[index].lost_violating;
        let of = |split: Split, lost: f64| {
            let all = split.total() + lost;
            if all > 0.0 { split.keeping / all } else { toll::of_nobody(model, world, index) }
        };
        // Where all that is left are those who died violating, nobody keeps it.
        let living = |split: Split| {
            if split.total() <= 0.0 && lost > 0.0 { f64::NAN } else { of(split, 0.0) }
        };
        (shares.met, shares.full, shares.unrestricted) =
            (living(met), living(full), living(unrestricted));
        shares.with_losses = of(met, lost);
    }
    if stale.recorded || stale.observed {
        if plain && stale.recorded {
            world.clauses[index].seen = tally::count_seen(model, world, index);
        }
        debug_assert!(
            !plain || world.clauses[index].seen == tally::count_seen(model, world, index)
        );
        let recorded = if plain {
            tally::recorded(model, world, index)
        } else {
            recorded(model, world, index)
        };
        let observed = recorded.total();
        if world.clauses[index].delivery.is_some() {
            world.note(model, Fact::DeliveryRecorded);
        }
        shares.seen_keeping = recorded.keeping / observed;
        shares.seen_violating = recorded.violating / observed;
        shares.not_observed = recorded.unknown / observed;
        world.clauses[index].recorded = recorded;
        if model.kinds.awaited.contains(index) {
            world.note(model, Fact::Awaited);
        }
    }
    if stale.claimed {
        let weight = plain.then(|| tally::counted(world, index));
        (shares.claimed_keeping, shares.claimed_violating) = claimed(model, world, index, weight);
    }
    world.clauses[index].shares = shares;
}

/// Whether the clause is kept on a day, and what follows from that.
fn judge(model: &Model, world: &mut World, index: ClauseIndex, day: u32) {
    let state = &world.clauses[index];
    let kept = state.shares.met >= state.terms.kept_at - 1e-9;
    let Some((_, started)) = state.started else {
        return;
    };
    let started = Some(started);
    if kept != state.kept.is_some() {
        let cause = latest_order(model, world, index).or(started);
        let state = &mut world.clauses[index];
        if kept {
            state.first_kept = state.first_kept.or(Some(day));
            if state.deadline_met == Some(false) {
                state.caught_up = state.caught_up.or(Some(day));
            }
            let event = world.happen(day, cause, EventKind::ClauseKept { clause: index });
            world.clauses[index].kept = Some(event);
            // A step may be done that a gate waits for.
            world.note(model, Fact::Awaited);
        } else {
            state.kept = None;
            // A clause to abstain is broken by an act.
            let act = state.abstain.as_ref().and_then(|it| it.last);
            let kind = EventKind::ClauseBroken { clause: index };
            world.happen(day, act.or(cause), kind);
        }
    }
    let state = &world.clauses[index];
    // What waits for a condition is known after its own day.
    let share = state.shares.met;
    for at in 0..state.milestones.len() {
        let milestone = world.clauses[index].milestones[at];
        if milestone.met.is_some() || milestone.due.is_none_or(|due| due > day) {
            continue;
        }
        let met = share >= model.clauses[index].milestones[at].share - 1e-9;
        world.clauses[index].milestones[at].met = Some(met);
        let kind = EventKind::MilestonePassed { clause: index, milestone: at, met };
        world.happen(day, started, kind);
    }
    let state = &mut world.clauses[index];
    let due = state.due_on().map(|due| due + model.clauses[index].grace_days);
    if state.deadline_met.is_none() && due.is_some_and(|due| due <= day) {
        state.deadline_met = Some(kept);
        let kind = EventKind::DeadlinePassed { clause: index, kept };
        world.happen(day, started, kind);
        // A gate may wait for a clause that was not kept.
        world.note(model, Fact::Awaited);
    }
}

/// The latest order on a clause.
fn latest_order(model: &Model, world: &World, index: ClauseIndex) -> Option<u32> {
    let units = model.units.iter().zip(&world.units);
    units.filter(|(unit, _)| unit.clause == index).filter_map(|(_, state)| state.event).max()
}

/// What a clause's monitors have registered: of each bound force their newest
/// sighting, if it is recent enough.
fn recorded(model: &Model, world: &World, index: ClauseIndex) -> Split {
    let clause = &model.clauses[index];
    let state = &world.clauses[index];
    if state.delivery.is_some() {
        return recorded_deliveries(model, world, index);
    }
    if let Kind::Act { .. } = clause.kind {
        // A step is public once it is done.
        let done = state.steps.iter().filter(|step| step.done.is_some());
        let done = if clause.monitors.is_empty() { 0 } else { done.count() };
        return Split {
            keeping: done as f64,
            violating: 0.0,
            unknown: (state.steps.len() - done) as f64,
        };
    }
    split(
        clause,
        &state.terms,
        |at| weights::strength(model, world, index, at, true),
        |at| state.observed[at].filter(|it| it.counts).map(|it| it.keeping),
    )
}

/// The shares claimed to keep and to violate, of all that is counted, each as far as anybody
/// says so; its weight if that is known. Silence is neither.
fn claimed(model: &Model, world: &World, index: ClauseIndex, weight: Option<f64>) -> (f64, f64) {
    let strength = |at| weights::strength(model, world, index, at, true);
    let mut said = Split::default();
    let mut silent = true;
    for (at, of) in world.clauses[index].claims.iter_enumerated().filter(|(_, it)| !it.is_silent())
    {
        let strength = strength(at);
        silent &= strength == 0.0;
        said.keeping += strength * of.share(Says::Keeping);
        said.violating += strength * of.share(Says::Violating);
    }
    if silent {
        return (f64::NAN, f64::NAN);
    }
    let all = || world.clauses[index].claims.keys().map(strength).sum();
    let weight = weight.unwrap_or_else(all);
    (said.keeping / weight, said.violating / weight)
}

/// What is done of what knows no minimum and no D-day stock: steps and deliveries;
/// none for other clauses.
fn whole(model: &Model, world: &World, index: ClauseIndex) -> Option<Split> {
    let state = &world.clauses[index];
    let split = |done: f64, all: f64| Split { keeping: done, violating: all - done, unknown: 0.0 };
    if let Kind::Act { .. } = model.clauses[index].kind {
        let done = state.steps.iter().filter(|step| step.done.is_some());
        return Some(split(done.count() as f64, state.steps.len() as f64));
    }
    let delivery = state.delivery.as_ref()?;
    let held = |at| weights::remaining(model, world, index, at, delivery);
    let held: u32 = delivery.held.keys().map(held).sum();
    let handed: u32 = delivery.handed.iter().sum();
    let rejected: u32 = delivery.rejected.iter().sum();
    Some(split(f64::from(handed - rejected), f64::from(held)))
}

/// What of the bound strength meets a clause.
fn truth(
    model: &Model,
    world: &World,
    index: ClauseIndex,
    counted: bool,
    met: impl Fn(&View) -> bool,
) -> Split {
    let clause = &model.clauses[index];
    split(
        clause,
        &world.clauses[index].terms,
        |at| weights::strength(model, world, index, at, counted),
        |at| Some(met(&world.forces[clause.bound[at].force].stance.view)),
    )
}

/// Deliveries are recorded where they are ruled on: accepted weapons whose
/// report has arrived are seen keeping, rejected ones seen violating, and of
/// the rest nothing is observed.
fn recorded_deliveries(model: &Model, world: &World, index: ClauseIndex) -> Split {
    let Some(delivery) = &world.clauses[index].delivery else {
        return Split::default();
    };
    let held = |at| weights::remaining(model, world, index, at, delivery);
    let held: u32 = delivery.held.keys().map(held).sum();
    let mut split = Split { unknown: f64::from(held), ..Split::default() };
    if !model.clauses[index].monitors.is_empty() {
        split.keeping = f64::from(delivery.reported.iter().sum::<u32>());
        split.violating = f64::from(delivery.rejected.iter().sum::<u32>());
        split.unknown -= split.keeping + split.violating;
    }
    split
}

/// Who violates a clause, and how far they are from keeping it; and who would
/// if it bound them.
fn shortfall(model: &Model, world: &mut World, index: ClauseIndex) {
    let clause = &model.clauses[index];
    let least = world.clauses[index].terms.min_km;
    let (mut missing, mut weight, mut worst) = (0.0, 0.0, f64::NAN);
    let (mut violating, mut violators) = (0.0, 0);
    let state = &world.clauses[index];
    if let Some(it) = &state.delivery {
        for at in clause.bound.keys() {
            let owed = weights::remaining(model, world, index, at, it);
            let owed = owed.saturating_sub(it.handed[at] - it.rejected[at]);
            violating += f64::from(owed);
            violators += u32::from(owed > 0);
        }
    } else if let Kind::Act { .. } = clause.kind {
        violators = state.steps.iter().filter(|it| it.done.is_none()).count() as u32;
        violating = f64::from(violators);
    } else {
        let mut lacks = |at: BoundIndex, part: f64| {
            let bound = &clause.bound[at];
            violating += part;
            violators += 1;
            let km = world.forces[bound.force].km[bound.obligation];
            if matches!(bound.duty, Duty::StayOut | Duty::StayIn) && km < least {
                missing += part * (least - km);
                weight += part;
                worst = f64::max(worst, least - km);
            }
        };
        let weight = |at| weights::strength(model, world, index, at, true);
        let meets = |at: BoundIndex| {
            let force = &world.forces[clause.bound[at].force];
            Some(force.stance.view.meets(index))
        };
        if tally::is_plain(model, world, index) {
            let mut excuses = clause.exempt.first().map(|it| it.limit);
            for (at, bound) in clause.bound.iter_enumerated() {
                let keeps = bound.duty == Duty::Authorised || meets(at) == Some(true);
                if keeps || !state.counted[at] {
                    continue;
                }
                let lacking = weight(at);
                let excuses = excuses.as_mut_slice();
                let part = lacking - excused(clause, excuses, at, lacking);
                if part > 0.0 {
                    lacks(at, part);
                }
            }
        } else {
            split_each(clause, &state.terms, weight, meets, lacks);
        }
    }
    let state = &mut world.clauses[index];
    state.shortfall_km = missing / weight;
    state.worst_km = worst;
    state.violating = violating;
    state.violators = violators;
}

/// What of those in its scope whom a clause does not bind would violate it.
fn unbound(model: &Model, world: &mut World, index: ClauseIndex) {
    let clause = &model.clauses[index];
    let least = world.clauses[index].terms.min_km;
    let mut km = std::mem::take(&mut world.clauses[index].unbound_km);
    let known = !km.is_empty();
    km.resize(clause.unbound.len(), f64::NAN);
    let mut inside = 0.0;
    for (it, km) in clause.unbound.iter().zip(&mut km) {
        let force = &world.forces[it.force];
        if force.shifted || !known {
            let route = model.forces[it.force].routes.get(force.place.route);
            let table = route.and_then(|route| route.clause_km[index].as_ref());
            *km = table.map_or(it.home_km, |table| table.km_at(force.place.metre));
        }
        if *km < least {
            inside += f64::from(match &it.weapons {
                Some(mask) => weights::weapons_of(world, it.force, mask),
                None => force.strength,
            });
        }
    }
    let state = &mut world.clauses[index];
    state.unbound = inside;
    state.unbound_km = km;
}

#[cfg(test)]
mod tests {
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn the_three_registers_are_judged_apart() {
        // Red stays, is seen to stay, and says that it has left.
        let claim = "[[claim]]\nid = \"gone\"\nby = \"red\"\nclause = \"back\"\n\
                     date = 2030-01-05\nsays = \"keeping\"\n";
        let mut trial = Trial::new(&format!("{BACK}{claim}{}", ordered("red", "defy", &[])));
        trial.until(8);
        let shares = trial.world.clauses[trial.clause("back")].shares;
        assert_eq!((shares.met, shares.seen_violating, shares.claimed_keeping), (0.0, 1.0, 1.0));
        assert_eq!((shares.not_observed, shares.claimed_violating), (0.0, 0.0));
    }

    #[test]
    fn sums_begin_once_a_clause_is_due() {
        let orders = ordered("red", "defy", &[(20, "comply")]);
        let mut trial = Trial::new(&format!("{BACK}{orders}"));
        let clause = trial.clause("back");
        trial.until(10);
        super::close(&trial.model, &mut trial.world, 10);
        assert_eq!(trial.world.clauses[clause].days.met, 0.0);
        trial.until(31);
        super::close(&trial.model, &mut trial.world, 31);
        let state = &trial.world.clauses[clause];
        // Due on day 10; ordered on day 20, two days on the way at 30 km a day.
        assert_eq!((state.days.met, state.sums.met), (21.0, 10.0));
        assert_eq!((state.deadline_met, state.caught_up), (Some(false), Some(22)));
    }
}
