//! Sums over the forces that a clause binds, which follow each force as it
//! changes.
//!
//! Most clauses count every force for itself: what one does changes the sums by
//! its own weight. For these the sums are kept up to date; they are taken anew
//! only when weights change. Where a cap, a floor, several exemptions or a
//! hand-over make one force's count depend on others', all are counted each time
//! ([`assessment`]).

use super::weights;
use crate::engine::state::{Fact, Split, Tally, View, World};
use crate::model::{Bits, BoundIndex, ClauseIndex, Duty, ForceIndex, Limit, Model, Terms};

/// What of a clause's count meets it, what meets it in full, and what meets it of all
/// that is bound.
pub(super) fn splits(model: &Model, world: &World, clause: ClauseIndex) -> [Split; 3] {
    let tally = &world.clauses[clause].tally;
    let excused = excused(model, clause);
    [
        tally.met.split(tally.counted, excused),
        tally.full.split(tally.counted, excused),
        tally.meeting.split(tally.bound, excused),
    ]
}

/// What of the weight of a bound force violates a plain clause, as a share of it.
pub(super) fn violating(
    model: &Model,
    world: &World,
    (clause, at): (ClauseIndex, BoundIndex),
) -> f64 {
    let bound = &model.clauses[clause].bound[at];
    if meets(&world.forces[bound.force].stance.view, clause, bound.duty).0 {
        return 0.0;
    }
    let exempt = world.clauses[clause].tally.met.exempt;
    if !is_exempt(model, clause, at) || exempt <= 0.0 {
        return 1.0;
    }
    1.0 - (excused(model, clause) / exempt).min(1.0)
}

/// What is recorded of a clause, from the sums that follow it.
pub(super) fn recorded(model: &Model, world: &World, clause: ClauseIndex) -> Split {
    let (split, exempt) = &world.clauses[clause].seen;
    Split { violating: split.violating - exempt.min(excused(model, clause)), ..*split }
}

/// How much of what the exempt lack is excused.
fn excused(model: &Model, clause: ClauseIndex) -> f64 {
    match model.clauses[clause].exempt.first().map(|it| it.limit) {
        Some(Limit::Strength(limit)) => limit,
        _ => 0.0,
    }
}

fn is_exempt(model: &Model, clause: ClauseIndex, at: BoundIndex) -> bool {
    let exempt = model.clauses[clause].exempt.first();
    exempt.is_some_and(|it| it.of[at])
}

/// Whether a clause counts every force for itself.
#[inline]
pub(super) fn is_plain(model: &Model, world: &World, clause: ClauseIndex) -> bool {
    let limited = |terms: &Terms| {
        let limits = [terms.cap, terms.floor, terms.cap_posts, terms.floor_posts];
        limits.iter().any(Option::is_some)
    };
    model.kinds.plain.contains(clause) && !limited(&world.clauses[clause].terms)
}

/// Whether a place meets a clause, and meets it in full: the authorised keep it
/// wherever they are, where no cap limits them.
#[inline]
fn meets(view: &View, clause: ClauseIndex, duty: Duty) -> (bool, bool) {
    match duty {
        Duty::Authorised => (true, true),
        _ => (view.meets(clause), view.full(clause)),
    }
}

/// Counts every force that a clause binds.
pub(super) fn count(model: &Model, world: &World, clause: ClauseIndex) -> Tally {
    let mut tally = Tally::default();
    let counted = &world.clauses[clause].counted;
    for ((at, bound), counted) in model.clauses[clause].bound.iter_enumerated().zip(counted) {
        let weight = weights::strength(model, world, clause, at, false);
        let view = &world.forces[bound.force].stance.view;
        tally.bound += weight;
        tally.counted += if *counted { weight } else { 0.0 };
        let exempt = is_exempt(model, clause, at);
        tally.add(weight, meets(view, clause, bound.duty), (*counted, exempt));
    }
    tally
}

/// Follows a force whose place or orders mean something else now: `changed`
/// clauses.
pub(super) fn follow(
    model: &Model,
    world: &mut World,
    force: ForceIndex,
    before: &View,
    changed: &Bits<ClauseIndex>,
) {
    world.note(model, Fact::Meets(changed));
    enter(model, world, force, changed);
    let mut followed = changed.intersection(&model.forces[force].touched.bound);
    followed.intersect_with(world.changes.in_force());
    for clause in changed.difference(&followed).iter() {
        world.clauses[clause].stale.truth = true;
    }
    if followed.is_empty() {
        return;
    }
    for obligation in &model.forces[force].obligations {
        let (clause, at) = (obligation.clause, obligation.at);
        if !followed.contains(clause) {
            continue;
        }
        if world.clauses[clause].stale.truth || !is_plain(model, world, clause) {
            world.clauses[clause].stale.truth = true;
            continue;
        }
        let weight = weights::strength(model, world, clause, at, false);
        let duty = obligation.duty;
        let after = meets(&world.forces[force].stance.view, clause, duty);
        let state = &mut world.clauses[clause];
        let of = (state.counted[at], is_exempt(model, clause, at));
        state.tally.add(-weight, meets(before, clause, duty), of);
        state.tally.add(weight, after, of);
        state.stale.tallied = true;
    }
}

/// Who comes inside after D-day counts from then on.
fn enter(model: &Model, world: &mut World, force: ForceIndex, changed: &Bits<ClauseIndex>) {
    for obligation in &model.forces[force].obligations {
        let (clause, at) = (obligation.clause, obligation.at);
        let of_place = !matches!(obligation.duty, Duty::Deliver);
        if of_place
            && changed.contains(clause)
            && world.in_force(clause)
            && !world.clauses[clause].counted[at]
            && weights::is_inside(model, world, clause, at)
        {
            world.clauses[clause].counted[at] = true;
            let weight = weights::strength(model, world, clause, at, true);
            let first = &mut world.clauses[clause].weight_on_d_day[at];
            *first = if *first > 0.0 { *first } else { weight };
            world.note(model, Fact::Terms(clause));
        }
    }
}

