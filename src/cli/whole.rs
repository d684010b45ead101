//! A plan carried out in one process: run, merged and shown.

use std::time::Instant;

use super::arguments::{Consent, Fail, Output, Trust};
use super::blocks::{after_failures, blocks, run_blocks, threads};
use super::merge::merge_in;
use super::place::{folder_of, merged_in, settle};
use super::show::show;
use super::{Done, size, terminal};
use crate::experiment::Plan;
use crate::results::cost;

/// How a plan is carried out.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) to: Output,
    pub(super) fail: Fail,
    pub(super) trust: Trust,
    pub(super) consent: Consent,
    /// When the command began.
    pub(super) began: Instant,
}

impl Whole {
    /// Finds the result of a plan whole, or runs what is missing and merges it; shows it.
    pub(super) fn carry_out(self, plan: &Plan) -> Done {
        let jobs = threads(self.to.jobs);
        size::of_plan(plan, Some(jobs), self.consent.yes)?;
        let folder = folder_of(plan, self.to.output.as_ref())?;
        let (claim, there) = settle(&folder, plan, self.to.force)?;
        if there && let Some(manifest) = merged_in(&folder, plan, self.trust)? {
            show(&folder, plan, &manifest, "found whole in")?;
            return after_failures(manifest.failed, self.fail);
        }
        if let Some(cost) = cost(plan) {
            terminal::say(&cost);
        }
        let points = plan.points()?;
        let all = blocks(plan, &points);
        let started = Instant::now();
        run_blocks(&folder, plan, &points, &all, jobs, self.fail)?;
        let timings = (self.began, started.elapsed());
        let manifest = merge_in(&folder, &claim, plan, jobs, timings, self.to.no_charts)?;
        show(&folder, plan, &manifest, "written to")?;
        after_failures(manifest.failed, self.fail)
    }
}
