//! What the resolve of garrisons comes to: each complies while its resolve, a standard
//! normal z, lies above a threshold. Part of z is the party's and part its own, part of
//! each lasts and part is thought over anew at exponential times.
//!
//! z = √ρ·(√l·P₀ + √(1−l)·P) + √(1−ρ)·(√l·U₀ + √(1−l)·U), with cohesion ρ, a lasting
//! share l, and P and U drawn anew with half-life H, each on a clock of its own.

use std::f64::consts::{LN_2, PI};

use crate::stats::{normal_cdf, normal_quantile};

/// How resolve is made up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resolve {
    /// ρ: the share of variance that a party's garrisons have in common.
    pub cohesion: f64,
    /// l: the share of variance that is never thought over.
    pub lasting: f64,
    /// H: days in which half of the rest is thought over.
    pub half_life_days: f64,
}

/// The share complying at a constant difference of utility: 1/(1 + exp(−ΔU)).
pub fn share_complying(utility: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-utility))
}

/// The least resolve with which a garrison complies: it does from −t on.
fn threshold(utility: f64) -> f64 {
    normal_quantile(share_complying(utility))
}

/// ¼ + asin(r)/2π: the probability that two standard normals of correlation r are both
/// above 0 (Sheppard 1899).
pub fn both_above(correlation: f64) -> f64 {
    0.25 + libm::asin(correlation) / (2.0 * PI)
}

/// The mean of a function of a standard normal: the trapezoidal rule, which is exact to
/// rounding for smooth functions that fall off this fast.
fn mean_over_normal(of: impl Fn(f64) -> f64) -> f64 {
    let step = 1.0 / 32.0;
    let density = |x: f64| libm::exp(-x * x / 2.0) / libm::sqrt(2.0 * PI);
    (-288..=288).map(|at| f64::from(at) * step).map(|x| of(x) * density(x) * step).sum()
}

impl Resolve {
    /// Resets a day of what is thought over.
    fn rate(&self) -> f64 {
        LN_2 / self.half_life_days
    }

    /// The probability that all of k garrisons of a party comply on one day.
    pub fn all_comply(&self, garrisons: u32, utility: f64) -> f64 {
        let (t, own) = (threshold(utility), libm::sqrt(1.0 - self.cohesion));
        mean_over_normal(|common| {
            let above = t + libm::sqrt(self.cohesion) * common;
            let each = if own > 0.0 { normal_cdf(above / own) } else { f64::from(above > 0.0) };
            libm::pow(each, f64::from(garrisons))
        })
    }

    /// The probability that a garrison complies on two days so far apart, at ΔU = 0.
    pub fn complies_twice(&self, days_apart: f64) -> f64 {
        let (rho, l) = (self.cohesion, self.lasting);
        let q = libm::exp(-self.rate() * days_apart);
        let (party, own) = (rho + (1.0 - rho) * l, rho * l + 1.0 - rho);
        q * q / 2.0
            + q * (1.0 - q) * (both_above(party) + both_above(own))
            + (1.0 - q) * (1.0 - q) * both_above(l)
    }

    /// Changes of order a year of one garrison at ΔU = 0, looked at without a pause.
    pub fn reversals_a_year(&self) -> f64 {
        let (rho, l) = (self.cohesion, self.lasting);
        let stays = libm::asin(rho * l + 1.0 - rho) + libm::asin(rho + (1.0 - rho) * l);
        365.0 * self.rate() * (1.0 - stays / PI)
    }

    /// The probability that a garrison that has complied since D-day first stops in a year,
    /// by year, looked at without a pause.
    ///
    /// Given what lasts, the two parts that are thought over are a Markov chain on the
    /// plane, solved on a grid of equally likely values of each.
    pub fn first_defection(&self, utility: f64, years: usize) -> Vec<f64> {
        const GRID: usize = 64;
        let (rho, l) = (self.cohesion, self.lasting);
        let t = threshold(utility);
        let node = |at: usize, of: usize| normal_quantile((at as f64 + 0.5) / of as f64);
        let (common, own) = (libm::sqrt(rho * (1.0 - l)), libm::sqrt((1.0 - rho) * (1.0 - l)));
        // The part that lasts is one normal of variance l, whatever it is made of.
        let lasting = libm::sqrt(l);
        let parts = if lasting > 0.0 { 48 } else { 1 };
        let mut alive = vec![0.0; years + 1];
        for part in 0..parts {
            let fixed = if parts > 1 { lasting * node(part, parts) } else { 0.0 };
            // Those that comply: at each common value, the number of own values from the
            // top that do.
            let complies: Vec<usize> = (0..GRID)
                .map(|p| {
                    let above =
                        |u: &usize| fixed + common * node(p, GRID) + own * node(*u, GRID) > -t;
                    (0..GRID).filter(above).count()
                })
                .collect();
            let left = survivors(&complies, GRID, (common > 0.0, own > 0.0), self.rate(), years);
            for (sum, share) in alive.iter_mut().zip(left) {
                *sum += share / parts as f64;
            }
        }
        alive.windows(2).map(|pair| 1.0 - pair[1] / pair[0]).collect()
    }
}

