//! Dated statements.

use crate::engine::state::{EventKind, Fact, Word, World};
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
    // What a party says of a clause it says of it as it reads it, too, and of nobody else's
    // reading.
    let own = model.clauses[clause].readings.iter().filter(|(reader, _)| *reader == by);
    for clause in std::iter::once(clause).chain(own.map(|(_, reading)| *reading)) {
        let claims = &mut world.clauses[clause].claims;
        for (bound, said) in model.clauses[clause].bound.iter().zip(claims) {
            if about(model.forces[bound.force].commander) {
                said.enter(Word { by, day, says, share });
            }
        }
        world.note(model, Fact::Claimed(clause));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn a_claim_stands_from_its_date_if_its_author_answers_for_the_clause() {
        for (by, share) in [("red", Some(0.6)), ("blue", None)] {
            let claim = format!(
                "[[claim]]\nid = \"said\"\nby = \"{by}\"\nclause = \"back\"\nabout = [\"red\"]\n\
                 date = 2030-01-05\nsays = \"keeping\"\nshare = 0.6\n"
            );
            let mut trial = Trial::new(&format!("{BACK}{claim}{}", ordered("red", "defy", &[])));
            let clause = trial.clause("back");
            make(&trial.model, &mut trial.world, 3);
            assert_eq!(trial.world.clauses[clause].claims.raw[0].newest(), None);
            make(&trial.model, &mut trial.world, 4);
            let said = trial.world.clauses[clause].claims.raw[0].newest();
            let said = said.map(|it| (it.day, it.says, it.share));
            assert_eq!(said, share.map(|share| (4, Says::Keeping, share)), "{by}");
            assert_eq!(trial.events(|it| matches!(it, EventKind::ClaimMade { .. })), 1);
        }
    }
}
