//! `sweep`: plan, run and merge in one process; and `run --plan`, a share of it.

use std::path::Path;
use std::time::Instant;

use super::arguments::{Output, RunArguments, SweepArguments};
use super::blocks::{after_failures, blocks, look, run_blocks, threads};
use super::folder::plan_in;
use super::planning::planned;
use super::shard::Shard;
use super::whole::Whole;
use super::{Done, terminal};
use crate::results::SWEEP;
use crate::store::Progress;

/// Plans, runs, merges, prints. The same command again finds the result whole, or
/// goes on where it was interrupted.
pub(super) fn sweep(arguments: &SweepArguments) -> Done {
    let to = Output {
        output: arguments.plan.output.clone(),
        force: arguments.plan.force,
        jobs: arguments.jobs,
        no_charts: arguments.no_charts,
    };
    let whole = Whole {
        to,
        fail: arguments.fail,
        trust: arguments.trust,
        consent: arguments.plan.points.consent,
        began: Instant::now(),
    };
    whole.carry_out(&planned(SWEEP, &arguments.plan)?)
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
    let failed = run_blocks(folder, &plan, &points, own, threads(arguments.to.jobs), share.fail)?;
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
