//! The share of a variance that twins have in common.

use super::bootstrap::{RESAMPLES, percentiles};
use super::distribution::poisson;
use super::draws::{Draws, Stream};
use super::interval::Interval;
use super::special::normal_quantile;

/// Resamples of fewer pairs say nothing.
const LEAST: usize = 10;

/// What pairs of twins have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OuterShare {
    /// How many pairs.
    pub pairs: u64,
    /// Standard deviation of the values; NaN with fewer than two pairs.
    pub sd: f64,
    /// The share of the variance, with its 95 % interval. An estimate can lie a little
    /// below 0. NaN where nothing varies; ends are NaN where there are too few pairs.
    pub share: Interval,
}

/// How often each pair is found in each resample: Poisson(1), keyed by its number.
#[derive(Debug, Clone)]
pub struct PairResamples {
    pairs: usize,
    times: Vec<u8>,
}

impl PairResamples {
    /// Of so many pairs.
    pub fn new(pairs: usize, draws: Draws, stream: Stream) -> Self {
        let times = (0..RESAMPLES).flat_map(|resample| {
            let time = move |at| poisson(draws.uniform(stream, resample, at as u32), 1.0);
            (0..pairs).map(move |at| u8::try_from(time(at)).unwrap_or(u8::MAX))
        });
        Self { pairs, times: times.collect() }
    }

    fn each(&self) -> impl Iterator<Item = &[u8]> {
        self.times.chunks(self.pairs.max(1))
    }
}

/// Sums over pairs, each by its weight, of values with a middle of them taken off.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    n: f64,
    /// Of the means of pairs.
    means: f64,
    squares: f64,
    /// Of the squares of the differences in pairs.
    differences: f64,
}

impl Sums {
    fn add(&mut self, [a, b]: [f64; 2], weight: f64) {
        let mean = 0.5 * (a + b);
        self.n += weight;
        self.means += weight * mean;
        self.squares += weight * mean * mean;
        self.differences += weight * (a - b) * (a - b);
    }

    /// Mean squares between pairs and within them.
    fn mean_squares(&self) -> (f64, f64) {
        let between = self.squares - self.means * self.means / self.n;
        (2.0 * between.max(0.0) / (self.n - 1.0), 0.5 * self.differences / self.n)
    }

    fn share(&self) -> f64 {
        let (between, within) = self.mean_squares();
        (between - within) / (between + within)
    }
}

/// The outer share of what pairs of twins came to: `Cov(Y, Y′) / Var(Y)`, estimated as the
/// intraclass correlation of the pairs, `(B − W) / (B + W)`, with B and W the mean squares
/// between pairs and within them (Fisher 1925, § 39). It is the closed Sobol' index of all
/// that twins share. A pair that is NaN is left out.
///
/// Intervals: of two values the goodness-of-fit interval of the intraclass kappa (Donner &
/// Eliasziw, Statistics in Medicine 11, 1992), which holds for rare events too; of more,
/// percentiles of `resamples` of the pairs. Where one value is more common than all others
/// together, these are too narrow, and are widened to hold the interval of whether it is
/// another one.
pub fn outer_share(pairs: &[[f64; 2]], resamples: &PairResamples) -> OuterShare {
    let defined = |pair: &[f64; 2]| pair.iter().all(|it| it.is_finite());
    let found: Vec<[f64; 2]> = pairs.iter().copied().filter(defined).collect();
    let none = Interval::alone(f64::NAN);
    let Some([middle, _]) = found.first().copied().filter(|_| found.len() > 1) else {
        return OuterShare { pairs: found.len() as u64, sd: f64::NAN, share: none };
    };
    let mut sums = Sums::default();
    found.iter().for_each(|pair| sums.add(pair.map(|it| it - middle), 1.0));
    let (between, within) = sums.mean_squares();
    let whole = |sd, share| OuterShare { pairs: found.len() as u64, sd, share };
    if between + within <= 0.0 {
        return whole(0.0, none);
    }
    let (sd, estimate) = ((0.5 * (between + within)).sqrt(), sums.share());
    let values = Values::of(&found);
    let events = values.is_rare.then(|| {
        let other = |it: f64| f64::from(u8::from(it != values.commonest));
        of_events(&found.iter().map(|pair| pair.map(other)).collect::<Vec<_>>())
    });
    let widened = |it: Interval| match events {
        Some((low, high)) => Interval { low: it.low.min(low), high: it.high.max(high), ..it },
        None => it,
    };
    if values.are_two {
        return whole(sd, widened(Interval { low: estimate, high: estimate, estimate }));
    }
    if found.len() < LEAST {
        return whole(sd, Interval::alone(estimate));
    }
    let mut shares: Vec<f64> = Vec::with_capacity(RESAMPLES as usize);
    for times in resamples.each() {
        let mut sums = Sums::default();
        for (pair, times) in pairs.iter().zip(times).filter(|(pair, _)| defined(pair)) {
            sums.add(pair.map(|it| it - middle), f64::from(*times));
        }
        shares.push(sums.share());
    }
    shares.retain(|it| it.is_finite());
    whole(sd, widened(percentiles(estimate, &mut shares)))
}

