//! The patient rule induction method.

use super::region::{Cases, DiscoveryError, Region, Side, Values};

/// How patient it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prim {
    /// The share of a box's points that a peel takes off.
    pub peel: f64,
    /// The share of the points beyond a side that a paste takes in.
    pub paste: f64,
    /// The least share of all points that a box holds.
    pub least_mass: f64,
}

impl Default for Prim {
    /// 5 % of each.
    fn default() -> Self {
        Self { peel: 0.05, paste: 0.05, least_mass: 0.05 }
    }
}

/// The boxes on the way, from all points to the last, each inside the one before but for
/// those that pasting made.
#[derive(Debug, Clone, PartialEq)]
pub struct Traced {
    /// In their order; the first holds everything.
    pub boxes: Vec<Region>,
    /// How many of them peeling made, with the first.
    pub peeled: usize,
}

impl Traced {
    /// The number of the box with the greatest harmonic mean of coverage and density;
    /// the one that restricts least, then the earliest, of equals.
    pub fn best(&self, cases: &Cases<'_>) -> usize {
        let better = |a: &Region, b: &Region| {
            let (x, y) = (a.balance(cases), b.balance(cases));
            x > y || x == y && a.restricted() < b.restricted()
        };
        (0..self.boxes.len())
            .reduce(|best, at| if better(&self.boxes[at], &self.boxes[best]) { at } else { best })
            .unwrap_or(0)
    }
}

/// Peels a box off all points, step by step, then pastes.
///
/// A step takes about a share `peel` of the box's points off one end of one parameter, or
/// one word away. Of all such steps it takes that which raises the share of interest most
/// for each point taken off, so that a word, which takes many, is not preferred to a
/// number; of equals the one that restricts fewer parameters. Points with equal values go
/// together, and a limit lies half way between two values. When no step raises the share,
/// or the box would hold less than `least_mass` of the points, steps outward are tried in
/// the same way at the sides that are restricted.
///
/// Source: Friedman & Fisher, "Bump hunting in high-dimensional data", Statistics and
/// Computing 9, 1999; gain by point: Kwakkel & Jaxa-Rozen, "Improving scenario discovery
/// for handling heterogeneous uncertainties", Environmental Modelling & Software 79, 2016.
///
/// # Errors
/// If there are fewer than [`LEAST_POINTS`](super::LEAST_POINTS) points.
pub fn prim(cases: &Cases<'_>, how: Prim) -> Result<Traced, DiscoveryError> {
    cases.check()?;
    let free = vec![Side::Free; cases.values.len()];
    let mut boxes = vec![cases.region(free)];
    while let Some(next) = step(cases, how, &boxes[boxes.len() - 1], peels) {
        if next.mass(cases) < how.least_mass {
            break;
        }
        boxes.push(next);
    }
    let peeled = boxes.len();
    while let Some(next) = step(cases, how, &boxes[boxes.len() - 1], pastes) {
        boxes.push(next);
    }
    Ok(Traced { boxes, peeled })
}

/// The best of the steps that raise the density, if any does.
fn step(
    cases: &Cases<'_>,
    how: Prim,
    from: &Region,
    steps: impl Fn(&Cases<'_>, Prim, &Region) -> Vec<Vec<Side>>,
) -> Option<Region> {
    let mut best: Option<(f64, usize, Region)> = None;
    for sides in steps(cases, how, from) {
        let to = cases.region(sides);
        let moved = to.points.abs_diff(from.points);
        if moved == 0 || to.points == 0 {
            continue;
        }
        let gain = (to.density() - from.density()) / moved as f64;
        let restricted = to.restricted();
        let better = best
            .as_ref()
            .is_none_or(|(most, fewest, _)| gain > *most || gain == *most && restricted < *fewest);
        if gain > 0.0 && better {
            best = Some((gain, restricted, to));
        }
    }
    best.map(|(.., region)| region)
}

/// Every way to take a little off.
fn peels(cases: &Cases<'_>, how: Prim, from: &Region) -> Vec<Vec<Side>> {
    let inside = cases.inside(&from.sides);
    let mut all = Vec::new();
    for (at, values) in cases.values.iter().enumerate() {
        let mut add = |side: Side| all.push(from.with(at, side));
        match values {
            Values::Numbers(values) => {
                let own: Vec<f64> = inside.iter().map(|it| values[*it]).collect();
                let (low, high) = from.sides[at].limits();
                let [lower, upper] = cuts(own, how.peel);
                if let Some(cut) = upper {
                    add(Side::Between(low, Some(cut)));
                }
                if let Some(cut) = lower {
                    add(Side::Between(Some(cut), high));
                }
            }
            Values::Words(_, many) => {
                let words = from.sides[at].words(*many);
                if words.iter().filter(|it| **it).count() < 2 {
                    continue;
                }
                for word in (0..*many).filter(|it| words[*it]) {
                    let mut fewer = words.clone();
                    fewer[word] = false;
                    add(Side::Among(fewer));
                }
            }
        }
    }
    all
}

/// Every way to take a little in.
fn pastes(cases: &Cases<'_>, how: Prim, from: &Region) -> Vec<Vec<Side>> {
    let mut all = Vec::new();
    for (at, values) in cases.values.iter().enumerate() {
        if from.sides[at].is_free() {
            continue;
        }
        let with = |side: Side| from.with(at, side);
        match values {
            Values::Numbers(values) => {
                let (low, high) = from.sides[at].limits();
                let beyond = |side: Side| -> Vec<f64> {
                    let inside = cases.inside(&with(side));
                    inside.iter().map(|it| values[*it]).collect()
                };
                if low.is_some() {
                    let own = beyond(Side::Between(None, low));
                    let cut = nearest(own, how.paste, true);
                    all.push(with(Side::Between(cut, high)));
                }
                if high.is_some() {
                    let own = beyond(Side::Between(high, None));
                    let cut = nearest(own, how.paste, false);
                    all.push(with(Side::Between(low, cut)));
                }
            }
            Values::Words(_, many) => {
                let words = from.sides[at].words(*many);
                for word in (0..*many).filter(|it| !words[*it]) {
                    let mut more = words.clone();
                    more[word] = true;
                    all.push(with(Side::Among(more)));
                }
            }
        }
    }
    all
}

/// The new limit that takes in about a share of the points beyond: of those below, the
/// greatest; of those above, the least. None, so no limit, where there are no more values
/// beyond it.
fn nearest(values: Vec<f64>, share: f64, below: bool) -> Option<f64> {
    let [lower, upper] = cuts(values, share);
    if below { upper } else { lower }
}

/// The limits above the lowest and below the highest share of values: half way from the
/// value of that rank to the next other one. None where there is no other.
fn cuts(mut values: Vec<f64>, share: f64) -> [Option<f64>; 2] {
    values.sort_by(f64::total_cmp);
    let Some(last) = values.len().checked_sub(1) else {
        return [None; 2];
    };
    let rank = ((last as f64 * share + 1e-9).floor() as usize).min(last);
    let (low, high) = (values[rank], values[last - rank]);
    let above = values.iter().find(|it| **it > low);
    let below = values.iter().rev().find(|it| **it < high);
    let half = |a: f64, b: f64| (a + b) / 2.0;
    [above.map(|it| half(low, *it)), below.map(|it| half(*it, high))]
}
