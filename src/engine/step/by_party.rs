//! The shares of a clause by party, at the end of a turn.

use super::weights;
use crate::engine::state::World;
use crate::model::{ClauseIndex, Duty, Model, Says};
use smallvec::SmallVec;

/// Works out the shares of a clause by party, where it has any, in the registers in which some
/// force may have another one. Every share is of what the clause counts: in truth and on record
/// of the party's own forces, as claimed of all forces and as far as the party says anything of
/// keeping.
pub(super) fn share_out(
    model: &Model,
    world: &mut World,
    clause: ClauseIndex,
    [truth, recorded, claimed]: [bool; 3],
) {
    if world.clauses[clause].by_party.is_empty() {
        return;
    }
    let mut parties: SmallVec<[Sums; 12]> =
        SmallVec::from_elem(Sums::default(), model.parties.len());
    let mut all = 0.0;
    let state = &world.clauses[clause];
    for (at, bound) in model.clauses[clause].bound.iter_enumerated() {
        if !state.counted[at] {
            continue;
        }
        let weight = weights::strength(model, world, clause, at, true);
        all += weight;
        if bound.duty != Duty::Authorised {
            let sum = &mut parties[usize::from(model.forces[bound.force].commander)];
            sum.own += weight;
            if truth && world.forces[bound.force].stance.view.meets(clause) {
                sum.met += weight;
            }
            match state.observed[at].filter(|it| recorded && it.counts).map(|it| it.keeping) {
                Some(true) => sum.seen_keeping += weight,
                Some(false) => sum.seen_violating += weight,
                None => {}
            }
        }
        if !claimed || weight == 0.0 {
            continue;
        }
        for word in state.claims[at].words() {
            let sum = &mut parties[usize::from(word.by)];
            match word.says {
                Says::Keeping => sum.claimed_keeping += weight * word.share,
                Says::Violating => sum.claimed_violating += weight * word.share,
                Says::Denies => continue,
            }
            sum.speaks = true;
        }
    }
    let mut changed = [false; 3];
    for (shares, sum) in world.clauses[clause].by_party.iter_mut().zip(parties) {
        if truth {
            changed[0] |= replace(&mut shares.met, sum.met / sum.own);
        }
        if recorded {
            changed[1] |= replace(&mut shares.seen_keeping, sum.seen_keeping / sum.own);
            changed[1] |= replace(&mut shares.seen_violating, sum.seen_violating / sum.own);
        }
        if claimed {
            let said = if sum.speaks { all } else { f64::NAN };
            changed[2] |= replace(&mut shares.claimed_keeping, sum.claimed_keeping / said);
            changed[2] |= replace(&mut shares.claimed_violating, sum.claimed_violating / said);
        }
    }
    world.changes.shared(clause, changed);
}

/// Puts a share in the place of another. Whether it is another one: none is as good as none.
fn replace(share: &mut f64, by: f64) -> bool {
    let before = std::mem::replace(share, by);
    before != by && !(before.is_nan() && by.is_nan())
}

/// Sums of weights of one party.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    own: f64,
    met: f64,
    seen_keeping: f64,
    seen_violating: f64,
    claimed_keeping: f64,
    claimed_violating: f64,
    speaks: bool,
}
