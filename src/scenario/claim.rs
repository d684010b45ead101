//! `[[claim]]`: what a party says, and when.

use schemars::JsonSchema;
use time::Date;
use toml::Spanned;
use toml::de::DeValue;

use super::read::{At, Spans, Table, Value, word};
use super::source::Provenance;

/// What is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Says {
    /// The clause is kept.
    Keeping,
    /// The clause is not kept.
    Violating,
    /// There is no such clause, or no such force: nothing is said of keeping.
    Denies,
}

impl Value for Says {
    const EXPECTED: &'static str = "\"keeping\", \"violating\" or \"denies\"";
    fn placeholder() -> Self {
        Self::Denies
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let words =
            [("keeping", Self::Keeping), ("violating", Self::Violating), ("denies", Self::Denies)];
        word(value, at, &words).unwrap_or_else(Self::placeholder)
    }
}

/// A dated statement of a party about a clause. It enters the claimed register
/// if its author is bound by the clause or answers for it, and stands until the
/// author's next statement about the same forces.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Claim {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts call it.
    pub title: Option<String>,
    /// The party that speaks.
    pub by: String,
    /// The clause it speaks of.
    pub clause: String,
    /// The parties whose forces it speaks of; the speaker's own by default.
    #[schemars(default)]
    pub about: Vec<String>,
    /// The day it is said.
    #[schemars(with = "String", extend("format" = "date"))]
    pub date: Date,
    /// What is said.
    pub says: Says,
    /// The share of the strength spoken of, between 0 and 1. Default 1.
    #[schemars(default, extend("default" = 1))]
    pub share: f64,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Claim {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            by: t.req("by"),
            clause: t.req("clause"),
            about: t.or("about", Vec::new()),
            date: t.req("date"),
            says: t.req("says"),
            share: t.or("share", 1.0),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
