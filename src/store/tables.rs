//! `runs`, `turns` and `points`.

use std::path::Path;

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;

use super::error::StoreError;
use super::table::{Cell, Column, TableWriter};
use crate::model::Model;
use crate::record::{PointRow, Run, TurnRow};

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

/// The columns of `turns`.
pub(super) fn turns_columns() -> [Column; 15] {
    [
        Column::Int("point"),
        Column::Text("date"),
        Column::Text("subject_kind"),
        Column::Text("subject"),
        Column::Text("measure"),
        Column::Text("unit"),
        Column::Text("register"),
        Column::Int("n"),
        Column::Float("mean"),
        Column::Float("sd"),
        Column::Float("q05"),
        Column::Float("q25"),
        Column::Float("q50"),
        Column::Float("q75"),
        Column::Float("q95"),
    ]
}

/// One row of `turns`.
pub(super) fn turn_cells(row: &TurnRow) -> [Cell<'_>; 15] {
    [
        Cell::Int(i64::from(row.point)),
        Cell::Text(&row.date),
        Cell::Text(&row.subject_kind),
        Cell::Text(&row.subject),
        Cell::Text(&row.measure),
        Cell::Text(&row.unit),
        Cell::Text(&row.register),
        Cell::Int(row.n as i64),
        Cell::Float(row.mean),
        Cell::Float(row.sd),
        Cell::Float(row.q05),
        Cell::Float(row.q25),
        Cell::Float(row.q50),
        Cell::Float(row.q75),
        Cell::Float(row.q95),
    ]
}

/// Writes `turns.parquet` and `turns.csv`.
///
/// # Errors
/// If a file cannot be written.
pub fn write_turns(folder: &Path, rows: impl Iterator<Item = TurnRow>) -> Result<(), StoreError> {
    let mut table = TableWriter::create(folder, "turns", &turns_columns(), true)?;
    for row in rows {
        table.row(&turn_cells(&row))?;
    }
    table.finish()
}

/// The columns of `points`.
pub(super) fn points_columns() -> [Column; 10] {
    [
        Column::Int("point"),
        Column::Text("clause"),
        Column::Text("outcome"),
        Column::Text("unit"),
        Column::Text("register"),
        Column::Text("interval"),
        Column::Int("n"),
        Column::Float("estimate"),
        Column::Float("low"),
        Column::Float("high"),
    ]
}

/// One row of `points`.
pub(super) fn point_cells(row: &PointRow) -> [Cell<'_>; 10] {
    [
        Cell::Int(i64::from(row.point)),
        Cell::Text(&row.clause),
        Cell::Text(&row.outcome),
        Cell::Text(&row.unit),
        Cell::Text(&row.register),
        Cell::Text(&row.interval),
        Cell::Int(row.n as i64),
        Cell::Float(row.estimate),
        Cell::Float(row.low),
        Cell::Float(row.high),
    ]
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
    let path = folder.join("turns.parquet");
    let damaged = |_: ParquetError| {
        StoreError::damaged(
            &path,
            "the table is damaged or of another version: run the command again with --force",
        )
    };
    let file = std::fs::File::open(&path).map_err(StoreError::at(&path))?;
    let reader = SerializedFileReader::new(file).map_err(damaged)?;
    let mut rows = Vec::new();
    for row in reader.get_row_iter(None).map_err(damaged)? {
        let row = row.map_err(damaged)?;
        let text = |at| row.get_string(at).map_err(damaged);
        // In the order of the columns.
        if text(4)? != measure || text(2)? != kind || text(6)? != register {
            continue;
        }
        // What is no number is written as nothing.
        let number = |at| row.get_double(at).unwrap_or(f64::NAN);
        rows.push(TurnRow {
            point: row.get_long(0).map_err(damaged)? as u32,
            date: text(1)?.clone(),
            subject_kind: kind.into(),
            subject: text(3)?.clone(),
            measure: measure.into(),
            unit: text(5)?.clone(),
            register: register.into(),
            n: row.get_long(7).map_err(damaged)? as u64,
            mean: number(8),
            sd: number(9),
            q05: number(10),
            q25: number(11),
            q50: number(12),
            q75: number(13),
            q95: number(14),
        });
    }
    Ok(rows)
}

/// Writes `points.parquet` and `points.csv`.
///
/// # Errors
/// If a file cannot be written.
pub fn write_points(folder: &Path, rows: &[PointRow]) -> Result<(), StoreError> {
    let mut table = TableWriter::create(folder, "points", &points_columns(), true)?;
    for row in rows {
        table.row(&point_cells(row))?;
    }
    table.finish()
}

/// Reads `turns.csv`.
///
/// # Errors
/// If it is missing or damaged.
pub fn read_turns(folder: &Path) -> Result<Vec<TurnRow>, StoreError> {
    #[derive(serde::Deserialize)]
    struct Row {
        point: u32,
        date: String,
        subject_kind: String,
        subject: String,
        measure: String,
        unit: String,
        register: String,
        n: u64,
        mean: Option<f64>,
        sd: Option<f64>,
        q05: Option<f64>,
        q25: Option<f64>,
        q50: Option<f64>,
        q75: Option<f64>,
        q95: Option<f64>,
    }
    let number = |it: Option<f64>| it.unwrap_or(f64::NAN);
    let rows: Vec<Row> = read(&folder.join("turns.csv"))?;
    Ok(rows
        .into_iter()
        .map(|row| TurnRow {
            point: row.point,
            date: row.date,
            subject_kind: row.subject_kind,
            subject: row.subject,
            measure: row.measure,
            unit: row.unit,
            register: row.register,
            n: row.n,
            mean: number(row.mean),
            sd: number(row.sd),
            q05: number(row.q05),
            q25: number(row.q25),
            q50: number(row.q50),
            q75: number(row.q75),
            q95: number(row.q95),
        })
        .collect())
}

/// Reads `points.csv`.
///
/// # Errors
/// If it is missing or damaged.
pub fn read_points(folder: &Path) -> Result<Vec<PointRow>, StoreError> {
    #[derive(serde::Deserialize)]
    struct Row {
        point: u32,
        clause: String,
        outcome: String,
        unit: String,
        register: String,
        interval: String,
        n: u64,
        estimate: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
    }
    let number = |it: Option<f64>| it.unwrap_or(f64::NAN);
    let rows: Vec<Row> = read(&folder.join("points.csv"))?;
    Ok(rows
        .into_iter()
        .map(|row| PointRow {
            point: row.point,
            clause: row.clause,
            outcome: row.outcome,
            unit: row.unit,
            register: row.register,
            interval: row.interval,
            n: row.n,
            estimate: number(row.estimate),
            low: number(row.low),
            high: number(row.high),
        })
        .collect())
}

pub(super) fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, StoreError> {
    let damaged = || {
        StoreError::damaged(
            path,
            "the table is damaged or of another version: run the scenario again with --force",
        )
    };
    let wrong = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(source) => StoreError::io(path, source),
        _ => damaged(),
    };
    let mut reader = csv::Reader::from_path(path).map_err(wrong)?;
    // Without rows nothing else tells that it is no table.
    if reader.headers().map_err(wrong)?.len() < 2 {
        return Err(damaged());
    }
    reader.deserialize().collect::<Result<_, _>>().map_err(wrong)
}
