//! `[[account]]`: persons and weapons that wait to be sent.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::quantity::Quantity;
use super::read::{Spans, Table};
use super::source::Provenance;

/// A source that convoys and reinforcements draw on until it is empty: recruits,
/// stores, a third country.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Account {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// Persons; drawn numbers are rounded. Default 0.
    pub persons: Option<Quantity>,
    /// Weapons by class; drawn numbers are rounded.
    #[schemars(default)]
    pub equipment: BTreeMap<String, Quantity>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Account {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            persons: t.opt("persons"),
            equipment: t.or("equipment", BTreeMap::new()),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
