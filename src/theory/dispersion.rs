//! Counts of a Poisson process whose rate changes by regimes.

use std::f64::consts::LN_2;

/// Variance over mean of a count in so many days, of a Poisson process whose rate is
/// multiplied by a gamma factor of mean 1 and shape k, drawn anew with a half-life:
/// 1 + (2·rate/(kν))·(1 − (1 − e^(−νT))/(νT)), ν = ln 2 ÷ half-life.
///
/// Derived: the factor has variance 1/k and correlation e^(−ν·lag), and the variance of the
/// exposure is what [`dispersed_variance_integrated`] integrates (Cox & Isham, *Point
/// Processes*, 1980, on doubly stochastic processes).
///
/// ```
/// use disengage::theory::dispersed_variance_to_mean;
/// assert!((dispersed_variance_to_mean(2.0, 0.5, 60.0, 30.0) - 108.3).abs() < 0.05);
/// ```
pub fn dispersed_variance_to_mean(rate: f64, k: f64, half_life_days: f64, days: f64) -> f64 {
    let anew = LN_2 / half_life_days;
    let t = anew * days;
    1.0 + 2.0 * rate / (k * anew) * (1.0 + libm::expm1(-t) / t)
}

/// The same by integration: the covariance of the rate over all pairs of instants, by
/// Simpson's rule in the lag.
pub fn dispersed_variance_integrated(rate: f64, k: f64, half_life_days: f64, days: f64) -> f64 {
    const STEPS: u32 = 2000;
    let width = days / f64::from(STEPS);
    let at = |step: u32| {
        let lag = f64::from(step) * width;
        2.0 * (days - lag) * rate * rate / k * libm::exp2(-lag / half_life_days)
    };
    let inner = (1..STEPS).map(|step| at(step) * if step % 2 == 1 { 4.0 } else { 2.0 });
    let exposure = (at(0) + inner.sum::<f64>() + at(STEPS)) * width / 3.0;
    1.0 + exposure / (rate * days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_a_changing_rate_spread_more_than_poisson() {
        assert!((dispersed_variance_to_mean(2.0, 0.5, 60.0, 30.0) - 108.3).abs() < 0.05);
        for (rate, k, half_life, days) in
            [(2.0, 0.5, 60.0, 30.0), (0.1, 3.0, 5.0, 365.0), (9.0, 0.05, 400.0, 7.0)]
        {
            let closed = dispersed_variance_to_mean(rate, k, half_life, days);
            let integrated = dispersed_variance_integrated(rate, k, half_life, days);
            assert!((closed / integrated - 1.0).abs() < 1e-8, "{closed} {integrated}");
        }
    }
}
