//! Sums over the forces that a clause binds, which follow each force as it
//! changes.
//!
//! Most clauses count every force for itself: what one does changes the sums by
//! its own weight. For these the sums are kept up to date; they are taken anew
//! only when weights change. Where a cap, a floor, an exemption or a hand-over
//! makes one force's count depend on others', all are counted each time
//! ([`assessment`]).

use super::assessment::{self, Split, bits};
use super::view::View;
use super::world::World;
use crate::model::{ClauseIndex, ForceIndex, Model, Terms};

/// Strength or weapons.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Tally {
    /// Of all that is bound.
    bound: f64,
    /// Of these, of what meets the clause.
    meeting: f64,
    /// Of what was inside on D-day.
    counted: f64,
    /// Of these, of what meets the clause.
    met: f64,
    /// Of these, of what meets it in full.
    full: f64,
}

impl Tally {
    /// The shares that meet it, meet it in full, and meet it of all.
    pub(super) fn shares(&self) -> (f64, f64, f64) {
        (
            self.met / self.counted,
            self.full / self.counted,
            self.meeting / self.bound,
        )
    }
}

/// Whether a clause counts every force for itself.
#[inline]
pub(super) fn is_plain(model: &Model, world: &World, clause: ClauseIndex) -> bool {
    let limited = |terms: &Terms| {
        let limits = [terms.cap, terms.floor, terms.cap_posts, terms.floor_posts];
        limits.iter().any(Option::is_some)
    };
    model.kinds.plain >> clause & 1 == 1 && !limited(&world.clauses[clause].terms)
}

/// Counts every force that a clause binds.
pub(super) fn count(model: &Model, world: &World, clause: ClauseIndex) -> Tally {
    let mut tally = Tally::default();
    let counted = &world.clauses[clause].counted;
    for (at, (bound, counted)) in model.clauses[clause].bound.iter().zip(counted).enumerate() {
        let weight = assessment::strength(model, world, clause, at, false);
        let view = world.forces[bound.force].stance.view;
        let if_so = |is: bool| if is { weight } else { 0.0 };
        let (meets, full) = (view.meets(clause), view.full(clause));
        tally.bound += weight;
        tally.meeting += if_so(meets);
        tally.counted += if_so(*counted);
        tally.met += if_so(*counted && meets);
        tally.full += if_so(*counted && full);
    }
    tally
}

/// Follows a force whose place or orders mean something else now: `changed`
/// clauses, as bits.
pub(super) fn follow(
    model: &Model,
    world: &mut World,
    force: ForceIndex,
    (before, after): (View, View),
    changed: u64,
) {
    world.shifted |= changed;
    world.stale = true;
    let touched = model.forces[force].touched;
    let followed = changed & touched.bound & world.in_force;
    for clause in bits(changed & !followed) {
        world.clauses[clause].stale.truth = true;
    }
    if followed == 0 {
        return;
    }
    for obligation in &model.forces[force].obligations {
        let clause = obligation.clause;
        if followed >> clause & 1 == 0 {
            continue;
        }
        if world.clauses[clause].stale.truth || !is_plain(model, world, clause) {
            world.clauses[clause].stale.truth = true;
            continue;
        }
        let weight = assessment::strength(model, world, clause, obligation.at, false);
        let state = &mut world.clauses[clause];
        let gained = |is: fn(View, usize) -> bool| {
            let one = |view| f64::from(u8::from(is(view, clause)));
            weight * (one(after) - one(before))
        };
        state.tally.meeting += gained(View::meets);
        if state.counted[obligation.at] {
            state.tally.met += gained(View::meets);
            state.tally.full += gained(View::full);
        }
        state.stale.tallied = true;
    }
}

/// Follows what a clause's monitors hold of a bound force: as keeping or
/// violating, or nothing that counts.
pub(super) fn observe(
    model: &Model,
    world: &mut World,
    (clause, at): (ClauseIndex, usize),
    (before, after): (Option<bool>, Option<bool>),
) {
    world.stale = true;
    if world.clauses[clause].stale.recorded
        || !world.in_force(clause)
        || !is_plain(model, world, clause)
    {
        world.clauses[clause].stale.recorded = true;
        return;
    }
    let weight = assessment::strength(model, world, clause, at, true);
    let state = &mut world.clauses[clause];
    *part(&mut state.recorded, before) -= weight;
    *part(&mut state.recorded, after) += weight;
    state.stale.observed = true;
}

fn part(split: &mut Split, said: Option<bool>) -> &mut f64 {
    match said {
        Some(true) => &mut split.keeping,
        Some(false) => &mut split.violating,
        None => &mut split.unknown,
    }
}
