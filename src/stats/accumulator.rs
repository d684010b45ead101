//! Aggregates whose size does not depend on how much went in, and whose merge
//! gives the same bytes in any order.

use serde::{Deserialize, Serialize};

/// The fixed bins of a measure: `count` bins of equal width from `low` to
/// `high`, one for all that lies at or below `low`, and from `high` on bins that
/// grow with the distance from `low`, 64 to each doubling: what lies beyond
/// is told to a share of 1/64.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bins {
    /// Lower end.
    pub low: f64,
    /// Where the bins of equal width end, above `low`.
    pub high: f64,
    /// Number of bins of equal width.
    pub count: u32,
}

/// Bins to each doubling beyond the bins of equal width.
const TAIL: u32 = 64;
/// Doublings beyond them; the last bin holds all that is more.
const DOUBLINGS: u32 = 32;

/// Bins that are held together.
const BLOCK: usize = 64;

impl Bins {
    /// Bins for a share: 0 to 1 in steps of 0.005.
    pub const SHARE: Self = Self { low: 0.0, high: 1.0, count: 200 };

    /// Bins from `low` to `high`.
    pub fn between(low: f64, high: f64, count: u32) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        Self { low, high, count }
    }

    #[inline]
    fn index(&self, x: f64) -> usize {
        if x <= self.low {
            0
        } else if x >= self.high {
            self.count as usize + 1 + self.beyond(x)
        } else {
            // Multiplied first: whole numbers in bins of width 1 stay whole.
            let at = (x - self.low) * f64::from(self.count) / (self.high - self.low);
            (at as usize).min(self.count as usize - 1) + 1
        }
    }

    /// Which of the bins beyond a value falls into: by exponent and first digits of how
    /// many times as far it lies.
    fn beyond(&self, x: f64) -> usize {
        let times = ((x - self.low) / (self.high - self.low)).max(1.0).to_bits();
        let doublings = (times >> 52) as usize - 1023;
        let part = (times >> (52 - TAIL.ilog2())) as usize % TAIL as usize;
        (doublings * TAIL as usize + part).min((DOUBLINGS * TAIL) as usize - 1)
    }

    /// How many there are.
    fn all(&self) -> usize {
        (self.count + 1 + DOUBLINGS * TAIL) as usize
    }

    /// The interval of values that bin `index` holds; the first has no width.
    fn edges(&self, index: usize) -> (f64, f64) {
        let (count, range) = (self.count as usize, self.high - self.low);
        let times = |at: usize| {
            let (doublings, part) = (at / TAIL as usize, at % TAIL as usize);
            libm::ldexp(1.0 + part as f64 / f64::from(TAIL), doublings as i32)
        };
        match index {
            0 => (self.low, self.low),
            at if at > count => {
                let at = at - count - 1;
                (self.low + range * times(at), self.low + range * times(at + 1))
            }
            at => {
                let width = range / f64::from(self.count);
                (self.low + width * (at - 1) as f64, self.low + width * at as f64)
            }
        }
    }
}

/// What is in one bin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Bin {
    count: i64,
    /// The sum of its values, as they are kept. Of its remainder modulo 2^64 only the
    /// part is read that lies above `count` times the bin's lower end, which is small.
    sum: i64,
}

/// Counts in fixed bins beside exact sums: mean and standard deviation are right to
/// the sixth decimal; a quantile is the mean of the values in its bin.
///
/// So a quantile never lies outside the values that went in, is off by less than the
/// width of a bin, and is exact where the bin holds one value only. Where all values are
/// whole numbers, so are quantiles.
///
/// Values are kept to 10⁻⁶; sums are integers, so that any order of adding,
/// taking away and merging gives the same result. A negative weight takes away;
/// what is read of a histogram that holds less than nothing means nothing.
#[derive(Debug, Clone)]
pub struct Histogram {
    bins: Bins,
    /// The number of the first bin that is held.
    first: usize,
    /// Those from the first to the last that were ever filled.
    held: Vec<Bin>,
    weight: i64,
    sum: i128,
    square: i128,
    /// The weight of what is no whole number.
    broken: i64,
}

pub(super) const SCALE: f64 = 1e6;
/// A whole number as it is kept.
const ONE: i64 = 1_000_000;

/// A value as it is kept: rounded half away from zero; a call to the library would cost more.
#[inline]
pub(super) fn fixed(x: f64) -> i64 {
    (x * SCALE + 0.5_f64.copysign(x)) as i64
}

/// What a histogram holds, to be stored and added to another one with the same bins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The bins that hold anything, with how much, and the sum of it.
    bins: Vec<(u32, i64, i64)>,
    /// Their sum, as the histogram keeps it.
    sum: i128,
    /// The sum of squares.
    square: i128,
    /// The weight of what is no whole number.
    broken: i64,
}

