//! One block of replicates: run, packed into the bytes of a part, read back.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::attempt::{Failed, attempt};
use super::plan::Block;
use super::points::Point;
use crate::model::Model;
use crate::record::{Aggregates, Run};
use crate::stats::Held;

/// First bytes of a part.
const MAGIC: &[u8] = b"disengage part 4\n";
/// Bytes of the checksum at its end.
const CHECK: usize = 32;

/// What a block came to.
#[derive(Debug)]
pub struct BlockResult {
    /// By replicate: the run, or why there is none.
    pub runs: Vec<Result<Run, String>>,
    /// What stands on every date, over the runs that there are; none if the point
    /// has no model.
    pub aggregates: Option<Aggregates>,
}

impl BlockResult {
    /// How many runs failed.
    pub fn failed(&self) -> u64 {
        self.runs.iter().filter(|it| it.is_err()).count() as u64
    }

    /// A block of a point that has no model.
    pub fn without_model(block: &Block, why: &str) -> Self {
        Self { runs: (0..block.count).map(|_| Err(why.to_owned())).collect(), aggregates: None }
    }
}

/// Runs a block. A replicate that fails is noted, and the others run.
pub fn run_block(model: &Model, point: &Point, block: &Block) -> BlockResult {
    run_with(model, block, |number, aggregates| attempt(model, point.seed, number, aggregates))
}

fn run_with(
    model: &Model,
    block: &Block,
    run: impl Fn(u64, &mut Aggregates) -> Result<Run, Failed>,
) -> BlockResult {
    let mut aggregates = Aggregates::new(model);
    let runs = (block.first..block.first + block.count)
        .map(|number| run(number, &mut aggregates).map_err(|failed| failed.why))
        .collect();
    aggregates.enter();
    BlockResult { runs, aggregates: Some(aggregates) }
}

/// What a part is of.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Heading {
    point: String,
    first: u64,
    count: u64,
    failed: u64,
}

impl Heading {
    fn of(point: &Point, block: &Block, failed: u64) -> Self {
        Self { point: point.id.clone(), first: block.first, count: block.count, failed }
    }
}

/// The bytes of a part: what it is, runs, aggregates, and a checksum.
pub fn pack_part(point: &Point, block: &Block, result: &BlockResult) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    put(&mut out, &Heading::of(point, block, result.failed()));
    result.runs.iter().for_each(|run| put(&mut out, run));
    put(&mut out, &result.aggregates.as_ref().map(Aggregates::held));
    let check = Sha256::digest(&out);
    out.extend(&check[..]);
    out
}

/// Writes a value at the end of what there is.
fn put(out: &mut Vec<u8>, value: &impl Serialize) {
    // A growing list of bytes takes whatever these values hold.
    if let Ok(longer) = postcard::to_extend(value, std::mem::take(out)) {
        *out = longer;
    }
}

/// Reads a value from the beginning of what is left.
fn take<T: DeserializeOwned>(from: &mut &[u8]) -> Option<T> {
    let (value, rest) = postcard::take_from_bytes(from).ok()?;
    *from = rest;
    Some(value)
}

/// A part whose checksum is right and which is of the block it is said to be.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    block: &'a Block,
    /// Runs that failed.
    pub failed: u64,
    rest: &'a [u8],
}

impl<'a> Part<'a> {
    /// Looks at the bytes of a part; none if they are damaged or another block's.
    pub fn open(bytes: &'a [u8], point: &Point, block: &'a Block) -> Option<Self> {
        let (whole, check) = bytes.split_at_checked(bytes.len().checked_sub(CHECK)?)?;
        if Sha256::digest(whole)[..] != *check {
            return None;
        }
        let mut rest = whole.strip_prefix(MAGIC)?;
        let heading: Heading = take(&mut rest)?;
        let failed = heading.failed;
        (heading == Heading::of(point, block, failed)).then_some(Self { block, failed, rest })
    }

