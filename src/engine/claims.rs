//! Dated statements.

use super::event::EventKind;
use super::world::World;
use crate::model::Model;

/// The statements made from day `from` to day `to`, both included. One of a
/// party that is bound or answers enters the claimed register; any is an event.
pub(super) fn make(model: &Model, world: &mut World, from: u32, to: u32) {
    for (index, claim) in model.claims.iter().enumerate() {
        if claim.day < from || claim.day > to {
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
    }
}
