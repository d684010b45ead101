//! `[[variant]]`: the same scenario with other terms.

use std::collections::BTreeMap;

use disengage_derive::table;

/// Changes to the file under one name.
#[table(entry(Variant), titled)]
pub struct Variant {
    /// New values by path: { "clause.pullback.min_km" = 100 }.
    pub set: BTreeMap<String, toml_edit::Value>,
}
