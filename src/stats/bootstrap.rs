//! Bootstrap intervals from keyed draws.

use super::distribution::poisson;
use super::draws::{Draws, Stream};
use super::interval::Interval;

/// Resamples of a bootstrap.
pub const RESAMPLES: u32 = 999;

/// The percentile bootstrap's 95 % interval of an estimate, from what resamples came to:
/// ranks .025·(n + 1) and .975·(n + 1) of n sorted values. Its ends are NaN without values.
pub fn percentiles(estimate: f64, values: &mut [f64]) -> Interval {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let rank = (share * (values.len() as f64 + 1.0)) as usize;
        values.get(rank.clamp(1, values.len().max(1)) - 1).copied().unwrap_or(f64::NAN)
    };
    Interval { estimate, low: at(0.025), high: at(0.975) }
}

/// The percentile bootstrap's 95 % interval for the mean of values, each with
/// how often it was found; for means of skewed values, where Student's interval
/// is too even-sided. With fewer than two values there is none: its ends are
/// NaN.
///
/// In each of 999 resamples a value found c times is found Poisson(c) times
/// (Hanley & MacGibbon, Computer Methods and Programs in Biomedicine 83, 2006),
/// so that counts by day are enough. Percentiles: Efron & Tibshirani, *An
/// Introduction to the Bootstrap*, 1993, ch. 13. The draws are keyed: the same
/// values give the same interval.
pub fn bootstrap_mean(values: &[(f64, u64)], draws: Draws, stream: Stream) -> Interval {
    let n: u64 = values.iter().map(|(_, count)| count).sum();
    let sum: f64 = values.iter().map(|(value, count)| value * *count as f64).sum();
    let estimate = sum / n as f64;
    if n < 2 {
        return Interval::alone(estimate);
    }
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|resample| {
            let (mut sum, mut weight) = (0.0, 0.0);
            for (at, (value, count)) in values.iter().enumerate() {
                let u = draws.uniform(stream, resample, at as u32);
                let times = f64::from(poisson(u, *count as f64));
                sum += value * times;
                weight += times;
            }
            if weight > 0.0 { sum / weight } else { estimate }
        })
        .collect();
    percentiles(estimate, &mut means)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::mean_interval;

    /// On even-sided values it is Student's interval, to a tenth of its width.
    #[test]
    fn even_sided_values_have_students_interval() {
        let values: Vec<(f64, u64)> = (0..200).map(|i| (f64::from(i % 21) - 10.0, 1)).collect();
        let found = bootstrap_mean(&values, Draws::new(1, 0), Stream::new("b", &[]));
        let mean = values.iter().map(|(x, _)| x).sum::<f64>() / 200.0;
        let square: f64 = values.iter().map(|(x, _)| (x - mean) * (x - mean)).sum();
        let t = mean_interval(200, mean, (square / 199.0).sqrt());
        let tenth = 0.1 * (t.high - t.low);
        assert!((found.low - t.low).abs() < tenth, "{found:?} {t:?}");
        assert!((found.high - t.high).abs() < tenth, "{found:?} {t:?}");
    }

    #[test]
    fn counts_are_values_found_often() {
        let one = [(3.0, 50), (9.0, 10)];
        let found = bootstrap_mean(&one, Draws::new(1, 0), Stream::new("b", &[]));
        assert_eq!(found.estimate, 4.0);
        assert!(found.low > 3.2 && found.low < 3.7 && found.high > 4.3 && found.high < 4.9);
        let same = bootstrap_mean(&[(5.0, 40)], Draws::new(1, 0), Stream::new("b", &[]));
        assert_eq!((same.low, same.high), (5.0, 5.0));
        let single = bootstrap_mean(&[(5.0, 1)], Draws::new(1, 0), Stream::new("b", &[]));
        assert!(single.low.is_nan());
    }
}
