//! From the parts of an experiment to its results.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::claim::Claim;
use super::error::StoreError;
use super::findings::write_pairs;
use super::folder::write_inputs;
use super::named::Seen;
use super::parts::{Progress, progress, read_part};
use super::scratch::Scratch;
use super::stored::Stored;
use super::table::{Cell, Column, TableWriter};
use super::tables::{failed_cells, run_cells, runs_columns};
use crate::analysis::{PairRow, Pairs};
use crate::experiment::{Axis, Block, Part, Plan, Point, Points, Seeds};
use crate::model::Model;
use crate::record::{Aggregates, Outcomes, PointRow, Run, TurnRow};
use crate::results::{COMPARE, Manifest};
use crate::scenario::Geodata;
use crate::threads;

/// Above so many rows a table is left out as CSV; its Parquet has them all.
const MAX_CSV_ROWS: u64 = 1_000_000;

/// Points looked at before the next ones are listed.
const AT_ONCE: usize = 1024;

/// What a merge came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// Runs in all.
    pub runs: u64,
    /// Runs that failed.
    pub failed: u64,
}

/// One point, its parts added up.
struct Sum {
    point: Point,
    /// None of a point without a model: all its runs have failed.
    model: Option<(Model, Aggregates, Outcomes)>,
}

/// Merges the parts of a plan into tables, point by point: memory does not grow
/// with replicates or points, and the bytes do not depend on who ran which part.
/// Results appear in the folder, which the caller has claimed, when all of them are
/// written, the manifest last.
///
/// # Errors
/// If a part is missing or damaged, or a file cannot be written.
pub fn merge(
    folder: &Path,
    claim: &Claim,
    plan: &Plan,
    points: &Points<'_>,
    manifest: Manifest,
    merged: impl Fn(u64) + Sync,
) -> Result<Merged, StoreError> {
    let (blocks, geodata) = (plan.blocks(), plan.geodata());
    let parts = Parts { folder, plan, points, blocks, geodata };
    parts.whole()?;
    let draft = claim.draft();
    fs::create_dir(&draft).map_err(StoreError::at(&draft))?;
    let draft = Scratch::at(draft);
    let to = draft.path();
    let mut total = Merged { runs: 0, failed: 0 };
    let mut runaway: BTreeMap<String, u64> = BTreeMap::new();
    let mut tables: Option<(TableWriter, TableWriter)> = None;
    let mut point_rows = TableWriter::create(to, "points", &PointRow::columns(), true)?;
    let numbers: Vec<u32> = (0..points.len() as u32).collect();
    for some in numbers.chunks(threads::count()) {
        for sum in threads::map(some, |number| parts.sum(*number)) {
            let Sum { point, model } = sum?;
            let clauses = model.as_ref().map_or(0, |(model, ..)| model.clauses.len());
            if tables.is_none() {
                let rows = |each: u64| points.len().saturating_mul(each) <= MAX_CSV_ROWS;
                let dates = model.as_ref().map_or(1, |(_, it, _)| it.capacity() as u64);
                let runs = rows(plan.replicates().saturating_mul(clauses as u64 + 1));
                tables = Some((
                    TableWriter::create(to, "runs", &runs_columns(), runs)?,
                    TableWriter::create(to, "turns", &TurnRow::columns(), rows(dates))?,
                ));
            }
            let Some((runs, turns)) = &mut tables else {
                continue;
            };
            total.runs += plan.replicates();
            total.failed += parts.write_runs(&point, model.as_ref().map(|it| &it.0), runs)?;
            if let Some((model, aggregates, outcomes)) = &model {
                for (source, number) in outcomes.runaway(model) {
                    *runaway.entry(source).or_default() += number;
                }
                for row in aggregates.rows(model, point.number) {
                    turns.row(&row.cells())?;
                }
                for row in outcomes.rows(model, point.number) {
                    point_rows.row(&row.cells())?;
                }
            }
            merged(1);
        }
    }
    if let Some((runs, turns)) = tables {
        runs.finish()?;
        turns.finish()?;
    }
    if plan.command == COMPARE || plan.one_at_a_time() && plan.seeds == Seeds::Common {
        let pairs = parts.pairs()?;
        for row in &pairs {
            point_rows.row(&difference(row).cells())?;
        }
        write_pairs(to, &pairs)?;
    }
    point_rows.finish()?;
    write_parameters(to, &plan.axes(), points)?;
    write_inputs(to, &plan.text, &parts.geodata)?;
    let mut manifest = Manifest { failed: total.failed, runaway, ..manifest };
    manifest.list(to)?;
    manifest.write(to)?;
    draft.settle(|from| take_place(from, folder))?;
    Ok(total)
}

/// The parts of a plan, and what it takes to read them.
struct Parts<'a> {
    folder: &'a Path,
    plan: &'a Plan,
    points: &'a Points<'a>,
    /// Of each point: first replicate and count.
    blocks: Vec<(u64, u64)>,
    geodata: Geodata,
}