/// Two are equal if they hold the same.
impl PartialEq for Histogram {
    fn eq(&self, other: &Self) -> bool {
        self.bins == other.bins && self.held() == other.held()
    }
}

impl Histogram {
    /// An empty one.
    pub fn new(bins: Bins) -> Self {
        Self { bins, first: 0, held: Vec::new(), weight: 0, sum: 0, square: 0, broken: 0 }
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
        let index = self.bins.index(x);
        if index.wrapping_sub(self.first) >= self.held.len() {
            self.hold(index, index);
        }
        let bin = &mut self.held[index - self.first];
        bin.count += weight;
        bin.sum = bin.sum.wrapping_add(fixed.wrapping_mul(weight));
        self.weight += weight;
        self.sum += i128::from(fixed) * i128::from(weight);
        self.square += i128::from(fixed) * i128::from(fixed) * i128::from(weight);
        if fixed % ONE != 0 {
            self.broken += weight;
        }
    }

    /// Makes room for bins of these numbers, by whole blocks, so that what the first values
    /// take is nearly all that it ever takes.
    fn hold(&mut self, from: usize, to: usize) {
        let end = (to + 1).next_multiple_of(BLOCK).min(self.bins.all());
        let from = from / BLOCK * BLOCK;
        let (first, held_to) = match self.held.len() {
            0 => (from, from),
            held => (self.first, self.first + held),
        };
        let before = first.saturating_sub(from);
        let more = before + end.saturating_sub(held_to);
        self.held.reserve_exact(more);
        self.held.resize(self.held.len() + more, Bin::default());
        self.held.rotate_right(before);
        self.first = first - before;
    }

    /// Adds what another one, of the same bins, holds. What was read back may be more than
    /// can be added: then it stays at the most.
    pub fn merge(&mut self, other: &Self) {
        if !other.held.is_empty() {
            self.hold(other.first, other.first + other.held.len() - 1);
            let mine = self.held[other.first - self.first..].iter_mut();
            for (bin, more) in mine.zip(&other.held) {
                bin.count = bin.count.saturating_add(more.count);
                bin.sum = bin.sum.wrapping_add(more.sum);
            }
        }
        self.weight = self.weight.saturating_add(other.weight);
        self.sum = self.sum.saturating_add(other.sum);
        self.square = self.square.saturating_add(other.square);
        self.broken = self.broken.saturating_add(other.broken);
    }

    /// Whether nothing was ever added, or all of it taken away again.
    pub fn is_empty(&self) -> bool {
        self.held.iter().all(|bin| *bin == Bin::default()) && self.sum == 0 && self.square == 0
    }

    /// What it holds; most bins are empty and take no room.
    pub fn held(&self) -> Held {
        let full = (self.first..).zip(&self.held).filter(|(_, bin)| **bin != Bin::default());
        Held {
            bins: full.map(|(at, bin)| (at as u32, bin.count, bin.sum)).collect(),
            sum: self.sum,
            square: self.square,
            broken: self.broken,
        }
    }

