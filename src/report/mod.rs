//! Reports: one HTML page that is read, printed and mailed, and the registers of one
//! replicate week by week in the manner of a monitoring mission.
//!
//! A page holds all it needs: no request leaves it.

mod agreement;
mod basis;
mod comparison;
mod figures;
mod limits;
mod outcomes;
mod page;
mod playback;
mod registers;
mod weekly;
mod words;

use crate::analysis::RecordRow;
use crate::chart::Chart;
use crate::explain::Paragraph;
use crate::record::PointRow;
use crate::results::Manifest;
use crate::scenario::Loaded;

pub use comparison::{Comparison, VariantColumn, comparison};
pub use playback::Playback;
pub use weekly::weekly;

/// A replicate told.
#[derive(Debug, Clone)]
pub struct Story {
    /// What it is among the replicates: "median".
    pub name: &'static str,
    /// Its number.
    pub replicate: u64,
    /// What is told of it.
    pub paragraphs: Vec<Paragraph>,
}

/// What the report of a run is made from: a result folder's stored tables, its
/// scenario, and the replicates that are told.
#[derive(Debug)]
pub struct Run<'a> {
    /// The scenario as run.
    pub loaded: &'a Loaded,
    /// What the folder is the result of.
    pub manifest: &'a Manifest,
    /// Outcomes.
    pub points: &'a [PointRow],
    /// The record of the real agreement beside them.
    pub records: &'a [RecordRow],
    /// The charts, in the order shown.
    pub charts: &'a [Chart],
    /// Best, median and worst replicate; none where the folder is of another
    /// version of the model.
    pub stories: &'a [Story],
    /// The map played back; none where there is nothing to show.
    pub playback: Option<&'a Playback>,
}

/// The report of a run as one HTML page.
#[must_use]
pub fn html(run: &Run<'_>) -> String {
    shown(page::of_run(run))
}

/// A page as text. What is not seen but does something, as a control character or a
/// mark that turns the direction of what follows, is shown as an escape: so it stands
/// in no page, wherever it comes from.
fn shown(page: maud::Markup) -> String {
    match crate::diag::escaped(&page.0) {
        std::borrow::Cow::Borrowed(_) => page.0,
        std::borrow::Cow::Owned(text) => text,
    }
}
