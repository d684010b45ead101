//! Distributions, each sampled by one uniform through its inverse.

use super::special::{normal_cdf, normal_quantile};

/// What a number of the scenario is drawn from.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// No uncertainty.
    Fixed(f64),
    /// Even between the ends.
    Uniform {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// Rising to the mode and falling from it.
    Triangular {
        /// Lower end.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Upper end.
        high: f64,
    },
    /// Normal, cut to the ends.
    Normal {
        /// Mean before the cut.
        mean: f64,
        /// Standard deviation before the cut.
        sd: f64,
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// Lognormal, cut to the ends.
    Lognormal {
        /// Median before the cut.
        median: f64,
        /// Standard deviation of the logarithm before the cut.
        sigma: f64,
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// One of a list.
    Choice {
        /// The values.
        values: Vec<f64>,
        /// The probability of a value or one before it; the last is 1.
        cumulative: Vec<f64>,
    },
}

impl Distribution {
    /// One of `values`, in proportion to `weights` of the same length.
    pub fn choice(values: Vec<f64>, weights: &[f64]) -> Self {
        let total: f64 = weights.iter().sum();
        let cumulative = weights
            .iter()
            .scan(0.0, |sum, weight| {
                *sum += weight;
                Some(*sum / total)
            })
            .collect();
        Self::Choice { values, cumulative }
    }

    /// The least and the greatest value it can take.
    pub fn support(&self) -> (f64, f64) {
        match self {
            Self::Fixed(value) => (*value, *value),
            Self::Uniform { low, high }
            | Self::Triangular { low, high, .. }
            | Self::Normal { low, high, .. }
            | Self::Lognormal { low, high, .. } => (*low, *high),
            Self::Choice { values, .. } => {
                values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
                    (low.min(*v), high.max(*v))
                })
            }
        }
    }

    /// The mean, to about a hundredth of the width.
    pub fn mean(&self) -> f64 {
        const PARTS: u32 = 64;
        match self {
            Self::Fixed(value) => *value,
            _ => {
                let middles = (0..PARTS).map(|part| (f64::from(part) + 0.5) / f64::from(PARTS));
                middles.map(|u| self.quantile(u)).sum::<f64>() / f64::from(PARTS)
            }
        }
    }

    /// The value below which a share `u` of the probability lies, u in (0, 1).
    pub fn quantile(&self, u: f64) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Uniform { low, high } => low + (high - low) * u,
            Self::Triangular { low, mode, high } => {
                let width = high - low;
                if width == 0.0 {
                    *low
                } else if u < (mode - low) / width {
                    low + (u * width * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - u) * width * (high - mode)).sqrt()
                }
            }
            Self::Normal { mean, sd, low, high } => {
                cut_normal(u, *mean, *sd, *low, *high).clamp(*low, *high)
            }
            Self::Lognormal { median, sigma, low, high } => {
                let mean = libm::log(*median);
                libm::exp(cut_normal(u, mean, *sigma, libm::log(*low), libm::log(*high)))
                    .clamp(*low, *high)
            }
            Self::Choice { values, cumulative } => {
                let at = cumulative.partition_point(|c| *c < u).min(values.len() - 1);
                values[at]
            }
        }
    }
}

fn cut_normal(u: f64, mean: f64, sd: f64, low: f64, high: f64) -> f64 {
    let (from, to) = (normal_cdf((low - mean) / sd), normal_cdf((high - mean) / sd));
    mean + sd * normal_quantile(from + u * (to - from))
}

/// Exponential waiting time of the given mean, by inversion of u in (0, 1).
pub fn exponential(u: f64, mean: f64) -> f64 {
    -mean * libm::log(1.0 - u)
}

/// Poisson count of the given mean, by inversion of u in (0, 1): the least k
/// whose cumulative probability is at least u. Above a mean of 600 the normal
/// approximation with its first correction.
pub fn poisson(u: f64, mean: f64) -> u32 {
    if mean <= 0.0 {
        return 0;
    }
    if mean > 600.0 {
        let z = normal_quantile(u);
        let x = mean + mean.sqrt() * z + (z * z - 1.0) / 6.0;
        return x.max(0.0).round() as u32;
    }
    let mut probability = libm::exp(-mean);
    let mut cumulative = probability;
    let mut k = 0;
    while cumulative < u && k < 2000 {
        k += 1;
        probability *= mean / f64::from(k);
        cumulative += probability;
    }
    k
}

