//! `runs`, `turns`, `points`, and where forces stood.

use std::path::Path;

use super::error::StoreError;
use super::stored::{Stored, Value, Written, read, read_csv, read_parquet_of, stored, write};
use super::table::{Cell, Column};
use crate::model::Model;
use crate::record::{PlaceRow, PointRow, Run, TurnRow};

stored! {
    TurnRow, "turns", row,
    "point" = row.point,
    "date" = row.date,
    "subject_kind" = row.subject_kind,
    "subject" = row.subject,
    "measure" = row.measure,
    "unit" = row.unit,
    "register" = row.register,
    "n" = row.n,
    "mean" = row.mean,
    "sd" = row.sd,
    "q05" = row.q05,
    "q25" = row.q25,
    "q50" = row.q50,
    "q75" = row.q75,
    "q95" = row.q95,
}

stored! {
    PointRow, "points", row,
    "point" = row.point,
    "clause" = row.clause,
    "outcome" = row.outcome,
    "unit" = row.unit,
    "register" = row.register,
    "interval" = row.interval,
    "n" = row.n,
    "estimate" = row.estimate,
    "low" = row.low,
    "high" = row.high,
}

/// The columns of `runs`: a row for each replicate and clause, and one with an
/// empty clause for what belongs to the run.
pub fn runs_columns() -> [Column; 24] {
    [
        Column::Int("point"),
        Column::Int("replicate"),
        Column::Text("clause"),
        Column::Float("compliance_true_share"),
        Column::Float("compliance_full_true_share"),
        Column::Float("compliance_unrestricted_true_share"),
        Column::Float("compliance_recorded_share"),
        Column::Float("violating_recorded_share"),
        Column::Float("not_observed_recorded_share"),
        Column::Float("compliance_claimed_share"),
        Column::Float("compliance_at_end_true_share"),
        Column::Int("started_day"),
        Column::Int("deadline_met"),
        Column::Int("days_after_deadline"),
        Column::Float("milestones_met_true_share"),
        Column::Int("deadlocked_day"),
        Column::Int("kept_at_end"),
        Column::Int("days_to_completion"),
        Column::Int("days_late"),
        Column::Int("days_to_serious_violation"),
        Column::Int("days_judged"),
        Column::Int("days_to_agreement_completed"),
        Column::Int("days_to_agreement_collapsed"),
        Column::Text("status"),
    ]
}

/// The rows of one run. Its status is `ok`, or `runaway` if incidents of a source
/// came to the most that a day takes.
pub fn run_cells<'a>(model: &'a Model, point: u32, run: &Run) -> Vec<[Cell<'a>; 24]> {
    let int = |it: Option<u32>| it.map_or(Cell::None, |it| Cell::Int(i64::from(it)));
    let head = [Cell::Int(i64::from(point)), Cell::Int(run.replicate as i64)];
    let status = Cell::Text(if run.runaway.is_empty() { "ok" } else { "runaway" });
    let mut rows = Vec::with_capacity(run.clauses.len() + 1);
    for (clause, it) in model.clauses.iter().zip(&run.clauses) {
        rows.push([
            head[0],
            head[1],
            Cell::Text(&clause.id),
            Cell::Float(it.met),
            Cell::Float(it.full),
            Cell::Float(it.unrestricted),
            Cell::Float(it.seen_keeping),
            Cell::Float(it.seen_violating),
            Cell::Float(it.not_observed),
            Cell::Float(it.claimed_keeping),
            Cell::Float(it.met_at_end),
            int(it.started_day),
            int(it.deadline_met.map(u32::from)),
            it.days_after_deadline.map_or(Cell::None, Cell::Int),
            Cell::Float(it.milestones_met.unwrap_or(f64::NAN)),
            int(it.deadlocked_day),
            int(it.started_day.map(|_| u32::from(it.kept_at_end))),
            int(it.days_to_completion),
            int(it.days_late),
            int(it.days_to_serious),
            Cell::None,
            Cell::None,
            Cell::None,
            status,
        ]);
    }
    let mut whole = [Cell::None; 24];
    whole[0] = head[0];
    whole[1] = head[1];
    whole[2] = Cell::Text("");
    whole[3] = Cell::Float(run.compliance);
    whole[20] = int(Some(run.days_judged));
    whole[21] = int(run.days_to_agreement_completed);
    whole[22] = int(run.days_to_agreement_collapsed);
    whole[23] = status;
    rows.push(whole);
    rows
}

/// The row of a run that failed, with what its status says.
pub fn failed_cells<'a>(point: u32, replicate: u64, status: &'a str) -> [Cell<'a>; 24] {
    let mut row = [Cell::None; 24];
    row[0] = Cell::Int(i64::from(point));
    row[1] = Cell::Int(replicate as i64);
    row[2] = Cell::Text("");
    row[23] = Cell::Text(status);
    row
}

/// Writes `turns.parquet` and `turns.csv`.
///
/// # Errors
/// If a file cannot be written.
pub fn write_turns(folder: &Path, rows: impl Iterator<Item = TurnRow>) -> Result<(), StoreError> {
    write(folder, rows)
}

/// Writes `points.parquet` and `points.csv`.
///
/// # Errors
/// If a file cannot be written.
pub fn write_points(folder: &Path, rows: &[PointRow]) -> Result<(), StoreError> {
    write::<PointRow>(folder, rows)
}

/// Reads `turns.csv`.
///
/// # Errors
/// If it is missing or damaged.
pub fn read_turns(folder: &Path) -> Result<Vec<TurnRow>, StoreError> {
    read(folder)
}

/// The rows of one measure of one kind of subject in one register, of every point: out
/// of `turns.parquet`, which is there however many rows it has.
///
/// # Errors
/// If the table is missing or damaged.
pub fn read_turns_of(
    folder: &Path,
    (kind, measure, register): (&str, &str, &str),
) -> Result<Vec<TurnRow>, StoreError> {
    read_parquet_of(folder, &[(4, measure), (2, kind), (6, register)])
}

/// Reads `points.csv`.
///
/// # Errors
/// If it is missing or damaged.
pub fn read_points(folder: &Path) -> Result<Vec<PointRow>, StoreError> {
    read(folder)
}

/// Writes `places.csv`.
///
/// # Errors
/// If it cannot be written.
pub fn write_places(folder: &Path, rows: &[PlaceRow]) -> Result<(), StoreError> {
    let path = folder.join("places.csv");
    let wrong = |error: csv::Error| StoreError::damaged(&path, error.to_string());
    let mut table = csv::Writer::from_path(&path).map_err(wrong)?;
    rows.iter().try_for_each(|row| table.serialize(row)).map_err(wrong)?;
    table.flush().map_err(StoreError::at(&path))
}

/// Reads `places.csv`; nothing of a folder that has none.
///
/// # Errors
/// If it is damaged.
pub fn read_places(folder: &Path) -> Result<Vec<PlaceRow>, StoreError> {
    let path = folder.join("places.csv");
    if !path.exists() {
        return Ok(Vec::new());
    }
    read_csv(&path, |mut reader| reader.deserialize().map(|row| row.map(Some)).collect())
}
