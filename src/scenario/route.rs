//! `[[route]]`: a road between two sites, where a geodesic would mislead.

use schemars::JsonSchema;

use super::place::Point;
use super::read::{Spans, Table};
use super::source::Provenance;

/// A road between two sites, usable both ways. Without one, forces move on the
/// geodesic.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Route {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// The site at one end.
    pub from: String,
    /// The site at the other end.
    pub to: String,
    /// Points passed in order from `from` to `to`.
    #[schemars(default)]
    pub via: Vec<Point>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Route {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            from: t.req("from"),
            to: t.req("to"),
            via: t.or("via", Vec::new()),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
