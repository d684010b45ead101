//! `kind = "self-report"`.

use schemars::JsonSchema;

use crate::scenario::quantity::Quantity;
use crate::scenario::read::Table;

/// A party's reports on its own forces. They also enter the claimed register.
#[derive(Debug, Clone, JsonSchema)]
pub struct SelfReport {
    /// Days between reports.
    #[schemars(range(min = 1))]
    pub interval_days: u32,
    /// Probability that a force in open violation is reported as such; a
    /// concealed one is always reported as keeping. Default 1.
    pub honesty: Option<Quantity>,
}

impl SelfReport {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self { interval_days: t.req("interval_days"), honesty: t.opt("honesty") }
    }
}
