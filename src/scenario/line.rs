//! `[[line]]`: a directed reference line.

use disengage_derive::table;

use super::place::Point;

/// A reference line: a cease-fire line, a border, a withdrawal line. Distances
/// from it are geodesic, positive on the side of `positive_toward`.
#[table(entry(Line), titled, sourced)]
pub struct Line {
    /// A feature of a GeoJSON file beside this one, by its id or name or by a property:
    /// "file.geojson#golan", "file.geojson#ADM1_PCODE=SY11". Its edges are straight in
    /// longitude and latitude.
    pub geojson: Option<String>,
    /// The line's points in order, instead of `geojson`. Its edges are geodesics.
    pub points: Option<Vec<Point>>,
    /// The site on whose side distances are positive.
    #[key(refers(Site))]
    pub positive_toward: String,
    /// Edges of bands, kilometres rising: who stands in which band is a result.
    #[key(default, bounds = KM)]
    pub bands_km: Vec<f64>,
}
