//! `exempt = [ … ]`: who may stay, how many, and why.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use crate::scenario::read::{At, Spans, Table, Value, kind_of};

/// Forces that a clause does not bind, up to a limit. Without a limit they are
/// not bound at all; with one, of those that do not meet the clause so many
/// leave both counts of compliance, in the order of the file.
#[derive(Debug, Clone, PartialEq, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Exemption {
    /// Forces by id.
    #[schemars(default)]
    pub forces: Vec<String>,
    /// All forces of these parties.
    #[schemars(default)]
    pub parties: Vec<String>,
    /// At most so many persons.
    pub up_to_persons: Option<f64>,
    /// At most so many weapons in the clause's scope.
    pub up_to_weapons: Option<f64>,
    /// At most so many forces.
    pub up_to_posts: Option<f64>,
    /// Why.
    pub reason: String,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Value for Exemption {
    const EXPECTED: &'static str = "a table such as { forces = [\"a\"], reason = \"…\" }";
    fn placeholder() -> Self {
        Self {
            forces: Vec::new(),
            parties: Vec::new(),
            up_to_persons: None,
            up_to_weapons: None,
            up_to_posts: None,
            reason: String::new(),
            spans: Spans::default(),
        }
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let DeValue::Table(table) = value.get_ref() else {
            at.expected(value.span(), Self::EXPECTED, &kind_of(value.get_ref()));
            return Self::placeholder();
        };
        let mut t = Table::new(table, value.span(), "an exemption", at.sink);
        Self {
            forces: t.or("forces", Vec::new()),
            parties: t.or("parties", Vec::new()),
            up_to_persons: t.opt("up_to_persons"),
            up_to_weapons: t.opt("up_to_weapons"),
            up_to_posts: t.opt("up_to_posts"),
            reason: t.req("reason"),
            spans: t.finish(),
        }
    }
}
