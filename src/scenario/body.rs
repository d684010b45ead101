//! `[[body]]`: who rules on complaints.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::quantity::Quantity;
use super::read::{Spans, Table};
use super::source::Provenance;

/// A commission that rules on complaints by the evidence it has.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Body {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// The monitors whose registers it has.
    pub monitors: Vec<String>,
    /// The clauses it hears complaints on; every clause if left out.
    #[schemars(default)]
    pub clauses: Vec<String>,
    /// Days from a complaint to its ruling. Default 0.
    #[schemars(default)]
    pub ruling_days: u32,
    /// Older observations are no evidence. Default 30.
    #[schemars(default = "thirty")]
    pub evidence_days: f64,
    /// So many monitors must have seen the violation for a complaint to be
    /// upheld. Default 1.
    #[schemars(default = "one", range(min = 1))]
    pub upheld_from: u32,
    /// By party: complaints a day that it lodges whatever has happened, each
    /// against a bound force of another party. Default none.
    #[schemars(default)]
    pub strategic_per_day: BTreeMap<String, Quantity>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

fn thirty() -> f64 {
    30.0
}

fn one() -> u32 {
    1
}

impl Body {
    /// Whether it hears complaints on a clause.
    pub fn hears(&self, clause: &str) -> bool {
        self.clauses.is_empty() || self.clauses.iter().any(|id| id == clause)
    }

    pub(crate) fn read(mut t: Table<'_>) -> Option<Self> {
        Some(Self {
            id: t.id(),
            title: t.opt("title"),
            monitors: t.req("monitors"),
            clauses: t.or("clauses", Vec::new()),
            ruling_days: t.or("ruling_days", 0),
            evidence_days: t.or("evidence_days", thirty()),
            upheld_from: t.or("upheld_from", one()),
            strategic_per_day: t.or("strategic_per_day", BTreeMap::new()),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        })
    }
}
