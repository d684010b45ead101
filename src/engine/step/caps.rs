//! Who may stay under a cap, and who is in excess.
//!
//! Of the authorised forces that a clause finds inside, in the order of the file,
//! each that fits under the cap may stay; the others are in excess, and out of
//! the area is where complying takes them. This is settled on D-day, and anew
//! when the clause is amended or recommitted to: what is drawn later, or lost,
//! changes nobody's place.

use super::orders::{self, asked};
use super::weights;
use crate::engine::state::{CapAllocation, World};
use crate::model::{Bits, ClauseIndex, Duty, ForceIndex, Model, ObligationIndex};

/// What is left of the caps of a clause.
struct Left {
    strength: f64,
    posts: f64,
}

impl Left {
    /// Beside those that are to deploy, which come first.
    fn of(model: &Model, world: &World, index: ClauseIndex) -> Self {
        let terms = &world.clauses[index].terms;
        let mut left = Self {
            strength: terms.cap.unwrap_or(f64::INFINITY),
            posts: terms.cap_posts.unwrap_or(f64::INFINITY),
        };
        for (at, bound) in model.clauses[index].bound.iter_enumerated() {
            if bound.duty == Duty::Deploy {
                left.take(weights::strength(model, world, index, at, false));
            }
        }
        left
    }

    fn fit(&self, weight: f64) -> CapAllocation {
        if weight == 0.0 || (weight <= self.strength && self.posts >= 1.0) {
            CapAllocation::Fits
        } else {
            CapAllocation::Excess
        }
    }

    fn take(&mut self, weight: f64) {
        self.strength -= weight;
        self.posts -= f64::from(u8::from(weight > 0.0));
    }
}

fn is_capped(world: &World, index: ClauseIndex) -> bool {
    let terms = &world.clauses[index].terms;
    terms.cap.is_some() || terms.cap_posts.is_some()
}

/// A clause starts, or its terms are new: settles who may stay under its cap, and
/// who of those that it sends elsewhere may stay under another's.
pub(super) fn settle(model: &Model, world: &mut World, index: ClauseIndex, day: u32) {
    let mut changed: Vec<ForceIndex> = Vec::new();
    if world.clauses[index].started.is_some() && is_capped(world, index) {
        let mut left = Left::of(model, world, index);
        for (at, bound) in model.clauses[index].bound.iter_enumerated() {
            let before = world.clauses[index].allocation[at];
            let inside = !world.forces[bound.force].stance.view.meets(index);
            if bound.duty != Duty::Authorised || (before == CapAllocation::None && !inside) {
                continue;
            }
            let weight = weights::strength(model, world, index, at, false);
            let room = left.fit(weight);
            if room == CapAllocation::Fits {
                left.take(weight);
            }
            if room != before {
                world.clauses[index].allocation[at] = room;
                changed.push(bound.force);
            }
        }
    }
    enter(model, world, &mut changed);
    for force in changed {
        orders::carry_out(model, world, force, day);
    }
}

/// Where what a force is to keep would take it into an area under a cap, it takes
/// room there after those that were inside, or is in excess there too.
fn enter(model: &Model, world: &mut World, changed: &mut Vec<ForceIndex>) {
    if !world.changes.in_force().iter().any(|clause| is_capped(world, clause)) {
        return;
    }
    for (index, force) in model.forces.iter_enumerated() {
        let capped = |world: &World| {
            let mut obligations = force.obligations.iter();
            obligations
                .any(|it| it.duty == Duty::Authorised && it.carried && is_capped(world, it.clause))
        };
        if !capped(world) {
            continue;
        }
        // Each turn settles one clause more.
        for _ in &force.obligations {
            let kept: Bits<ObligationIndex> = orders::those(force, |owed| asked(world, owed));
            let place = orders::place_for(model, world, index, &kept);
            let into = force.obligations.iter().find(|owed| {
                let table = force.routes.get(place.route);
                let table = table.and_then(|way| way.clause_km[owed.clause].as_ref());
                let state = &world.clauses[owed.clause];
                !kept.is_empty()
                    && owed.duty == Duty::Authorised
                    && owed.carried
                    && world.in_force(owed.clause)
                    && is_capped(world, owed.clause)
                    && state.allocation[owed.at] == CapAllocation::None
                    && table.is_some_and(|table| table.km_at(place.metre) < state.terms.min_km)
            });
            let Some((clause, at)) = into.map(|it| (it.clause, it.at)) else {
                break;
            };
            let mut left = Left::of(model, world, clause);
            let weight = |at| weights::strength(model, world, clause, at, false);
            for (other, room) in world.clauses[clause].allocation.iter_enumerated() {
                if *room == CapAllocation::Fits {
                    left.take(weight(other));
                }
            }
            world.clauses[clause].allocation[at] = left.fit(weight(at));
            changed.push(index);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{Trial, ordered};

    #[test]
    fn those_who_fit_stay_in_the_order_of_the_file() {
        for (cap, rooms) in [
            ("cap_persons = 200", [CapAllocation::Fits, CapAllocation::Fits]),
            ("cap_persons = 120", [CapAllocation::Fits, CapAllocation::Excess]),
            ("cap_persons = 60", [CapAllocation::Excess, CapAllocation::Fits]),
            ("cap_posts = 1", [CapAllocation::Fits, CapAllocation::Excess]),
            ("cap_persons = 0", [CapAllocation::Excess, CapAllocation::Excess]),
        ] {
            let tables = format!(
                "[[clause]]\nid = \"few\"\nkind = \"presence\"\nbinds = [\"red\", \"blue\"]\n\
                 authorised = [\"red\", \"blue\"]\nfrom = \"line\"\nfrom_km = 0\nto_km = 30\n{cap}\n"
            );
            let trial = Trial::new(&format!(
                "{tables}{}{}",
                ordered("red", "comply", &[]),
                ordered("blue", "comply", &[])
            ));
            let state = &trial.world.clauses[trial.clause("few")];
            assert_eq!(state.allocation.raw, rooms, "{cap}");
            for (force, room) in ["guard", "post"].into_iter().zip(rooms) {
                let leaves = trial.world.forces[trial.force(force)].goal.metre > 0.0;
                assert_eq!(leaves, room == CapAllocation::Excess, "{cap}: {force}");
            }
        }
    }
}
