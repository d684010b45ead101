//! `[[phase]]`: clauses that start together.

use schemars::JsonSchema;

use super::gate::Gate;
use super::read::{Spans, Table};
use super::source::Provenance;

/// A phase of the agreement. Its clauses start with it.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Phase {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// The agreement it belongs to.
    pub agreement: Option<String>,
    /// When it starts; with its agreement, or else on the first day of the run.
    pub starts: Option<Gate>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Phase {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            agreement: t.opt("agreement"),
            starts: t.opt("starts"),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