    /// Hands each run over, or why there is none, and adds the aggregates; none if
    /// runs or aggregates do not fit the model that these aggregates are of.
    pub fn read(
        mut self,
        aggregates: Option<&mut Aggregates>,
        mut each: impl FnMut(u64, Result<&Run, &str>),
    ) -> Option<()> {
        for number in self.block.first..self.block.first + self.block.count {
            match take::<Result<Run, String>>(&mut self.rest)? {
                Err(why) => each(number, Err(&why)),
                Ok(run) => {
                    let run = Run { replicate: number, ..run };
                    if aggregates.as_ref().is_some_and(|it| !it.fits(&run)) {
                        return None;
                    }
                    each(number, Ok(&run));
                }
            }
        }
        if let Some(aggregates) = aggregates
            && let Some(held) = take::<Option<Vec<(u32, Held)>>>(&mut self.rest)?
        {
            aggregates.merge_held(&held)?;
            return self.rest.is_empty().then_some(());
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::attempt::caught;
    use super::super::trace::replicate;
    use super::*;
    use crate::record::Outcomes;
    use crate::scenario::load;

    fn point() -> Point {
        Point { id: "0123456789abcdef".into(), seed: 1, ..Point::default() }
    }

    /// The rows of `turns` after one part, or after several.
    fn rows(model: &Model, parts: &[(Block, Vec<u8>)]) -> (Vec<String>, Vec<u64>) {
        let mut aggregates = Aggregates::new(model);
        let mut failed = Vec::new();
        for (block, bytes) in parts {
            let part = Part::open(bytes, &point(), block).unwrap();
            part.read(Some(&mut aggregates), |number, run| {
                if run.is_err() {
                    failed.push(number);
                }
            })
            .unwrap();
        }
        let rows = aggregates.rows(model, 0).map(|row| format!("{row:?}"));
        (rows.collect(), failed)
    }

    #[test]
    fn blocks_add_up_to_the_whole_and_failed_runs_leave_nothing() {
        let model = load("teaching", &[]).unwrap().model;
        let part = |first, count, bad: &[u64]| {
            let block = Block { point: 0, first, count };
            let result = run_with(&model, &block, |number, aggregates| {
                caught(number, || {
                    let run = replicate(&model, 1, number, aggregates);
                    assert!(!bad.contains(&number), "made to fail");
                    run
                })
            });
            assert_eq!(result.failed(), bad.len() as u64);
            let bytes = pack_part(&point(), &block, &result);
            (block, bytes)
        };
        let whole = rows(&model, &[part(0, 40, &[])]);
        let halves = rows(&model, &[part(0, 25, &[]), part(25, 15, &[])]);
        assert_eq!(whole, halves);

        // One that breaks off on its way leaves no trace in the sums.
        let block = Block { point: 0, first: 0, count: 40 };
        let broken = run_with(&model, &block, |number, aggregates| {
            caught(number, || {
                if number == 39 {
                    let world = crate::engine::World::new(&model, crate::stats::Draws::new(1, 39));
                    aggregates.record(&model, &world, 0, 0);
                    panic!("made to fail");
                }
                replicate(&model, 1, number, aggregates)
            })
        });
        let bytes = pack_part(&point(), &block, &broken);
        let (without, failed) = rows(&model, &[(block, bytes)]);
        assert_eq!(failed, [39]);
        assert_eq!(without, rows(&model, &[part(0, 39, &[])]).0);
    }

    #[test]
    fn runs_that_no_run_of_the_model_can_be_are_refused() {
        let model = load("teaching", &[]).unwrap().model;
        let block = Block { point: 0, first: 0, count: 1 };
        let read = |change: fn(&mut Run)| {
            let mut result = run_block(&model, &point(), &block);
            change(result.runs[0].as_mut().unwrap());
            let bytes = pack_part(&point(), &block, &result);
            let part = Part::open(&bytes, &point(), &block).unwrap();
            let mut outcomes = Outcomes::new(&model);
            part.read(Some(&mut Aggregates::new(&model)), |_, run| {
                outcomes.add(&model, run.unwrap());
            })
        };
        assert!(read(|_| ()).is_some());
        let wrong: [fn(&mut Run); 7] = [
            |run| run.runaway = vec![99.into()],
            |run| run.clauses.clear(),
            |run| run.clauses.push(run.clauses.raw[0]),
            |run| run.clauses.raw[0].started_day = Some(100_000),
            |run| run.clauses.raw[0].days_late = Some(100_000),
            |run| run.clauses.raw[0].met = 1e300,
            |run| run.clauses.raw[0].days_after_deadline = Some(i64::MIN),
        ];
        for (at, change) in wrong.into_iter().enumerate() {
            assert!(read(change).is_none(), "{at}");
        }
    }

    #[test]
    fn a_changed_bit_or_another_block_is_refused() {
        let model = load("teaching", &[]).unwrap().model;
        let block = Block { point: 0, first: 0, count: 3 };
        let bytes = pack_part(&point(), &block, &run_block(&model, &point(), &block));
        assert!(Part::open(&bytes, &point(), &block).is_some());
        for at in (0..bytes.len()).step_by(97) {
            let mut changed = bytes.clone();
            changed[at] ^= 4;
            assert!(Part::open(&changed, &point(), &block).is_none(), "{at}");
        }
        assert!(Part::open(&bytes[..bytes.len() / 2], &point(), &block).is_none());
        let other = Block { first: 64, ..block.clone() };
        assert!(Part::open(&bytes, &point(), &other).is_none());
        let mut elsewhere = point();
        elsewhere.id = "fedcba9876543210".into();
        assert!(Part::open(&bytes, &elsewhere, &block).is_none());
    }
}
