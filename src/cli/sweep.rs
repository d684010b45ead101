//! `sweep`: plan, run and merge in one process; and `run --plan`, a share of it.

use std::path::Path;
use std::time::Instant;

use super::arguments::{RunArguments, SweepArguments};
use super::experiment::{
    after_failures, blocks, folder_of, look, merged_in, plan_in, planned, run_blocks, settle,
    threads,
};
use super::merge::{merge_in, show};
use super::shard::Shard;
use super::{Done, experiment, size, terminal};
use crate::store::Progress;

/// Plans, runs, merges, prints. The same command again finds the result whole, or
/// goes on where it was interrupted.
pub(super) fn sweep(arguments: &SweepArguments) -> Done {
    let began = Instant::now();
    let plan = planned("sweep", &arguments.plan)?;
    let jobs = threads(arguments.jobs);
    size::of_plan(&plan, Some(jobs), arguments.plan.points.consent.yes)?;
    let folder = folder_of(&plan, arguments.plan.output.as_ref())?;
    let (claim, there) = settle(&folder, &plan, arguments.plan.force)?;
    if there && let Some(manifest) = merged_in(&folder, &plan, arguments.trust)? {
        show(&folder, &plan, &manifest, "found whole in")?;
        return after_failures(manifest.failed, arguments.fail);
    }
    if let Some(cost) = experiment::cost(&plan) {
        terminal::say(&cost);
    }
    let points = plan.points()?;
    let all = blocks(&plan, &points);
    let started = Instant::now();
    run_blocks(&folder, &plan, &points, &all, jobs, arguments.fail)?;
    let ran = started.elapsed();
    let manifest = merge_in(&folder, &claim, &plan, jobs, (began, ran), arguments.no_charts)?;
    show(&folder, &plan, &manifest, "written to")?;
    after_failures(manifest.failed, arguments.fail)
}

/// Runs a share of a plan's blocks.
pub(super) fn share(folder: &Path, arguments: &RunArguments) -> Done {
    let share = &arguments.share;
    let shard = match &share.shard {
        Some(text) => Shard::read(text, |name| std::env::var(name).ok())?,
        None => Shard::WHOLE,
    };
    let plan = plan_in(folder)?;
    let points = plan.points()?;
    let mut all = blocks(&plan, &points);
    if share.missing {
        let found = look(folder, &points, &all)?;
        let mut found = found.iter();
        all.retain(|_| !matches!(found.next(), Some(Progress::Done { .. })));
    }
    let own = all.get(shard.of(all.len())).unwrap_or_default();
    let failed = run_blocks(folder, &plan, &points, own, threads(arguments.jobs), share.fail)?;
    let shown = folder.display();
    terminal::say(&format!(
        "share {} of {}: {} blocks are done in {shown}",
        shard.k + 1,
        shard.n,
        own.len()
    ));
    terminal::say(&format!(
        "next: disengage status {shown}, and when nothing is missing disengage merge {shown}"
    ));
    after_failures(failed, share.fail)
}
