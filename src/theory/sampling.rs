//! Sampling a declared stock without replacement.
//!
//! Source: Avenhaus & Canty, *Compliance Quantified*, 1996, ch. 2.

/// The probability that a sample of `checked` of `items`, of which `missing`
/// are not there, contains at least one missing: 1 − C(N−r,n)/C(N,n).
///
/// ```
/// use disengage::theory::detection_probability;
/// assert!((detection_probability(20, 5, 3) - 0.6009).abs() < 5e-5);
/// ```
pub fn detection_probability(items: u32, missing: u32, checked: u32) -> f64 {
    let (missing, checked) = (missing.min(items), checked.min(items));
    let mut unseen = 1.0;
    for i in 0..checked {
        let left = items - i;
        if left <= missing {
            return 1.0;
        }
        unseen *= f64::from(left - missing) / f64::from(left);
    }
    1.0 - unseen
}

/// The fewest items to check so that the probability is at least `wanted`; none
/// if nothing is missing.
pub fn smallest_sample(items: u32, missing: u32, wanted: f64) -> Option<u32> {
    (0..=items).find(|checked| detection_probability(items, missing, *checked) >= wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against counting every sample of a small stock.
    #[test]
    fn a_small_stock_counted_out() {
        for items in 1..=9u32 {
            for missing in 0..=items {
                for checked in 0..=items {
                    let (mut all, mut caught) = (0, 0);
                    for sample in 0u32..1 << items {
                        if sample.count_ones() == checked {
                            all += 1;
                            caught += u32::from(sample & ((1 << missing) - 1) != 0);
                        }
                    }
                    let found = detection_probability(items, missing, checked);
                    assert!((found - f64::from(caught) / f64::from(all)).abs() < 1e-12);
                }
            }
        }
        assert_eq!(smallest_sample(10, 0, 0.5), None);
    }
}
