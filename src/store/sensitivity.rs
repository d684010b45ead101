//! `sensitivity`: indices of the parameters of a sweep.

use std::path::Path;

use super::error::StoreError;
use super::manifest::write_derived;
use super::table::{Cell, Column, TableWriter};
use crate::analysis::IndexRow;

const STEM: &str = "sensitivity";

/// Writes `sensitivity.parquet` and `sensitivity.csv` into a finished folder, over those
/// of an earlier call.
///
/// # Errors
/// If a file cannot be written.
pub fn write_sensitivity(folder: &Path, rows: &[IndexRow]) -> Result<(), StoreError> {
    let columns = [
        Column::Text("clause"),
        Column::Text("outcome"),
        Column::Text("unit"),
        Column::Text("register"),
        Column::Text("design"),
        Column::Text("parameter"),
        Column::Text("title"),
        Column::Text("role"),
        Column::Text("index"),
        Column::Text("with"),
        Column::Float("estimate"),
        Column::Float("low"),
        Column::Float("high"),
        Column::Int("n"),
        Column::Int("left_out"),
        Column::Float("mean_outcome"),
        Column::Float("sd_over_points"),
        Column::Float("noise_share_at_most"),
    ];
    write_derived(folder, &[STEM], |folder| {
        let mut table = TableWriter::create(folder, STEM, &columns, true)?;
        for row in rows {
            table.row(&[
                Cell::Text(&row.clause),
                Cell::Text(&row.outcome),
                Cell::Text(&row.unit),
                Cell::Text(&row.register),
                Cell::Text(&row.design),
                Cell::Text(&row.parameter),
                Cell::Text(&row.title),
                Cell::Text(&row.role),
                Cell::Text(&row.index),
                Cell::Text(&row.with),
                Cell::Float(row.estimate),
                Cell::Float(row.low),
                Cell::Float(row.high),
                Cell::Int(row.n as i64),
                Cell::Int(row.left_out as i64),
                Cell::Float(row.mean),
                Cell::Float(row.sd),
                Cell::Float(row.noise),
            ])?;
        }
        table.finish()
    })
}

/// Reads `sensitivity.csv`; nothing if the folder holds none.
///
/// # Errors
/// If it is damaged.
pub fn read_sensitivity(folder: &Path) -> Result<Vec<IndexRow>, StoreError> {
    #[derive(serde::Deserialize)]
    struct Row {
        clause: String,
        outcome: String,
        unit: String,
        register: String,
        design: String,
        parameter: String,
        title: String,
        role: String,
        index: String,
        with: String,
        estimate: Option<f64>,
        low: Option<f64>,
        high: Option<f64>,
        n: u64,
        left_out: u64,
        mean_outcome: Option<f64>,
        sd_over_points: Option<f64>,
        noise_share_at_most: Option<f64>,
    }
    let path = folder.join(format!("{STEM}.csv"));
    if !path.exists() {
        return Ok(Vec::new());
    }
    let number = |it: Option<f64>| it.unwrap_or(f64::NAN);
    let rows: Vec<Row> = super::tables::read(&path)?;
    let row = |row: Row| IndexRow {
        clause: row.clause,
        outcome: row.outcome,
        unit: row.unit,
        register: row.register,
        design: row.design,
        parameter: row.parameter,
        title: row.title,
        role: row.role,
        index: row.index,
        with: row.with,
        estimate: number(row.estimate),
        low: number(row.low),
        high: number(row.high),
        n: row.n,
        left_out: row.left_out,
        mean: number(row.mean_outcome),
        sd: number(row.sd_over_points),
        noise: number(row.noise_share_at_most),
    };
    Ok(rows.into_iter().map(row).collect())
}
