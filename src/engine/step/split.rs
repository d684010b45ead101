//! What of the bound strength keeps a clause, what violates it, and what nobody knows of.

use super::weights;
use crate::engine::state::Split;
use crate::model::{BoundIndex, Clause, Duty, Limit, Terms};

/// Splits the bound strength by what `meets` knows of each bound force.
/// Authorised forces inside keep the clause as far as the caps go. A floor is owed
/// together by those to be deployed: each keeps the clause, wherever it is, as far as
/// the floor is reached. What an exemption excuses leaves both counts.
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
    let floors = floors(terms);
    // By what is known to be there, and with all of whom nothing is known.
    let (mut reached, mut at_most) = (1.0, 1.0);
    if floors {
        let filled = |inside: f64, posts: f64| {
            let of = |floor: Option<f64>, there: f64| {
                floor.filter(|it| *it > 0.0).map_or(1.0, |floor| (there / floor).min(1.0))
            };
            of(terms.floor, inside).min(of(terms.floor_posts, posts))
        };
        reached = filled(inside, posts);
        let unknown = clause.bound.keys().filter(|at| meets(*at).is_none());
        let (more, forces) = unknown.fold((0.0, 0.0), |(sum, number), at| {
            let weight = weight(at);
            (sum + weight, number + f64::from(u8::from(weight > 0.0)))
        });
        at_most = filled(inside + more, posts + forces);
    }
    let mut excuses: Vec<Limit> = clause.exempt.iter().map(|it| it.limit).collect();
    let mut split = Split::default();
    for (at, bound) in clause.bound.iter_enumerated() {
        let weight = weight(at);
        if weight == 0.0 {
            continue;
        }
        let Some(meets) = meets(at) else {
            split.unknown += weight;
            continue;
        };
        let inside = meets == (bound.duty == Duty::Deploy);
        let (kept, at_most) = match bound.duty {
            Duty::Deploy if floors => {
                let least = if inside { at_most } else { reached };
                let within = if inside { within } else { 1.0 };
                (within * least, within * at_most)
            }
            Duty::Authorised if !inside => (1.0, 1.0),
            Duty::Authorised => (within, within),
            Duty::Deploy if inside => (within, within),
            _ => (f64::from(u8::from(meets)), f64::from(u8::from(meets))),
        };
        let missing = weight * (1.0 - at_most);
        split.keeping += weight * kept;
        split.unknown += weight * (at_most - kept);
        let violating = missing - excused(clause, &mut excuses, at, missing);
        split.violating += violating;
        if violating > 0.0 {
            lacks(at, violating);
        }
    }
    split
}

/// Whether a clause asks for so many there at least.
pub(super) fn floors(terms: &Terms) -> bool {
    terms.floor.is_some() || terms.floor_posts.is_some()
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
