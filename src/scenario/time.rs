//! `[time]`: when the run starts and ends, and how long a turn is.

use schemars::JsonSchema;
use time::Date;

use super::read::{Spans, Table};

/// When the run starts and ends. Everything else in the file is in days.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Time {
    /// First day of the run.
    #[schemars(with = "String", extend("format" = "date"))]
    pub start: Date,
    /// Last day of the run.
    #[schemars(with = "String", extend("format" = "date"))]
    pub end: Date,
    /// Days in a turn; results hardly depend on it, speed does. Default 7.
    #[schemars(default, range(min = 1, max = 31), extend("default" = 7))]
    pub turn_days: u32,
    /// Until this day only what is on record happens: dated events and claims,
    /// and scripted orders. From then on the run is simulated.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub record_until: Option<Date>,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Time {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            start: t.req("start"),
            end: t.req("end"),
            turn_days: t.or("turn_days", 7),
            record_until: t.opt("record_until"),
            spans: t.finish(),
        }
    }

    /// Stands in for a `[time]` that is missing.
    pub(crate) fn placeholder() -> Self {
        Self {
            start: Date::MIN,
            end: Date::MIN,
            turn_days: 7,
            record_until: None,
            spans: Spans::default(),
        }
    }
}
