//! How well a distribution foretold a value: proper scores.

use super::accumulator::Histogram;

/// Continuous ranked probability score of a simulated distribution against a
/// recorded value y, in the unit of the value; 0 is best:
///
/// `CRPS(F, y) = E|X − y| − ½·E|X − X′|`
///
/// with X and X′ drawn independently from F (Gneiting & Raftery, JASA 102, 2007,
/// eq. 21). It is the absolute error where F is a single value. Of a range it is
/// the mean over y even between `low` and `high`. Values of X are known to a
/// bin's width (shares: 0.005) and stand at its lower end. NaN without values.
pub fn crps(distribution: &Histogram, low: f64, high: f64) -> f64 {
    let n = distribution.n() as f64;
    if n == 0.0 {
        return f64::NAN;
    }
    let mut error = 0.0;
    let mut spread = 0.0;
    let mut below = 0.0;
    let mut before: Option<f64> = None;
    for (x, count) in distribution.atoms() {
        let share = count as f64 / n;
        error += share * absolute_error(x, low, high);
        // ½·E|X − X′| = ∫ F·(1 − F)
        if let Some(before) = before {
            spread += (x - before) * below * (1.0 - below);
        }
        below += share;
        before = Some(x);
    }
    error - spread
}

/// How far a single value lies from a recorded one: the CRPS of a forecast that is sure of
/// it. Of a range it is the mean over y even between `low` and `high`.
pub fn absolute_error(value: f64, low: f64, high: f64) -> f64 {
    let width = high - low;
    if width > 0.0 && value > low && value < high {
        ((value - low) * (value - low) + (high - value) * (high - value)) / (2.0 * width)
    } else {
        (value - f64::midpoint(low, high)).abs()
    }
}

/// Brier's score of a probability against what came: (p − o)², 0 is best, 0.25
/// is what ½ always gets (Brier, Monthly Weather Review 78, 1950, for an event
/// with two outcomes, halved as usual).
pub fn brier(probability: f64, came: bool) -> f64 {
    let error = probability - f64::from(u8::from(came));
    error * error
}

/// Where a value stands in a distribution: the share below it, and half of what
/// lies in the same bin. NaN without values.
pub fn standing(distribution: &Histogram, value: f64) -> f64 {
    let n = distribution.n() as f64;
    let at = distribution.floor(value);
    let (mut below, mut same) = (0.0, 0.0);
    for (x, count) in distribution.atoms() {
        if x < at {
            below += count as f64;
        } else if x == at {
            same += count as f64;
        }
    }
    (below + same / 2.0) / n
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Bins, normal_cdf};
    use proptest::prelude::*;

    fn histogram(bins: Bins, values: &[f64]) -> Histogram {
        let mut it = Histogram::new(bins);
        values.iter().for_each(|value| it.add(*value));
        it
    }

    #[test]
    fn of_a_single_value_it_is_the_absolute_error() {
        let it = histogram(Bins::SHARE, &[0.3; 7]);
        assert!((crps(&it, 0.8, 0.8) - 0.5).abs() < 1e-12);
    }

    /// Closed form for a normal distribution (Gneiting & Raftery 2007, eq. 5):
    /// σ·(z(2Φ(z) − 1) + 2φ(z) − 1/√π).
    #[test]
    fn of_a_normal_distribution_it_is_the_closed_form() {
        let (mean, sd, n) = (100.0, 15.0, 40_000);
        let values: Vec<f64> = (0..n)
            .map(|i| mean + sd * crate::stats::normal_quantile((f64::from(i) + 0.5) / f64::from(n)))
            .collect();
        let it = histogram(Bins::between(0.0, 200.0, 20_000), &values);
        for y in [70.0, 100.0, 112.5, 160.0] {
            let z = (y - mean) / sd;
            let density = libm::exp(-z * z / 2.0) / libm::sqrt(std::f64::consts::TAU);
            let closed = sd
                * (z * (2.0 * normal_cdf(z) - 1.0) + 2.0 * density
                    - 1.0 / libm::sqrt(std::f64::consts::PI));
            assert!((crps(&it, y, y) - closed).abs() < 0.02, "{y}: {closed}");
        }
    }

    /// By hand: over 0 to 4, from 1: (1 + 9) / 8; from 6: 4; of a single value the distance.
    #[test]
    fn an_error_over_a_range_is_its_mean() {
        assert_eq!(absolute_error(1.0, 0.0, 4.0), 1.25);
        assert_eq!(absolute_error(6.0, 0.0, 4.0), 4.0);
        assert_eq!(absolute_error(0.3, 0.8, 0.8), 0.5);
    }

    #[test]
    fn a_certain_and_right_forecast_of_an_event_scores_nothing() {
        assert_eq!(brier(1.0, true), 0.0);
        assert_eq!(brier(0.5, false), 0.25);
        assert_eq!(brier(1.0, false), 1.0);
    }

    proptest! {
        /// Against the definition, over all pairs.
        #[test]
        fn it_is_its_definition(days in prop::collection::vec(0u32..40, 1..40), low in 0.0..45.0f64, width in 0.0..20.0f64) {
            let values: Vec<f64> = days.iter().map(|day| f64::from(*day)).collect();
            let it = histogram(Bins::between(0.0, 41.0, 41), &values);
            let n = values.len() as f64;
            let high = low + width;
            // The mean over the range by the midpoint rule.
            let steps = 4000;
            let mean: f64 = (0..steps).map(|step| {
                let y = low + width * (f64::from(step) + 0.5) / f64::from(steps);
                values.iter().map(|x| (x - y).abs()).sum::<f64>() / n
            }).sum::<f64>() / f64::from(steps);
            let pairs: f64 = values.iter().flat_map(|a| values.iter().map(move |b| (a - b).abs())).sum();
            prop_assert!((crps(&it, low, high) - (mean - pairs / (2.0 * n * n))).abs() < 1e-3);
        }

        /// Proper: over values that come from it, no other distribution scores
        /// less than the distribution itself.
        #[test]
        fn the_distribution_itself_scores_best(own in prop::collection::vec(0u32..40, 2..30), other in prop::collection::vec(0u32..40, 2..30)) {
            let bins = Bins::between(0.0, 41.0, 41);
            let of = |days: &[u32]| histogram(bins, &days.iter().map(|day| f64::from(*day)).collect::<Vec<_>>());
            let mean = |it: &Histogram| own.iter().map(|y| crps(it, f64::from(*y), f64::from(*y))).sum::<f64>();
            prop_assert!(mean(&of(&own)) <= mean(&of(&other)) + 1e-9);
        }

        #[test]
        fn half_stand_below_the_median(mut values in prop::collection::vec(0u32..1000, 1..60)) {
            values.sort_unstable();
            let it = histogram(Bins::between(0.0, 1001.0, 1001), &values.iter().map(|v| f64::from(*v)).collect::<Vec<_>>());
            let below = |v: u32| values.iter().filter(|x| **x < v).count() as f64 + values.iter().filter(|x| **x == v).count() as f64 / 2.0;
            for v in [values[0], values[values.len() / 2]] {
                prop_assert!((standing(&it, f64::from(v)) - below(v) / values.len() as f64).abs() < 1e-12);
            }
        }
    }
}
