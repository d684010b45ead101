//! The shares of a clause by party, at the end of a turn.

use super::weights;
use crate::engine::state::World;
use crate::model::{Bound, BoundIndex, ClauseIndex, Duty, Model, Says};
use smallvec::SmallVec;

/// Works out the shares of a clause by party, where it has any, in the registers in which some
/// force may have another one. Every share is of what the clause counts: in truth and on record
/// of the party's own forces, as claimed of all forces and as far as the party says anything of
/// keeping.
pub(super) fn share_out(
    model: &Model,
    world: &mut World,
    clause: ClauseIndex,
    [truth, recorded, claimed, weights]: [bool; 4],
) {
    if world.clauses[clause].by_party.is_empty() {
        return;
    }
    if weights {
        weigh(model, world, clause);
    }
    let [truth, recorded, claimed] = [truth, recorded, claimed].map(|it| it || weights);
    let mut parties: SmallVec<[Sums; 12]> =
        SmallVec::from_elem(Sums::default(), model.parties.len());
    let state = &world.clauses[clause];
    let weight = |at: BoundIndex| {
        debug_assert_eq!(state.weighs[at], weights::strength(model, world, clause, at, true));
        state.weighs[at]
    };
    let owes = |bound: &Bound| bound.duty != Duty::Authorised;
    let of = |bound: &Bound| usize::from(model.forces[bound.force].commander);
    if truth {
        for (at, bound) in model.clauses[clause].bound.iter_enumerated() {
            if owes(bound) && world.forces[bound.force].stance.view.meets(clause) {
                parties[of(bound)].met += weight(at);
            }
        }
    }
    if recorded {
        for (at, observed) in state.observed.iter_enumerated() {
            let bound = &model.clauses[clause].bound[at];
            let Some(seen) = observed.filter(|it| it.counts && owes(bound)) else { continue };
            let sum = &mut parties[of(bound)];
            let sum = if seen.keeping { &mut sum.seen_keeping } else { &mut sum.seen_violating };
            *sum += weight(at);
        }
    }
    for (at, said) in state.claims.iter_enumerated().filter(|_| claimed) {
        let weight = if said.is_silent() { 0.0 } else { weight(at) };
        for word in said.words().filter(|_| weight > 0.0) {
            let sum = &mut parties[usize::from(word.by)];
            match word.says {
                Says::Keeping => sum.claimed_keeping += weight * word.share,
                Says::Violating => sum.claimed_violating += weight * word.share,
                Says::Denies => continue,
            }
            sum.speaks = true;
        }
    }
    let all = state.weighs_in_all;
    let mut changed = [false; 3];
    for (shares, sum) in world.clauses[clause].by_party.iter_mut().zip(parties) {
        let own = shares.own;
        if truth {
            changed[0] |= replace(&mut shares.met, sum.met / own);
        }
        if recorded {
            changed[1] |= replace(&mut shares.seen_keeping, sum.seen_keeping / own);
            changed[1] |= replace(&mut shares.seen_violating, sum.seen_violating / own);
        }
        if claimed {
            let said = if sum.speaks { all } else { f64::NAN };
            changed[2] |= replace(&mut shares.claimed_keeping, sum.claimed_keeping / said);
            changed[2] |= replace(&mut shares.claimed_violating, sum.claimed_violating / said);
        }
    }
    world.changes.shared(clause, changed);
}

/// Weighs what a clause counts, in all and of each party.
fn weigh(model: &Model, world: &mut World, clause: ClauseIndex) {
    let mut weighs = std::mem::take(&mut world.clauses[clause].weighs);
    let bound = &model.clauses[clause].bound;
    weighs.clear();
    weighs.extend(bound.keys().map(|at| weights::strength(model, world, clause, at, true)));
    let state = &mut world.clauses[clause];
    state.by_party.iter_mut().for_each(|it| it.own = 0.0);
    for (bound, weight) in bound.iter().zip(&weighs) {
        if bound.duty != Duty::Authorised {
            state.by_party[model.forces[bound.force].commander].own += weight;
        }
    }
    state.weighs_in_all = weighs.iter().sum();
    state.weighs = weighs;
}

/// Puts a share in the place of another. Whether it is another one: none is as good as none.
fn replace(share: &mut f64, by: f64) -> bool {
    let before = std::mem::replace(share, by);
    before != by && !(before.is_nan() && by.is_nan())
}

/// Sums of weights of one party.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    met: f64,
    seen_keeping: f64,
    seen_violating: f64,
    claimed_keeping: f64,
    claimed_violating: f64,
    speaks: bool,
}
