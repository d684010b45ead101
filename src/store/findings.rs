//! `records`, `pairs`, `sensitivity` and `boxes`: what is held against what, and why.

use std::path::Path;

use super::error::StoreError;
use super::stored::{Stored, Value, Written, stored, write};
use super::table::{Cell, Column};
use crate::analysis::{IndexRow, PairRow, RecordRow};
use crate::results::BoxRow;

stored! {
    RecordRow, "records", row,
    "record" = row.record,
    "title" = row.title,
    #[date] "date" = row.date,
    "subject_kind" = row.subject_kind,
    "subject" = row.subject,
    "measure" = row.measure,
    "unit" = row.unit,
    "register" = row.register,
    "recorded_low" = row.low,
    "recorded_high" = row.high,
    "consulted" = row.consulted,
    "source" = row.source,
    "confidence" = row.confidence,
    "n" = row.n,
    "mean" = row.mean,
    "q05" = row.quantiles[0],
    "q25" = row.quantiles[1],
    "q50" = row.quantiles[2],
    "q75" = row.quantiles[3],
    "q95" = row.quantiles[4],
    "standing_low" = row.standing_low,
    "standing_high" = row.standing_high,
    "score_kind" = row.score_kind,
    "score" = row.score,
    "base_rate" = row.base_rate,
    "base_rate_n" = row.base_rate_n,
    "base_rate_kind" = row.base_rate_kind,
    "base_rate_score" = row.base_rate_score,
    "persistence" = row.persistence,
    "persistence_score" = row.persistence_score,
}

stored! {
    PairRow, "pairs", row,
    "against" = row.against,
    "point" = row.point,
    "clause" = row.clause,
    "outcome" = row.outcome,
    "unit" = row.unit,
    "register" = row.register,
    "interval" = row.interval,
    "pairs" = row.pairs,
    "pairs_differing" = row.differing,
    "mean_against" = row.mean_against,
    "mean" = row.mean,
    "difference" = row.difference.estimate,
    "low" = row.difference.low,
    "high" = row.difference.high,
    "simultaneous_low" = row.simultaneous_low,
    "simultaneous_high" = row.simultaneous_high,
    "runs_with_independent_seeds" = row.independent;
    derived "verdict" = row.verdict().word(),
}

stored! {
    IndexRow, "sensitivity", row,
    "clause" = row.clause,
    "outcome" = row.outcome,
    "unit" = row.unit,
    "register" = row.register,
    "design" = row.design,
    "parameter" = row.parameter,
    "title" = row.title,
    "role" = row.role,
    "index" = row.index,
    "with" = row.with,
    "estimate" = row.estimate,
    "low" = row.low,
    "high" = row.high,
    "n" = row.n,
    "left_out" = row.left_out,
    "mean_outcome" = row.mean,
    "sd_over_points" = row.sd,
    "noise_share_at_most" = row.noise,
}

stored! {
    BoxRow, "boxes", row,
    "box" = row.number,
    "chosen" = row.chosen,
    "points" = row.points,
    "points_of_interest" = row.of_interest,
    "coverage" = row.coverage,
    "density" = row.density,
    "mass" = row.mass,
    "mean_outcome" = row.mean,
    "restricted" = row.restricted,
    "parameter" = row.parameter,
    "title" = row.title,
    "restriction" = row.restriction,
    "low" = row.low,
    "high" = row.high,
    "quasi_p" = row.quasi_p,
}

/// Writes `pairs.parquet` and `pairs.csv`.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn write_pairs(folder: &Path, rows: &[PairRow]) -> Result<(), StoreError> {
    let finite = |number: f64| if number.is_finite() { number } else { f64::NAN };
    let rows = rows.iter();
    write(folder, rows.map(|row| PairRow { independent: finite(row.independent), ..row.clone() }))
}