/// Which values there are.
struct Values {
    commonest: f64,
    /// Whether there are two.
    are_two: bool,
    /// Whether all but the commonest make up half of them at most.
    is_rare: bool,
}

impl Values {
    fn of(pairs: &[[f64; 2]]) -> Self {
        let mut sorted: Vec<f64> = pairs.iter().flatten().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let alike: Vec<&[f64]> = sorted.chunk_by(|a, b| a == b).collect();
        let most = alike.iter().max_by_key(|it| it.len());
        let (commonest, times) = most.map_or((f64::NAN, 0), |it| (it[0], it.len()));
        Self { commonest, are_two: alike.len() == 2, is_rare: 2 * times >= sorted.len() }
    }
}

/// The ends of the goodness-of-fit interval of pairs of 0 and 1: those shares under which
/// the numbers of pairs with two, one and no event lie within χ² of what is expected at the
/// probability found.
fn of_events(pairs: &[[f64; 2]]) -> (f64, f64) {
    let n = pairs.len() as f64;
    let count = |sum: f64| pairs.iter().filter(|[a, b]| a + b == sum).count() as f64;
    let [none, one, two] = [0.0, 1.0, 2.0].map(count);
    let p = (2.0 * two + one) / (2.0 * n);
    let q = 1.0 - p;
    let z = normal_quantile(0.975);
    let within = |share: f64| {
        let common = share * p * q;
        let expected = [q * q + common, 2.0 * (p * q - common), p * p + common];
        let parts = [none, one, two].into_iter().zip(expected).map(|(found, expected)| {
            let off = found - n * expected;
            // Nothing is expected, and nothing found.
            if off.abs() < 1e-9 { 0.0 } else { off * off / (n * expected) }
        });
        (0.0..=z * z).contains(&parts.sum::<f64>())
    };
    let best = 1.0 - one / (2.0 * n * p * q);
    let end = |mut beyond: f64| {
        if within(beyond) {
            return beyond;
        }
        let mut inside = best;
        for _ in 0..60 {
            let between = 0.5 * (inside + beyond);
            if within(between) { inside = between } else { beyond = between }
        }
        inside
    };
    (end(-(p / q).min(q / p)), end(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resamples(pairs: usize) -> PairResamples {
        PairResamples::new(pairs, Draws::new(1, 0), Stream::new("resamples", &[]))
    }

    /// By hand: means 2, 4, 6; differences 2, 0, 2; B = 8, W = 4/3.
    #[test]
    fn the_estimate_is_the_intraclass_correlation() {
        let pairs = [[1.0, 3.0], [4.0, 4.0], [7.0, 5.0], [f64::NAN, 1.0]];
        let found = outer_share(&pairs, &resamples(4));
        assert_eq!(found.pairs, 3);
        assert!((found.share.estimate - (8.0 - 4.0 / 3.0) / (8.0 + 4.0 / 3.0)).abs() < 1e-12);
        assert!((found.sd - (0.5_f64 * (8.0 + 4.0 / 3.0)).sqrt()).abs() < 1e-12);
        assert!(found.share.low.is_nan(), "three pairs say nothing of how sure that is");
    }

    #[test]
    fn what_is_shared_wholly_and_what_does_not_vary() {
        let same: Vec<[f64; 2]> = (0..40).map(|i| [f64::from(i) * 0.1; 2]).collect();
        let found = outer_share(&same, &resamples(40)).share;
        assert_eq!((found.estimate, found.low, found.high), (1.0, 1.0, 1.0));
        let still = outer_share(&[[0.3; 2]; 40], &resamples(40));
        assert!(still.sd == 0.0 && still.share.estimate.is_nan());
        assert!(outer_share(&[[0.3; 2]], &resamples(1)).sd.is_nan());
    }

    /// Found by an independent program: 6, 9 and 185 of 200 pairs with two, one and no
    /// event.
    #[test]
    fn the_interval_of_events() {
        let mut pairs = vec![[1.0, 1.0]; 6];
        pairs.extend([[1.0, 0.0]; 9]);
        pairs.extend([[0.0, 0.0]; 185]);
        let (low, high) = of_events(&pairs);
        assert!(
            (low - 0.289_014_99).abs() < 1e-6 && (high - 0.751_124_26).abs() < 1e-6,
            "{low} {high}"
        );
    }

    /// Twins with a normal part of variance s in common, and events at one of two
    /// probabilities: 95 % intervals hold s in at least 92 % of samples (percentiles of
    /// skewed shares fall a little short). Three standard errors of .92 in 600 are .033.
    #[test]
    fn intervals_cover() {
        let stream = Stream::new("twins", &["test"]);
        let resamples = resamples(200);
        let of = |sample, pair: &dyn Fn(Draws, u32) -> [f64; 2]| {
            let draws = Draws::new(11, sample);
            let pairs: Vec<[f64; 2]> = (0..200).map(|at| pair(draws, at)).collect();
            outer_share(&pairs, &resamples).share
        };
        let normal = |draws: Draws, at, which| normal_quantile(draws.uniform(stream, at, which));
        for share in [0.0, 0.3, 0.9] {
            let (inner, outer) = ((1.0_f64 - share).sqrt(), share.sqrt());
            let pair = |draws: Draws, at: u32| {
                let common = outer * normal(draws, at, 0);
                [1, 2].map(|which| common + inner * normal(draws, at, which))
            };
            holds(share, |sample| of(sample, &pair));
        }
        for (middle, apart) in [(0.5, 0.3), (0.1, 0.0), (0.03, 0.02)] {
            let share = apart * apart / (middle * (1.0 - middle));
            let event = |draws: Draws, at: u32, which: u32| {
                let high = draws.uniform(stream, at, 0) < 0.5;
                let p = if high { middle + apart } else { middle - apart };
                f64::from(u8::from(draws.uniform(stream, at, which) < p))
            };
            holds(share, |sample| of(sample, &|draws, at| [1, 2].map(|it| event(draws, at, it))));
            // Of some size, where it comes; only what is of chance has a closed form then.
            let sized = |draws: Draws, at: u32, which: u32| {
                event(draws, at, which) * (1.0 + draws.uniform(stream, at, which + 2))
            };
            if apart == 0.0 {
                holds(0.0, |sample| of(sample, &|draws, at| [1, 2].map(|it| sized(draws, at, it))));
            }
        }
    }

    fn holds(share: f64, of: impl Fn(u64) -> Interval) {
        let samples = 600;
        let held = (0..samples).filter(|sample| {
            let it = of(*sample);
            // Where no event came there is nothing to say.
            it.low.is_nan() || (it.low..=it.high).contains(&share)
        });
        let held = held.count() as f64 / samples as f64;
        assert!(held > 0.92 - 0.033, "{share}: {held}");
    }
}
