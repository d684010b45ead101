//! How much of a monitor is there in a period.

use schemars::JsonSchema;
use time::Date;
use toml::Spanned;
use toml::de::DeValue;

use crate::scenario::read::{At, Spans, Table, Value, kind_of};

/// A period and the share of a monitor that is there in it.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Deployment {
    /// Its first day; the first day of the run by default.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub from: Option<Date>,
    /// Its last day; the last day of the run by default.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub to: Option<Date>,
    /// The share that is there: of hours, of posts, of passes. Default 1.
    #[schemars(default = "whole")]
    pub share: f64,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

fn whole() -> f64 {
    1.0
}

impl Value for Deployment {
    const EXPECTED: &'static str = "a period such as { from = 2018-08-01, share = 0.5 }";
    fn placeholder() -> Self {
        Self { from: None, to: None, share: whole(), spans: Spans::default() }
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::Table(table) => {
                let mut t = Table::new(table, value.span(), "a deployment", at.sink);
                Self {
                    from: t.opt("from"),
                    to: t.opt("to"),
                    share: t.or("share", whole()),
                    spans: t.finish(),
                }
            }
            other => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(other));
                Self::placeholder()
            }
        }
    }
}
