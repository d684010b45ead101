//! Where a force is, and what follows from it.

use super::{sightings, spells, tally};
use crate::engine::state::{Fact, Stance, View, World};
use crate::model::{Bits, BoundIndex, ClauseIndex, Duty, ForceIndex, Model, Order, Place};

/// Puts a force where it is now and tells those whom that touches: clauses whose
/// truth it may change, monitors whose rate of sightings it changes.
pub(super) fn place(model: &Model, world: &mut World, force: ForceIndex, place: Place, day: u32) {
    let mut km = std::mem::take(&mut world.forces[force].km);
    let mut view = View::of(model, &world.clauses, force, place, &mut km);
    let state = &mut world.forces[force];
    state.km = km;
    state.place = place;
    obey(model, world, force, &mut view);
    let keeps = world.forces[force].stance.view.meets.intersection(&view.meets);
    world.note(model, Fact::Moved(force, &keeps));
    let stance = Stance { view, ..world.forces[force].stance };
    show(model, world, force, stance, day);
}

/// Judges a force anew where it stands, for what its orders or acts mean, and for
/// the signature it shows.
pub(super) fn renew(model: &Model, world: &mut World, force: ForceIndex, shown: f64, day: u32) {
    let stance = &world.forces[force].stance;
    let is_so =
        |(clause, meets)| stance.view.meets(clause) == meets && stance.view.full(clause) == meets;
    if stance.shown == shown && by_orders(model, world, force).all(is_so) {
        return;
    }
    let mut view = stance.view.clone();
    obey(model, world, force, &mut view);
    show(model, world, force, Stance { view, shown }, day);
}

/// A force abstains from what a clause forbids, or does not, from a day on.
pub(super) fn abstains(
    model: &Model,
    world: &mut World,
    (clause, at): (ClauseIndex, BoundIndex),
    meets: bool,
    day: u32,
) {
    let bound = &model.clauses[clause].bound[at];
    let view = &mut world.forces[bound.force].stance.view;
    if bound.duty != Duty::Abstain || (view.meets(clause), view.full(clause)) == (meets, meets) {
        return;
    }
    let before = view.clone();
    view.meets.set(clause, meets);
    view.full.set(clause, meets);
    let changed: Bits<ClauseIndex> = [clause].into_iter().collect();
    tally::follow(model, world, bound.force, &before, &changed);
    spells::follow(model, world, bound.force, &changed, day + 1);
}

/// Enters into a view what a force does or does not do by its orders.
fn obey(model: &Model, world: &World, force: ForceIndex, view: &mut View) {
    for (clause, meets) in by_orders(model, world, force) {
        view.meets.set(clause, meets);
        view.full.set(clause, meets);
    }
}

/// Duties that a place alone does not settle: a force does them, or not, by its
/// standing order, or by what it did of late.
fn by_orders(
    model: &Model,
    world: &World,
    force: ForceIndex,
) -> impl Iterator<Item = (ClauseIndex, bool)> {
    let obligations = model.forces[force].obligations.iter();
    obligations.zip(&world.forces[force].km).filter_map(move |(obligation, km)| {
        let clause = obligation.clause;
        let terms = &world.clauses[clause].terms;
        let in_force = world.in_force(clause);
        let complies = || in_force && world.units[obligation.unit].order == Order::Comply;
        let meets = match obligation.duty {
            // One that is to stay at its own place takes out what is in scope
            // when it does not comply; another one has never come.
            Duty::StayIn => *km >= terms.min_km && (complies() || !in_force),
            Duty::Inactive => complies(),
            Duty::Open => *km >= terms.min_km || complies(),
            Duty::Abstain => {
                let acts = world.clauses[clause].abstain.as_ref();
                acts.is_none_or(|it| it.until[obligation.at] <= world.day + 1)
            }
            _ => return None,
        };
        Some((clause, meets))
    })
}

/// Gives a force the stance it has now.
fn show(model: &Model, world: &mut World, force: ForceIndex, stance: Stance, day: u32) {
    let (was, is) = (&world.forces[force].stance, &stance);
    if was == is {
        return;
    }
    let mut changed = was.view.meets.symmetric_difference(&is.view.meets);
    changed.union_with(&was.view.full.symmetric_difference(&is.view.full));
    let mut by = if was.shown == is.shown {
        was.view.seen_by.symmetric_difference(&is.view.seen_by)
    } else {
        was.view.seen_by.union(&is.view.seen_by)
    };
    by.union_with(&was.view.searched_by.symmetric_difference(&is.view.searched_by));
    let before = std::mem::replace(&mut world.forces[force].stance, stance);
    if !changed.is_empty() {
        tally::follow(model, world, force, &before.view, &changed);
        spells::follow(model, world, force, &changed, day + 1);
    }
    if !by.is_empty() {
        sightings::follow(model, world, force, &by, day);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn a_place_is_what_clauses_and_monitors_make_of_it() {
        let post = "[[monitor]]\nid = \"gate\"\nkind = \"post\"\nparty = \"watcher\"\nat = \"near\"\n\
                    radius_km = 20\nsightings_per_day = 1\n";
        let mut trial = Trial::new(&format!("{BACK}{post}{}", ordered("red", "defy", &[])));
        let (clause, guard) = (trial.clause("back"), trial.force("guard"));
        let (gate, eyes) = (trial.monitor("gate"), trial.monitor("eyes"));
        for (metre, meets, near) in [(0.0, false, true), (30e3, false, false), (41e3, true, false)]
        {
            let there = Place { route: 0.into(), metre };
            place(&trial.model, &mut trial.world, guard, there, 1);
            let state = &trial.world.forces[guard];
            assert!((state.km.raw[0] - 10.0 - metre / 1e3).abs() < 0.1, "{}", state.km.raw[0]);
            let view = &state.stance.view;
            assert_eq!(
                (view.meets(clause), view.seen_by.contains(gate), view.seen_by.contains(eyes)),
                (meets, near, true)
            );
        }
    }
}
