//! What strikes, fire and offensives destroy, and what is sent. Persons and
//! weapons leave a force for the books of what it lost, and come to it from an
//! account: nothing is made and nothing vanishes.

use super::{learning, orders, tally, toll};
use crate::engine::state::{EventId, EventKind, Fact, World};
use crate::model::{ForceIndex, Mechanism, Model, Shipment};
use crate::stats::{Stream, binomial};

/// Those of a force's formation that stand where it stands, in the order of their ids: what
/// hits one of them hits all.
pub(super) fn together(model: &Model, world: &World, force: ForceIndex) -> Vec<ForceIndex> {
    let place = world.forces[force].place;
    let with_it = |other: &&ForceIndex| world.forces[**other].place == place;
    let formation = &model.formations[model.forces[force].formation];
    formation.forces.iter().filter(with_it).copied().collect()
}

/// A force is hit, and it and those that stand with it as one lose a share: each person and
/// each weapon of them with that probability. The draws are of a stream and purpose, by
/// number.
pub(super) fn lose(
    model: &Model,
    world: &mut World,
    force: ForceIndex,
    share: f64,
    draws: (Stream, u32, u32),
    (day, cause): (u32, EventId),
) {
    if !model.mechanisms.has(Mechanism::Strikes) {
        return;
    }
    let hit = together(model, world, force);
    for force in &hit {
        learning::note_hit(model, world, *force, day);
    }
    for obligation in &model.forces[force].obligations {
        world.units[obligation.unit].hit = Some(cause);
    }
    if share <= 0.0 {
        return;
    }
    for (at, force) in hit.into_iter().enumerate() {
        destroy(model, world, (at as u32, force), share, draws, (day, cause));
    }
}

/// What one force loses, by draws of its place among those that are hit.
fn destroy(
    model: &Model,
    world: &mut World,
    (at, force): (u32, ForceIndex),
    share: f64,
    (stream, purpose, number): (Stream, u32, u32),
    (day, cause): (u32, EventId),
) {
    let draws = world.draws;
    // Persons and each kind of weapon have draws of their own.
    let lost = |part: usize, held: u32| {
        let u = draws.uniform(stream, purpose + 8 * part as u32 + (at << 16), number);
        binomial(u, held, share)
    };
    let state = &world.forces[force];
    let persons = lost(0, state.strength);
    let held = state.equipment.iter().enumerate();
    let weapons: Vec<u32> = held.map(|(at, held)| lost(at + 1, *held)).collect();
    let total: u32 = weapons.iter().sum();
    if persons + total == 0 {
        return;
    }
    let bound = &model.forces[force].touched.bound;
    let violating = toll::before(model, world, force);
    tally::leave(model, world, force, bound);
    let state = &mut world.forces[force];
    state.strength -= persons;
    for (held, lost) in state.equipment.iter_mut().zip(&weapons) {
        *held -= lost;
    }
    toll::charge(model, world, &violating);
    let books = &mut world.conflict.lost[force];
    books.persons += persons;
    for (sum, lost) in books.weapons.iter_mut().zip(&weapons) {
        *sum += lost;
    }
    let party = &mut world.conflict.lost_by[model.forces[force].commander];
    party.0 += persons;
    party.1 += total;
    let kind = EventKind::Lost { force, persons, weapons: total };
    world.happen(day, Some(cause), kind);
    changed(model, world, force, day);
}

/// Sends what an account has, at most what the shipment says.
pub(super) fn send(
    model: &Model,
    world: &mut World,
    shipment: &Shipment,
    (day, cause): (u32, Option<EventId>),
) -> EventId {
    let force = shipment.force;
    let persons = shipment.persons.min(world.conflict.accounts[shipment.account].persons);
    world.conflict.accounts[shipment.account].persons -= persons;
    // What was lived through so far was lived through at the strength until now.
    for owed in &model.forces[force].obligations {
        for holder in &model.units[owed.unit].informs {
            world.settle_beliefs(model, *holder, day);
        }
    }
    let before = toll::before(model, world, force);
    tally::leave(model, world, force, &model.forces[force].touched.bound);
    world.forces[force].strength += persons;
    let mut total = 0;
    for (at, most) in shipment.weapons.iter_enumerated() {
        let class = model.forces[force].equipment[at].class;
        let stock = &mut world.conflict.accounts[shipment.account].weapons[class];
        let sent = (*most).min(*stock);
        *stock -= sent;
        world.forces[force].equipment[at] += sent;
        total += sent;
    }
    toll::charge(model, world, &before);
    let kind = EventKind::Reinforced { force, persons, weapons: total };
    let event = world.happen(day, cause, kind);
    changed(model, world, force, day);
    event
}

/// What follows from a force's having become another size, which has left the
/// sums of its clauses before: these are judged anew, one without persons is seen no longer, and rates of incidents
/// are reckoned anew.
fn changed(model: &Model, world: &mut World, force: ForceIndex, day: u32) {
    tally::join(model, world, force, &model.forces[force].touched.bound);
    world.note(model, Fact::Resized(force));
    world.conflict.moved[force] = true;
    orders::carry_out(model, world, force, day);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn what_a_force_loses_stands_in_the_books() {
        for share in [0.0, 0.3, 1.0] {
            let mut trial = Trial::new(&format!("{BACK}{}", ordered("red", "defy", &[])));
            let guard = trial.force("guard");
            let draws = (trial.model.units[trial.unit("back", "guard")].acts, 0, 0);
            lose(&trial.model, &mut trial.world, guard, share, draws, (3, 0));
            let (state, lost) = (&trial.world.forces[guard], &trial.world.conflict.lost[guard]);
            assert_eq!(state.strength + lost.persons, 100);
            assert_eq!(state.equipment.raw[0] + lost.weapons.raw[0], 10);
            match share {
                0.0 => assert_eq!(lost.persons, 0),
                1.0 => assert_eq!((state.strength, state.stance.shown), (0, 0.0)),
                _ => assert!((10..55).contains(&lost.persons)),
            }
        }
    }
}
