//! Search of an area.
//!
//! Sources: Koopman, *Search and Screening*, 1946; Washburn, *Search and
//! Detection*; Eagle, notes for NPS OA3602.

/// Coverage c = v·w·t/A: speed in km/h, sweep width in km, hours, km².
pub fn coverage(speed_km_per_hour: f64, width_km: f64, hours: f64, area_km2: f64) -> f64 {
    speed_km_per_hour * width_km * hours / area_km2
}

/// Random search: P = 1 − exp(−c).
///
/// ```
/// use disengage::theory::{coverage, random_search};
/// let c = coverage(15.0, 4.0, 24.0, 1000.0);
/// assert!((random_search(c) - 0.7631).abs() < 5e-5);
/// ```
pub fn random_search(coverage: f64) -> f64 {
    -libm::expm1(-coverage)
}

/// Parallel sweeps under the inverse-cube law: P = erf(c·√π/2).
pub fn inverse_cube_search(coverage: f64) -> f64 {
    libm::erf(coverage * std::f64::consts::PI.sqrt() / 2.0)
}

/// A search without gaps or overlap: P = min(1, c).
pub fn exhaustive_search(coverage: f64) -> f64 {
    coverage.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_methods_find_more() {
        for i in 0..400 {
            let c = f64::from(i) / 100.0;
            let all = [random_search(c), inverse_cube_search(c), exhaustive_search(c)];
            assert!(all.is_sorted(), "{c}: {all:?}");
        }
    }
}
