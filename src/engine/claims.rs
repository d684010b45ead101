//! Dated statements.

use super::event::EventKind;
use super::world::World;
use crate::model::{Mechanism, Model};

/// The statements made by a day and not yet made. One of a party that is bound
/// or answers enters the claimed register; any is an event.
pub(super) fn make(model: &Model, world: &mut World, day: u32) {
    while let Some(claim) = model.claims.get(world.next_claim)
        && claim.day <= day
    {
        let index = world.next_claim;
        world.next_claim += 1;
        if !model.mechanisms.has(Mechanism::Claims) {
            continue;
        }
        let started = world.clauses[claim.clause].started;
        let cause = started.filter(|(day, _)| *day <= claim.day);
        let cause = cause.map(|(_, event)| event);
        world.happen(claim.day, cause, EventKind::ClaimMade { claim: index });
        if !model.clauses[claim.clause].claimants[claim.by] {
            continue;
        }
        let claims = &mut world.clauses[claim.clause].claims;
        for (bound, said) in model.clauses[claim.clause].bound.iter().zip(claims) {
            let spoken_of = claim.about[model.forces[bound.force].commander];
            if spoken_of && said.is_none_or(|(day, ..)| day <= claim.day) {
                *said = Some((claim.day, claim.says, claim.share));
            }
        }
        world.clauses[claim.clause].stale.claimed = true;
        world.stale = true;
    }
}
