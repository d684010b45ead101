//! A small regression tree.

use super::region::{Cases, DiscoveryError, Region, Side, Values};

/// A leaf of a tree as the box it is.
pub type Leaf = Region;

/// Splits all points in two by one parameter, each part again, and so on, `depth` times
/// at most, so that the parts differ most in how many of their points are of interest; a
/// part holds `least` points or more. Gives the leaves, the densest first, and of equals
/// the larger.
///
/// A split is where it lowers the sum of squares about the parts' own shares most; of
/// equals the first parameter and the lowest limit. Words are put in the order of their
/// shares, where the best of all ways to part them is a cut.
///
/// Source: Breiman, Friedman, Olshen, Stone, *Classification and Regression Trees*, 1984,
/// chapters 4 and 8.
///
/// # Errors
/// If there are fewer than [`LEAST_POINTS`](super::LEAST_POINTS) points.
pub fn tree(cases: &Cases<'_>, depth: usize, least: usize) -> Result<Vec<Leaf>, DiscoveryError> {
    cases.check()?;
    let mut leaves = Vec::new();
    let root = cases.region(vec![Side::Free; cases.values.len()]);
    grow(cases, root, depth, least.max(1), &mut leaves);
    leaves.sort_by(|a, b| {
        let dense = b.density().total_cmp(&a.density());
        dense.then(b.points.cmp(&a.points))
    });
    Ok(leaves)
}

fn grow(cases: &Cases<'_>, from: Region, depth: usize, least: usize, leaves: &mut Vec<Leaf>) {
    match split(cases, &from, least) {
        Some((low, high)) if depth > 0 => {
            grow(cases, low, depth - 1, least, leaves);
            grow(cases, high, depth - 1, least, leaves);
        }
        _ => leaves.push(from),
    }
}

/// The sum of squares of so many points, so many of interest, about their share.
fn squares(points: f64, hits: f64) -> f64 {
    hits * (1.0 - hits / points)
}

/// The best split, if one lowers the sum of squares.
fn split(cases: &Cases<'_>, from: &Region, least: usize) -> Option<(Region, Region)> {
    let inside = cases.inside(&from.sides);
    let all = squares(from.points as f64, from.hits as f64);
    let mut best: Option<(f64, usize, [Side; 2])> = None;
    for (at, values) in cases.values.iter().enumerate() {
        let mut ranked: Vec<(f64, usize)> = match values {
            Values::Numbers(values) => inside.iter().map(|it| (values[*it], *it)).collect(),
            Values::Words(values, many) => {
                let order = by_share(cases, &inside, values, *many);
                inside.iter().map(|it| (order[values[*it]] as f64, *it)).collect()
            }
        };
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut points, mut hits) = (0.0, 0.0);
        for pair in ranked.windows(2) {
            let [(x, point), (next, _)] = pair else {
                continue;
            };
            points += 1.0;
            hits += f64::from(u8::from(cases.of_interest[*point]));
            let (other, others) = (from.points as f64 - points, from.hits as f64 - hits);
            if next <= x || points < least as f64 || other < least as f64 {
                continue;
            }
            let gain = all - squares(points, hits) - squares(other, others);
            if gain > 1e-9 && best.as_ref().is_none_or(|(most, ..)| gain > *most + 1e-9) {
                best = Some((gain, at, halves(cases, &inside, from, at, (x + next) / 2.0)));
            }
        }
    }
    let (_, at, [low, high]) = best?;
    let with = |side: Side| cases.region(from.with(at, side));
    Some((with(low), with(high)))
}

/// Both parts of a split at a limit; of words, the limit lies between their places in the
/// order of shares.
fn halves(cases: &Cases<'_>, inside: &[usize], from: &Region, at: usize, cut: f64) -> [Side; 2] {
    match &cases.values[at] {
        Values::Numbers(_) => {
            let (low, high) = from.sides[at].limits();
            [Side::Between(low, Some(cut)), Side::Between(Some(cut), high)]
        }
        Values::Words(values, many) => {
            let order = by_share(cases, inside, values, *many);
            let own = from.sides[at].words(*many);
            let part = |low: bool| {
                let each = own.iter().zip(&order);
                let each = each.map(|(own, place)| *own && ((*place as f64) < cut) == low);
                Side::Among(each.collect())
            };
            [part(true), part(false)]
        }
    }
}

/// By word: its place in the order of their shares of interest; words without a point
/// come last.
fn by_share(cases: &Cases<'_>, inside: &[usize], values: &[usize], many: usize) -> Vec<usize> {
    let mut counts = vec![(0_usize, 0_usize); many];
    for point in inside {
        let (points, hits) = &mut counts[values[*point]];
        *points += 1;
        *hits += usize::from(cases.of_interest[*point]);
    }
    let share = |word: usize| match counts[word] {
        (0, _) => 2.0,
        (points, hits) => hits as f64 / points as f64,
    };
    let mut words: Vec<usize> = (0..many).collect();
    words.sort_by(|a, b| share(*a).total_cmp(&share(*b)));
    let mut order = vec![0; many];
    for (place, word) in words.into_iter().enumerate() {
        order[word] = place;
    }
    order
}
