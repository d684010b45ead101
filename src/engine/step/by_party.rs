//! The shares of a clause by party, at the end of a turn.

use super::weights;
use crate::engine::state::{PartyShares, World};
use crate::model::{ClauseIndex, Duty, Model, Says};
use smallvec::SmallVec;

/// Works out the shares of a clause by party, where it has any. Every share is of what the
/// clause counts: in truth and on record of the party's own forces, as claimed of all forces
/// and as far as the party says anything of keeping.
pub(super) fn share_out(model: &Model, world: &mut World, clause: ClauseIndex) {
    if world.clauses[clause].by_party.is_empty() {
        return;
    }
    let mut parties: SmallVec<[Sums; 12]> =
        SmallVec::from_elem(Sums::default(), model.parties.len());
    let mut all = 0.0;
    let state = &world.clauses[clause];
    for (at, bound) in model.clauses[clause].bound.iter_enumerated() {
        let weight = weights::strength(model, world, clause, at, true);
        if weight == 0.0 {
            continue;
        }
        all += weight;
        if bound.duty != Duty::Authorised {
            let sum = &mut parties[usize::from(model.forces[bound.force].commander)];
            sum.own += weight;
            if world.forces[bound.force].stance.view.meets(clause) {
                sum.met += weight;
            }
            match state.observed[at].filter(|it| it.counts).map(|it| it.keeping) {
                Some(true) => sum.seen_keeping += weight,
                Some(false) => sum.seen_violating += weight,
                None => {}
            }
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
    for (shares, sum) in world.clauses[clause].by_party.iter_mut().zip(parties) {
        let said = if sum.speaks { all } else { f64::NAN };
        *shares = PartyShares {
            met: sum.met / sum.own,
            seen_keeping: sum.seen_keeping / sum.own,
            seen_violating: sum.seen_violating / sum.own,
            claimed_keeping: sum.claimed_keeping / said,
            claimed_violating: sum.claimed_violating / said,
        };
    }
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
