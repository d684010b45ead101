//! Aggregates whose size does not depend on how much went in, and whose merge
//! gives the same bytes in any order.

use serde::{Deserialize, Serialize};

/// The fixed bins of a measure: `count` bins of equal width from `low` to
/// `high`, and one bin each for what lies at or below, at or above the ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bins {
    /// Lower end.
    pub low: f64,
    /// Upper end, above `low`.
    pub high: f64,
    /// Number of inner bins.
    pub count: u32,
}

impl Bins {
    /// Bins for a share: 0 to 1 in steps of 0.005.
    pub const SHARE: Self = Self { low: 0.0, high: 1.0, count: 200 };

    /// Bins from `low` to `high`.
    pub fn between(low: f64, high: f64, count: u32) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        Self { low, high, count }
    }

    fn index(&self, x: f64) -> usize {
        if x <= self.low {
            0
        } else if x >= self.high {
            self.count as usize + 1
        } else {
            // Multiplied first: whole numbers in bins of width 1 stay whole.
            let at = (x - self.low) * f64::from(self.count) / (self.high - self.low);
            (at as usize).min(self.count as usize - 1) + 1
        }
    }

    /// The interval of values that bin `index` holds.
    fn edges(&self, index: usize) -> (f64, f64) {
        let width = (self.high - self.low) / f64::from(self.count);
        match index {
            0 => (self.low, self.low),
            i if i > self.count as usize => (self.high, self.high),
            i => (self.low + width * (i - 1) as f64, self.low + width * i as f64),
        }
    }
}

/// Counts in fixed bins beside exact sums: mean and standard deviation are
/// right to the sixth decimal, quantiles to a bin's width.
///
/// Values are kept to 10⁻⁶; sums are integers, so that any order of adding,
/// taking away and merging gives the same result. A negative weight takes away;
/// what is read of a histogram that holds less than nothing means nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    bins: Bins,
    /// By bin; empty before the first value, for most of many stay without one.
    counts: Vec<i64>,
    weight: i64,
    sum: i128,
    square: i128,
}

pub(super) const SCALE: f64 = 1e6;

/// A value as it is kept: rounded half away from zero; a call to the library would cost more.
#[inline]
pub(super) fn fixed(x: f64) -> i64 {
    (x * SCALE + 0.5_f64.copysign(x)) as i64
}

/// What a histogram holds, to be stored and added to another one with the same bins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The bins that hold anything, with how much.
    bins: Vec<(u32, i64)>,
    /// Their sum, as the histogram keeps it.
    sum: i128,
    /// The sum of squares.
    square: i128,
}

impl Histogram {
    /// An empty one.
    pub fn new(bins: Bins) -> Self {
        Self { bins, counts: Vec::new(), weight: 0, sum: 0, square: 0 }
    }

    /// Adds one value.
    #[inline]
    pub fn add(&mut self, x: f64) {
        self.add_weighted(x, 1);
    }

    /// Adds a value with a whole weight, such as persons; takes it away with a
    /// negative one.
    #[inline]
    pub fn add_weighted(&mut self, x: f64, weight: i64) {
        let fixed = fixed(x);
        if self.counts.is_empty() {
            self.counts.resize(self.bins.count as usize + 2, 0);
        }
        self.counts[self.bins.index(x)] += weight;
        self.weight += weight;
        self.sum += i128::from(fixed) * i128::from(weight);
        self.square += i128::from(fixed) * i128::from(fixed) * i128::from(weight);
    }

