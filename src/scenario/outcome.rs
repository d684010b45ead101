//! `[outcome]`: what counts as completion, collapse and a serious violation.

use schemars::JsonSchema;

use super::quantity::Bounds;
use super::read::{Spans, Table};

/// What a run is called at its end. All of it goes by true compliance: the
/// weighted mean over the clauses that are due (or open), or one clause's own.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Outcome {
    /// The agreement is completed once compliance has been at least so much …
    /// Default 0.9.
    #[schemars(default, range(min = 0, max = 1), extend("default" = 0.9))]
    pub completed_at: f64,
    /// … for so many days without a break. Default 30.
    #[schemars(default, range(min = 1), extend("default" = 30))]
    pub completed_days: u32,
    /// It has collapsed once compliance has been below so much … Default 0.25.
    #[schemars(default, range(min = 0, max = 1), extend("default" = 0.25))]
    pub collapsed_below: f64,
    /// … for so many days without a break. Default 90.
    #[schemars(default, range(min = 1), extend("default" = 90))]
    pub collapsed_days: u32,
    /// A clause is seriously violated when, past its deadline or once it has
    /// been kept, less than so much of it is met. Default 0.5.
    #[schemars(default, range(min = 0, max = 1), extend("default" = 0.5))]
    pub serious_below: f64,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Default for Outcome {
    fn default() -> Self {
        Self {
            completed_at: 0.9,
            completed_days: 30,
            collapsed_below: 0.25,
            collapsed_days: 90,
            serious_below: 0.5,
            spans: Spans::default(),
        }
    }
}

impl Outcome {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        let default = Self::default();
        Self {
            completed_at: t.number_or("completed_at", default.completed_at, Bounds::SHARE),
            completed_days: t.or("completed_days", default.completed_days),
            collapsed_below: t.number_or("collapsed_below", default.collapsed_below, Bounds::SHARE),
            collapsed_days: t.or("collapsed_days", default.collapsed_days),
            serious_below: t.number_or("serious_below", default.serious_below, Bounds::SHARE),
            spans: t.finish(),
        }
    }
}