/// Count of successes in `n` trials of probability `p`, by inversion of u in
/// (0, 1): the least k whose cumulative probability is at least u. Above a
/// variance of 200 the normal approximation.
pub fn binomial(u: f64, n: u32, p: f64) -> u32 {
    if p > 0.5 {
        return n - binomial(1.0 - u, n, 1.0 - p);
    }
    let trials = f64::from(n);
    let variance = trials * p * (1.0 - p);
    if variance <= 0.0 {
        return 0;
    }
    if variance > 200.0 {
        let x = trials * p + variance.sqrt() * normal_quantile(u);
        return x.round().clamp(0.0, trials) as u32;
    }
    let mut probability = libm::exp(trials * libm::log1p(-p));
    let mut cumulative = probability;
    let mut k = 0;
    while cumulative < u && k < n {
        k += 1;
        probability *= f64::from(n - k + 1) / f64::from(k) * (p / (1.0 - p));
        cumulative += probability;
    }
    k
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_invert_the_cumulative_probability() {
        use statrs::distribution::{ContinuousCDF, LogNormal, Normal, Triangular, Uniform};
        let same = |ours: &Distribution, cdf: &dyn Fn(f64) -> f64| {
            for i in 1..400 {
                let u = (f64::from(i) - 0.37) / 400.0;
                let found = cdf(ours.quantile(u));
                assert!((found - u).abs() < 1e-9, "{ours:?}: {found}, expected {u}");
            }
        };
        let theirs = Triangular::new(100.0, 400.0, 150.0).unwrap();
        let ours = Distribution::Triangular { low: 100.0, mode: 150.0, high: 400.0 };
        same(&ours, &|x| theirs.cdf(x));
        let theirs = Uniform::new(-1.0, 4.0).unwrap();
        same(&Distribution::Uniform { low: -1.0, high: 4.0 }, &|x| theirs.cdf(x));
        let theirs = Normal::new(3.0, 2.0).unwrap();
        let ours = Distribution::Normal { mean: 3.0, sd: 2.0, low: -50.0, high: 50.0 };
        same(&ours, &|x| theirs.cdf(x));
        let theirs = LogNormal::new(libm::log(2.0), 0.5).unwrap();
        let ours = Distribution::Lognormal { median: 2.0, sigma: 0.5, low: 0.0, high: 1e6 };
        same(&ours, &|x| theirs.cdf(x));
    }

    #[test]
    fn poisson_counts_match_their_cumulative_probability() {
        use statrs::distribution::{DiscreteCDF, Poisson};
        for mean in [0.01, 0.5, 3.0, 40.0] {
            let oracle = Poisson::new(mean).unwrap();
            for i in 1..400 {
                let u = (f64::from(i) - 0.37) / 400.0;
                let k = poisson(u, mean);
                assert!(oracle.cdf(u64::from(k)) >= u);
                assert!(k == 0 || oracle.cdf(u64::from(k) - 1) < u);
            }
        }
        assert_eq!(poisson(0.5, 0.0), 0);
        assert!((i64::from(poisson(0.5, 10_000.0)) - 10_000).abs() <= 1);
    }

    #[test]
    fn binomial_counts_match_their_cumulative_probability() {
        use statrs::distribution::{Binomial, DiscreteCDF};
        for (n, p) in [(7, 0.3), (40, 0.9), (300, 0.02), (1, 0.5)] {
            let oracle = Binomial::new(p, n).unwrap();
            for i in 1..200 {
                let u = (f64::from(i) - 0.37) / 200.0;
                let k = u64::from(binomial(u, n as u32, p));
                assert!(oracle.cdf(k) >= u - 1e-9);
                assert!(k == 0 || oracle.cdf(k - 1) < u + 1e-9);
            }
        }
        assert_eq!((binomial(0.4, 9, 0.0), binomial(0.4, 9, 1.0)), (0, 9));
        assert!((i64::from(binomial(0.5, 10_000, 0.2)) - 2000).abs() <= 1);
    }

    #[test]
    fn choices_come_in_proportion_to_their_weights() {
        let it = Distribution::choice(vec![1.0, 2.0, 5.0], &[1.0, 0.0, 3.0]);
        assert_eq!(it.quantile(0.1), 1.0);
        assert_eq!(it.quantile(0.26), 5.0);
        assert_eq!(it.quantile(0.999_999), 5.0);
        assert_eq!(it.support(), (1.0, 5.0));
    }

    #[test]
    fn a_quantile_stays_within_the_support() {
        let it = Distribution::Normal { mean: 0.0, sd: 1.0, low: 3.0, high: 4.0 };
        for i in 1..100 {
            let x = it.quantile(f64::from(i) / 100.0);
            assert!((3.0..=4.0).contains(&x));
        }
    }
}
