//! `records`: the record of the real agreement beside what was simulated.

use std::path::Path;

use super::error::StoreError;
use super::table::{Cell, Column, TableWriter};
use crate::analysis::RecordRow;

/// Writes `records.parquet` and `records.csv`.
///
/// # Errors
/// If a file cannot be written.
pub fn write_records(folder: &Path, rows: &[RecordRow]) -> Result<(), StoreError> {
    let columns = [
        Column::Text("record"),
        Column::Text("title"),
        Column::Text("date"),
        Column::Text("subject_kind"),
        Column::Text("subject"),
        Column::Text("measure"),
        Column::Text("unit"),
        Column::Text("register"),
        Column::Float("recorded_low"),
        Column::Float("recorded_high"),
        Column::Int("consulted"),
        Column::Text("source"),
        Column::Text("confidence"),
        Column::Int("n"),
        Column::Float("mean"),
        Column::Float("q05"),
        Column::Float("q25"),
        Column::Float("q50"),
        Column::Float("q75"),
        Column::Float("q95"),
        Column::Float("standing_low"),
        Column::Float("standing_high"),
        Column::Text("score_kind"),
        Column::Float("score"),
    ];
    let mut table = TableWriter::create(folder, "records", &columns, true)?;
    for row in rows {
        let [q05, q25, q50, q75, q95] = row.quantiles;
        table.row(&[
            Cell::Text(&row.record),
            Cell::Text(&row.title),
            Cell::Text(&row.date),
            Cell::Text(&row.subject_kind),
            Cell::Text(&row.subject),
            Cell::Text(&row.measure),
            Cell::Text(&row.unit),
            Cell::Text(&row.register),
            Cell::Float(row.low),
            Cell::Float(row.high),
            Cell::Int(i64::from(row.consulted)),
            Cell::Text(&row.source),
            Cell::Text(&row.confidence),
            Cell::Int(row.n as i64),
            Cell::Float(row.mean),
            Cell::Float(q05),
            Cell::Float(q25),
            Cell::Float(q50),
            Cell::Float(q75),
            Cell::Float(q95),
            Cell::Float(row.standing_low),
            Cell::Float(row.standing_high),
            Cell::Text(&row.score_kind),
            Cell::Float(row.score),
        ])?;
    }
    table.finish()
}

/// Reads `records.csv`; nothing if the scenario has no records.
///
/// # Errors
/// If it is damaged.
pub fn read_records(folder: &Path) -> Result<Vec<RecordRow>, StoreError> {
    #[derive(serde::Deserialize)]
    struct Row {
        record: String,
        title: String,
        date: String,
        subject_kind: String,
        subject: String,
        measure: String,
        unit: String,
        register: String,
        recorded_low: Option<f64>,
        recorded_high: Option<f64>,
        consulted: u8,
        source: String,
        confidence: String,
        n: u64,
        mean: Option<f64>,
        q05: Option<f64>,
        q25: Option<f64>,
        q50: Option<f64>,
        q75: Option<f64>,
        q95: Option<f64>,
        standing_low: Option<f64>,
        standing_high: Option<f64>,
        score_kind: String,
        score: Option<f64>,
    }
    let path = folder.join("records.csv");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let number = |it: Option<f64>| it.unwrap_or(f64::NAN);
    let rows: Vec<Row> = super::tables::read(&path)?;
    Ok(rows
        .into_iter()
        .map(|row| RecordRow {
            record: row.record,
            title: row.title,
            date: row.date,
            subject_kind: row.subject_kind,
            subject: row.subject,
            measure: row.measure,
            unit: row.unit,
            register: row.register,
            low: number(row.recorded_low),
            high: number(row.recorded_high),
            consulted: row.consulted != 0,
            source: row.source,
            confidence: row.confidence,
            n: row.n,
            mean: number(row.mean),
            quantiles: [row.q05, row.q25, row.q50, row.q75, row.q95].map(number),
            standing_low: number(row.standing_low),
            standing_high: number(row.standing_high),
            score_kind: row.score_kind,
            score: number(row.score),
        })
        .collect())
}
