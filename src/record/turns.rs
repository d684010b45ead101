//! The rows of `turns.parquet` and `turns.csv`.

use serde::{Deserialize, Serialize};

/// One aggregate over replicates: a subject's measure on a date.
///
/// What is measured of whom, with unit and register: [`rows`](super::rows), which
/// `docs/measures.md` lists.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TurnRow {
    /// Number of the point of an experiment; 0 in a run.
    pub point: u32,
    /// The date, as 2018-05-31.
    pub date: String,
    /// What kind of thing the subject is.
    pub subject_kind: String,
    /// Its id.
    pub subject: String,
    /// What is measured.
    pub measure: String,
    /// In which unit.
    pub unit: String,
    /// `true`, `recorded` or `claimed`.
    pub register: String,
    /// Values that went in: replicates, or persons for pooled measures.
    pub n: u64,
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Quantiles.
    pub q05: f64,
    /// Quantiles.
    pub q25: f64,
    /// Quantiles.
    pub q50: f64,
    /// Quantiles.
    pub q75: f64,
    /// Quantiles.
    pub q95: f64,
}
