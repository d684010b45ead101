//! `kind = "overhead"`.

use schemars::JsonSchema;

use super::Watch;
use crate::diag::Diagnostic;
use crate::scenario::quantity::Quantity;
use crate::scenario::read::Table;

/// Satellites or aircraft that pass at regular times.
#[derive(Debug, Clone, JsonSchema)]
pub struct Overhead {
    /// The id of the area it covers; everywhere if left out.
    pub area: Option<String>,
    /// Days between passes; or `revisits_per_day`.
    pub revisit_days: Option<Quantity>,
    /// Passes a day; or `revisit_days`.
    pub revisits_per_day: Option<Quantity>,
    /// Probability that a pass sees a force of signature 1; one of signature s
    /// with 1 − (1 − p)^s.
    pub probability: Quantity,
    /// Duty and errors.
    #[schemars(flatten)]
    pub watch: Watch,
}

impl Overhead {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        let it = Self {
            area: t.opt("area"),
            revisit_days: t.opt("revisit_days"),
            revisits_per_day: t.opt("revisits_per_day"),
            probability: t.req("probability"),
            watch: Watch::read(t),
        };
        if it.revisit_days.is_some() == it.revisits_per_day.is_some() {
            let (found, help) = match it.revisit_days {
                None => (
                    "does not say how often it passes",
                    "add revisit_days = …, the days between passes, or revisits_per_day = …",
                ),
                Some(_) => {
                    ("says twice how often it passes", "leave out revisit_days or revisits_per_day")
                }
            };
            let span = t.spans().of("revisits_per_day");
            let message = format!("{} {found}", t.name());
            t.sink().push(Diagnostic::error(span, message).label("how often it passes").help(help));
        }
        it
    }
}
