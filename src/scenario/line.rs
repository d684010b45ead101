//! `[[line]]`: a directed reference line.

use schemars::JsonSchema;

use super::place::Point;
use super::read::{Spans, Table};
use super::source::Provenance;

/// A reference line: a cease-fire line, a border, a withdrawal line. Distances
/// from it are geodesic, positive on the side of `positive_toward`.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Line {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// A feature of a GeoJSON file beside this one: "file.geojson#feature-id".
    pub geojson: Option<String>,
    /// The line's points in order, instead of `geojson`.
    pub points: Option<Vec<Point>>,
    /// The site on whose side distances are positive.
    pub positive_toward: String,
    /// Edges of bands, kilometres rising: who stands in which band is a result.
    #[schemars(default)]
    pub bands_km: Vec<f64>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Line {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            geojson: t.opt("geojson"),
            points: t.opt("points"),
            positive_toward: t.req("positive_toward"),
            bands_km: t.or("bands_km", Vec::new()),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
