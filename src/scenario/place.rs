//! Coordinates as written: a site's own, or points of a line.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use super::read::{At, Spans, Table, Value, kind_of};

/// A point on WGS84, in degrees.
#[derive(Debug, Clone, PartialEq, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Point {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Value for Point {
    const EXPECTED: &'static str = "a point such as { lat = 33.1, lon = 35.8 }";
    fn placeholder() -> Self {
        Self { lat: 0.0, lon: 0.0, spans: Spans::default() }
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::Table(table) => {
                let mut t = Table::new(table, value.span(), "a point", at.sink);
                let lat = t.req("lat");
                let lon = t.req("lon");
                Self { lat, lon, spans: t.finish() }
            }
            other => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(other));
                Self::placeholder()
            }
        }
    }
}
