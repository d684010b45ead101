//! How far each clause is kept, in three registers.
//!
//! A clause is judged anew only on a day on which something of it changed; in
//! between its shares stand, and the sums over days take them as they stand.

use super::event::EventKind;
use super::view::View;
use super::world::World;
use crate::model::{Clause, ClauseIndex, Duty, Kind, Model, Says, Terms};

/// Persons (or weapons) that keep a clause, that do not, and that nobody knows
/// of.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Split {
    /// Keep it.
    pub keeping: f64,
    /// Do not.
    pub violating: f64,
    /// Not known.
    pub unknown: f64,
}

impl Split {
    /// All of them.
    pub(super) fn total(&self) -> f64 {
        self.keeping + self.violating + self.unknown
    }

    /// The share that keeps it; NaN of nothing.
    fn share(&self) -> f64 {
        self.keeping / self.total()
    }
}

/// Marks the truth of clauses, a set of bits, to be judged anew.
pub(super) fn touch(world: &mut World, clauses: u64) {
    let mut rest = clauses;
    while rest != 0 {
        let clause = rest.trailing_zeros() as usize;
        rest &= rest - 1;
        world.clauses[clause].stale.truth = true;
    }
    world.stale = true;
}

/// Marks every register of a clause to be judged anew.
pub(super) fn touch_all(world: &mut World, clause: ClauseIndex) {
    let stale = &mut world.clauses[clause].stale;
    stale.truth = true;
    stale.recorded = true;
    stale.claimed = true;
    world.stale = true;
}

/// Judges on a day every clause of which something changed, or on which
/// something falls due.
pub(super) fn assess(model: &Model, world: &mut World, day: u32) {
    for index in 0..model.clauses.len() {
        let state = &world.clauses[index];
        if state.started.is_none() {
            continue;
        }
        if day >= state.next_expiry {
            expire(model, world, index, day);
        }
        let state = &world.clauses[index];
        let falls_due = state.deadline_met.is_none() && state.due.is_some_and(|due| due <= day);
        if state.stale == Default::default() && !falls_due {
            continue;
        }
        settle(model, world, index, day.saturating_sub(1));
        refresh(model, world, index);
        judge(model, world, index, day);
    }
    world.stale = false;
}

/// Whether observations of a clause have grown too old by a day.
fn expire(model: &Model, world: &mut World, index: ClauseIndex, day: u32) {
    let age = libm::floor(model.clauses[index].max_age_days) + 1.0;
    let state = &mut world.clauses[index];
    let mut next = u32::MAX;
    for observation in state.observed.iter_mut().flatten().filter(|it| it.counts) {
        let expires = (f64::from(observation.day) + age) as u32;
        if expires <= day {
            observation.counts = false;
            state.stale.recorded = true;
        } else {
            next = next.min(expires);
        }
    }
    state.next_expiry = next;
}

/// Takes the shares as they stand into the sums, for the days up to `through`
/// that are not in them yet and lie after the clause fell due.
fn settle(model: &Model, world: &mut World, index: ClauseIndex, through: u32) {
    let state = &mut world.clauses[index];
    let counts_from = match &model.clauses[index].deadline {
        Some(_) => state.due,
        None => state.started.map(|(day, _)| day),
    };
    if let Some(from) = counts_from {
        let from = from.max(state.settled);
        if through > from {
            let days = f64::from(through - from);
            let shares = state.shares;
            state.sums = state.sums.zip(&shares, |sum, share| sum + share * days);
            state.days += days;
        }
    }
    state.settled = state.settled.max(through);
}

/// Closes a turn: sums up to its last day, and what is read off at its end.
pub(super) fn close(model: &Model, world: &mut World, day: u32) {
    for index in 0..model.clauses.len() {
        if world.in_force(index) {
            settle(model, world, index, day);
            world.clauses[index].shortfall_km = shortfall(model, world, index);
        }
    }
}

