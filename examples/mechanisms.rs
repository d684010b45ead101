//! What each mechanism of the model does in a scenario: every one switched off
//! in turn, against all at work, on common random numbers.
//!
//! ```console
//! cargo run --release --example mechanisms -- scenarios/southwest-syria-2018.toml 400
//! ```
//!
//! prints a Markdown table: the mean of the scenario with everything at work, and
//! for each mechanism the paired difference (off − on) with Student's 95 %
//! interval. The second argument, the number of pairs, is 400 if left out.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use disengage::engine::{EventKind, Register, Status, World, status, walk};
use disengage::model::{Mechanism, Model};
use disengage::record::Run;
use disengage::scenario::{Assignment, load};
use disengage::stats::{Draws, Interval, mean_interval};
use rayon::prelude::*;

const SEED: u64 = 1;
/// Outcomes with a column of their own; the rest are looked through for what
/// changes most.
const SHOWN: usize = 4;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next();
    let file = file.as_deref().unwrap_or("southwest-syria-2018");
    let pairs = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(400);
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

fn table(file: &str, pairs: u64) -> Result<String, Box<dyn std::error::Error>> {
    let model = load(file, &[])?.model;
    let names = names(&model);
    let on = replicates(&model, pairs);
    let mut table = format!("| mechanism off | {} | changes most |\n", names[..SHOWN].join(" | "));
    table += &"|---".repeat(SHOWN + 2);
    table += "|\n| *none: the mean* |";
    for at in 0..SHOWN {
        let values: Vec<f64> = on.iter().map(|it| it[at]).collect();
        write!(table, " {} |", number(mean(&values).estimate))?;
    }
    table += " |\n";
    for (word, _) in Mechanism::ALL {
        let off = Assignment::parse(&format!("mechanisms.{word}=false"))?;
        let off = replicates(&load(file, &[off])?.model, pairs);
        let differences: Vec<Interval> = (0..names.len())
            .map(|at| {
                let pairs = on.iter().zip(&off).map(|(on, off)| off[at] - on[at]);
                mean(&pairs.filter(|it| !it.is_nan()).collect::<Vec<_>>())
            })
            .collect();
        write!(table, "| `{word}` |")?;
        for it in &differences[..SHOWN] {
            write!(table, " {} |", difference(it))?;
        }
        let strength = |it: &Interval| it.estimate.abs() / (it.high - it.low);
        let most = differences.iter().enumerate().filter(|(_, it)| shows(it));
        let most = most.max_by(|a, b| strength(a.1).total_cmp(&strength(b.1)));
        match most {
            Some((at, it)) => writeln!(table, " {}: {} |", names[at], difference(it))?,
            None => table += " nothing |\n",
        }
    }
    writeln!(
        table,
        "\nOff − on; [paired 95 % interval]; bold where it leaves out 0; n = {pairs} pairs, seed {SEED}."
    )?;
    Ok(table)
}

/// Each replicate's outcomes.
fn replicates(model: &Model, n: u64) -> Vec<Vec<f64>> {
    (0..n).into_par_iter().map(|it| outcomes(model, it)).collect()
}

fn names(model: &Model) -> Vec<String> {
    let mut names: Vec<String> = [
        "compliance with the first clause",
        "violations recorded",
        "strikes",
        "incidents",
        "incidents answered",
        "persons lost",
        "tension",
        "complaints",
        "refusals of access",
        "reactions of rules",
        "persons sent",
        "turns on which a clause is late",
    ]
    .map(String::from)
    .into();
    for clause in &model.clauses {
        let id = &clause.id;
        for of in ["true", "recorded keeping", "recorded violating", "claimed", "acts licensed"] {
            names.push(format!("`{id}`, {of}"));
        }
    }
    names
}

fn outcomes(model: &Model, replicate: u64) -> Vec<f64> {
    let mut world = World::new(model, Draws::new(SEED, replicate));
    let mut refusals = 0;
    let (mut tension, mut late) = (0.0, 0_u32);
    walk(model, &mut world, |world, turn| {
        if turn.is_none() {
            return;
        }
        let ladders = world.conflict().ladders.iter();
        tension += ladders.map(|it| it.tension).sum::<f64>() / f64::from(model.calendar.turns());
        let standing = model.clauses.keys().map(|it| status(model, world, it, Register::True));
        late += standing.filter(|it| matches!(it, Status::Late { .. })).count() as u32;
        let refused = world.events().iter();
        refusals += refused.filter(|it| matches!(it.kind, EventKind::AccessDenied { .. })).count();
    });
    let strikes: f64 = world.conflict().struck.iter().map(|it| it.all()).sum();
    let sources = || world.conflict().sources.iter();
    let incidents: f64 = sources().map(|it| it.incidents.all()).sum();
    let answered = incidents - sources().map(|it| it.settled.all()).sum::<f64>();
    let run = Run::of(model, &world, replicate);
    let count = |counts: &mut dyn Iterator<Item = u32>| f64::from(counts.sum::<u32>());
    let conflict = world.conflict();
    let left = count(&mut conflict.accounts.iter().map(|it| it.persons));
    let mut found = vec![
        run.clauses.raw[0].met,
        world.monitors().iter().map(|it| it.violations.all()).sum(),
        strikes,
        incidents,
        answered,
        count(&mut conflict.lost.iter().map(|it| it.persons)),
        tension,
        count(&mut world.bodies().iter().map(|it| it.lodged)),
        refusals as f64,
        count(&mut conflict.rules.iter().map(|it| it.fired)),
        -left,
        f64::from(late),
    ];
    for (run, state) in run.clauses.iter().zip(world.clauses()) {
        let licensed = state.abstain.as_ref().map_or(0, |it| it.licensed);
        found.extend([
            run.met,
            run.seen_keeping,
            run.seen_violating,
            run.claimed_keeping,
            f64::from(licensed),
        ]);
    }
    found
}

/// Student's interval for a mean.
fn mean(values: &[f64]) -> Interval {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares = values.iter().map(|it| (it - mean) * (it - mean));
    let sd = (squares.sum::<f64>() / (n - 1.0)).sqrt();
    mean_interval(values.len() as u64, mean, sd)
}

/// Whether an interval leaves out 0.
fn shows(it: &Interval) -> bool {
    it.low > 0.0 || it.high < 0.0
}

fn difference(it: &Interval) -> String {
    let mark = if shows(it) { "**" } else { "" };
    let sign = if it.estimate > 0.0 { "+" } else { "" };
    format!("{mark}{sign}{}{mark} [{}, {}]", number(it.estimate), number(it.low), number(it.high))
}

/// Three significant digits, or as many as there are before the point.
fn number(value: f64) -> String {
    let digits = (2.0 - libm::log10(value.abs().max(1e-3)).floor()).clamp(0.0, 4.0);
    let text = format!("{value:.*}", digits as usize);
    let zero = text.trim_start_matches('-').chars().all(|it| "0.".contains(it));
    if zero { "0".into() } else { text.replace('-', "−") }
}