/// The share of all that comply on D-day and never stop, by year. `complies[p]` of the
/// `grid` values of the second part do at value p of the first; either part is thought over
/// at a rate if it is there at all.
fn survivors(
    complies: &[usize],
    grid: usize,
    (first, second): (bool, bool),
    rate: f64,
    years: usize,
) -> Vec<f64> {
    let cells = grid as f64;
    // Values of the second part that comply at p are the top ones, so all that do in a
    // column share one probability of surviving a new draw of the second part.
    let mut mass: Vec<Vec<f64>> = complies
        .iter()
        .map(|top| {
            (0..grid).map(|u| f64::from(u8::from(u + top >= grid)) / cells / cells).collect()
        })
        .collect();
    let mut left = vec![mass.iter().flatten().sum()];
    let steps = 73;
    let dt = 365.0 / steps as f64;
    // In a step each part is drawn anew with this probability; once is enough for its
    // being new.
    let anew = -libm::expm1(-rate * dt);
    for _ in 0..years {
        for _ in 0..steps {
            if second {
                for (column, top) in mass.iter_mut().zip(complies) {
                    let total: f64 = column.iter().sum();
                    for (u, cell) in column.iter_mut().enumerate() {
                        let arrives = if u + top >= grid { anew * total / cells } else { 0.0 };
                        *cell = *cell * (1.0 - anew) + arrives;
                    }
                }
            }
            if first {
                for u in 0..grid {
                    let total: f64 = mass.iter().map(|column| column[u]).sum();
                    for (column, top) in mass.iter_mut().zip(complies) {
                        let arrives = if u + top >= grid { anew * total / cells } else { 0.0 };
                        column[u] = column[u] * (1.0 - anew) + arrives;
                    }
                }
            }
        }
        left.push(mass.iter().flatten().sum());
    }
    left
}

/// How likely a day finds a party on record as violating, at one monitor whose newest word
/// stands for `record_days`: words "violating" come at one rate a day and "keeping" at
/// another, each after a delay of this mean.
pub fn on_record(violating: f64, keeping: f64, record_days: f64, delay_days: f64) -> f64 {
    standing_on_record([violating, keeping], word_stands(record_days, delay_days))
}

/// m′ = m − d(1 − e^{−m/d}): the days for which a word stands, those until it arrives aside.
pub fn word_stands(record_days: f64, delay_days: f64) -> f64 {
    match delay_days > 0.0 {
        true => record_days + delay_days * libm::expm1(-record_days / delay_days),
        false => record_days,
    }
}

/// v/(v+k)·(1 − e^{−(v+k)m′}), of words "violating" and "keeping" a day that stand for m′ days.
pub fn standing_on_record([violating, keeping]: [f64; 2], stands: f64) -> f64 {
    if violating <= 0.0 {
        return 0.0;
    }
    let words = violating + keeping;
    violating / words * -libm::expm1(-words * stands)
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: Resolve = Resolve { cohesion: 0.8, lasting: 0.5, half_life_days: 365.0 };

    fn near(found: f64, expected: f64, within: f64) {
        assert!((found - expected).abs() <= within, "{found}, expected {expected}");
    }

    #[test]
    fn garrisons_comply_together_the_more_the_greater_their_cohesion() {
        for (rho, both) in [(0.0, 0.25), (0.5, 1.0 / 3.0), (0.8, 0.3976)] {
            near(both_above(rho), both, 5e-5);
            near(Resolve { cohesion: rho, ..USUAL }.all_comply(2, 0.0), both, 5e-5);
        }
        for (utility, all) in
            [(0.0, [0.5, 0.3976, 0.314, 0.2482]), (0.5, [0.6225, 0.5251, 0.4384, 0.3647])]
        {
            for (k, expected) in [1, 2, 4, 8].into_iter().zip(all) {
                near(USUAL.all_comply(k, utility), expected, 6e-5);
            }
        }
    }

    #[test]
    fn one_garrison_is_less_and_less_like_itself() {
        near(USUAL.complies_twice(90.0), 0.4668, 5e-5);
        near(USUAL.complies_twice(365.0), 0.4035, 5e-5);
        near(USUAL.complies_twice(0.0), 0.5, 1e-12);
    }

    #[test]
    fn orders_are_reversed_as_often_as_resolve_is_thought_over() {
        near(USUAL.reversals_a_year(), 0.304, 5e-4);
        for (lasting, expected) in [(0.0, 0.347), (0.5, 0.231)] {
            near(Resolve { cohesion: 1.0, lasting, ..USUAL }.reversals_a_year(), expected, 5e-4);
        }
    }

    #[test]
    fn who_has_complied_for_long_is_likelier_to_go_on() {
        let one = |lasting: f64| Resolve { cohesion: 1.0, lasting, half_life_days: 365.0 };
        for (resolve, expected) in [
            (one(0.5), [0.144, 0.129, 0.115, 0.103, 0.093, 0.085]),
            (one(0.0), [0.218; 6]),
            (USUAL, [0.180, 0.151, 0.132, 0.117, 0.104, 0.093]),
        ] {
            for (found, expected) in resolve.first_defection(0.6, 6).into_iter().zip(expected) {
                near(found, expected, 0.004);
            }
        }
    }

    #[test]
    fn what_is_on_record_fades_and_is_late() {
        near(on_record(0.1, 0.0, 30.0, 0.0), 0.9502, 5e-5);
        assert_eq!(on_record(0.0, 0.1, 30.0, 0.0), 0.0);
        near(on_record(0.3, 0.0, 30.0, 0.0), 0.9999, 5e-5);
        near(on_record(0.2, 0.1, 30.0, 0.0), 0.6666, 5e-5);
        for (delay, expected) in [(5.0, 0.918), (15.0, 0.818), (30.0, 0.668)] {
            near(on_record(0.1, 0.0, 30.0, delay), expected, 5e-4);
        }
    }
}