/// Brings the registers that are stale up to date.
fn refresh(model: &Model, world: &mut World, index: ClauseIndex) {
    let stale = std::mem::take(&mut world.clauses[index].stale);
    let mut shares = world.clauses[index].shares;
    if stale.truth {
        shares.met = truth(model, world, index, true, |view| view.meets(index));
        shares.full = truth(model, world, index, true, |view| view.full(index));
        shares.unrestricted = truth(model, world, index, false, |view| view.meets(index));
    }
    if stale.recorded {
        let recorded = recorded(model, world, index);
        let observed = recorded.total();
        shares.seen_keeping = recorded.keeping / observed;
        shares.seen_violating = recorded.violating / observed;
        shares.not_observed = recorded.unknown / observed;
        world.clauses[index].recorded = recorded;
        // What is verified may have changed.
        world.next_gate = 0;
    }
    if stale.claimed {
        (shares.claimed_keeping, shares.claimed_violating) = claimed(world, model, index);
    }
    world.clauses[index].shares = shares;
}

/// Splits the bound strength by what `meets` knows of each bound force's place.
/// An authorised force inside keeps the clause as far as the cap goes; a force
/// to be deployed keeps it from outside once the floor is reached without it.
fn split(
    clause: &Clause,
    terms: &Terms,
    weight: impl Fn(usize) -> f64,
    meets: impl Fn(usize) -> Option<bool>,
) -> Split {
    let (mut inside, limits) = (0.0, limits(terms));
    if limits.is_some() {
        for (at, bound) in clause.bound.iter().enumerate() {
            let here = match bound.duty {
                Duty::Authorised => meets(at) == Some(false),
                Duty::Deploy => meets(at) == Some(true),
                _ => false,
            };
            inside += if here { weight(at) } else { 0.0 };
        }
    }
    let (cap, floor) = limits.unwrap_or((f64::INFINITY, f64::INFINITY));
    let within_cap = if inside > cap { cap / inside } else { 1.0 };
    let mut split = Split::default();
    for (at, bound) in clause.bound.iter().enumerate() {
        let weight = weight(at);
        if weight == 0.0 {
            continue;
        }
        let kept = match (bound.duty, meets(at)) {
            (_, None) => {
                split.unknown += weight;
                continue;
            }
            (Duty::Authorised, Some(true)) => 1.0,
            (Duty::Authorised, Some(false)) | (Duty::Deploy, Some(true)) => within_cap,
            (Duty::Deploy, Some(false)) => f64::from(u8::from(inside >= floor)),
            (_, Some(meets)) => f64::from(u8::from(meets)),
        };
        split.keeping += weight * kept;
        split.violating += weight * (1.0 - kept);
    }
    split
}

/// Cap and floor in persons, where a clause has either.
fn limits(terms: &Terms) -> Option<(f64, f64)> {
    (terms.cap_persons.is_some() || terms.floor_persons.is_some()).then(|| {
        (
            terms.cap_persons.unwrap_or(f64::INFINITY),
            terms.floor_persons.unwrap_or(f64::INFINITY),
        )
    })
}

/// Whether the clause is kept on a day, and what follows from that.
fn judge(model: &Model, world: &mut World, index: ClauseIndex, day: u32) {
    let state = &world.clauses[index];
    let kept = state.shares.met >= state.terms.kept_at - 1e-9;
    let Some((started_on, started)) = state.started else {
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
        } else {
            state.kept = None;
            world.happen(day, cause, EventKind::ClauseBroken { clause: index });
        }
    }
    let state = &world.clauses[index];
    // A deadline that waits for what is verified is known after its own day.
    let due = state.due.filter(|due| started_on <= *due && *due <= day);
    if state.deadline_met.is_none() && due.is_some() {
        world.happen(
            day,
            started,
            EventKind::DeadlinePassed {
                clause: index,
                kept,
            },
        );
        world.clauses[index].deadline_met = Some(kept);
    }
}

/// The latest order on a clause.
fn latest_order(model: &Model, world: &World, index: ClauseIndex) -> Option<u32> {
    let units = model.units.iter().zip(&world.units);
    units
        .filter(|(unit, _)| unit.clause == index)
        .filter_map(|(_, state)| state.event)
        .max()
}

