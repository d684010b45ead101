//! Inspection games: how often one must inspect, and what that deters.
//!
//! Sources: Dresher, RAND RM-2972, 1962; Diamond, *Minimax policies for
//! unobservable inspections*, Math. Oper. Res. 7(1), 1982; Avenhaus & Canty,
//! *Compliance Quantified*, 1996; Avenhaus, von Stengel, Zamir, *Inspection
//! games*, Handbook of Game Theory 3, ch. 51, 2002; von Stengel, *Recursive
//! inspection games*, Math. Oper. Res. 41(3), 2016.

use super::games::{matrix_game, root, two_by_two};

/// Inspect or not against violate or not. Legal and uninspected is worth 0 to
/// both sides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InspectionGame {
    /// What a detected violation costs the inspector.
    pub detected_loss: f64,
    /// What being detected costs the inspectee.
    pub penalty: f64,
    /// What an undetected violation costs the inspector; more than a detected.
    pub undetected_loss: f64,
    /// What an undetected violation is worth to the inspectee.
    pub gain: f64,
    /// What a false alarm costs the inspector.
    pub false_alarm_loss: f64,
    /// What a false alarm costs the inspectee.
    pub false_alarm_burden: f64,
    /// What an inspection costs.
    pub cost: f64,
    /// Probability of a false alarm at an inspection of legal conduct.
    pub false_alarm: f64,
    /// Probability that an inspection misses a violation.
    pub miss: f64,
}

impl InspectionGame {
    /// A game by its letters in the literature: a, b, c, d, e, f, k, α and β.
    pub fn new([a, b, c, d, e, f, k, alpha, beta]: [f64; 9]) -> Self {
        Self {
            detected_loss: a,
            penalty: b,
            undetected_loss: c,
            gain: d,
            false_alarm_loss: e,
            false_alarm_burden: f,
            cost: k,
            false_alarm: alpha,
            miss: beta,
        }
    }

    /// p* = d / ((1−β)(b+d) − fα): how often one must inspect for legal conduct
    /// to be as good as violating. None if no frequency deters.
    pub fn inspect(&self) -> Option<f64> {
        let below = (1.0 - self.miss) * (self.penalty + self.gain)
            - self.false_alarm_burden * self.false_alarm;
        let p = self.gain / below;
        (below > 0.0 && p <= 1.0).then_some(p)
    }

    /// q* = (eα + k) / ((1−β)(c−a) + eα): how often the inspectee violates at
    /// equilibrium. None if it is then best never to inspect.
    pub fn violate(&self) -> Option<f64> {
        let alarm = self.false_alarm_loss * self.false_alarm;
        let below = (1.0 - self.miss) * (self.undetected_loss - self.detected_loss) + alarm;
        let q = (alarm + self.cost) / below;
        (below > 0.0 && q <= 1.0).then_some(q)
    }

    /// The inspectee's payoff for violating or not, under inspection with
    /// probability `p`.
    pub fn inspectee(&self, violates: bool, p: f64) -> f64 {
        if violates {
            p * (self.miss * self.gain - (1.0 - self.miss) * self.penalty) + (1.0 - p) * self.gain
        } else {
            -p * self.false_alarm * self.false_alarm_burden
        }
    }

    /// The inspector's payoff for inspecting or not, if violated with
    /// probability `q`.
    pub fn inspector(&self, inspects: bool, q: f64) -> f64 {
        if inspects {
            -self.cost
                - q * ((1.0 - self.miss) * self.detected_loss + self.miss * self.undetected_loss)
                - (1.0 - q) * self.false_alarm * self.false_alarm_loss
        } else {
            -q * self.undetected_loss
        }
    }

    /// p* and q* found on the payoffs alone: where each side is indifferent, by
    /// bisection.
    pub fn indifference(&self) -> (f64, f64) {
        let p = root(|p| self.inspectee(true, p) - self.inspectee(false, p));
        let q = root(|q| self.inspector(false, q) - self.inspector(true, q));
        (p, q)
    }

    /// Whether legal conduct is the best reply to an announced probability of
    /// inspection (leadership; a tie goes to legal).
    pub fn legal_is_best(&self, p: f64) -> bool {
        self.inspectee(false, p) >= self.inspectee(true, p)
    }
}

/// Actual detection effort less the effort that deters: positive deters.
pub fn deterrence_margin(effort: f64, needed: f64) -> f64 {
    effort - needed
}

/// Dresher's game: so many stages and fewer inspections left, at most one
/// violation; undetected it is worth 1 to the inspectee, detected −`penalty`;
/// legal to the end 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RecursiveInspection {
    /// Probability that an inspection detects a violation.
    pub detection: f64,
    /// What detection costs the inspectee.
    pub penalty: f64,
}

impl RecursiveInspection {
    /// Dresher's own: certain detection, penalty 1, so that the value to the
    /// inspector is minus that to the inspectee.
    pub const DRESHER: Self = Self { detection: 1.0, penalty: 1.0 };

