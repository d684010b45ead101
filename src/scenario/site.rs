//! `[[site]]`: a named place where forces and monitors stand.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::quantity::Quantity;
use super::read::{Spans, Table};
use super::source::Provenance;

/// A named place. Orders are given for a group of sites.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Site {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it; the id by default.
    pub title: Option<String>,
    /// Degrees north, WGS84.
    pub lat: f64,
    /// Degrees east, WGS84.
    pub lon: f64,
    /// Sites that share a group share their parties' orders; the id by default.
    pub group: Option<String>,
    /// What presence here is worth to a party over one review, by party id;
    /// instead of the `value` of the party's conduct.
    #[schemars(default)]
    pub value: BTreeMap<String, Quantity>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Site {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            lat: t.req("lat"),
            lon: t.req("lon"),
            group: t.opt("group"),
            value: t.or("value", BTreeMap::new()),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
