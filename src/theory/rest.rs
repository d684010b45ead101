//! Where coupled mechanisms come to rest: standing orders with return, and
//! quantal response under pressure and beliefs that follow conduct.

use super::games::root;

/// Shares under P ∝ exp(λU).
pub fn softmax<const N: usize>(lambda: f64, utilities: [f64; N]) -> [f64; N] {
    let best = utilities.iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b));
    let weights = utilities.map(|u| libm::exp(lambda * (u - best)));
    let total: f64 = weights.iter().sum();
    weights.map(|weight| weight / total)
}

/// Long-run compliance under orders that stand for `review` turns and are
/// comply with probability `q` at each review, with `inside` turns still inside
/// after *comply* and `outside` still outside after *defy* (both at most
/// `review`): C = q − q(1−q)(m−j)/k.
pub fn comply_share_of_standing_orders(q: f64, inside: f64, outside: f64, review: f64) -> f64 {
    q - q * (1.0 - q) * (inside - outside) / review
}

/// Quantal response to pressure that rises by `gain` on each detection and
/// decays by `decay` a day, and to a belief that follows the hits of the
/// undecided: one review a day, two orders.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interior {
    /// Precision λ.
    pub lambda: f64,
    /// Value of presence V.
    pub value: f64,
    /// What a hit costs, S.
    pub hit_cost: f64,
    /// Detections a day of a violator, δ.
    pub detections: f64,
    /// Strikes per detection.
    pub strikes: f64,
    /// Weight of pressure w_g.
    pub pressure_weight: f64,
    /// Standing pressure π₀.
    pub standing: f64,
    /// Rise of pressure per detection, in shares of all, a.
    pub gain: f64,
    /// Decay of pressure a day, d.
    pub decay: f64,
}

/// x = σ(λ[w_g(π₀ + c(1−x)) − V + hS]) with c = aδ/d and h = δ·strikes: the
/// share of comply at rest, by bisection (the right side falls with x).
pub fn comply_at_rest(it: &Interior) -> f64 {
    let risen = it.gain * it.detections / it.decay;
    let hits = it.detections * it.strikes;
    let reply = |x: f64| {
        let pressure = it.standing + risen * (1.0 - x);
        softmax(it.lambda, [it.pressure_weight * pressure, it.value - hits * it.hit_cost])[0]
    };
    root(|x| reply(x) - x)
}

/// The wrong way: one belief pooled over both postures, the mean hit rate of
/// those who defy and those who conceal, scaled for concealment. Gives the
/// share of comply at which that belief rests; kept to show that beliefs by
/// posture differ from it.
pub fn pooled_belief_at_rest(
    lambda: f64,
    [comply, defy, conceal]: [f64; 3],
    hit_cost: f64,
    [open, concealed]: [f64; 2],
) -> f64 {
    let shares = |belief: f64| {
        softmax(
            lambda,
            [comply, defy - hit_cost * belief, conceal - hit_cost * belief * concealed / open],
        )
    };
    let mut belief = 0.5 * (open + concealed);
    for _ in 0..2000 {
        let [_, defy, conceal] = shares(belief);
        let met = (defy * open + conceal * concealed) / (defy + conceal);
        belief += 0.1 * (met - belief);
    }
    shares(belief)[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reviews one after another: the chain of orders, counted out.
    #[test]
    fn standing_orders_counted_out() {
        for (q, m, j, k) in [(0.6, 3, 1, 4), (0.3, 2, 5, 9), (0.9, 0, 0, 1)] {
            let mut share = 0.0;
            for (before, now) in [(true, true), (true, false), (false, true), (false, false)] {
                let of = |it: bool| if it { q } else { 1.0 - q };
                let outside = match (before, now) {
                    (true, true) => k,
                    (false, true) => k - m,
                    (true, false) => j,
                    (false, false) => 0,
                };
                share += of(before) * of(now) * f64::from(outside) / f64::from(k);
            }
            let found =
                comply_share_of_standing_orders(q, f64::from(m), f64::from(j), f64::from(k));
            assert!((found - share).abs() < 1e-12);
        }
    }
}
