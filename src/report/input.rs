//! What the report of a run is made from.

use super::playback::Playback;
use crate::analysis::RecordRow;
use crate::chart::Chart;
use crate::explain::Paragraph;
use crate::record::{PointRow, TwinRow};
use crate::results::Manifest;
use crate::scenario::Loaded;

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
    /// Which share of their variance comes from what the file leaves open; empty where it
    /// leaves nothing open, or no twins were run.
    pub twins: &'a [TwinRow],
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
