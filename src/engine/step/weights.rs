//! What a bound force weighs in a clause.

use crate::engine::state::{DeliveryState, InstallationState, World};
use crate::model::{
    Bits, BoundIndex, Clause, ClauseIndex, Duty, ForceIndex, Goods, HoldingIndex, Item, Kind, Model,
};
use crate::stats::Draws;

/// The weight of a bound force: persons, weapons in scope, or what it held on
/// D-day and has not lost; of the forces counted, or of all. What is destroyed
/// weighs nothing.
#[inline]
pub fn strength(
    model: &Model,
    world: &World,
    index: ClauseIndex,
    at: BoundIndex,
    counted: bool,
) -> f64 {
    let state = &world.clauses[index];
    if counted && !state.counted[at] {
        return 0.0;
    }
    let bound = &model.clauses[index].bound[at];
    f64::from(match (&state.delivery, &bound.weapons) {
        (Some(it), _) => remaining(model, world, index, at, it),
        (None, Some(mask)) => weapons_of(world, bound.force, mask),
        (None, None) => world.forces[bound.force].strength,
    })
}

/// Whether a clause counts a bound force where it is now: inside, or owing what is to be
/// done wherever it is.
pub(super) fn is_inside(model: &Model, world: &World, index: ClauseIndex, at: BoundIndex) -> bool {
    let bound = &model.clauses[index].bound[at];
    let view = &world.forces[bound.force].stance.view;
    let terms = &world.clauses[index].terms;
    match bound.duty {
        Duty::StayOut => !view.full(index),
        Duty::Deploy | Duty::StayIn | Duty::Inactive | Duty::Abstain => true,
        // What holds the way.
        Duty::Open => world.forces[bound.force].km[bound.obligation] < terms.min_km,
        Duty::Authorised => {
            (terms.cap.is_some() || terms.cap_posts.is_some()) && !view.meets(index)
        }
        Duty::Deliver => strength(model, world, index, at, false) > 0.0,
    }
}

/// Strength (or weapons) and number of the authorised forces inside.
pub(super) fn authorised_inside(
    clause: &Clause,
    weight: impl Fn(BoundIndex) -> f64,
    meets: impl Fn(BoundIndex) -> Option<bool>,
) -> (f64, f64) {
    let (mut inside, mut posts) = (0.0, 0.0);
    for (at, bound) in clause.bound.iter_enumerated() {
        let here = match bound.duty {
            Duty::Authorised => meets(at) == Some(false),
            Duty::Deploy => meets(at) == Some(true),
            _ => false,
        };
        let weight = weight(at);
        if here && weight > 0.0 {
            inside += weight;
            posts += 1.0;
        }
    }
    (inside, posts)
}

/// How much of the caps of a clause is used, in truth: the authorised inside, as
/// a share of the cap on persons or weapons and of that on posts; NaN without.
pub fn cap_use(model: &Model, world: &World, index: ClauseIndex) -> (f64, f64) {
    let (inside, posts) = truly_inside(model, world, index);
    let terms = &world.clauses[index].terms;
    let used = |there: f64, cap: Option<f64>| cap.map_or(f64::NAN, |cap| there / cap);
    (used(inside, terms.cap), used(posts, terms.cap_posts))
}

/// Strength (or weapons) of those inside whom a clause authorises or deploys.
pub(super) fn inside(model: &Model, world: &World, index: ClauseIndex) -> f64 {
    truly_inside(model, world, index).0
}

fn truly_inside(model: &Model, world: &World, index: ClauseIndex) -> (f64, f64) {
    let clause = &model.clauses[index];
    let weight = |at| strength(model, world, index, at, false);
    let meets = |at: BoundIndex| {
        let force = clause.bound[at].force;
        Some(world.forces[force].stance.view.meets(index))
    };
    authorised_inside(clause, weight, meets)
}

/// What a bound force holds of what a clause asks for.
pub(super) fn held(
    model: &Model,
    world: &World,
    clause: ClauseIndex,
    at: BoundIndex,
    draws: Draws,
) -> u32 {
    let Kind::Deliver(it) = &model.clauses[clause].kind else {
        return 0;
    };
    match it.goods {
        Goods::Weapons => in_scope(model, world, clause, at),
        Goods::Prisoners | Goods::Records => {
            it.stock[at].as_ref().map_or(0, |stock| stock.draw(draws).round() as u32)
        }
        Goods::Installations | Goods::Ground => {
            let held = |item: &&Item| match **item {
                Item::Installation(item) => world.installations[item] == InstallationState::Held,
                Item::Ground(item) => {
                    let controller = world.grounds[item];
                    controller != it.to && controller == model.grounds[item].controller
                }
            };
            it.items[at].iter().filter(held).count() as u32
        }
    }
}

/// Weapons in a clause's scope that a bound force holds.
pub(super) fn in_scope(model: &Model, world: &World, clause: ClauseIndex, at: BoundIndex) -> u32 {
    let bound = &model.clauses[clause].bound[at];
    bound.weapons.as_ref().map_or(0, |weapons| weapons_of(world, bound.force, weapons))
}

/// The sum of a force's holdings in a set of bits.
pub(super) fn weapons_of(world: &World, force: ForceIndex, holdings: &Bits<HoldingIndex>) -> u32 {
    let held = world.forces[force].equipment.iter_enumerated();
    held.filter(|(at, _)| holdings.contains(*at)).map(|(_, number)| number).sum()
}

/// What of a bound force's holdings on D-day is not lost: handed over, or still
/// held.
pub(super) fn remaining(
    model: &Model,
    world: &World,
    clause: ClauseIndex,
    at: BoundIndex,
    delivery: &DeliveryState,
) -> u32 {
    match &model.clauses[clause].kind {
        Kind::Deliver(it) if it.goods == Goods::Weapons => {
            let there = in_scope(model, world, clause, at) + delivery.handed[at];
            delivery.held[at].min(there)
        }
        _ => delivery.held[at],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{Trial, ordered};

    #[test]
    fn a_clause_on_weapons_weighs_weapons_and_others_persons() {
        let clause = |id: &str, more: &str| {
            format!(
                "[[clause]]\nid = \"{id}\"\nkind = \"presence\"\nbinds = [\"red\", \"blue\"]\n\
                 authorised = [\"red\"]\nfrom = \"line\"\nfrom_km = 0\nto_km = 30\n{more}\n"
            )
        };
        let tables = clause("persons", "cap_persons = 50")
            + &clause("guns", "heavy = true\ncap_weapons = 20");
        let trial = Trial::new(&format!(
            "{tables}{}{}",
            ordered("red", "defy", &[]),
            ordered("blue", "defy", &[])
        ));
        for (id, weighs, used) in [("persons", [100.0, 50.0], 2.0), ("guns", [10.0, 4.0], 0.5)] {
            let clause = trial.clause(id);
            let found =
                [0, 1].map(|at| strength(&trial.model, &trial.world, clause, at.into(), false));
            assert_eq!(found, weighs, "{id}");
            assert_eq!(cap_use(&trial.model, &trial.world, clause).0, used, "{id}");
        }
    }
}
