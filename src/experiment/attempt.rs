//! One replicate, or why there is none: a run that fails takes no other with it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::trace::{Trace, replicate, trace};
use crate::model::Model;
use crate::record::{Aggregates, Run};

/// A run that broke off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// Its number.
    pub replicate: u64,
    /// What is known of the reason.
    pub why: String,
}

/// Runs a replicate as [`replicate`] does. What a failed one had noted in the
/// aggregates is cleared when the next one begins.
pub(super) fn attempt(
    model: &Model,
    seed: u64,
    number: u64,
    aggregates: &mut Aggregates,
) -> Result<Run, Failed> {
    caught(number, || replicate(model, seed, number, aggregates))
}

/// Runs a replicate again with its events and tracks, as [`trace`] does.
///
/// # Errors
/// If it fails.
pub fn attempt_trace(model: &Model, seed: u64, number: u64) -> Result<Trace, Failed> {
    caught(number, || trace(model, seed, number))
}

/// What `run` gives, or what it broke off with.
pub(super) fn caught<T>(number: u64, run: impl FnOnce() -> T) -> Result<T, Failed> {
    let run = || {
        let ended = run();
        #[cfg(debug_assertions)]
        made_to_fail(number);
        ended
    };
    catch_unwind(AssertUnwindSafe(run)).map_err(|fault| Failed {
        replicate: number,
        why: fault
            .downcast_ref::<&str>()
            .map(|it| (*it).to_owned())
            .or_else(|| fault.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "a fault of disengage".into()),
    })
}

/// Breaks off the replicates that `DISENGAGE_FAIL_REPLICATES` lists, for tests of
/// what a failure leads to. Release builds do not have it.
#[cfg(debug_assertions)]
fn made_to_fail(number: u64) {
    let listed = std::env::var("DISENGAGE_FAIL_REPLICATES").unwrap_or_default();
    if listed.split(',').any(|it| it.parse() == Ok(number)) {
        std::panic::resume_unwind(Box::new("made to fail"));
    }
}