impl Parts<'_> {
    /// Refuses a plan of which parts are missing or damaged.
    fn whole(&self) -> Result<(), StoreError> {
        let missing_of = |number: u32| {
            let point = self.points.get(number);
            let mut missing = 0;
            for block in &self.blocks {
                let found = progress(self.folder, &point, &block_of(&point, *block))?;
                missing += u64::from(!matches!(found, Progress::Done { .. }));
            }
            Ok::<u64, StoreError>(missing)
        };
        let mut missing = 0;
        let numbers: Vec<u32> = (0..self.points.len() as u32).collect();
        for some in numbers.chunks(AT_ONCE) {
            let found = threads::map(some, |number| missing_of(*number));
            missing += found.into_iter().sum::<Result<u64, StoreError>>()?;
        }
        if missing == 0 {
            return Ok(());
        }
        let path = self.folder.display().to_string();
        let blocks = self.blocks.len() as u64 * self.points.len();
        Err(StoreError::Holes { path, missing, blocks })
    }

    /// Reads each part of a point in order.
    fn each(
        &self,
        point: &Point,
        mut of: impl FnMut(Part<'_>) -> Option<()>,
    ) -> Result<(), StoreError> {
        self.blocks.iter().try_for_each(|block| self.read(point, *block, &mut of))
    }

    /// Reads the part of a block.
    fn read(
        &self,
        point: &Point,
        (first, count): (u64, u64),
        of: impl FnMut(Part<'_>) -> Option<()>,
    ) -> Result<(), StoreError> {
        let block = block_of(point, (first, count));
        let bytes = read_part(self.folder, point, &block)?.unwrap_or_default();
        Part::open(&bytes, point, &block).and_then(of).ok_or_else(|| {
            StoreError::damaged(
                &self.folder.join("parts"),
                format!(
                    "the part of point {}, replicates {first} to {}, is damaged: run the plan again, which makes it anew",
                    point.number,
                    first + count - 1
                ),
            )
        })
    }

    /// A point's model, if it has one.
    fn model(&self, point: &Point) -> Option<Model> {
        self.plan.model(point, &self.geodata).ok()
    }

    fn sum(&self, number: u32) -> Result<Sum, StoreError> {
        let point = self.points.get(number);
        let Some(model) = self.model(&point) else {
            return Ok(Sum { point, model: None });
        };
        let mut aggregates = Aggregates::new(&model);
        let mut outcomes = Outcomes::new(&model);
        self.each(&point, |part| {
            part.read(Some(&mut aggregates), |_, run| {
                if let Ok(run) = run {
                    outcomes.add(&model, run);
                }
            })
        })?;
        Ok(Sum { point, model: Some((model, aggregates, outcomes)) })
    }

    /// The first point against each other, replicate by replicate. Points without a
    /// model have no pairs, nor has a replicate that failed in one of them.
    fn pairs(&self) -> Result<Vec<PairRow>, StoreError> {
        let baseline = self.points.get(0);
        let Some(first) = self.model(&baseline) else {
            return Ok(Vec::new());
        };
        let others = 1..self.points.len() as u32;
        let each = threads::map(others.clone(), |number| {
            let point = self.points.get(number);
            let Some(model) = self.model(&point) else {
                return Ok(Vec::new());
            };
            let mut pairs = Pairs::new(&first, &model);
            for block in &self.blocks {
                let (a, b) = (self.runs(&baseline, *block)?, self.runs(&point, *block)?);
                for (a, b) in a.iter().zip(&b) {
                    if let (Some(a), Some(b)) = (a, b) {
                        pairs.add(a, b);
                    }
                }
            }
            Ok(pairs.rows(0, number, others.len()))
        });
        let each: Vec<Vec<PairRow>> = each.into_iter().collect::<Result<_, StoreError>>()?;
        Ok(each.concat())
    }

    /// The runs of a block; none where one failed.
    fn runs(&self, point: &Point, block: (u64, u64)) -> Result<Vec<Option<Run>>, StoreError> {
        let mut runs = Vec::new();
        self.read(point, block, |part| part.read(None, |_, run| runs.push(run.ok().cloned())))?;
        Ok(runs)
    }

    /// Writes the runs of a point; gives how many failed.
    fn write_runs(
        &self,
        point: &Point,
        model: Option<&Model>,
        table: &mut TableWriter,
    ) -> Result<u64, StoreError> {
        let mut failed = 0;
        let mut trouble = Ok(());
        self.each(point, |part| {
            part.read(None, |number, run| {
                if trouble.is_err() {
                    return;
                }
                trouble = match (run, model) {
                    (Ok(run), Some(model)) => {
                        let mut rows = run_cells(model, point.number, run).into_iter();
                        rows.try_for_each(|row| table.row(&row))
                    }
                    (run, _) => {
                        failed += 1;
                        let why = run.err().unwrap_or("the point has no model");
                        let status = format!("failed: {why} (run {})", point.run_id(number));
                        table.row(&failed_cells(point.number, number, &status))
                    }
                };
            })
        })?;
        trouble.map(|()| failed)
    }
}

fn block_of(point: &Point, (first, count): (u64, u64)) -> Block {
    Block { point: point.number, first, count }
}

/// The difference of a pair as a row of `points`.
fn difference(row: &PairRow) -> PointRow {
    PointRow {
        point: row.point,
        clause: row.clause.clone(),
        outcome: format!("{}_minus_point_{}", row.outcome, row.against),
        unit: row.unit.clone(),
        register: row.register.clone(),
        interval: row.interval.clone(),
        n: row.pairs,
        estimate: row.difference.estimate,
        low: row.difference.low,
        high: row.difference.high,
    }
}

/// Writes `parameters.parquet` and `parameters.csv`: a row for each point, a column for each
/// parameter with the name of its value, and where a path is set to something else than such
/// a name, a column for the path with the value; empty where the file's own value stands.
fn write_parameters(folder: &Path, axes: &[Axis], points: &Points<'_>) -> Result<(), StoreError> {
    let name = |point: &Point, axis: &Axis| -> String {
        point.level(&axis.name).map(|it| it.name.clone()).unwrap_or_default()
    };
    let mut names = vec![Seen::default(); axes.len()];
    let mut values: BTreeMap<String, Seen> = BTreeMap::new();
    for point in points.iter() {
        for (seen, axis) in names.iter_mut().zip(axes) {
            seen.add(&name(&point, axis));
        }
        for (path, value) in &point.set {
            let said = point.level(path).is_some_and(|it| it.name == bare(value));
            if !said && !values.contains_key(path) {
                values.insert(path.clone(), Seen::default());
            }
        }
    }
    if !values.is_empty() {
        for (path, value) in points.iter().flat_map(|point| point.set) {
            if let Some(seen) = values.get_mut(&path) {
                seen.add(bare(&value));
            }
        }
    }
    // Where a name and a value are of one path, each has a column.
    let named = |path: &str| axes.iter().any(|axis| axis.name == path);
    let head = |path: &String| if named(path) { format!("{path} value") } else { path.clone() };
    let heads: Vec<String> = values.keys().map(head).collect();
    let of_names = names.iter().zip(axes).map(|(seen, axis)| seen.column(&axis.name));
    let of_values = values.values().zip(&heads).map(|(seen, head)| seen.column(head));
    let columns: Vec<Column<'_>> =
        std::iter::once(Column::Int("point")).chain(of_names).chain(of_values).collect();
    let mut table = TableWriter::create(folder, "parameters", &columns, true)?;
    for point in points.iter() {
        let said: Vec<String> = axes.iter().map(|axis| name(&point, axis)).collect();
        let mut cells = vec![Cell::Int(i64::from(point.number))];
        cells.extend(names.iter().zip(&said).map(|(seen, name)| seen.cell(name)));
        cells.extend(values.iter().map(|(path, seen)| {
            let set = point.set.iter().find(|(own, _)| own == path);
            set.map_or(Cell::None, |(_, value)| seen.cell(bare(value)))
        }));
        table.row(&cells)?;
    }
    table.finish()
}

/// A value of a plan without the quotes of a text.
fn bare(value: &str) -> &str {
    value.trim_matches('"')
}

/// Moves what was written into the folder, the manifest last: a folder without one
/// is not whole.
fn take_place(from: &Path, to: &Path) -> Result<(), StoreError> {
    const LAST: &str = "manifest.json";
    let entries = fs::read_dir(from).map_err(StoreError::at(from))?;
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry.map_err(StoreError::at(from))?.file_name());
    }
    names.retain(|name| name != LAST);
    // Tables of an earlier merge that this one leaves out, or that were read from it.
    const STALE: [&str; 8] = [
        "runs.csv",
        "turns.csv",
        "sensitivity.csv",
        "sensitivity.parquet",
        "boxes.csv",
        "boxes.parquet",
        "regret.csv",
        "regret.parquet",
    ];
    for name in std::iter::once(LAST).chain(STALE) {
        let old = to.join(name);
        if old.exists() {
            fs::remove_file(&old).map_err(StoreError::at(&old))?;
        }
    }
    names.push(LAST.into());
    for name in names {
        let place = to.join(&name);
        if place.is_dir() {
            fs::remove_dir_all(&place).map_err(StoreError::at(&place))?;
        }
        fs::rename(from.join(&name), &place).map_err(StoreError::at(&place))?;
    }
    fs::remove_dir(from).map_err(StoreError::at(from))
}
