//! Replicates on all cores, folded as they come.

use std::sync::{Mutex, PoisonError};

use super::attempt::{Failed, attempt};
use crate::model::Model;
use crate::record::{Aggregates, Outcomes, Ranking, Run};
use crate::threads;

/// What an ensemble came to. Its size depends on the model alone.
#[derive(Debug, Clone)]
pub struct Ensemble {
    /// Every measure on every date.
    pub aggregates: Aggregates,
    /// Outcomes over replicates.
    pub outcomes: Outcomes,
    /// Best, median and worst.
    pub ranking: Ranking,
    /// Runs that failed; nothing else here holds anything of them.
    pub failed: u64,
}

impl Ensemble {
    fn new(model: &Model) -> Self {
        Self {
            aggregates: Aggregates::new(model),
            outcomes: Outcomes::new(model),
            ranking: Ranking::default(),
            failed: 0,
        }
    }

    fn merge(&mut self, other: &Self) {
        self.aggregates.merge(&other.aggregates);
        self.outcomes.merge(&other.outcomes);
        self.ranking.merge(&other.ranking);
        self.failed += other.failed;
    }
}

/// Replicates that one worker takes at a time: few, so that workers end together.
const BLOCK: u64 = 16;
/// Blocks between two hand-overs of finished runs, for each worker.
const BLOCKS_PER_WORKER: u64 = 16;

/// The fewest replicates after which an ensemble may be found precise enough.
const FEWEST: u64 = 256;
/// What is run between two looks comes in multiples of this.
const STEP: u64 = 64;

/// Runs replicates until `enough` says so, at most `most`. It is asked after 256
/// replicates and then after every tenth more, in the order of their numbers: where
/// an ensemble ends does not depend on the number of threads. Finished runs are
/// handed over as by [`ensemble`]; gives how many there were.
///
/// # Errors
/// The first error of `finished` stops the ensemble.
pub fn ensemble_until<E>(
    model: &Model,
    seed: u64,
    most: u64,
    mut finished: impl FnMut(Result<&Run, &Failed>) -> Result<(), E>,
    enough: impl Fn(&Ensemble) -> bool,
) -> Result<(Ensemble, u64), E> {
    let mut whole = Ensemble::new(model);
    let (mut from, mut to) = (0, FEWEST.min(most));
    loop {
        whole.merge(&some(model, seed, from..to, &mut finished)?);
        if to == most || enough(&whole) {
            return Ok((whole, to));
        }
        let more = (to / 10).next_multiple_of(STEP).max(STEP);
        (from, to) = (to, (to + more).min(most));
    }
}

/// Runs replicates 0 to `replicates` − 1 on the threads that
/// [`threads::on`] gives. Each finished run goes to `finished`, in the order of its number, or what it
/// failed with. The
/// result does not depend on the number of threads: every sum in it is exact.
///
/// # Errors
/// The first error of `finished` stops the ensemble.
pub fn ensemble<E>(
    model: &Model,
    seed: u64,
    replicates: u64,
    finished: impl FnMut(Result<&Run, &Failed>) -> Result<(), E>,
) -> Result<Ensemble, E> {
    some(model, seed, 0..replicates, finished)
}

fn some<E>(
    model: &Model,
    seed: u64,
    range: std::ops::Range<u64>,
    mut finished: impl FnMut(Result<&Run, &Failed>) -> Result<(), E>,
) -> Result<Ensemble, E> {
    let replicates = range.end;
    // One set of aggregates for each worker, lent to a block at a time.
    let idle: Mutex<Vec<Ensemble>> = Mutex::new(Vec::new());
    let lock = || idle.lock().unwrap_or_else(PoisonError::into_inner);
    let round = BLOCK * BLOCKS_PER_WORKER * threads::count() as u64;
    let mut from = range.start;
    while from < replicates {
        let to = (from + round).min(replicates);
        let blocks = (from..to).step_by(BLOCK as usize);
        let runs = threads::map(blocks, |first| {
            let lent = lock().pop();
            let mut ensemble = lent.unwrap_or_else(|| Ensemble::new(model));
            let runs = (first..(first + BLOCK).min(to))
                .map(|number| {
                    let run = attempt(model, seed, number, &mut ensemble.aggregates);
                    match &run {
                        Ok(run) => {
                            ensemble.outcomes.add(model, run);
                            ensemble.ranking.add(number, run.compliance);
                        }
                        Err(_) => ensemble.failed += 1,
                    }
                    run
                })
                .collect::<Vec<Result<Run, Failed>>>();
            ensemble.aggregates.enter();
            lock().push(ensemble);
            runs
        });
        for run in runs.iter().flatten() {
            finished(run.as_ref())?;
        }
        from = to;
    }
    let mut parts = idle.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter();
    let mut whole = parts.next().unwrap_or_else(|| Ensemble::new(model));
    for part in parts {
        whole.merge(&part);
    }
    Ok(whole)
}