    /// Adds what another one with the same bins held; none if it does not fit.
    pub fn merge_held(&mut self, other: &Held) -> Option<()> {
        let numbers = other.bins.iter().map(|(at, ..)| *at as usize);
        if let (Some(from), Some(to)) = (numbers.clone().min(), numbers.max()) {
            if to >= self.bins.all() {
                return None;
            }
            self.hold(from, to);
        }
        for (at, count, sum) in &other.bins {
            let bin = self.held.get_mut(*at as usize - self.first)?;
            bin.count = bin.count.checked_add(*count)?;
            bin.sum = bin.sum.wrapping_add(*sum);
            self.weight = self.weight.checked_add(*count)?;
        }
        self.sum = self.sum.checked_add(other.sum)?;
        self.square = self.square.checked_add(other.square)?;
        self.broken = self.broken.checked_add(other.broken)?;
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

    /// The value at or below which a share `p` of the weight lies, as near as its bin
    /// tells: the mean of the values in that bin. NaN without values.
    pub fn quantile(&self, p: f64) -> f64 {
        if self.weight == 0 {
            return f64::NAN;
        }
        let rank = p * self.weight as f64;
        let (mut below, mut last) = (0.0, f64::NAN);
        for (index, bin) in (self.first..).zip(&self.held).filter(|(_, bin)| bin.count > 0) {
            last = self.mean_of(index, bin);
            below += bin.count as f64;
            if below >= rank {
                break;
            }
        }
        last
    }

    /// The mean of the values in a bin.
    fn mean_of(&self, index: usize, bin: &Bin) -> f64 {
        let (low, high) = self.bins.edges(index);
        let floor = fixed(low);
        let over = bin.sum.wrapping_sub(floor.wrapping_mul(bin.count));
        let (whole, rest) = (over / bin.count, over % bin.count);
        // What was read back may be no sum of values in the bin; the first and the last
        // have but one end.
        let width = fixed(high).saturating_sub(floor);
        if index > 0 && index + 1 < self.bins.all() && !(-1..=width + 1).contains(&whole) {
            return (low + high) / 2.0;
        }
        let at = floor + whole;
        if self.broken == 0 {
            return ((at as f64 + rest as f64 / bin.count as f64) / SCALE).round();
        }
        (at as f64 + rest as f64 / bin.count as f64) / SCALE
    }

    /// What it holds: the lower ends of the bins that are not empty, rising, and
    /// their counts.
    pub fn atoms(&self) -> impl Iterator<Item = (f64, i64)> + '_ {
        let held = (self.first..).zip(&self.held);
        held.filter(|(_, bin)| bin.count > 0)
            .map(|(index, bin)| (self.bins.edges(index).0, bin.count))
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
        let above = (self.first..).zip(&self.held).filter(|(index, _)| *index >= from);
        let above = above.fold(0_i64, |sum, (_, bin)| sum.saturating_add(bin.count));
        above as f64 / self.weight as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_order_of_merging_gives_the_same(values in prop::collection::vec(-10.0..3000.0f64, 1..60), cut in 0usize..60) {
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
            // What is taken away again was never there.
            whole.merge(&a);
            values.iter().for_each(|v| whole.add_weighted(*v, -1));
            prop_assert_eq!(&a, &whole);
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

        #[test]
        fn quantiles_lie_among_the_values(
            values in prop::collection::vec(-5.0..1e7f64, 1..40),
            whole in any::<bool>(),
            (low, high, count) in (0.0..10.0f64, 10.0..2000.0f64, 1..500u32),
        ) {
            let bins = Bins::between(low, high, count);
            let mut it = Histogram::new(bins);
            let mut sorted: Vec<f64> =
                values.iter().map(|v| if whole { v.round() } else { *v }).collect();
            sorted.sort_by(f64::total_cmp);
            sorted.iter().for_each(|v| it.add(*v));
            for p in [0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0] {
                let found = it.quantile(p);
                let at = ((p * values.len() as f64).ceil() as usize).max(1) - 1;
                let right = sorted[at];
                prop_assert!(sorted[0] - 1e-6 <= found && found <= sorted[sorted.len() - 1] + 1e-6);
                let inside = (high - low) / f64::from(count);
                let off = inside.max((right - low) / f64::from(TAIL)) + 1e-6;
                prop_assert!(right <= low || (found - right).abs() <= off, "{found} {right}");
                prop_assert!(!whole || found.fract() == 0.0, "{found}");
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

    /// More than the bins were made for is no end: 2,178 acts stay about as many.
    #[test]
    fn there_is_no_most() {
        let mut it = Histogram::new(Bins::between(0.0, 1000.0, 1000));
        (0..=400).for_each(|k| it.add(f64::from(1978 + k)));
        for (p, right) in [(0.05, 1998.0), (0.5, 2178.0), (0.95, 2358.0)] {
            assert!((it.quantile(p) - right).abs() < right / 64.0, "{}", it.quantile(p));
            assert_eq!(it.quantile(p).fract(), 0.0);
        }
        let mut far = Histogram::new(Bins::between(0.0, 1000.0, 1000));
        [3.0, 1e9, 1e15].into_iter().for_each(|x| far.add(x));
        assert_eq!([far.quantile(0.1), far.quantile(0.6)], [3.0, 1e9]);
        assert!(far.held.len() <= far.bins.all());
    }

    /// Where all values of a bin are one, no digit is the bin's.
    #[test]
    fn values_that_are_all_the_same_have_it_as_every_quantile() {
        for (bins, x) in [
            (Bins::between(0.0, 2.0, 400), 1.0),
            (Bins::between(0.0, 21.0, 400), 7.0),
            (Bins::between(-3.0, 117.3, 1024), 8.859_999),
            (Bins::SHARE, 0.37),
        ] {
            let mut it = Histogram::new(bins);
            (0..1000).for_each(|_| it.add(x));
            assert_eq!([0.05, 0.5, 0.95].map(|p| it.quantile(p)), [x; 3]);
        }
    }

    #[test]
    fn what_was_read_back_stays_at_the_most_that_can_be_added() {
        let most =
            Held { bins: vec![(1, i64::MAX, 7)], sum: i128::MAX, square: i128::MAX, broken: 0 };
        let mut it = Histogram::new(Bins::SHARE);
        it.merge_held(&most).unwrap();
        it.merge(&it.clone());
        assert_eq!(it.n(), i64::MAX as u64);
        assert!(it.share_from(0.0).is_finite() && it.mean().is_finite());
        assert!((0.0..=0.005).contains(&it.quantile(0.5)));
        let beyond = Held { bins: vec![(u32::MAX, 1, 1)], sum: 1, square: 1, broken: 0 };
        assert_eq!(it.merge_held(&beyond), None);
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
