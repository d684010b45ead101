//! `[[variant]]`: the same scenario with other terms.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::read::{Spans, Table};

/// Changes to the file under one name.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Variant {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// New values by path: { "clause.pullback.min_km" = 100 }.
    #[schemars(with = "BTreeMap<String, serde_json::Value>")]
    pub set: BTreeMap<String, toml_edit::Value>,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Variant {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self { id: t.id(), title: t.opt("title"), set: t.req("set"), spans: t.finish() }
    }
}
