//! Doing the blocks of a plan.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::arguments::Fail;
use super::exit::{Failure, INTERRUPTED, SOME_FAILED};
use super::progress;
use super::stop::Finishing;
use crate::experiment::{Block, Plan, Points, work};
use crate::store::{self, Progress, StoreError, tidy_folder, write_part};

/// Every block of a plan, point by point.
pub(super) fn blocks(plan: &Plan, points: &Points<'_>) -> Vec<Block> {
    let each = plan.blocks();
    let of = |point: u32| {
        each.iter().map(move |(first, count)| Block { point, first: *first, count: *count })
    };
    (0..points.len() as u32).flat_map(of).collect()
}

/// How far each of these blocks is.
pub(super) fn look(
    folder: &Path,
    points: &Points<'_>,
    blocks: &[Block],
) -> Result<Vec<Progress>, StoreError> {
    blocks
        .par_iter()
        .map(|block| store::progress(folder, &points.get(block.point), block))
        .collect()
}

/// Threads to run on.
pub(super) fn threads(jobs: Option<u16>) -> usize {
    let all = || std::thread::available_parallelism().map_or(1, usize::from);
    jobs.map_or_else(all, usize::from)
}

/// Runs those of the blocks that are not done, and says how many runs of all of them
/// have failed.
pub(super) fn run_blocks(
    folder: &Path,
    plan: &Plan,
    points: &Points<'_>,
    blocks: &[Block],
    jobs: usize,
    fail: Fail,
) -> Result<u64, Failure> {
    let finishing = Finishing::begin();
    let stop = finishing.stop();
    tidy_folder(folder, false);
    let failed = AtomicU64::new(0);
    let mut todo = Vec::new();
    // Points that set the same (lists in a design of rows) share their parts.
    let mut begun = BTreeSet::new();
    for (block, found) in blocks.iter().zip(look(folder, points, blocks)?) {
        match found {
            Progress::Done { failed: more } => {
                failed.fetch_add(more, Ordering::Relaxed);
            }
            Progress::Missing | Progress::Damaged => {
                if begun.insert((points.get(block.point).id, block.first)) {
                    todo.push(block.clone());
                }
            }
        }
    }
    let bar = progress::bar(todo.iter().map(|it| it.count).sum());
    let done = AtomicU64::new(0);
    let ended = work(plan, points, &todo, jobs, stop, |point, block, bytes, bad| {
        write_part(folder, point, block, bytes)?;
        bar.inc(block.count);
        done.fetch_add(1, Ordering::Relaxed);
        failed.fetch_add(bad, Ordering::Relaxed);
        if bad > 0 && fail == Fail::Fast {
            stop.store(true, Ordering::Relaxed);
        }
        Ok::<(), StoreError>(())
    });
    bar.finish_and_clear();
    ended.map_err(|error| {
        let mut failure = Failure::from(error);
        failure
            .message
            .push_str("\n  help: parts that are done stay: the same command goes on from there");
        failure
    })?;
    let (done, failed) = (done.into_inner(), failed.into_inner());
    if done < todo.len() as u64 {
        if failed > 0 && fail == Fail::Fast {
            return Err(Failure::new(
                SOME_FAILED,
                format!(
                    "{failed} runs failed, and no further block was begun (--fail fast); see the status column after a merge"
                ),
            ));
        }
        return Err(Failure {
            code: INTERRUPTED,
            message: format!(
                "interrupted: {} of {} blocks are done in {}; the same command goes on from there",
                blocks.len().saturating_sub(todo.len()) + done as usize,
                blocks.len(),
                folder.display()
            ),
        });
    }
    Ok(failed)
}

/// What a command ends with when runs have failed.
pub(super) fn after_failures(failed: u64, fail: Fail) -> Result<(), Failure> {
    if failed == 0 || fail == Fail::Off {
        return Ok(());
    }
    let runs = if failed == 1 { "run" } else { "runs" };
    let why = "the rows of `runs` whose status is not ok say why; all others are whole";
    Err(Failure::new(SOME_FAILED, format!("{failed} {runs} failed: {why}")))
}
