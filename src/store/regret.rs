//! `regret.csv`: what each choice of levers costs at worst.

use std::path::Path;

use super::error::StoreError;
use super::manifest::write_derived;
use super::table::write_csv;
use crate::results::Regrets;

/// Writes `regret.csv` into a finished folder, if choices can be held against each other;
/// one of an earlier merge goes otherwise.
///
/// # Errors
/// If it cannot be written.
pub fn write_regret(folder: &Path, regrets: &Regrets) -> Result<(), StoreError> {
    write_derived(folder, &["regret"], |folder| {
        if regrets.rows.is_empty() {
            return Ok(());
        }
        write_table(&folder.join("regret.csv"), regrets)
    })
}

fn write_table(path: &Path, regrets: &Regrets) -> Result<(), StoreError> {
    let rest = [
        "mean_compliance_true_share",
        "least_compliance_true_share",
        "mean_regret_share",
        "greatest_regret_share",
        "greatest_regret_at",
    ];
    let heads = regrets.levers.iter().map(|axis| axis.name.as_str()).chain(rest);
    let rows = regrets.rows.iter().map(|row| {
        let mut cells = row.choice.clone();
        let numbers = [row.mean, row.least, row.mean_regret, row.greatest];
        cells.extend(numbers.map(|number| format!("{number}")));
        cells.push(row.at.join(", "));
        cells
    });
    write_csv(path, heads, rows)
}
