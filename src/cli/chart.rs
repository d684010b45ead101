//! `chart`: from stored results, no new run.

use std::path::{Path, PathBuf};

use super::arguments::{ChartArguments, Picture};
use super::exit::Failure;
use super::{Done, terminal};
use crate::scenario::Loaded;
use crate::store::Manifest;

/// Draws the charts of a folder again.
pub(super) fn chart(arguments: &ChartArguments) -> Done {
    let _ = (arguments, terminal::counts(0, 0), PathBuf::new());
    Err(Failure::usage("not yet"))
}

/// Draws into a finished folder.
pub(super) fn draw_all(_: &Path, _: Option<&str>, _: Option<Picture>) -> Done {
    Ok(())
}

/// Draws into a folder that is being written.
pub(super) fn draw_into(_: &Path, _: &Loaded, _: &Manifest, _: Option<&str>, _: Option<Picture>) -> Done {
    Ok(())
}
