//! A scenario, loaded and found fit to run.

use super::terminal;
use crate::analysis::OnRecord;
use crate::diag::render;
use crate::results::on_record;
use crate::scenario::{Assignment, LoadError, Loaded, load};

/// The values that `--set` changes.
pub(super) fn overrides(set: &[String]) -> Result<Vec<Assignment>, LoadError> {
    let each = set.iter().map(|text| Assignment::parse(text));
    each.collect::<Result<_, _>>().map_err(LoadError::Override)
}

/// Loads a scenario, and says what is odd about it.
pub(super) fn loaded(file: &str, overrides: &[Assignment]) -> Result<Loaded, LoadError> {
    let loaded = load(file, overrides)?;
    warn(&loaded);
    Ok(loaded)
}

/// Says what is odd about a scenario.
pub(super) fn warn(loaded: &Loaded) {
    if !loaded.warnings.is_empty() {
        let colour = terminal::colour_stderr();
        terminal::complain(&render(&loaded.warnings, &loaded.source, colour));
    }
}

/// Loads a scenario, and finds what its records are of.
pub(super) fn with_records(
    file: &str,
    overrides: &[Assignment],
) -> Result<(Loaded, Vec<OnRecord>), LoadError> {
    let loaded = load(file, overrides)?;
    let records = on_record(&loaded)?;
    Ok((loaded, records))
}