/// What a clause's monitors have registered: of each bound force their newest
/// sighting, if it is recent enough.
fn recorded(model: &Model, world: &World, index: ClauseIndex) -> Split {
    let clause = &model.clauses[index];
    let state = &world.clauses[index];
    if state.delivery.is_some() {
        return recorded_deliveries(model, world, index);
    }
    split(
        clause,
        &state.terms,
        |at| strength(model, world, index, at, true),
        |at| {
            state.observed[at]
                .filter(|it| it.counts)
                .map(|it| it.keeping)
        },
    )
}

/// The shares claimed to keep and to violate.
fn claimed(world: &World, model: &Model, index: ClauseIndex) -> (f64, f64) {
    let (mut said, mut weight) = (Split::default(), 0.0);
    for (at, claim) in world.clauses[index].claims.iter().enumerate() {
        let w = strength(model, world, index, at, true);
        weight += w;
        match claim {
            Some((_, Says::Keeping, share)) => said.keeping += w * share,
            Some((_, Says::Violating, share)) => said.violating += w * share,
            _ => {}
        }
    }
    (said.keeping / weight, said.violating / weight)
}

/// The weight of a bound force: persons, or weapons in scope on D-day; of the
/// forces counted, or of all.
fn strength(model: &Model, world: &World, index: ClauseIndex, at: usize, counted: bool) -> f64 {
    let state = &world.clauses[index];
    if counted && !state.counted[at] {
        return 0.0;
    }
    match &state.delivery {
        Some(delivery) => f64::from(delivery.held[at]),
        None => f64::from(world.forces[model.clauses[index].bound[at].force].strength),
    }
}

fn truth(
    model: &Model,
    world: &World,
    index: ClauseIndex,
    counted: bool,
    met: impl Fn(View) -> bool,
) -> f64 {
    let clause = &model.clauses[index];
    let state = &world.clauses[index];
    if let Some(delivery) = &state.delivery {
        let held: u32 = delivery.held.iter().sum();
        let handed: u32 = delivery.handed.iter().sum();
        let rejected: u32 = delivery.rejected.iter().sum();
        return f64::from(handed - rejected) / f64::from(held);
    }
    split(
        clause,
        &state.terms,
        |at| strength(model, world, index, at, counted),
        |at| Some(met(world.forces[clause.bound[at].force].stance.view)),
    )
    .share()
}

/// Deliveries are recorded where they are ruled on: accepted weapons whose
/// report has arrived are seen keeping, rejected ones seen violating, and of
/// the rest nothing is observed.
fn recorded_deliveries(model: &Model, world: &World, index: ClauseIndex) -> Split {
    let Some(delivery) = &world.clauses[index].delivery else {
        return Split::default();
    };
    let held: u32 = delivery.held.iter().sum();
    let mut split = Split {
        unknown: f64::from(held),
        ..Split::default()
    };
    if !model.clauses[index].monitors.is_empty() {
        split.keeping = f64::from(delivery.reported.iter().sum::<u32>());
        split.violating = f64::from(delivery.rejected.iter().sum::<u32>());
        split.unknown -= split.keeping + split.violating;
    }
    split
}

/// Strength-weighted kilometres that violators lack: to `min_km`, or out of the
/// area.
fn shortfall(model: &Model, world: &World, index: ClauseIndex) -> f64 {
    let clause = &model.clauses[index];
    if matches!(clause.kind, Kind::Deliver { .. }) {
        return f64::NAN;
    }
    let least = world.clauses[index].terms.min_km;
    let (mut missing, mut weight) = (0.0, 0.0);
    for (at, bound) in clause.bound.iter().enumerate() {
        let force = &world.forces[bound.force];
        if bound.duty != Duty::StayOut || force.stance.view.meets(index) {
            continue;
        }
        let w = strength(model, world, index, at, true);
        let km = force.km[bound.obligation];
        if w > 0.0 && !km.is_nan() {
            missing += w * (least - km);
            weight += w;
        }
    }
    missing / weight
}
