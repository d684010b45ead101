//! Indices of variance and elementary effects.

use super::ledger::{Ledger, rows};
use crate::analysis::{Indices, Sample, morris, sobol};
use crate::stats::{Draws, Saltelli, Stream, Trajectories, normal_quantile};

/// Rows of the base sample of one estimate.
const ROWS: usize = 256;
/// Ishigami's function has three parameters; the fourth is inert.
const NAMES: [&str; 4] = ["x1", "x2", "x3", "x4"];

/// Variance of Ishigami's function with a = 7, b = 0.1.
const VARIANCE: f64 = 13.844_588;
const FIRST: [f64; 3] = [0.313_905, 0.442_411, 0.0];
const TOTAL: [f64; 3] = [0.557_589, 0.442_411, 0.243_684];

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.section("sensitivity", "Ishigami & Homma 1990; Saltelli et al. 2010");
    closed_forms(ledger);
    let samples = estimates(ledger, Chance::None);
    for (at, name) in NAMES.iter().enumerate().take(3) {
        let (first, total) = of(&samples, at);
        rows! { ledger:
            sample "ishigami-first-{name}"
                "Ishigami, S1 of {name}, N(p + 2) points with N = {ROWS}": FIRST[at], first, 0.02;
            sample "ishigami-total-{name}" "Ishigami, ST of {name}": TOTAL[at], total, 0.02;
        }
    }
    rows! { ledger:
        sample "ishigami-variance" "Ishigami, variance":
            VARIANCE, samples.iter().map(|it| it.rest.variance), 0.1;
    }
    stochastic(ledger);
    effects(ledger);
}

/// The indices by their integrals: V₁ = ½(1 + bπ⁴/5)², V₂ = a²/8, V₁₃ = b²π⁸(1/18 − 1/50).
fn closed_forms(ledger: &mut Ledger) {
    let (a, b) = (7.0, 0.1);
    let fourth = libm::pow(std::f64::consts::PI, 4.0);
    let half = 1.0 + b * fourth / 5.0;
    let (one, two) = (0.5 * half * half, a * a / 8.0);
    let both = b * b * fourth * fourth * (1.0 / 18.0 - 1.0 / 50.0);
    let all = one + two + both;
    let rows = [
        ("variance", VARIANCE, all),
        ("S1 of x1", FIRST[0], one / all),
        ("S1 of x2", FIRST[1], two / all),
        ("ST of x1", TOTAL[0], (one + both) / all),
        ("ST of x3", TOTAL[2], both / all),
    ];
    for (what, expected, computed) in rows {
        let id = what.to_lowercase().replace(' ', "-");
        rows! { ledger: formula "ishigami-formula-{id}" "Ishigami, {what}": expected, computed, 6; }
    }
}

/// With noise of the function's own variance: with independent seeds chance takes half,
/// and the total index of an inert input is that half; with common seeds it is 0.
fn stochastic(ledger: &mut Ledger) {
    ledger.source("derived: Ishigami with noise of its own variance");
    let samples = estimates(ledger, Chance::Independent);
    for (at, (name, expected)) in NAMES.into_iter().zip([0.157, 0.221]).enumerate() {
        rows! { ledger:
            sample "noisy-first-{name}" "independent seeds: S1 of {name}":
                expected, of(&samples, at).0, 0.02;
        }
    }
    for (at, expected) in [0.779, 0.721, 0.622, 0.5].into_iter().enumerate() {
        let (name, inert) = (NAMES[at], if at == 3 { ", an inert input" } else { "" });
        rows! { ledger:
            sample "noisy-total-{name}" "independent seeds: ST of {name}{inert}":
                expected, of(&samples, at).1, 0.02;
        }
    }
    let inert = of(&estimates(ledger, Chance::Common), 3).1;
    rows! { ledger:
        sample "noisy-share"
            "independent seeds: the share of variance that is noise of replication":
            0.5, samples.iter().map(|it| it.rest.noise), 0.02;
        solver "common-total-inert" "common seeds: ST of an inert input":
            0.0, inert.iter().copied().fold(0.0, f64::max), 9;
    }
}

