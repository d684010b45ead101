//! `merge`.

use std::path::Path;
use std::time::{Duration, Instant};

use super::arguments::{Fail, MergeArguments};
use super::blocks::{after_failures, threads};
use super::exit::Failure;
use super::folder::plan_in;
use super::show::show;
use super::{Done, pictures, progress, sensitivity};
use crate::experiment::Plan;
use crate::results::{COMPARE, Manifest, OutcomeName, has_indices, manifest_of, regrets};
use crate::store::{self, Claim, write_regret};
use crate::threads;

/// Merges the parts of a plan into tables and charts.
pub(super) fn merge(arguments: &MergeArguments) -> Done {
    let began = Instant::now();
    let plan = plan_in(&arguments.folder)?;
    let jobs = threads(arguments.jobs);
    let timings = (began, Duration::ZERO);
    let claim = Claim::inside(&arguments.folder)?;
    let no_charts = arguments.no_charts;
    let manifest = merge_in(&arguments.folder, &claim, &plan, jobs, timings, no_charts)?;
    show(&arguments.folder, &plan, &manifest, "merged in")?;
    after_failures(manifest.failed, Fail::Slow)
}

/// Merges in a folder that is claimed and whose plan is at hand.
pub(super) fn merge_in(
    folder: &Path,
    claim: &Claim,
    plan: &Plan,
    jobs: usize,
    (began, ran): (Instant, Duration),
    no_charts: bool,
) -> Result<Manifest, Failure> {
    let points = plan.points()?;
    let mut manifest = manifest_of(plan, &points, jobs);
    manifest.command_line = std::env::args().collect();
    manifest.timings.run_seconds = ran.as_secs_f64();
    manifest.timings.total_seconds = began.elapsed().as_secs_f64();
    let bar = progress::bar(points.len());
    let merge = || store::merge(folder, claim, plan, &points, manifest, |n| bar.inc(n));
    let merged = threads::on(jobs, merge);
    bar.finish_and_clear();
    merged.map_err(Failure::fault)??;
    let manifest = Manifest::read(folder)?.ok_or_else(|| Failure::fault("the manifest is gone"))?;
    write_regret(folder, &regrets(plan, &store::read(folder)?)?)?;
    if plan.command != COMPARE && has_indices(plan) {
        // What has no index (an outcome that is the same everywhere) says so when shown.
        let _ = sensitivity::analyse(folder, OutcomeName::default());
    }
    if !no_charts {
        let charts = pictures::of_plan(folder, plan, &manifest, None)?;
        pictures::write(folder, &charts, pictures::Style::default())?;
    }
    Ok(manifest)
}
