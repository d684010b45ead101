//! `[[installation]]`: something built that is held and may be given up.

use schemars::JsonSchema;

use super::read::{Spans, Table};
use super::source::Provenance;

/// A base, a depot, a crossing: held by a force while it stands there, vacated
/// when it has gone, dismantled or transferred by a clause on deliveries.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Installation {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// The force that holds it, at its own site.
    pub held_by: String,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Installation {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            held_by: t.req("held_by"),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
