//! `regret.csv`: what each choice of levers costs at worst.

use std::path::Path;

use super::error::StoreError;
use super::manifest::write_derived;
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
    let wrong = |error: csv::Error| StoreError::Damaged {
        path: path.display().to_string(),
        why: error.to_string(),
    };
    let mut table = csv::Writer::from_path(path).map_err(wrong)?;
    let heads = regrets.levers.iter().map(|axis| axis.name.as_str());
    let rest = [
        "mean_compliance_true_share",
        "least_compliance_true_share",
        "mean_regret_share",
        "greatest_regret_share",
        "greatest_regret_at",
    ];
    let heads: Vec<&str> = heads.chain(rest).collect();
    table.write_record(&heads).map_err(wrong)?;
    for row in &regrets.rows {
        let mut cells = row.choice.clone();
        let numbers = [row.mean, row.least, row.mean_regret, row.greatest];
        cells.extend(numbers.map(|number| format!("{number}")));
        cells.push(row.at.join(", "));
        table.write_record(&cells).map_err(wrong)?;
    }
    table.flush().map_err(|error| wrong(error.into()))
}
