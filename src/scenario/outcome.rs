//! `[outcome]`: what counts as completion, collapse and a serious violation.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use super::read::{At, Spans, Table, Value, word};

/// What a run is called at its end. All of it goes by true compliance: the
/// weighted mean over the clauses that are due (or open), or one clause's own.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Outcome {
    /// The agreement is completed once compliance has been at least so much …
    /// Default 0.9.
    #[schemars(default, extend("default" = 0.9))]
    pub completed_at: f64,
    /// … for so many days without a break. Default 30.
    #[schemars(default, range(min = 1), extend("default" = 30))]
    pub completed_days: u32,
    /// It has collapsed once compliance has been below so much … Default 0.25.
    #[schemars(default, extend("default" = 0.25))]
    pub collapsed_below: f64,
    /// … for so many days without a break. Default 90.
    #[schemars(default, range(min = 1), extend("default" = 90))]
    pub collapsed_days: u32,
    /// A clause is seriously violated when, past its deadline or once it has
    /// been kept, less than so much of it is met. Default 0.5.
    #[schemars(default, extend("default" = 0.5))]
    pub serious_below: f64,
    /// What of it counts as met by nobody: a clause "ended" before its time by a
    /// `[[change]]`, one "suspended". What is not listed leaves the mean; neither
    /// can be completed. Default ["ended"].
    #[schemars(default, extend("default" = ["ended"]))]
    pub counts_as_unmet: Vec<Unowed>,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

/// Why a clause that was owed is owed no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Unowed {
    /// Broken off before its time.
    Ended,
    /// Suspended.
    Suspended,
}

impl Value for Unowed {
    const EXPECTED: &'static str = "\"ended\" or \"suspended\"";
    fn placeholder() -> Self {
        Self::Ended
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let words = [("ended", Self::Ended), ("suspended", Self::Suspended)];
        word(value, at, &words).unwrap_or_else(Self::placeholder)
    }
}

impl Default for Outcome {
    fn default() -> Self {
        Self {
            completed_at: 0.9,
            completed_days: 30,
            collapsed_below: 0.25,
            collapsed_days: 90,
            serious_below: 0.5,
            counts_as_unmet: vec![Unowed::Ended],
            spans: Spans::default(),
        }
    }
}

impl Outcome {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        let default = Self::default();
        Self {
            completed_at: t.or("completed_at", default.completed_at),
            completed_days: t.or("completed_days", default.completed_days),
            collapsed_below: t.or("collapsed_below", default.collapsed_below),
            collapsed_days: t.or("collapsed_days", default.collapsed_days),
            serious_below: t.or("serious_below", default.serious_below),
            counts_as_unmet: t.or("counts_as_unmet", default.counts_as_unmet),
            spans: t.finish(),
        }
    }
}
