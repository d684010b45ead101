//! `[[ground]]`: ground with somebody in control of it.

use schemars::JsonSchema;

use super::read::{Spans, Table};
use super::source::Provenance;

/// A piece of ground: controlled by the party of the force that holds it, until
/// a clause on deliveries passes it to another.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Ground {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// The force that holds it.
    pub held_by: String,
    /// The party in control at the start; the commander of `held_by` by default.
    pub controller: Option<String>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Ground {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            held_by: t.req("held_by"),
            controller: t.opt("controller"),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
