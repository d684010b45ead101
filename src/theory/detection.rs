//! Detection, delay and departure, per day: a standing violation is seen at
//! rate μ, its report arrives at rate ν, the violator leaves at rate γ.

/// F(t) = 1 − (νe^(−μt) − μe^(−νt))/(ν−μ): the probability that the report of
/// the first sighting has arrived by day `t`.
pub fn reported_by(sightings_per_day: f64, reports_per_day: f64, t: f64) -> f64 {
    let (mu, nu) = (sightings_per_day, reports_per_day);
    if (nu - mu).abs() < 1e-9 * nu {
        return 1.0 - (1.0 + mu * t) * libm::exp(-mu * t);
    }
    1.0 - (nu * libm::exp(-mu * t) - mu * libm::exp(-nu * t)) / (nu - mu)
}

/// The same by summing over the day of the sighting (Simpson's rule).
pub fn reported_by_integrated(sightings_per_day: f64, reports_per_day: f64, t: f64) -> f64 {
    let (mu, nu) = (sightings_per_day, reports_per_day);
    let at = |s: f64| mu * libm::exp(-mu * s) * -libm::expm1(-nu * (t - s));
    let steps = 2000;
    let h = t / f64::from(steps);
    let inner: f64 =
        (1..steps).map(|i| at(f64::from(i) * h) * if i % 2 == 1 { 4.0 } else { 2.0 }).sum();
    h / 3.0 * (at(0.0) + inner + at(t))
}

/// 1/μ + 1/ν days in the mean from the start of a violation to its first report.
pub fn mean_days_to_report(sightings_per_day: f64, reports_per_day: f64) -> f64 {
    1.0 / sightings_per_day + 1.0 / reports_per_day
}

/// μ/(μ+γ): the probability of being seen before leaving.
pub fn ever_detected(sightings_per_day: f64, departures_per_day: f64) -> f64 {
    sightings_per_day / (sightings_per_day + departures_per_day)
}

/// γ/(γ+ν): the probability that what a report tells of has left before it
/// arrives.
pub fn stale_on_arrival(departures_per_day: f64, reports_per_day: f64) -> f64 {
    departures_per_day / (departures_per_day + reports_per_day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_law_is_the_integral(mu in 0.01..1.0f64, nu in 0.01..1.0f64, t in 0.1..200.0f64) {
            prop_assert!((reported_by(mu, nu, t) - reported_by_integrated(mu, nu, t)).abs() < 1e-6);
            prop_assert!((reported_by(mu, mu, t) - reported_by_integrated(mu, mu, t)).abs() < 1e-6);
        }
    }
}
