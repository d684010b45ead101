//! Replicates run again with the same numbers of the file, and another chance.

use super::attempt::{Failed, caught};
use crate::engine::{World, walk};
use crate::model::Model;
use crate::record::{Run, TwinRow, Twins};
use crate::stats::Draws;
use crate::threads;

/// Of so many replicates, the first, twins are run.
const MOST: usize = 200;

/// The first replicates of an ensemble, until their twins are run. Their number is bounded.
#[derive(Debug, Clone, Default)]
pub struct First(Vec<Run>);

impl First {
    /// Keeps a replicate if it is one of the first, and its model leaves any number open.
    /// Runs that failed are left out.
    pub fn add(&mut self, model: &Model, run: &Run) {
        if model.drawn > 0 && run.replicate < MOST as u64 {
            self.0.push(run.clone());
        }
    }

    /// The first of so many replicates, run again, on the threads there are.
    pub fn again(model: &Model, seed: u64, replicates: u64) -> Self {
        let most = if model.drawn > 0 { replicates.min(MOST as u64) } else { 0 };
        let run = |number| attempt(model, number, Draws::new(seed, number));
        Self(threads::map(0..most, run).into_iter().filter_map(Result::ok).collect())
    }

    /// What they and their twins have in common, by outcome; nothing of a model that leaves
    /// no number open. Twins are run on the threads there are, and their number changes
    /// nothing.
    pub fn twins(&self, model: &Model, seed: u64, point: u32) -> Vec<TwinRow> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let twin = |run: &Run| attempt(model, run.replicate, Draws::twin(seed, run.replicate));
        let mut pairs = Twins::default();
        for (run, twin) in self.0.iter().zip(threads::map(&self.0, twin)) {
            if let Ok(twin) = twin {
                pairs.add(model, run, &twin);
            }
        }
        pairs.rows(model, point)
    }
}

/// Runs one replicate on draws of its own, and records nothing on the way.
fn attempt(model: &Model, number: u64, draws: Draws) -> Result<Run, Failed> {
    caught(number, || {
        let mut world = World::new(model, draws);
        walk(model, &mut world, |_, _| {});
        Run::of(model, &world, number)
    })
}
