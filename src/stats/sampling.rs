//! Sampling a declared stock.

/// Probability that a sample of `checked` out of `declared` items finds at least
/// one of `missing`: 1 − C(N−r, n) ÷ C(N, n), the hypergeometric law.
///
/// Source: Avenhaus & Canty, *Compliance Quantified*, 1996.
///
/// ```
/// use disengage::stats::detection;
/// assert!((detection(20, 5, 3) - 0.6009).abs() < 5e-5);
/// ```
pub fn detection(declared: u32, missing: u32, checked: u32) -> f64 {
    let missing = missing.min(declared);
    if missing == 0 || checked == 0 {
        return 0.0;
    }
    if checked > declared - missing {
        return 1.0;
    }
    let escapes = (0..checked).fold(1.0, |all, i| {
        all * f64::from(declared - missing - i) / f64::from(declared - i)
    });
    1.0 - escapes
}

/// The smallest sample that finds at least one of `missing` with `confidence`.
pub fn sample_needed(declared: u32, missing: u32, confidence: f64) -> Option<u32> {
    (1..=declared).find(|checked| detection(declared, missing, *checked) >= confidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_samples() {
        for (declared, missing, checked, found) in [
            (20, 5, 1, 0.25),
            (20, 5, 3, 0.6009),
            (100, 10, 5, 0.4162),
            (100, 5, 45, 0.9538),
        ] {
            assert!((detection(declared, missing, checked) - found).abs() < 5e-5);
        }
        assert_eq!(sample_needed(50, 5, 0.95), Some(22));
        assert_eq!(sample_needed(300, 6, 0.95), Some(117));
        assert_eq!(detection(10, 0, 10), 0.0);
        assert_eq!(detection(10, 3, 8), 1.0);
        assert_eq!(sample_needed(10, 0, 0.95), None);
    }
}
