//! `[[liaison]]`: a channel that settles incidents before they are answered.

use schemars::JsonSchema;
use time::Date;

use super::quantity::Quantity;
use super::read::{Spans, Table};
use super::source::Provenance;

/// A channel between two parties. An incident that it settles has happened, but
/// no rule answers it and no tension comes of it.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Liaison {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// The two parties.
    #[schemars(length(min = 2, max = 2))]
    pub between: Vec<String>,
    /// The share of incidents between them that it settles.
    pub settles: Quantity,
    /// The day it opens; the first day of the run if left out.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub from: Option<Date>,
    /// The last day it is open; the last day of the run if left out.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub until: Option<Date>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Liaison {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            between: t.req("between"),
            settles: t.req("settles"),
            from: t.opt("from"),
            until: t.opt("until"),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