    /// B = bδ − (1−δ): what violating under inspection costs.
    fn cost(&self) -> f64 {
        self.penalty * self.detection - (1.0 - self.detection)
    }

    /// Value to the inspectee and probability of inspecting at once, with `n`
    /// stages and `m` inspections left, by solving one stage after another.
    pub fn by_recursion(&self, n: u32, m: u32) -> (f64, f64) {
        if m == 0 {
            return (if n > 0 { 1.0 } else { 0.0 }, 0.0);
        }
        if n <= m {
            return (0.0, 1.0);
        }
        // The inspector chooses rows and loses what the inspectee wins.
        let stage = [
            [self.cost(), -self.by_recursion(n - 1, m - 1).0],
            [-1.0, -self.by_recursion(n - 1, m).0],
        ];
        let (value, inspect) = two_by_two(stage);
        (-value, inspect)
    }

    /// V(n,m) = C(n−1,m) / Σ_{i≤m} C(n,i) B^(m−i) for m < n and B > 0, and 0
    /// for m ≥ n.
    pub fn value(&self, n: u32, m: u32) -> f64 {
        if m >= n {
            return 0.0;
        }
        choose(n - 1, m) / self.sum(n, m)
    }

    /// p(n,m) = S(n−1,m−1) / S(n,m), the probability of inspecting at once.
    pub fn inspect_now(&self, n: u32, m: u32) -> f64 {
        if m == 0 {
            return 0.0;
        }
        if m >= n {
            return 1.0;
        }
        self.sum(n - 1, m - 1) / self.sum(n, m)
    }

    fn sum(&self, n: u32, m: u32) -> f64 {
        let mut power = 1.0;
        let mut sum = 0.0;
        for i in (0..=m).rev() {
            sum += choose(n, i) * power;
            power *= self.cost();
        }
        sum
    }
}

/// Binomial coefficient.
fn choose(n: u32, k: u32) -> f64 {
    (0..k).fold(1.0, |product, i| product * f64::from(n - i) / f64::from(i + 1))
}

/// Diamond's game on a grid: one secret interim inspection in a unit of time
/// that ends with a certain one; the violation begins when it likes, and lasts
/// until the next inspection. The value is the expected time undetected; it
/// tends to 1/e as `steps` grow (two grids are extrapolated).
pub fn interim_inspection(steps: usize) -> f64 {
    let on_grid = |steps: usize| {
        // The violator chooses the row, the period it begins in; the inspector
        // the period at whose end it inspects.
        let payoffs: Vec<Vec<f64>> = (0..steps)
            .map(|begins| {
                (0..steps)
                    .map(|inspects| {
                        let until = if inspects >= begins { inspects + 1 } else { steps };
                        (until - begins) as f64 / steps as f64
                    })
                    .collect()
            })
            .collect();
        matrix_game(&payoffs)
    };
    2.0 * on_grid(2 * steps) - on_grid(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The formulas are where both sides are indifferent.
        #[test]
        fn formulas_are_indifference(
            a in 0.0..5.0f64, b in 0.1..5.0f64, more in 0.5..5.0f64, d in 0.1..5.0f64,
            e in 0.0..1.0f64, f in 0.0..1.0f64, k in 0.0..0.4f64, alpha in 0.0..0.3f64, beta in 0.0..0.5f64,
        ) {
            let game = InspectionGame::new([a, b, a + more, d, e, f, k, alpha, beta]);
            let (p, q) = game.indifference();
            if let Some(found) = game.inspect() {
                prop_assert!((found - p).abs() < 1e-9);
                prop_assert!(game.legal_is_best(found + 1e-6) && !game.legal_is_best(found - 1e-6));
            } else {
                prop_assert!(!game.legal_is_best(1.0) );
            }
            if let Some(found) = game.violate() {
                prop_assert!((found - q).abs() < 1e-9);
            }
        }

        #[test]
        fn recursion_is_the_closed_form(n in 1..9u32, m in 0..9u32, detection in 0.6..=1.0f64, penalty in 1.0..3.0f64) {
            let game = RecursiveInspection { detection, penalty };
            let (value, inspect) = game.by_recursion(n, m);
            prop_assert!((value - game.value(n, m)).abs() < 1e-12);
            prop_assert!((inspect - game.inspect_now(n, m)).abs() < 1e-12);
        }
    }

    #[test]
    fn a_useless_inspection_deters_nobody() {
        let game = InspectionGame::new([0.5, 1.0, 1.0, 1.0, 0.0, 0.0, 2.0, 0.0, 0.9]);
        assert_eq!((game.inspect(), game.violate()), (None, None));
        assert!(deterrence_margin(0.3, 0.5) < 0.0);
    }

    #[test]
    fn one_interim_inspection_is_worth_one_over_e() {
        assert!((interim_inspection(40) - libm::exp(-1.0)).abs() < 1e-3);
    }
}