/// Sobol' G with a = 0, 1, 4.5, 9: on a grid of four places |4x − 2| is 2 or 2/3, so a
/// move by 2/3 changes a factor by 2 over the whole range, up or down. The mean size for
/// x₁ is 2 times the mean of the other factors.
fn effects(ledger: &mut Ledger) {
    ledger.source("derived: Morris 1991 on Sobol' G");
    let a = [0.0, 1.0, 4.5, 9.0];
    let of = |x: &[f64]| -> f64 {
        let each = x.iter().zip(a);
        each.map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
    };
    let found: Vec<f64> = (0..ledger.replicates(96))
        .filter_map(|replicate| {
            let it = Trajectories::new(&NAMES, Draws::new(1, replicate));
            let points = 20 * (NAMES.len() as u64 + 1);
            let design = design(points, |point, column| it.at(point, column));
            let means: Vec<f64> = design.iter().map(|x| of(x)).collect();
            let screening =
                with(&design, &means, 0.0, |sample| morris(sample, Draws::new(1, replicate)).ok());
            Some(screening?.effects.first()?.size.estimate)
        })
        .collect();
    let factor = |a: f64| ((2.0 + a) + (2.0 / 3.0 + a)) / 2.0 / (1.0 + a);
    let expected = 2.0 * a[1..].iter().map(|it| factor(*it)).product::<f64>();
    rows! { ledger:
        sample "morris-g" "Sobol' G, μ* of x1, r(p + 1) points with r = 20": expected, found, 0.05;
    }
}

/// What chance adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chance {
    None,
    Independent,
    Common,
}

fn ishigami(x: &[f64]) -> f64 {
    let angle = |u: f64| std::f64::consts::PI * (2.0 * u - 1.0);
    let (one, two, three) = (angle(x[0]), libm::sin(angle(x[1])), angle(x[2]));
    libm::sin(one) * (1.0 + 0.1 * libm::pow(three, 4.0)) + 7.0 * two * two
}

fn design(points: u64, at: impl Fn(u64, usize) -> f64) -> Vec<Vec<f64>> {
    let point = |point| (0..NAMES.len()).map(|column| at(point, column)).collect();
    (0..points).map(point).collect()
}

fn with<T>(
    positions: &[Vec<f64>],
    means: &[f64],
    variance: f64,
    of: impl FnOnce(&Sample<'_>) -> T,
) -> T {
    of(&Sample {
        parameters: &NAMES.map(str::to_owned),
        positions,
        means,
        variances: &vec![variance; means.len()],
    })
}

/// Indices from independent scrambles.
fn estimates(ledger: &Ledger, chance: Chance) -> Vec<Indices> {
    let stream = Stream::new("noise", &[]);
    let each = crate::threads::map(0..ledger.replicates(48), |replicate| {
        let draws = Draws::new(1, replicate);
        let it = Saltelli::new(&NAMES, false, draws)?;
        let points = (ROWS * Saltelli::per_row(NAMES.len(), false)) as u64;
        let design = design(points, |point, column| it.at(point, column));
        let noise = |point: usize| {
            let ordinal = match chance {
                Chance::None => return 0.0,
                Chance::Independent => point as u32,
                Chance::Common => 0,
            };
            VARIANCE.sqrt() * normal_quantile(draws.uniform(stream, 0, ordinal))
        };
        let each = design.iter().enumerate();
        let means: Vec<f64> = each.map(|(at, x)| ishigami(x) + noise(at)).collect();
        let variance = match chance {
            Chance::None => 0.0,
            _ => VARIANCE,
        };
        with(&design, &means, variance, |it| sobol(it, false, draws).ok())
    });
    each.into_iter().flatten().collect()
}

/// First and total indices of a parameter.
fn of(samples: &[Indices], at: usize) -> (Vec<f64>, Vec<f64>) {
    let each = samples.iter();
    each.map(|it| (it.first[at].estimate, it.total[at].estimate)).unzip()
}
