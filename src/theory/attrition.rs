//! Losses between two sides.
//!
//! Sources: Lanchester, *Aircraft in Warfare*, 1916; Taylor, *Lanchester Models
//! of Warfare*, 1983; Hughes, *A salvo model of warships in missile combat*,
//! Naval Research Logistics 42(2), 1995.

/// What is left of the two sides.
pub type Survivors = (f64, f64);

/// The square law dA = −bB, dB = −aA after a time, while both last:
/// A(t) = A₀ cosh(√(ab)·t) − B₀ √(b/a) sinh(√(ab)·t).
pub fn lanchester_square((a0, b0): Survivors, (a, b): (f64, f64), time: f64) -> Survivors {
    let s = (a * b).sqrt() * time;
    let (cosh, sinh) = (libm::cosh(s), libm::sinh(s));
    (a0 * cosh - b0 * (b / a).sqrt() * sinh, b0 * cosh - a0 * (a / b).sqrt() * sinh)
}

/// What is left under the square law when one side has none, and when that is:
/// the side with the greater of aA², bB² keeps √(A² − (b/a)B²).
pub fn square_law_end((a0, b0): Survivors, (a, b): (f64, f64)) -> (Survivors, f64) {
    let (first, second) = (a * a0 * a0, b * b0 * b0);
    let rate = (a * b).sqrt();
    let ratio = (second / first).sqrt();
    if first > second {
        (((a0 * a0 - b / a * b0 * b0).sqrt(), 0.0), libm::atanh(ratio) / rate)
    } else if second > first {
        ((0.0, (b0 * b0 - a / b * a0 * a0).sqrt()), libm::atanh(1.0 / ratio) / rate)
    } else {
        ((0.0, 0.0), f64::INFINITY)
    }
}

/// The linear law dA = −bAB, dB = −aAB after a time; aA − bB never changes.
pub fn lanchester_linear((a0, b0): Survivors, (a, b): (f64, f64), time: f64) -> Survivors {
    let lead = a * a0 - b * b0;
    if lead == 0.0 {
        let left = 1.0 / (1.0 + a * a0 * time);
        return (a0 * left, b0 * left);
    }
    let kept = libm::exp(-lead * time);
    let a_left = a0 * lead / (a * a0 - b * b0 * kept);
    (a_left, (a * a_left - lead) / b)
}

/// Either law by Runge–Kutta steps of the fourth order, until the time or until
/// a side has none: `losses` gives −dA and −dB.
pub fn lanchester_integrated(
    start: Survivors,
    losses: impl Fn(f64, f64) -> (f64, f64),
    time: f64,
    steps: u32,
) -> Survivors {
    let h = time / f64::from(steps);
    let (mut a, mut b) = start;
    for _ in 0..steps {
        let (a1, b1) = losses(a, b);
        let (a2, b2) = losses(a - 0.5 * h * a1, b - 0.5 * h * b1);
        let (a3, b3) = losses(a - 0.5 * h * a2, b - 0.5 * h * b2);
        let (a4, b4) = losses(a - h * a3, b - h * b3);
        a -= h / 6.0 * (a1 + 2.0 * a2 + 2.0 * a3 + a4);
        b -= h / 6.0 * (b1 + 2.0 * b2 + 2.0 * b3 + b4);
        if a <= 0.0 || b <= 0.0 {
            return (a.max(0.0), b.max(0.0));
        }
    }
    (a, b)
}

/// One side of a salvo exchange.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SalvoSide {
    /// Units.
    pub units: f64,
    /// Well-aimed shots of each unit in a salvo.
    pub shots: f64,
    /// Shots that each unit stops.
    pub stopped: f64,
    /// Hits that put a unit out of action.
    pub hits_to_kill: f64,
}

/// Units that each side loses in one exchange of salvos: shots less shots
/// stopped, over hits to kill, between none and all.
pub fn salvo_losses(first: &SalvoSide, second: &SalvoSide) -> (f64, f64) {
    let losses = |of: &SalvoSide, by: &SalvoSide| {
        ((by.shots * by.units - of.stopped * of.units) / of.hits_to_kill).clamp(0.0, of.units)
    };
    (losses(first, second), losses(second, first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn closed_forms_are_the_integrals(a0 in 60.0..100.0f64, b0 in 60.0..100.0f64, a in 0.005..0.02f64, b in 0.005..0.02f64) {
            let time = 20.0;
            let (x, y) = lanchester_square((a0, b0), (a, b), time);
            let (u, v) = lanchester_integrated((a0, b0), |x, y| (b * y, a * x), time, 200);
            prop_assert!((x - u).abs() < 1e-6 && (y - v).abs() < 1e-6);
            let rates = (a / 10.0, b / 10.0);
            let (x, y) = lanchester_linear((a0, b0), rates, time);
            let (u, v) = lanchester_integrated((a0, b0), |x, y| (rates.1 * x * y, rates.0 * x * y), time, 400);
            prop_assert!((x - u).abs() < 1e-6 && (y - v).abs() < 1e-6);
            // What the square law keeps: aA² − bB².
            let (end, at) = square_law_end((a0, b0), (a, b));
            let kept = a * a0 * a0 - b * b0 * b0;
            prop_assert!((a * end.0 * end.0 - b * end.1 * end.1 - kept).abs() < 1e-9);
            let there = lanchester_square((a0, b0), (a, b), at);
            prop_assert!((there.0 - end.0).abs() < 1e-6 && (there.1 - end.1).abs() < 1e-6);
        }
    }
}
