//! How far each clause is kept, in three registers.

use super::event::EventKind;
use super::view::View;
use super::world::{Shares, World};
use crate::model::{Clause, ClauseIndex, Duty, Kind, Model, Says, Turn};

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

/// Splits the bound strength by what `meets` knows of each bound force's place.
/// An authorised force inside keeps the clause as far as the cap goes; a force
/// to be deployed keeps it from outside once the floor is reached without it.
fn split(
    clause: &Clause,
    weight: impl Fn(usize) -> f64,
    meets: impl Fn(usize) -> Option<bool>,
) -> Split {
    let (mut inside, limits) = (0.0, limits(clause));
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
fn limits(clause: &Clause) -> Option<(f64, f64)> {
    match clause.kind {
        Kind::Presence {
            cap_persons,
            floor_persons,
        } if cap_persons.is_some() || floor_persons.is_some() => Some((
            cap_persons.unwrap_or(f64::INFINITY),
            floor_persons.unwrap_or(f64::INFINITY),
        )),
        _ => None,
    }
}

/// Day 0.
pub(super) fn first(model: &Model, world: &mut World) {
    for index in 0..model.clauses.len() {
        if world.in_force(index) {
            world.clauses[index].shares = registers(model, world, index, 0);
            let met = world.clauses[index].shares.met;
            judge(model, world, index, 0, met);
        }
    }
}

/// Every clause in force, day by day where something moved, at the end of the
/// turn otherwise. Sums since due follow the truth day by day, the other
/// registers linearly between the ends of turns.
pub(super) fn assess(model: &Model, world: &mut World, turn: Turn) {
    for index in 0..model.clauses.len() {
        let Some((started, _)) = world.clauses[index].started else {
            continue;
        };
        let before = world.clauses[index].shares;
        let after = registers(model, world, index, turn.to);
        let counts_from = match &model.clauses[index].deadline {
            Some(_) => world.clauses[index].due,
            None => Some(started),
        };
        let length = f64::from(turn.to - turn.from);
        for day in (turn.from + 1).max(started)..=turn.to {
            let still = day == turn.to || !world.track.any();
            let met = if still && world.clauses[index].delivery.is_none() {
                after.met
            } else {
                truth(model, world, index, day, true, |view| view.meets(index))
            };
            judge(model, world, index, day, met);
            if counts_from.is_some_and(|from| day > from) {
                let along = f64::from(day - turn.from) / length;
                let between = before.zip(
                    &after,
                    |b, a| {
                        if b.is_nan() { a } else { b + (a - b) * along }
                    },
                );
                let state = &mut world.clauses[index];
                let today = Shares { met, ..between };
                state.sums = state.sums.zip(&today, |sum, share| sum + share);
                state.days += 1.0;
            }
        }
        world.clauses[index].shares = after;
        world.clauses[index].shortfall_km = shortfall(model, world, index);
    }
}

/// Whether the clause is kept on a day, and what follows from that.
fn judge(model: &Model, world: &mut World, index: ClauseIndex, day: u32, met: f64) {
    let kept = met >= model.clauses[index].kept_at - 1e-9;
    let Some((started_on, started)) = world.clauses[index].started else {
        return;
    };
    let started = Some(started);
    if kept && world.clauses[index].kept.is_none() {
        let cause = latest_order(model, world, index, day).or(started);
        let event = world.happen(day, cause, EventKind::ClauseKept { clause: index });
        let state = &mut world.clauses[index];
        state.kept = Some(event);
        state.first_kept = state.first_kept.or(Some(day));
    } else if !kept && world.clauses[index].kept.is_some() {
        let cause = latest_order(model, world, index, day).or(started);
        world.happen(day, cause, EventKind::ClauseBroken { clause: index });
        world.clauses[index].kept = None;
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

/// The latest order on a clause that was given by a day.
fn latest_order(model: &Model, world: &World, index: ClauseIndex, day: u32) -> Option<u32> {
    let units = model.units.iter().zip(&world.units);
    units
        .filter(|(unit, _)| unit.clause == index)
        .filter_map(|(_, state)| state.event)
        .filter(|event| world.happened_by(*event, day))
        .max()
}

/// What a clause's monitors have registered by a day.
pub(super) fn recorded(model: &Model, world: &World, index: ClauseIndex, day: u32) -> Split {
    let clause = &model.clauses[index];
    match &world.clauses[index].delivery {
        Some(_) => recorded_deliveries(model, world, index),
        None => split(
            clause,
            |at| strength(model, world, index, at, true),
            |at| registered(model, world, index, clause.bound[at].force, day),
        ),
    }
}

/// The shares of a clause at the end of a turn.
fn registers(model: &Model, world: &World, index: ClauseIndex, day: u32) -> Shares {
    let state = &world.clauses[index];
    let recorded = recorded(model, world, index, day);
    let observed = recorded.total();
    let (mut said, mut weight) = (Split::default(), 0.0);
    for (at, claim) in state.claims.iter().enumerate() {
        let w = strength(model, world, index, at, true);
        weight += w;
        match claim {
            Some((_, Says::Keeping, share)) => said.keeping += w * share,
            Some((_, Says::Violating, share)) => said.violating += w * share,
            _ => {}
        }
    }
    Shares {
        met: truth(model, world, index, day, true, |view| view.meets(index)),
        full: truth(model, world, index, day, true, |view| view.full(index)),
        unrestricted: truth(model, world, index, day, false, |view| view.meets(index)),
        seen_keeping: recorded.keeping / observed,
        seen_violating: recorded.violating / observed,
        not_observed: recorded.unknown / observed,
        claimed_keeping: said.keeping / weight,
        claimed_violating: said.violating / weight,
    }
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
    day: u32,
    counted: bool,
    met: impl Fn(View) -> bool,
) -> f64 {
    let clause = &model.clauses[index];
    if let Some(delivery) = &world.clauses[index].delivery {
        let held: u32 = delivery.held.iter().sum();
        return f64::from(delivery.delivered_by(day)) / f64::from(held);
    }
    split(
        clause,
        |at| strength(model, world, index, at, counted),
        |at| Some(met(world.view_on(clause.bound[at].force, day))),
    )
    .share()
}

/// What the newest sighting by the clause's monitors says of a force, if it is
/// recent enough.
fn registered(
    model: &Model,
    world: &World,
    index: ClauseIndex,
    force: usize,
    day: u32,
) -> Option<bool> {
    let clause = &model.clauses[index];
    let mut newest = None;
    for monitor in &clause.monitors {
        if let Some(sighting) = &world.monitors[*monitor].register[force]
            && f64::from(day - sighting.day) <= clause.max_age_days
            && newest.is_none_or(|(seen, _)| sighting.day > seen)
        {
            newest = Some((sighting.day, sighting.keeping >> index & 1 == 1));
        }
    }
    newest.map(|(_, keeping)| keeping)
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
    let least = match clause.kind {
        Kind::KeepDistance { min_km, .. } => min_km,
        Kind::Deliver { .. } => return f64::NAN,
        _ => 0.0,
    };
    let (mut missing, mut weight) = (0.0, 0.0);
    for (at, bound) in clause.bound.iter().enumerate() {
        let force = &world.forces[bound.force];
        let w = strength(model, world, index, at, true);
        if bound.duty == Duty::StayOut && !force.stance.view.meets(index) && w > 0.0 {
            let route = &model.forces[bound.force].routes[force.place.route];
            if let Some(table) = &route.clause_km[index] {
                missing += w * (least - table.km_at(force.place.metre));
                weight += w;
            }
        }
    }
    missing / weight
}