/// Takes what a force weighs out of the sums of some clauses that bind
/// it, before its size changes; [`join`] puts in what it weighs then. Weights are
/// whole numbers: what is taken out leaves nothing behind.
pub(super) fn leave(
    model: &Model,
    world: &mut World,
    force: ForceIndex,
    clauses: &Bits<ClauseIndex>,
) {
    weigh(model, world, force, clauses, -1.0);
}

/// See [`leave`]. Every register of these clauses is judged anew.
pub(super) fn join(
    model: &Model,
    world: &mut World,
    force: ForceIndex,
    clauses: &Bits<ClauseIndex>,
) {
    weigh(model, world, force, clauses, 1.0);
    world.note(model, Fact::Weighs(clauses));
}

fn weigh(
    model: &Model,
    world: &mut World,
    force: ForceIndex,
    clauses: &Bits<ClauseIndex>,
    sign: f64,
) {
    for obligation in &model.forces[force].obligations {
        let (clause, at) = (obligation.clause, obligation.at);
        if !clauses.contains(clause) {
            continue;
        }
        let plain = world.in_force(clause) && is_plain(model, world, clause);
        let weight = sign * weights::strength(model, world, clause, at, false);
        let meets = meets(&world.forces[force].stance.view, clause, obligation.duty);
        let state = &mut world.clauses[clause];
        let counted = state.counted[at];
        (state.stale.claimed, state.stale.weights) = (true, true);
        if plain && !state.stale.truth {
            let of = (counted, is_exempt(model, clause, at));
            state.tally.bound += weight;
            state.tally.counted += if counted { weight } else { 0.0 };
            state.tally.add(weight, meets, of);
            state.stale.tallied = true;
        } else {
            state.stale.truth = true;
        }
        if plain && !state.stale.recorded {
            let said = state.observed[at].filter(|it| it.counts);
            let said = said.map(|it| it.keeping);
            let weight = if counted { weight } else { 0.0 };
            see(model, &mut state.seen, (clause, at), said, weight);
            state.stale.observed = true;
        } else {
            state.stale.recorded = true;
        }
    }
}

/// The strength or weapons that a clause counts, where its sums are up to date.
pub(super) fn counted(world: &World, clause: ClauseIndex) -> f64 {
    world.clauses[clause].tally.counted
}

/// Counts what a clause's monitors hold of every force that it binds: the split
/// as if nobody were exempt, and what of the violating is.
pub(super) fn count_seen(model: &Model, world: &World, clause: ClauseIndex) -> (Split, f64) {
    let mut seen = (Split::default(), 0.0);
    let state = &world.clauses[clause];
    for (at, observed) in state.observed.iter_enumerated() {
        let weight = weights::strength(model, world, clause, at, true);
        let said = observed.filter(|it| it.counts).map(|it| it.keeping);
        see(model, &mut seen, (clause, at), said, weight);
    }
    seen
}

/// Follows what a clause's monitors hold of a bound force: as keeping or
/// violating, or nothing that counts.
pub(super) fn observe(
    model: &Model,
    world: &mut World,
    (clause, at): (ClauseIndex, BoundIndex),
    (before, after): (Option<bool>, Option<bool>),
) {
    world.note(model, Fact::Observed(clause));
    if world.clauses[clause].stale.recorded
        || !world.in_force(clause)
        || !is_plain(model, world, clause)
    {
        world.clauses[clause].stale.recorded = true;
        return;
    }
    let weight = weights::strength(model, world, clause, at, true);
    let state = &mut world.clauses[clause];
    see(model, &mut state.seen, (clause, at), before, -weight);
    see(model, &mut state.seen, (clause, at), after, weight);
    state.stale.observed = true;
}

fn see(
    model: &Model,
    (split, exempt): &mut (Split, f64),
    (clause, at): (ClauseIndex, BoundIndex),
    said: Option<bool>,
    weight: f64,
) {
    match said {
        None => split.unknown += weight,
        Some(false) if model.clauses[clause].bound[at].duty != Duty::Authorised => {
            split.violating += weight;
            if is_exempt(model, clause, at) {
                *exempt += weight;
            }
        }
        Some(_) => split.keeping += weight,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{orders, view};
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};
    use crate::model::Place;

    #[test]
    fn what_follows_each_move_comes_to_what_a_count_comes_to() {
        let mut trial = Trial::new(&format!("{BACK}{}", ordered("red", "defy", &[])));
        let (clause, guard) = (trial.clause("back"), trial.force("guard"));
        for (metre, met) in [(10e3, 0.0), (45e3, 1.0), (39e3, 0.0), (200e3, 1.0)] {
            let place = Place { route: 0.into(), metre };
            view::place(&trial.model, &mut trial.world, guard, place, 1);
            assert_eq!(
                trial.world.clauses[clause].tally,
                count(&trial.model, &trial.world, clause)
            );
            let [split, ..] = splits(&trial.model, &trial.world, clause);
            assert_eq!(split.keeping / split.total(), met, "at {metre} m");
        }
        let bound = &trial.model.forces[guard].touched.bound;
        leave(&trial.model, &mut trial.world, guard, bound);
        trial.world.forces[guard].strength = 40;
        join(&trial.model, &mut trial.world, guard, bound);
        orders::carry_out(&trial.model, &mut trial.world, guard, 1);
        let tally = trial.world.clauses[clause].tally;
        assert_eq!(tally, count(&trial.model, &trial.world, clause));
        assert_eq!((tally.bound, tally.counted), (40.0, 40.0));
    }
}
