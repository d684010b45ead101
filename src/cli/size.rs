//! What a run may be without a word from who asks for it.

use super::arguments::RunArguments;
use super::blocks::threads;
use super::exit::Failure;
use crate::diag::grouped;
use crate::experiment::{Plan, Size};
use crate::model::Model;
use crate::threads;

/// The most bytes that a thread may need.
const BYTES: f64 = 2.0 * 1024.0 * 1024.0 * 1024.0;
/// The longest that all replicates may take together, in hours on the threads given.
const HOURS: f64 = 24.0;
/// Points of a plan by which the others are judged, the first and the last among them.
const POINTS: u64 = 4;

/// Refuses a run that is too large. How many replicates a precision takes is not known.
pub(super) fn of_run(model: &Model, arguments: &RunArguments) -> Result<(), Failure> {
    let known = arguments.precision.is_none();
    let runs = known.then(|| (arguments.replicates as f64, threads(arguments.to.jobs)));
    judge(&[Size::of(model)], runs, arguments.consent.yes)
}

/// Refuses a plan whose points are too large: each by itself, and all together where
/// it is known on how many threads.
pub(super) fn of_plan(plan: &Plan, threads: Option<usize>, yes: bool) -> Result<(), Failure> {
    let points = plan.points()?;
    let last = points.len().saturating_sub(1);
    let some = last.min(POINTS - 1);
    let numbers: Vec<u64> = (0..=some).map(|at| last * at / some.max(1)).collect();
    let geodata = plan.geodata();
    // A point that cannot be loaded is reported where it is run.
    let model = |number: &u64| plan.model(&points.get(*number as u32), &geodata).ok();
    let models = threads::map(&numbers, |number| model(number).map(|model| Size::of(&model)));
    let sizes: Vec<Size> = models.into_iter().flatten().collect();
    let runs = points.len() as f64 * plan.replicates() as f64;
    judge(&sizes, threads.map(|threads| (runs, threads)), yes)
}

/// Judges the sizes of one replicate each, and so many of them on so many threads.
fn judge(sizes: &[Size], runs: Option<(f64, usize)>, yes: bool) -> Result<(), Failure> {
    let too_large = sizes.iter().find_map(of_one);
    let too_long = || {
        let (runs, threads) = runs?;
        let seconds: f64 = sizes.iter().map(Size::seconds).sum();
        let hours = seconds / sizes.len().max(1) as f64 * runs / threads.max(1) as f64 / 3600.0;
        (hours > HOURS).then(|| {
            format!(
                "{} runs would take about {} hours on {threads} {}, and more than {HOURS} are refused",
                grouped(runs as u64),
                grouped(hours as u64),
                if threads == 1 { "thread" } else { "threads" }
            )
        })
    };
    match too_large.or_else(too_long) {
        Some(why) if !yes => Err(Failure::usage(format!(
            "{why}\n  help: add --yes if that is meant; this is an estimate"
        ))),
        _ => Ok(()),
    }
}

/// Why a replicate is too large.
fn of_one(size: &Size) -> Option<String> {
    if size.count() > Size::MAX_HAPPENINGS {
        let most = size.happenings.iter().take(3);
        let most = most.filter(|(_, count)| *count >= 1.0);
        let most: Vec<String> =
            most.map(|(what, count)| format!("{} {what}", grouped(*count as u64))).collect();
        return Some(format!(
            "about {} things would happen in each replicate, and more than {} are refused: {}",
            grouped(size.count() as u64),
            grouped(Size::MAX_HAPPENINGS as u64),
            most.join(", ")
        ));
    }
    let gib = |bytes: f64| bytes / 1024.0 / 1024.0 / 1024.0;
    (size.bytes() > BYTES).then(|| {
        format!(
            "each thread would need about {:.1} GiB, and more than {} are refused: {} values (measures × dates) with their histograms",
            gib(size.bytes()),
            gib(BYTES),
            grouped(size.cells as u64)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Assignment, load};

    fn size(set: &[&str]) -> Size {
        let set: Vec<_> = set.iter().map(|it| Assignment::parse(it).unwrap()).collect();
        Size::of(&load("southwest-syria-2018", &set).unwrap().model)
    }

    #[test]
    fn what_is_small_passes_and_what_is_large_needs_a_yes() {
        let small = size(&[]);
        assert!(judge(std::slice::from_ref(&small), Some((1000.0, 2)), false).is_ok());
        assert!(judge(std::slice::from_ref(&small), None, false).is_ok());
        let (mut large, mut wide) = (small.clone(), small.clone());
        large.happenings = vec![("sightings".into(), 2e7)];
        wide.cells = 1e8;
        for (sizes, runs, word) in [
            (vec![small.clone(), large], None, "20,000,000 sightings"),
            (vec![wide], None, "GiB"),
            (vec![small], Some((1e12, 2)), "hours on 2 threads"),
        ] {
            let refused = judge(&sizes, runs, false).unwrap_err();
            assert_eq!(refused.code, super::super::exit::USAGE);
            assert!(refused.message.contains(word), "{}", refused.message);
            assert!(judge(&sizes, runs, true).is_ok());
        }
    }

    /// Every bundled scenario passes as a user runs it, with ten times as many runs and a
    /// day a turn.
    #[test]
    fn bundled_scenarios_pass() {
        for it in crate::scenario::BUNDLED {
            let daily = Assignment::parse("time.turn_days=1").unwrap();
            let size = Size::of(&load(it.name, &[daily]).unwrap().model);
            assert!(judge(&[size], Some((10_000.0, 1)), false).is_ok(), "{}", it.name);
        }
    }
}
