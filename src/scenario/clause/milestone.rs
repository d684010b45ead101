//! Shares to be reached on the way to a deadline.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use crate::scenario::gate::Gate;
use crate::scenario::read::{At, Spans, Table, Value, kind_of};

/// A share of the bound strength that is to keep the clause by a day.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Milestone {
    /// When it falls due.
    pub by: Gate,
    /// The share, between 0 and 1.
    pub share: f64,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Value for Milestone {
    const EXPECTED: &'static str = "a milestone such as { by = 2018-07-01, share = 0.5 }";
    fn placeholder() -> Self {
        Self { by: Gate::placeholder(), share: 0.0, spans: Spans::default() }
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::Table(table) => {
                let mut t = Table::new(table, value.span(), "a milestone", at.sink);
                Self { by: t.req("by"), share: t.req("share"), spans: t.finish() }
            }
            other => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(other));
                Self::placeholder()
            }
        }
    }
}
