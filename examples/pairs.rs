//! How many pairs of runs tell one demanded distance from another, on common
//! random numbers and with independent seeds.
//!
//! ```console
//! cargo run --release --example pairs -- scenarios/southwest-syria-2018.toml 1000
//! ```
//!
//! compares the demand of 70 km with that of 80 km (10 km more to the target in
//! both) and prints a Markdown table: for each outcome the difference, the
//! variance of the difference of independent runs over that of paired ones with
//! the bootstrap's 95 % interval, and the pairs that a test at 5 % with a power of
//! 80 % needs. The second argument, the number of pairs, is 1000 if left out.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use disengage::engine::{World, walk};
use disengage::model::Model;
use disengage::record::{ClauseRun, Run};
use disengage::scenario::{Assignment, load};
use disengage::stats::{Draws, Stream, mean_interval};
use rayon::prelude::*;

const SEED: u64 = 1;
const RESAMPLES: u32 = 999;
/// (1.96 + 0.84)²: a test at 5 % with a power of 80 %.
const POWER: f64 = 7.849;

/// Of a run and its first clause.
type Outcome = fn(&Run, &ClauseRun) -> f64;
const OUTCOMES: [(&str, Outcome); 5] = [
    ("compliance of all that is bound", |_, it| it.unrestricted),
    ("compliance of what starts inside", |_, it| it.met),
    ("of that, on the last day", |_, it| it.met_at_end),
    ("recorded as keeping", |_, it| it.seen_keeping),
    ("compliance with the whole agreement", |run, _| run.compliance),
];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next();
    let file = file.as_deref().unwrap_or("southwest-syria-2018");
    let pairs = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1000);
    match table(file, pairs) {
        Ok(table) => match std::io::stdout().write_all(table.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::from(3)
        }
    }
}

fn table(file: &str, n: u64) -> Result<String, Box<dyn std::error::Error>> {
    let demand = |km: u32| -> Result<Model, Box<dyn std::error::Error>> {
        let set = [
            Assignment::parse(&format!("clause.pullback.min_km={km}"))?,
            Assignment::parse(&format!("clause.pullback.target_km={}", km + 10))?,
        ];
        Ok(load(file, &set)?.model)
    };
    let (near, far) = (runs(&demand(70)?, n), runs(&demand(80)?, n));
    let mut table = String::from(
        "| outcome | 80 − 70 km | variance, independent ÷ paired | pairs needed | with independent seeds |\n\
         |---|---|---|---|---|\n",
    );
    for (at, (name, _)) in OUTCOMES.iter().enumerate() {
        let pairs: Vec<(f64, f64)> = near.iter().zip(&far).map(|(a, b)| (a[at], b[at])).collect();
        let all = vec![1.0; pairs.len()];
        let it = variances(&pairs, &all);
        let mut ratios: Vec<f64> = (0..RESAMPLES)
            .map(|resample| variances(&pairs, &counts(pairs.len(), resample)).ratio())
            .collect();
        ratios.sort_by(f64::total_cmp);
        let interval = mean_interval(n, it.difference, it.paired.sqrt());
        let needed = |variance: f64| (POWER * variance / (it.difference * it.difference)).ceil();
        writeln!(
            table,
            "| {name} | {:+.4} [{:+.4}, {:+.4}] | {:.1} [{:.1}, {:.1}] | {} | {} |",
            interval.estimate,
            interval.low,
            interval.high,
            it.ratio(),
            ratios[24],
            ratios[974],
            needed(it.paired),
            needed(it.independent),
        )?;
    }
    writeln!(table, "\n[95 % intervals]; n = {n} pairs, seed {SEED}.")?;
    Ok(table)
}

/// Each replicate's outcomes.
fn runs(model: &Model, n: u64) -> Vec<[f64; OUTCOMES.len()]> {
    let one = |replicate| {
        let mut world = World::new(model, Draws::new(SEED, replicate));
        walk(model, &mut world, |_, _| {});
        let run = Run::of(model, &world, replicate);
        OUTCOMES.map(|(_, of)| of(&run, &run.clauses.raw[0]))
    };
    (0..n).into_par_iter().map(one).collect()
}

struct Variances {
    difference: f64,
    paired: f64,
    independent: f64,
}

impl Variances {
    fn ratio(&self) -> f64 {
        self.independent / self.paired
    }
}

/// Mean difference of pairs with weights; the variance of the difference of a
/// pair, and of two runs that have nothing to do with each other.
fn variances(pairs: &[(f64, f64)], weights: &[f64]) -> Variances {
    let total: f64 = weights.iter().sum();
    let moments = |of: &dyn Fn(&(f64, f64)) -> f64| {
        let weighed = || pairs.iter().map(of).zip(weights);
        let mean = weighed().map(|(it, weight)| it * weight).sum::<f64>() / total;
        let squares = weighed().map(|(it, weight)| weight * (it - mean) * (it - mean));
        (mean, squares.sum::<f64>() / (total - 1.0))
    };
    let (difference, paired) = moments(&|(a, b)| b - a);
    let (_, near) = moments(&|(a, _)| *a);
    let (_, far) = moments(&|(_, b)| *b);
    Variances { difference, paired, independent: near + far }
}

/// How often each of n is drawn when n are drawn with replacement.
fn counts(n: usize, resample: u32) -> Vec<f64> {
    let mut counts = vec![0.0; n];
    let stream = Stream::new("resample", &[]);
    for at in 0..n {
        let u = Draws::new(SEED, 0).uniform(stream, resample, at as u32);
        counts[(u * n as f64) as usize] += 1.0;
    }
    counts
}
