//! What of the bound strength keeps a clause, what violates it, and what nobody knows of.

use super::weights;
use crate::engine::state::Split;
use crate::model::{BoundIndex, Clause, Duty, Limit, Terms};

/// Splits the bound strength by what `meets` knows of each bound force.
/// Authorised forces inside keep the clause as far as the caps go; a force to be
/// deployed keeps it from outside once the floors are reached without it. What
/// an exemption excuses leaves both counts.
pub(super) fn split(
    clause: &Clause,
    terms: &Terms,
    weight: impl Fn(BoundIndex) -> f64,
    meets: impl Fn(BoundIndex) -> Option<bool>,
) -> Split {
    split_each(clause, terms, weight, meets, |_, _| {})
}

/// As [`split`], telling of each bound force how much of it violates.
pub(super) fn split_each(
    clause: &Clause,
    terms: &Terms,
    weight: impl Fn(BoundIndex) -> f64,
    meets: impl Fn(BoundIndex) -> Option<bool>,
    mut lacks: impl FnMut(BoundIndex, f64),
) -> Split {
    let limits = [terms.cap, terms.floor, terms.cap_posts, terms.floor_posts];
    let (mut inside, mut posts) = (0.0, 0.0);
    if limits.iter().any(Option::is_some) {
        (inside, posts) = weights::authorised_inside(clause, &weight, &meets);
    }
    let up_to = |cap: Option<f64>, there: f64| cap.map_or(1.0, |cap| (cap / there).min(1.0));
    let within = up_to(terms.cap, inside).min(up_to(terms.cap_posts, posts));
    let floors = terms.floor.is_some() || terms.floor_posts.is_some();
    let reached = floors
        && terms.floor.is_none_or(|floor| inside >= floor)
        && terms.floor_posts.is_none_or(|floor| posts >= floor);
    let mut excuses: Vec<Limit> = clause.exempt.iter().map(|it| it.limit).collect();
    let mut split = Split::default();
    for (at, bound) in clause.bound.iter_enumerated() {
        let weight = weight(at);
        if weight == 0.0 {
            continue;
        }
        let kept = match (bound.duty, meets(at)) {
            (_, None) => {
                split.unknown += weight;
                continue;
            }
            (Duty::Authorised, Some(true)) => 1.0,
            (Duty::Authorised, Some(false)) | (Duty::Deploy, Some(true)) => within,
            (Duty::Deploy, Some(false)) => f64::from(u8::from(reached)),
            (_, Some(meets)) => f64::from(u8::from(meets)),
        };
        let missing = weight * (1.0 - kept);
        split.keeping += weight * kept;
        let violating = missing - excused(clause, &mut excuses, at, missing);
        split.violating += violating;
        if violating > 0.0 {
            lacks(at, violating);
        }
    }
    split
}

/// How much of what a bound force lacks its exemptions excuse, of what is left
/// of their limits.
pub(super) fn excused(clause: &Clause, left: &mut [Limit], at: BoundIndex, missing: f64) -> f64 {
    let mut excused = 0.0;
    for (exemption, left) in clause.exempt.iter().zip(left) {
        if !exemption.of[at] || excused >= missing {
            continue;
        }
        match left {
            Limit::Strength(left) => {
                let more = left.min(missing - excused);
                *left -= more;
                excused += more;
            }
            Limit::Posts(left) if *left >= 1.0 => {
                *left -= 1.0;
                excused = missing;
            }
            Limit::Posts(_) => {}
        }
    }
    excused
}
