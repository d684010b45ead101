//! Dated statements.

use super::state::{EventKind, Fact, World};
use crate::model::{ClauseIndex, Mechanism, Model, PartyIndex, Says};

/// The statements made by a day and not yet made. One of a party that is bound
/// or answers enters the claimed register; any is an event.
pub(super) fn make(model: &Model, world: &mut World, day: u32) {
    let left = model.claims.iter_enumerated().skip(world.next_claim);
    for (index, claim) in left.take_while(|(_, claim)| claim.day <= day) {
        world.next_claim += 1;
        if !model.mechanisms.has(Mechanism::Claims) {
            continue;
        }
        let started = world.clauses[claim.clause].started;
        let cause = started.filter(|(day, _)| *day <= claim.day);
        let cause = cause.map(|(_, event)| event);
        world.happen(claim.day, cause, EventKind::ClaimMade { claim: index });
        let about = |party: PartyIndex| claim.about[party];
        let said = (claim.says, claim.share);
        say(model, world, (claim.by, claim.clause), about, said, claim.day);
    }
}

/// Enters what a party says of a clause into the claimed register, if its word
/// counts there.
pub(super) fn say(
    model: &Model,
    world: &mut World,
    (by, clause): (PartyIndex, ClauseIndex),
    about: impl Fn(PartyIndex) -> bool,
    (says, share): (Says, f64),
    day: u32,
) {
    if !model.mechanisms.has(Mechanism::Claims) || !model.clauses[clause].claimants[by] {
        return;
    }
    // What is said of a clause is said of it in every reading.
    let readings = model.clauses[clause].readings.iter();
    for clause in std::iter::once(clause).chain(readings.map(|(_, reading)| *reading)) {
        let claims = &mut world.clauses[clause].claims;
        for (bound, said) in model.clauses[clause].bound.iter().zip(claims) {
            let spoken_of = about(model.forces[bound.force].commander);
            if spoken_of && said.is_none_or(|(last, ..)| last <= day) {
                *said = Some((day, says, share));
            }
        }
        world.note(model, Fact::Claimed(clause));
    }
}
