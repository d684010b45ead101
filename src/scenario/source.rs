//! `[[source]]`: where a number or a claim comes from.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use time::Date;
use toml::Spanned;
use toml::de::DeValue;

use super::read::{At, Spans, Table, Value, word};

/// How sure a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
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

impl Confidence {
    const WORDS: [(&'static str, Self); 4] = [
        ("high", Self::High),
        ("medium", Self::Medium),
        ("low", Self::Low),
        ("memory", Self::Memory),
    ];

    /// Its word in files.
    pub fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, it)| *it == self);
        found.map_or("", |(word, _)| word)
    }
}

impl Value for Confidence {
    const EXPECTED: &'static str = "\"high\", \"medium\", \"low\" or \"memory\"";
    fn placeholder() -> Self {
        Self::Memory
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        word(value, at, &Self::WORDS).unwrap_or_else(Self::placeholder)
    }
}

/// A published source. Any table may name one by `source = "id"`, and single
/// keys by `sources = { key = "id" }`; `"assumption"` is always known.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Source {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// Who published what, and when.
    pub title: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was published.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub date: Option<Date>,
    /// How sure it is.
    pub confidence: Option<Confidence>,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Source {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.req("title"),
            url: t.opt("url"),
            date: t.opt("date"),
            confidence: t.opt("confidence"),
            spans: t.finish(),
        }
    }
}

/// The sources a table names: one for the whole, and one each for single keys.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Provenance {
    /// For every number of the table that names none of its own.
    pub source: Option<String>,
    /// For single keys.
    pub sources: std::collections::BTreeMap<String, String>,
}

impl Provenance {
    pub(crate) fn read(t: &mut Table<'_>) -> Self {
        Self { source: t.opt("source"), sources: t.or("sources", Default::default()) }
    }
}

impl JsonSchema for Provenance {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Provenance".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "properties": {
            "source": { "type": "string", "description": "The id of a [[source]], or \"assumption\": where this table's numbers come from." },
            "sources": { "type": "object", "additionalProperties": { "type": "string" }, "description": "Sources of single keys: { strength = \"id\" }." }
        } })
    }
}
