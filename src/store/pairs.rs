//! `pairs`: variants against the first of them.

use std::path::Path;

use super::error::StoreError;
use super::table::{Cell, Column, TableWriter};
use crate::analysis::PairRow;
use crate::stats::Interval;

/// Writes `pairs.parquet` and `pairs.csv`.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn write_pairs(folder: &Path, rows: &[PairRow]) -> Result<(), StoreError> {
    let columns = [
        Column::Int("against"),
        Column::Int("point"),
        Column::Text("clause"),
        Column::Text("outcome"),
        Column::Text("unit"),
        Column::Text("register"),
        Column::Text("interval"),
        Column::Int("pairs"),
        Column::Int("pairs_differing"),
        Column::Float("mean_against"),
        Column::Float("mean"),
        Column::Float("difference"),
        Column::Float("low"),
        Column::Float("high"),
        Column::Float("simultaneous_low"),
        Column::Float("simultaneous_high"),
        Column::Float("runs_with_independent_seeds"),
        Column::Text("verdict"),
    ];
    let mut table = TableWriter::create(folder, "pairs", &columns, true)?;
    for row in rows {
        let finite = |it: f64| if it.is_finite() { it } else { f64::NAN };
        table.row(&[
            Cell::Int(i64::from(row.against)),
            Cell::Int(i64::from(row.point)),
            Cell::Text(&row.clause),
            Cell::Text(&row.outcome),
            Cell::Text(&row.unit),
            Cell::Text(&row.register),
            Cell::Text(&row.interval),
            Cell::Int(row.pairs as i64),
            Cell::Int(row.differing as i64),
            Cell::Float(row.mean_against),
            Cell::Float(row.mean),
            Cell::Float(row.difference.estimate),
            Cell::Float(row.difference.low),
            Cell::Float(row.difference.high),
            Cell::Float(row.simultaneous_low),
            Cell::Float(row.simultaneous_high),
            Cell::Float(finite(row.independent)),
            Cell::Text(row.verdict().word()),
        ])?;
    }
    table.finish()
}

/// Reads `pairs.csv`; nothing if the folder holds no comparison.
///
/// # Errors
/// If it is damaged.
pub fn read_pairs(folder: &Path) -> Result<Vec<PairRow>, StoreError> {
    #[derive(serde::Deserialize)]
    struct Row {
        against: u32,
        point: u32,
        clause: String,
        outcome: String,
        unit: String,
        register: String,
        interval: String,
        pairs: u64,
        pairs_differing: u64,
        mean_against: Option<f64>,
        mean: Option<f64>,
        difference: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
        simultaneous_low: Option<f64>,
        simultaneous_high: Option<f64>,
        runs_with_independent_seeds: Option<f64>,
    }
    let path = folder.join("pairs.csv");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let number = |it: Option<f64>| it.unwrap_or(f64::NAN);
    let rows: Vec<Row> = super::tables::read(&path)?;
    let row = |row: Row| PairRow {
        against: row.against,
        point: row.point,
        clause: row.clause,
        outcome: row.outcome,
        unit: row.unit,
        register: row.register,
        interval: row.interval,
        pairs: row.pairs,
        differing: row.pairs_differing,
        mean_against: number(row.mean_against),
        mean: number(row.mean),
        difference: Interval {
            estimate: number(row.difference),
            low: number(row.low),
            high: number(row.high),
        },
        simultaneous_low: number(row.simultaneous_low),
        simultaneous_high: number(row.simultaneous_high),
        independent: number(row.runs_with_independent_seeds),
    };
    Ok(rows.into_iter().map(row).collect())
}