    /// Adds what another one, of the same bins, holds. What was read back may be more than
    /// can be added: then it stays at the most.
    pub fn merge(&mut self, other: &Self) {
        if self.counts.is_empty() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count = count.saturating_add(*more);
        }
        self.weight = self.weight.saturating_add(other.weight);
        self.sum = self.sum.saturating_add(other.sum);
        self.square = self.square.saturating_add(other.square);
    }

    /// Whether nothing was ever added, or all of it taken away again.
    pub fn is_empty(&self) -> bool {
        self.counts.iter().all(|count| *count == 0) && self.sum == 0 && self.square == 0
    }

    /// What it holds; most bins are empty and take no room.
    pub fn held(&self) -> Held {
        let full = (0..).zip(&self.counts).filter(|(_, count)| **count != 0);
        Held {
            bins: full.map(|(bin, count)| (bin, *count)).collect(),
            sum: self.sum,
            square: self.square,
        }
    }

    /// Adds what another one with the same bins held; none if it does not fit.
    pub fn merge_held(&mut self, other: &Held) -> Option<()> {
        if !other.bins.is_empty() && self.counts.is_empty() {
            self.counts.resize(self.bins.count as usize + 2, 0);
        }
        for (bin, count) in &other.bins {
            let held = self.counts.get_mut(*bin as usize)?;
            *held = held.checked_add(*count)?;
            self.weight = self.weight.checked_add(*count)?;
        }
        self.sum = self.sum.checked_add(other.sum)?;
        self.square = self.square.checked_add(other.square)?;
        Some(())
    }

    /// How many values, or the sum of their weights.
    pub fn n(&self) -> u64 {
        self.weight.max(0) as u64
    }

    /// The mean; NaN without values.
    pub fn mean(&self) -> f64 {
        if self.weight == 0 {
            return f64::NAN;
        }
        self.sum as f64 / self.weight as f64 / SCALE
    }

    /// The standard deviation of the sample; NaN with fewer than two values.
    pub fn sd(&self) -> f64 {
        if self.weight < 2 {
            return f64::NAN;
        }
        let n = self.weight as f64;
        let mean = self.sum as f64 / n;
        // Both terms are exact integers before the division; what cancels is
        // below the sixth decimal of the values.
        let centred = self.square as f64 - mean * self.sum as f64;
        (centred.max(0.0) / (n - 1.0)).sqrt() / SCALE
    }

    /// The value below which a share `p` of the weight lies, read off the bins
    /// by linear interpolation; NaN without values.
    pub fn quantile(&self, p: f64) -> f64 {
        if self.weight == 0 {
            return f64::NAN;
        }
        let rank = p * self.weight as f64;
        let mut below = 0.0;
        for (index, count) in self.counts.iter().enumerate() {
            let count = *count as f64;
            if count > 0.0 && below + count >= rank {
                let (low, high) = self.bins.edges(index);
                return low + (high - low) * ((rank - below) / count).clamp(0.0, 1.0);
            }
            below += count;
        }
        self.bins.high
    }

    /// What it holds: the lower ends of the bins that are not empty, rising, and
    /// their counts.
    pub fn atoms(&self) -> impl Iterator<Item = (f64, i64)> + '_ {
        let counts = self.counts.iter().enumerate();
        counts
            .filter(|(_, count)| **count > 0)
            .map(|(index, count)| (self.bins.edges(index).0, *count))
    }

    /// The lower end of the bin that a value falls into.
    pub fn floor(&self, x: f64) -> f64 {
        self.bins.edges(self.bins.index(x)).0
    }

    /// The share of the weight at or above `x`, to a bin's width.
    pub fn share_from(&self, x: f64) -> f64 {
        if self.weight == 0 {
            return f64::NAN;
        }
        let from = self.bins.index(x);
        let counts = self.counts[from..].iter();
        let above = counts.fold(0_i64, |sum, count| sum.saturating_add(*count));
        above as f64 / self.weight as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_order_of_merging_gives_the_same(values in prop::collection::vec(-10.0..300.0f64, 1..60), cut in 0usize..60) {
            let bins = Bins::between(0.0, 250.0, 100);
            let mut whole = Histogram::new(bins);
            let (mut a, mut b) = (Histogram::new(bins), Histogram::new(bins));
            for (i, v) in values.iter().enumerate() {
                whole.add(*v);
                if i < cut { a.add(*v) } else { b.add(*v) }
            }
            let mut ba = b.clone();
            ba.merge(&a);
            a.merge(&b);
            prop_assert_eq!(&a, &whole);
            prop_assert_eq!(&ba, &whole);
            let mut first = Histogram::new(bins);
            values.iter().take(cut).for_each(|v| first.add(*v));
            prop_assert_eq!(first.merge_held(&b.held()), Some(()));
            prop_assert_eq!(&first, &whole);
        }

        #[test]
        fn moments_and_quantiles_are_right(values in prop::collection::vec(0.0..1.0f64, 2..200)) {
            let mut it = Histogram::new(Bins::SHARE);
            values.iter().for_each(|v| it.add(*v));
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let sd = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0)).sqrt();
            prop_assert!((it.mean() - mean).abs() < 1e-6);
            prop_assert!((it.sd() - sd).abs() < 1e-5);
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            for p in [0.05, 0.5, 0.95] {
                let at = ((p * n).ceil() as usize).clamp(1, sorted.len()) - 1;
                prop_assert!((it.quantile(p) - sorted[at]).abs() <= 0.005 + 1e-9);
            }
        }
    }

    /// Days counted in bins of one day each stay the days they are.
    #[test]
    fn whole_numbers_stay_in_their_bins() {
        for last in [120, 548, 1461] {
            let mut it = Histogram::new(Bins::between(0.0, f64::from(last + 1), last + 1));
            (0..=last).for_each(|day| it.add(f64::from(day)));
            let days: Vec<f64> = it.atoms().map(|(day, _)| day).collect();
            assert!((0..=last).map(f64::from).eq(days), "{last}");
        }
    }

    #[test]
    fn what_was_read_back_stays_at_the_most_that_can_be_added() {
        let most = Held { bins: vec![(1, i64::MAX)], sum: i128::MAX, square: i128::MAX };
        let mut it = Histogram::new(Bins::SHARE);
        it.merge_held(&most).unwrap();
        it.merge(&it.clone());
        assert_eq!(it.n(), i64::MAX as u64);
        assert!(it.share_from(0.0).is_finite() && it.mean().is_finite());
    }

    #[test]
    fn the_ends_have_bins_of_their_own() {
        let mut it = Histogram::new(Bins::SHARE);
        for _ in 0..60 {
            it.add(1.0);
        }
        for _ in 0..40 {
            it.add(0.0);
        }
        assert_eq!(it.quantile(0.5), 1.0);
        assert_eq!(it.quantile(0.25), 0.0);
        assert_eq!(it.share_from(1.0), 0.6);
    }
}
