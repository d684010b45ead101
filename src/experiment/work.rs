//! Many blocks on all cores.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::block::{BlockResult, pack_part, run_block};
use super::plan::{Block, Plan};
use super::points::{Point, Points};
use crate::model::Model;
use crate::threads;

/// The blocks of one point that nobody has taken yet.
struct Open {
    point: Arc<Point>,
    blocks: VecDeque<Block>,
    /// Loaded by the first worker that needs it; gone with the last.
    model: Arc<OnceLock<Result<Model, String>>>,
}

/// What is still to be done: points nobody has begun, and those begun.
struct Queue {
    fresh: VecDeque<Open>,
    begun: Vec<Open>,
}

impl Queue {
    /// The next block for a worker: of the point it has at hand, or else of one that
    /// nobody has begun, or else of the one with most left.
    fn next(&mut self, at_hand: Option<&Point>) -> Option<(Block, Open)> {
        let same = |open: &Open| at_hand.is_some_and(|it| it.number == open.point.number);
        let at = match self.begun.iter().position(same) {
            Some(at) => at,
            None => match self.fresh.pop_front() {
                Some(open) => {
                    self.begun.push(open);
                    self.begun.len() - 1
                }
                None => {
                    let most = self.begun.iter().enumerate();
                    most.max_by_key(|(at, open)| (open.blocks.len(), usize::MAX - at))?.0
                }
            },
        };
        let open = self.begun.get_mut(at)?;
        let block = open.blocks.pop_front()?;
        let taken =
            Open { point: open.point.clone(), blocks: VecDeque::new(), model: open.model.clone() };
        if open.blocks.is_empty() {
            self.begun.swap_remove(at);
        }
        Some((block, taken))
    }
}

/// Runs blocks on `jobs` threads and hands over the bytes of each part and how many
/// of its runs failed. At most as many points are loaded as there are threads. Once
/// `stop` is set no further block is begun.
///
/// # Errors
/// The first error of `finished`; no further block is begun then.
pub fn work<E: Send>(
    plan: &Plan,
    points: &Points<'_>,
    blocks: &[Block],
    jobs: usize,
    stop: &AtomicBool,
    finished: impl Fn(&Point, &Block, &[u8], u64) -> Result<(), E> + Sync,
) -> Result<(), E> {
    let of_points = blocks.chunk_by(|a, b| a.point == b.point);
    let fresh = of_points.map(|blocks| Open {
        point: Arc::new(points.get(blocks[0].point)),
        blocks: blocks.iter().cloned().collect(),
        model: Arc::default(),
    });
    let queue = Mutex::new(Queue { fresh: fresh.collect(), begun: Vec::new() });
    let failure: Mutex<Option<E>> = Mutex::new(None);
    let failed = AtomicBool::new(false);
    let geodata = plan.geodata();
    let worker = || {
        let mut at_hand: Option<Open> = None;
        while !stop.load(Ordering::Relaxed) && !failed.load(Ordering::Relaxed) {
            let next = {
                let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
                queue.next(at_hand.as_ref().map(|open| &*open.point))
            };
            let Some((block, open)) = next else { break };
            let point = &open.point;
            let model = open.model.get_or_init(|| plan.model(point, &geodata));
            let result = match model {
                Ok(model) => run_block(model, point, &block),
                Err(why) => BlockResult::without_model(&block, why),
            };
            let bytes = pack_part(point, &block, &result);
            if let Err(error) = finished(point, &block, &bytes, result.failed()) {
                failed.store(true, Ordering::Relaxed);
                let mut first = failure.lock().unwrap_or_else(PoisonError::into_inner);
                first.get_or_insert(error);
            }
            at_hand = Some(open);
        }
    };
    threads::workers(jobs, worker);
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}
