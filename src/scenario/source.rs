//! `[[source]]`: where a number or a claim comes from.

use std::collections::BTreeMap;

use disengage_derive::{table, words};
use time::Date;

use super::read::Table;

/// The id that says a number was chosen by the author of the file.
pub(crate) const ASSUMPTION: &str = "assumption";

/// How sure a source is.
#[words(stand_in = Memory)]
pub enum Confidence {
    /// Official text, or several agreeing reports.
    High,
    /// One report, or a party's claim through a neutral outlet.
    Medium,
    /// Partisan.
    Low,
    /// Not retrieved: from memory.
    Memory,
}

/// A published source. Any table may name one by `source = "id"`, and single
/// keys by `sources = { key = "id" }`; `"assumption"` is always known.
#[table(entry(Source))]
pub struct Source {
    /// Who published what, and when.
    pub title: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was published.
    pub date: Option<Date>,
    /// How sure it is.
    pub confidence: Option<Confidence>,
}

/// The sources a table names: one for the whole, and one each for single keys.
#[table(part)]
#[derive(PartialEq, Default)]
pub struct Provenance {
    /// The id of a `[[source]]`, or "assumption": where this table's numbers come from.
    #[key(with = own_or_of_all, refers(Source))]
    pub source: Option<String>,
    /// Sources of single keys: { strength = "id" }.
    #[key(default, values(Source))]
    pub sources: BTreeMap<String, String>,
}

/// The source that a table names, or else that of the whole file.
fn own_or_of_all(table: &mut Table<'_>) -> Option<String> {
    let own = table.opt("source");
    own.or_else(|| table.sink().source_of_all())
}
