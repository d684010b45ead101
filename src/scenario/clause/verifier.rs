//! Who verifies which band of distance.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use crate::scenario::read::{At, Spans, Table, Value, kind_of};

/// Monitors whose observations count only of forces at a distance in
/// [from_km, to_km), measured as the clause measures it.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Verifier {
    /// Kilometres, included.
    pub from_km: f64,
    /// Kilometres, excluded; more than `from_km`.
    pub to_km: f64,
    /// The monitors.
    #[schemars(length(min = 1))]
    pub monitors: Vec<String>,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Value for Verifier {
    const EXPECTED: &'static str =
        "a band such as { from_km = 0, to_km = 30, monitors = [\"post\"] }";
    fn placeholder() -> Self {
        Self { from_km: 0.0, to_km: 0.0, monitors: Vec::new(), spans: Spans::default() }
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::Table(table) => {
                let mut t = Table::new(table, value.span(), "a band of `verifiers`", at.sink);
                Self {
                    from_km: t.req("from_km"),
                    to_km: t.req("to_km"),
                    monitors: t.req("monitors"),
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
