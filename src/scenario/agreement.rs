//! `[[agreement]]`: what clauses and phases belong to.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use super::gate::Gate;
use super::read::{At, Spans, Table, Value, word};
use super::source::Provenance;

/// How far the parties have come with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Standing {
    /// One side asks for it.
    Demanded,
    /// The side it binds has offered it.
    Offered,
    /// Both sides have agreed.
    Agreed,
}

impl Value for Standing {
    const EXPECTED: &'static str = "\"demanded\", \"offered\" or \"agreed\"";
    fn placeholder() -> Self {
        Self::Agreed
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let words =
            [("demanded", Self::Demanded), ("offered", Self::Offered), ("agreed", Self::Agreed)];
        word(value, at, &words).unwrap_or_else(Self::placeholder)
    }
}

/// An agreement, or a demand for one. Several may be in force at once.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Agreement {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// The parties whose consent an amendment needs.
    #[schemars(default)]
    pub signatories: Vec<String>,
    /// Whether its clauses are demanded, offered or agreed, unless they say so
    /// themselves. Breaking what was never agreed costs no trust. Default
    /// "agreed".
    pub standing: Option<Standing>,
    /// When it starts: none of its phases and clauses starts before. The first
    /// day of the run by default.
    pub starts: Option<Gate>,
    /// When it expires, and its clauses with it; never if left out.
    pub expires: Option<Gate>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Agreement {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            signatories: t.or("signatories", Vec::new()),
            standing: t.opt("standing"),
            starts: t.opt("starts"),
            expires: t.opt("expires"),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
