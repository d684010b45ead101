//! `regret`: what each choice of levers costs at worst.

use std::path::Path;

use super::error::StoreError;
use super::manifest::write_derived;
use super::named::Seen;
use super::table::{Cell, Column, TableWriter};
use crate::results::Regrets;

/// Writes `regret.parquet` and `regret.csv` into a finished folder, if choices can be held against each other;
/// one of an earlier merge goes otherwise.
///
/// # Errors
/// If it cannot be written.
pub fn write_regret(folder: &Path, regrets: &Regrets) -> Result<(), StoreError> {
    write_derived(folder, &["regret"], |folder| {
        if regrets.rows.is_empty() {
            return Ok(());
        }
        write_table(folder, regrets)
    })
}

fn write_table(folder: &Path, regrets: &Regrets) -> Result<(), StoreError> {
    let chosen = |at: usize| regrets.rows.iter().map(move |row| row.choice[at].as_str());
    let levers: Vec<Seen> = (0..regrets.levers.len()).map(|at| Seen::of(chosen(at))).collect();
    let names = levers.iter().zip(&regrets.levers).map(|(seen, axis)| seen.column(&axis.name));
    let rest = [
        Column::Float("mean_compliance_true_share"),
        Column::Float("least_compliance_true_share"),
        Column::Float("mean_regret_share"),
        Column::Float("greatest_regret_share"),
        Column::Text("greatest_regret_at"),
    ];
    let columns: Vec<Column<'_>> = names.chain(rest).collect();
    let mut table = TableWriter::create(folder, "regret", &columns, true)?;
    for row in &regrets.rows {
        let at = row.at.join(", ");
        let choice = levers.iter().zip(&row.choice).map(|(seen, name)| seen.cell(name));
        let numbers = [row.mean, row.least, row.mean_regret, row.greatest].map(Cell::Float);
        let cells: Vec<Cell<'_>> = choice.chain(numbers).chain([Cell::Text(&at)]).collect();
        table.row(&cells)?;
    }
    table.finish()
}
