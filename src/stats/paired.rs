//! Differences of two variants over pairs of replicates.

use super::accumulator::{SCALE, fixed};
use super::interval::Interval;
use super::special::{normal_quantile, t_quantile};

/// Sums over pairs (a, b) of values. Values are kept to 10⁻⁶ and summed as whole
/// numbers: any order of adding and merging gives the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Paired {
    n: u64,
    sums: [i128; 3],
    squares: [i128; 3],
    /// Pairs with b above a, and with a above b.
    moved: [u64; 2],
}

impl Paired {
    /// Adds a pair.
    pub fn add(&mut self, a: f64, b: f64) {
        let [a, b] = [a, b].map(|x| i128::from(fixed(x)));
        self.n += 1;
        for (at, value) in [a, b, b - a].into_iter().enumerate() {
            self.sums[at] += value;
            self.squares[at] += value * value;
        }
        self.moved[0] += u64::from(b > a);
        self.moved[1] += u64::from(a > b);
    }

    /// How many pairs.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// How many pairs differ.
    pub fn differing(&self) -> u64 {
        self.moved.iter().sum()
    }

    /// Means of a, of b and of b − a; NaN without pairs.
    pub fn means(&self) -> [f64; 3] {
        self.sums.map(|it| it as f64 / self.n as f64 / SCALE)
    }

    /// Variances of a, b and b − a over the sample; NaN with fewer than two pairs.
    pub fn variances(&self) -> [f64; 3] {
        if self.n < 2 {
            return [f64::NAN; 3];
        }
        let n = self.n as f64;
        std::array::from_fn(|at| {
            // Exact in whole numbers before the division.
            let centred = self.squares[at] * i128::from(self.n) - self.sums[at] * self.sums[at];
            centred.max(0) as f64 / n / (n - 1.0) / (SCALE * SCALE)
        })
    }

    /// Student's interval for the mean of b − a that leaves out `alpha`: over the
    /// pairs, whose differences are independent of each other. Without two pairs
    /// its ends are NaN.
    pub fn mean_difference(&self, alpha: f64) -> Interval {
        let [.., estimate] = self.means();
        let [.., variance] = self.variances();
        let n = self.n as f64;
        if self.n < 2 {
            return Interval::alone(estimate);
        }
        let half = t_quantile(1.0 - alpha / 2.0, n - 1.0) * libm::sqrt(variance / n);
        Interval::around(estimate, half)
    }

    /// The same for the difference of two probabilities, where a and b are 0 or 1:
    /// the adjusted Wald interval for paired proportions, which counts one more
    /// pair that moved each way (Bonett & Price, J. Educ. Behav. Stat. 37, 2012).
    pub fn probability_difference(&self, alpha: f64) -> Interval {
        let n = self.n as f64;
        let [up, down] = self.moved.map(|count| (count as f64 + 1.0) / (n + 2.0));
        let [.., estimate] = self.means();
        let middle = up - down;
        let error = libm::sqrt((up + down - middle * middle) / (n + 2.0));
        let half = normal_quantile(1.0 - alpha / 2.0) * error;
        Interval { estimate, low: (middle - half).max(-1.0), high: (middle + half).min(1.0) }
    }

    /// Runs of each variant with seeds of their own that would have given as narrow
    /// an interval as the pairs did: n·(Var a + Var b) ÷ Var(b − a). Infinite where
    /// no pair differs though the values vary, NaN where nothing varies.
    pub fn independent(&self) -> f64 {
        let [a, b, difference] = self.variances();
        self.n as f64 * (a + b) / difference
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Draws, Stream};
    use proptest::prelude::*;

    /// Student's sleep data (Biometrika 6, 1908): R's `t.test(paired = TRUE)` gives
    /// 1.58 with the 95 % interval 0.7001142 to 2.4598858.
    #[test]
    fn students_sleep_data() {
        let a = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let b = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let mut pairs = Paired::default();
        a.iter().zip(b).for_each(|(a, b)| pairs.add(*a, b));
        let it = pairs.mean_difference(0.05);
        assert!((it.estimate - 1.58).abs() < 1e-9);
        assert!((it.low - 0.700_114_2).abs() < 1e-6 && (it.high - 2.459_885_8).abs() < 1e-6);
        // Variances 3.200556 and 4.009 against 1.512889 of the differences.
        assert!((pairs.independent() - 10.0 * (3.200_556 + 4.009) / 1.512_889).abs() < 1e-3);
        assert_eq!(pairs.differing(), 9);
    }

    /// Over many samples the interval holds the true difference at least nearly as
    /// often as it says.
    #[test]
    fn the_interval_of_probabilities_covers() {
        for (up, down, n) in [(0.1, 0.05, 60), (0.02, 0.02, 200), (0.3, 0.1, 40)] {
            let mut held = 0;
            let samples = 4000;
            for sample in 0..samples {
                let mut pairs = Paired::default();
                for pair in 0..n {
                    let stream = Stream::new("pair", &["test"]);
                    let u = Draws::new(5, sample).uniform(stream, pair, 0);
                    let (a, b) = match u {
                        u if u < up => (0.0, 1.0),
                        u if u < up + down => (1.0, 0.0),
                        _ => (1.0, 1.0),
                    };
                    pairs.add(a, b);
                }
                let it = pairs.probability_difference(0.05);
                held += u32::from((it.low..=it.high).contains(&(up - down)));
            }
            let share = f64::from(held) / samples as f64;
            // Three standard errors of 0.95 in 4,000 samples are 0.0103.
            assert!(share > 0.95 - 0.0103, "{up} {down} {n}: {share}");
        }
    }

    proptest! {
        /// Of a shifted copy every pair says the shift, and independent seeds could
        /// never say it as well.
        #[test]
        fn a_shift_is_known_from_two_pairs(values in prop::collection::vec(0u32..100, 2..20), shift in 1u32..9) {
            let mut pairs = Paired::default();
            for a in &values {
                pairs.add(f64::from(*a), f64::from(a + shift));
            }
            let it = pairs.mean_difference(0.05);
            prop_assert_eq!((it.low, it.high), (f64::from(shift), f64::from(shift)));
            let vary = values.iter().any(|it| *it != values[0]);
            prop_assert_eq!(pairs.independent().is_infinite(), vary);
        }
    }
}
