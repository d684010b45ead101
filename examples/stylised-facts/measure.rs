//! Runs, and statistics of them with their intervals.

use std::fmt::Write as _;

use disengage::engine::{self, World};
use disengage::model::{Model, Turn};
use disengage::record::Run;
use disengage::scenario::{Assignment, BUNDLED, load};
use disengage::stats::{Draws, EventTimes, Interval, mean_interval};
use rayon::prelude::*;

pub(crate) type Failed = Box<dyn std::error::Error>;

pub(crate) const SEED: u64 = 1;
/// Groups of replicates of which each is left out once.
const GROUPS: usize = 20;
pub(crate) const YEAR: f64 = 365.25;

/// A scenario, bundled or by its path, with some values changed.
pub(crate) fn model(file: &str, set: &[String]) -> Result<Model, Failed> {
    let set: Result<Vec<_>, _> = set.iter().map(|it| Assignment::parse(it)).collect();
    Ok(load(file, &set?)?.model)
}

/// Whether a scenario comes with the program.
pub(crate) fn bundled() -> impl Iterator<Item = &'static str> {
    BUNDLED.iter().map(|it| it.name)
}

/// Runs one replicate and shows the world after each turn.
pub(crate) fn walk(model: &Model, number: u64, mut show: impl FnMut(&World, Turn)) -> Run {
    let mut world = World::new(model, Draws::new(SEED, number));
    engine::walk(model, &mut world, |world, turn| {
        if let Some(turn) = turn {
            show(world, turn);
        }
    });
    Run::of(model, &world, number)
}

/// What `of` makes of each replicate, on all cores.
pub(crate) fn each<T: Send>(n: u64, of: impl Fn(u64) -> T + Sync + Send) -> Vec<T> {
    (0..n).into_par_iter().map(of).collect()
}

/// A statistic of replicates with its 95 % interval: Student's, over pseudo-values of the
/// jackknife that leaves out a twentieth of them at a time (Miller, Biometrika 61, 1974).
pub(crate) fn jackknife<T>(values: &[T], of: impl Fn(&[&T]) -> f64) -> Interval {
    let all: Vec<&T> = values.iter().collect();
    let whole = of(&all);
    let groups = GROUPS as f64;
    let pseudo: Vec<f64> = (0..GROUPS)
        .map(|left_out| {
            let kept = all.iter().enumerate().filter(|(at, _)| at % GROUPS != left_out);
            let kept: Vec<&T> = kept.map(|(_, it)| *it).collect();
            groups * whole - (groups - 1.0) * of(&kept)
        })
        .collect();
    let mean = pseudo.iter().sum::<f64>() / groups;
    let squares: f64 = pseudo.iter().map(|it| (it - mean) * (it - mean)).sum();
    mean_interval(GROUPS as u64, whole, (squares / (groups - 1.0)).sqrt())
}

/// The same of a ratio, on the logarithmic scale.
pub(crate) fn ratio<T>(values: &[T], of: impl Fn(&[&T]) -> f64) -> Interval {
    let it = jackknife(values, |values| libm::log(of(values)));
    Interval { estimate: libm::exp(it.estimate), low: libm::exp(it.low), high: libm::exp(it.high) }
}

/// The sum of what `of` gives.
pub(crate) fn sum<T>(values: &[&T], of: impl Fn(&T) -> f64) -> f64 {
    values.iter().map(|it| of(it)).sum()
}

/// Something that ends after so many days, or is watched for so many and does not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spell {
    pub(crate) days: u32,
    pub(crate) ended: bool,
}

impl Spell {
    /// Whether it ends within a stretch of days, and for how many years of it that could be.
    pub(crate) fn within(&self, from: f64, to: f64) -> (f64, f64) {
        let days = f64::from(self.days);
        let ended = self.ended && days > from && days <= to;
        (f64::from(u8::from(ended)), (days.min(to) - from).max(0.0) / YEAR)
    }
}

/// Ends a year at risk, over a stretch of days.
pub(crate) fn hazard<T>(values: &[&T], stretch: (f64, f64), of: impl Fn(&T) -> Spell) -> f64 {
    let (from, to) = stretch;
    let ends = sum(values, |it| of(it).within(from, to).0);
    ends / sum(values, |it| of(it).within(from, to).1)
}

/// The day by which a share of spells has ended (Kaplan & Meier); none if it has not.
pub(crate) fn quantile(spells: impl Iterator<Item = Spell> + Clone, share: f64) -> Option<f64> {
    let last = spells.clone().map(|it| it.days).max()?;
    let mut times = EventTimes::<1>::new(last);
    for it in spells {
        match it.ended {
            true => times.add(it.days, 0),
            false => times.add_censored(it.days),
        }
    }
    times.day_of(0, share).map(f64::from)
}

/// A number to three significant digits, or as many as there are before the point.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    if value == 0.0 {
        return "0".into();
    }
    let digits = (2.0 - libm::log10(value.abs().max(1e-3)).floor()).clamp(0.0, 3.0);
    format!("{value:.*}", digits as usize).replace('-', "−")
}

/// A number with its interval.
pub(crate) fn shown(it: &Interval) -> String {
    format!("{} [{}, {}]", number(it.estimate), number(it.low), number(it.high))
}

/// A Markdown table.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text
}
