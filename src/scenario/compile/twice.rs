//! Clauses that are written several times: they weigh as one.

use std::mem::discriminant;

use crate::model::{Clause, ClauseIndex, Model};

/// Counts the clauses that say the same as each, and shares its weight in the mean out
/// among them.
pub(super) fn settle(model: &mut Model) {
    let alike: Vec<(ClauseIndex, u32)> = model
        .clauses
        .keys()
        .map(|clause| {
            let others = model.clauses.keys();
            let alike = others.filter(|other| say_the_same(model, clause, *other));
            (clause, alike.count() as u32)
        })
        .collect();
    for (clause, number) in alike {
        model.clauses[clause].written_times = number;
        model.clauses[clause].weight_in_mean /= f64::from(number);
    }
}

/// Whether two clauses ask the same of the same forces in the same time, by where they stand.
fn say_the_same(model: &Model, a: ClauseIndex, b: ClauseIndex) -> bool {
    let asks = |it: &Clause| {
        let bound: Vec<_> =
            it.bound.iter().map(|bound| (bound.force, bound.duty, bound.weapons.clone())).collect();
        (discriminant(&it.kind), it.terms, bound, it.standing, it.reading_of)
    };
    let (one, other) = (&model.clauses[a], &model.clauses[b]);
    let when = |it: &Clause| {
        let expires = (it.deadline.clone(), it.expires.clone());
        (it.starts.clone(), expires, it.grace_days, it.agreement, it.phase)
    };
    if a == b {
        return true;
    }
    one.kind.is_of_distance()
        && one.weight == other.weight
        && asks(one) == asks(other)
        && when(one) == when(other)
        && one.bound.iter().all(|bound| {
            let ways = model.forces[bound.force].routes.iter();
            ways.into_iter().all(|way| way.clause_km[a] == way.clause_km[b])
        })
}
