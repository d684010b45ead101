//! 95 % intervals.

use super::special::{normal_quantile, t_quantile};

/// What an interval covers, in the words of captions: chance and what the file leaves open,
/// from replicate to replicate, and nothing that the file does not say.
pub const OVER: &str = "over replicates of this file";

/// What spreads and shares are of, in the words of captions.
pub const REPLICATES: &str = "replicates of this file";

/// An estimate with the ends of its 95 % interval.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Interval {
    /// The estimate.
    pub estimate: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// An estimate without an interval: its ends are NaN.
    pub fn alone(estimate: f64) -> Self {
        Self { estimate, low: f64::NAN, high: f64::NAN }
    }

    /// An interval that reaches as far to either side.
    pub fn around(estimate: f64, half: f64) -> Self {
        Self { estimate, low: estimate - half, high: estimate + half }
    }
}

/// Wilson's score interval at 95 % for `successes` of `n`.
///
/// Source: Wilson, JASA 22, 1927; Brown, Cai, DasGupta, Statistical Science
/// 16(2), 2001. Without observations the interval is [0, 1].
///
/// ```
/// let it = disengage::stats::wilson(5, 100);
/// assert!((it.low - 0.0215).abs() < 5e-5 && (it.high - 0.1118).abs() < 5e-5);
/// ```
pub fn wilson(successes: u64, n: u64) -> Interval {
    if n == 0 {
        return Interval { estimate: f64::NAN, low: 0.0, high: 1.0 };
    }
    let z = normal_quantile(0.975);
    let (n, p) = (n as f64, successes as f64 / n as f64);
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    Interval {
        estimate: p,
        // Exactly the end where every observation agrees, not a rounding of it.
        low: if successes == 0 { 0.0 } else { (centre - half).max(0.0) },
        high: if p == 1.0 { 1.0 } else { (centre + half).min(1.0) },
    }
}

/// Student's interval at 95 % for a mean of `n` values with standard deviation
/// `sd`. With fewer than two values there is none: its ends are NaN.
pub fn mean_interval(n: u64, mean: f64, sd: f64) -> Interval {
    if n < 2 {
        return Interval::alone(mean);
    }
    let half = t_quantile(0.975, (n - 1) as f64) * sd / (n as f64).sqrt();
    Interval::around(mean, half)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Agresti & Coull and standard tables: 0/100, 5/100, 50/100.
    #[test]
    fn wilson_matches_published_values() {
        for (k, low, high) in [(0, 0.0, 0.0370), (5, 0.0215, 0.1118), (50, 0.4038, 0.5962)] {
            let it = wilson(k, 100);
            assert!((it.low - low).abs() < 5e-5, "{k}: {it:?}");
            assert!((it.high - high).abs() < 5e-5, "{k}: {it:?}");
        }
        assert_eq!(wilson(0, 0).low, 0.0);
        assert_eq!(wilson(0, 1000).low, 0.0);
        assert_eq!(wilson(1000, 1000).high, 1.0);
    }

    #[test]
    fn mean_interval_uses_t() {
        let it = mean_interval(11, 5.0, 2.0);
        let half = 2.228_138_852 * 2.0 / 11f64.sqrt();
        assert!((it.high - 5.0 - half).abs() < 1e-8);
        assert!(mean_interval(1, 5.0, 0.0).low.is_nan());
    }
}
