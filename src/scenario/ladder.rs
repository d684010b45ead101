//! `[[ladder]]`: rungs of escalation between two parties.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use super::quantity::Quantity;
use super::read::{At, Spans, Table, Value, kind_of};
use super::source::Provenance;

/// Tension between two parties, and the rungs it leads to. Tension rises by the
/// severity of what they do to each other and decays. Below the first rung lies
/// the ground.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Ladder {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// The two parties.
    #[schemars(length(min = 2, max = 2))]
    pub between: Vec<String>,
    /// What each act between them adds to the tension, by act.
    pub severity: BTreeMap<String, Quantity>,
    /// Tension on the first day. Default 0.
    pub tension: Option<Quantity>,
    /// Days in which half of the tension is gone; it stays if left out.
    pub half_life_days: Option<Quantity>,
    /// Days without an act between them before a step down. Default 0.
    #[schemars(default)]
    pub quiet_days: u32,
    /// The rungs, from the lowest.
    #[schemars(length(min = 1))]
    pub rungs: Vec<Rung>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

/// A rung.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Rung {
    /// Its name: lower-case letters, digits and hyphens.
    pub id: String,
    /// The tension at which it is reached.
    pub up: f64,
    /// The tension at which it is left again; below `up`.
    pub down: f64,
    /// What the rates of incidents between the two are multiplied by on it.
    /// Default 1.
    #[schemars(default, extend("default" = 1))]
    pub incident_factor: f64,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Value for Rung {
    const EXPECTED: &'static str = "a rung such as { id = \"tense\", up = 3, down = 1 }";
    fn placeholder() -> Self {
        Self {
            id: String::new(),
            up: 0.0,
            down: 0.0,
            incident_factor: 1.0,
            spans: Spans::default(),
        }
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let DeValue::Table(table) = value.get_ref() else {
            at.expected(value.span(), Self::EXPECTED, &kind_of(value.get_ref()));
            return Self::placeholder();
        };
        let mut t = Table::new(table, value.span(), "a rung", at.sink);
        Self {
            id: t.id(),
            up: t.req("up"),
            down: t.req("down"),
            incident_factor: t.or("incident_factor", 1.0),
            spans: t.finish(),
        }
    }
}

impl Ladder {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            between: t.req("between"),
            severity: t.or("severity", BTreeMap::new()),
            tension: t.opt("tension"),
            half_life_days: t.opt("half_life_days"),
            quiet_days: t.or("quiet_days", 0),
            rungs: t.req("rungs"),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
