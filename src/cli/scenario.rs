//! A scenario, loaded and found fit to run.

use crate::analysis::{OnRecord, find_records};
use crate::scenario::{Assignment, LoadError, Loaded, load};

/// Loads a scenario, and finds what its records are of.
pub(super) fn with_records(
    file: &str,
    overrides: &[Assignment],
) -> Result<(Loaded, Vec<OnRecord>), LoadError> {
    let loaded = load(file, overrides)?;
    let (records, found) = find_records(&loaded.model, &loaded.scenario);
    if found.has_errors() {
        let mut all = loaded.warnings;
        all.extend(found);
        return Err(LoadError::Invalid(loaded.source, all.sorted()));
    }
    Ok((loaded, records))
}
