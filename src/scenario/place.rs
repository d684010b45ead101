//! Coordinates as written: a site's own, or points of a line.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use super::quantity::Bounds;
use super::read::{At, Spans, Table, Value, kind_of};

/// A point on WGS84, in degrees.
#[derive(Debug, Clone, PartialEq, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Point {
    /// Degrees north.
    #[schemars(range(min = -90, max = 90))]
    pub lat: f64,
    /// Degrees east.
    #[schemars(range(min = -180, max = 180))]
    pub lon: f64,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Value for Point {
    const EXPECTED: &'static str = "a point such as { lat = 33.1, lon = 35.8 }";
    fn placeholder() -> Self {
        Self {
            lat: 0.0,
            lon: 0.0,
            spans: Spans::default(),
        }
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::Table(table) => {
                let mut t = Table::new(table, value.span(), "a point", at.sink);
                let lat = t.number("lat", Bounds::LATITUDE);
                let lon = t.number("lon", Bounds::LONGITUDE);
                Self {
                    lat,
                    lon,
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
