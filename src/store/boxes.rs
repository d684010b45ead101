//! `boxes`: conditions under which an outcome lies beyond a threshold.

use std::path::Path;

use super::error::StoreError;
use super::manifest::write_derived;
use super::table::{Cell, Column, TableWriter};
use crate::results::BoxRow;

/// Writes `boxes.parquet` and `boxes.csv` into a finished folder, over those of an earlier
/// call.
///
/// # Errors
/// If a file cannot be written.
pub fn write_boxes(folder: &Path, rows: &[BoxRow]) -> Result<(), StoreError> {
    let columns = [
        Column::Int("box"),
        Column::Int("chosen"),
        Column::Int("points"),
        Column::Int("points_of_interest"),
        Column::Float("coverage"),
        Column::Float("density"),
        Column::Float("mass"),
        Column::Float("mean_outcome"),
        Column::Int("restricted"),
        Column::Text("parameter"),
        Column::Text("title"),
        Column::Text("restriction"),
        Column::Float("low"),
        Column::Float("high"),
        Column::Float("quasi_p"),
    ];
    write_derived(folder, &["boxes"], |folder| {
        let mut table = TableWriter::create(folder, "boxes", &columns, true)?;
        for row in rows {
            table.row(&[
                Cell::Int(row.number as i64),
                Cell::Int(i64::from(row.chosen)),
                Cell::Int(row.points as i64),
                Cell::Int(row.of_interest as i64),
                Cell::Float(row.coverage),
                Cell::Float(row.density),
                Cell::Float(row.mass),
                Cell::Float(row.mean),
                Cell::Int(row.restricted as i64),
                Cell::Text(&row.parameter),
                Cell::Text(&row.title),
                Cell::Text(&row.restriction),
                Cell::Float(row.low),
                Cell::Float(row.high),
                Cell::Float(row.quasi_p),
            ])?;
        }
        table.finish()
    })
}
