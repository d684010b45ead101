//! `places.csv`: where forces stood on the last date, over replicates.

use std::path::Path;

use super::error::StoreError;
use super::tables::read;
use crate::record::PlaceRow;

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
    read(&path)
}
