//! `merge`.

use std::path::Path;
use std::time::{Duration, Instant};

use super::arguments::{Fail, MergeArguments};
use super::exit::Failure;
use super::experiment::{after_failures, identity_of, plan_in, threads};
use super::outcome::OutcomeArguments;
use super::{
    Done, chart, compare, comparison, points, progress, sensitivity, summary, terminal, tornado,
};
use crate::experiment::Plan;
use crate::store::{self, COMPARE, Claim, Manifest, manifest_of, read_pairs, read_points};

/// Merges the parts of a plan into tables and charts.
pub(super) fn merge(arguments: &MergeArguments) -> Done {
    let began = Instant::now();
    let plan = plan_in(&arguments.folder)?;
    let jobs = threads(arguments.jobs);
    let timings = (began, Duration::ZERO);
    let claim = Claim::inside(&arguments.folder)?;
    let no_charts = arguments.no_charts;
    let manifest = merge_in(&arguments.folder, &claim, &plan, jobs, timings, no_charts)?;
    if plan.command == COMPARE {
        compare::show(&arguments.folder, &plan, &manifest, "merged in")?;
    } else {
        show(&arguments.folder, &plan, &manifest, "merged in")?;
    }
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
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .build()
        .map_err(|error| Failure::fault(error.to_string()))?;
    let mut manifest = manifest_of(plan, &points, identity_of(plan), jobs);
    manifest.timings.run_seconds = ran.as_secs_f64();
    manifest.timings.total_seconds = began.elapsed().as_secs_f64();
    let bar = progress::bar(points.len());
    let merged =
        pool.install(|| store::merge(folder, claim, plan, &points, manifest, |n| bar.inc(n)));
    bar.finish_and_clear();
    merged?;
    let manifest = Manifest::read(folder)?.ok_or_else(|| Failure::fault("the manifest is gone"))?;
    points::write_regret(folder, plan)?;
    if plan.command != COMPARE && sensitivity::applies(plan) {
        // What has no index (an outcome that is the same everywhere) says so when shown.
        let _ = sensitivity::analyse(folder, &OutcomeArguments::default());
    }
    if !no_charts && plan.command == COMPARE {
        let charts = comparison::charts(folder, plan, &manifest)?;
        chart::write(folder, &charts, chart::Style::default())?;
    } else if !no_charts {
        points::draw_into(folder, plan, &manifest, chart::Style::default())?;
    }
    Ok(manifest)
}

/// Prints what a sweep came to.
pub(super) fn show(folder: &Path, plan: &Plan, manifest: &Manifest, verb: &str) -> Done {
    let rows = read_points(folder)?;
    let shown = folder.display();
    let mut next = format!(
        "next: look at {shown}/points.csv beside {shown}/parameters.csv, or add replicates: disengage extend {shown} -n {}",
        2 * plan.replicates()
    );
    if sensitivity::applies(plan) {
        match sensitivity::analyse(folder, &OutcomeArguments::default()) {
            Ok(told) => {
                terminal::say(&told.text);
                next = told.next(folder);
            }
            Err(failure) => {
                terminal::say(&points::table(plan, manifest, &rows)?);
                terminal::complain(&failure.message.replacen("error", "note", 1));
            }
        }
    } else if plan.one_at_a_time() {
        terminal::say(&tornado::table(plan, manifest, &rows, &read_pairs(folder)?)?);
    } else {
        terminal::say(&points::table(plan, manifest, &rows)?);
    }
    for (source, number) in &manifest.runaway {
        let runs = manifest.replicates.saturating_mul(manifest.points);
        terminal::complain(&summary::runaway(source, *number, runs));
    }
    terminal::say(&format!("{verb} {shown}"));
    terminal::say(&next);
    Ok(())
}
