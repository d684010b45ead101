//! One of several by draws of their own.

use crate::stats::exponential;

/// One of several, with probabilities in proportion to their weights: that whose
/// exponential clock, of a rate that is its weight, rings first. Each has a draw
/// of its own, so that the choice depends on no order, and one that is added or
/// weighs otherwise turns only the choices that it wins or loses.
pub(super) fn choose<T>(
    candidates: impl Iterator<Item = (T, f64, impl FnOnce() -> f64)>,
) -> Option<T> {
    let mut first: Option<(f64, T)> = None;
    for (it, weight, draw) in candidates.filter(|(_, weight, _)| *weight > 0.0) {
        let rings = exponential(draw(), 1.0 / weight);
        if first.as_ref().is_none_or(|(earliest, _)| rings < *earliest) {
            first = Some((rings, it));
        }
    }
    first.map(|(_, it)| it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Draws, Stream};

    /// Weights 1, 2 and 5 of 8, in 20,000 choices: within four standard errors.
    #[test]
    fn it_goes_by_the_weights() {
        let weights = [1.0, 0.0, 2.0, 5.0];
        let streams = ["a", "b", "c", "d"].map(|id| Stream::new("choice", &[id]));
        let mut chosen = [0.0; 4];
        for number in 0..20_000 {
            let draws = Draws::new(3, number);
            let candidates =
                (0..4).map(|it| (it, weights[it], move || draws.uniform(streams[it], 0, 0)));
            let it = choose(candidates);
            assert_ne!(it, Some(1));
            chosen[it.unwrap_or(1)] += 1.0 / 20_000.0;
        }
        for (share, weight) in chosen.iter().zip(weights) {
            let p: f64 = weight / 8.0;
            assert!((share - p).abs() <= 4.0 * (p * (1.0 - p) / 2e4).sqrt(), "{chosen:?}");
        }
    }
}
