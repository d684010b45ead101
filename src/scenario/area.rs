//! `[[area]]`: ground with a boundary.

use disengage_derive::{kinds, table};

use super::clause::Width;
use super::place::Point;

/// An area: a country, an area of separation, an area of limitation.
#[table(entry(Area), titled, sourced)]
pub struct Area {
    /// How it is drawn, by `kind`.
    #[key(kind)]
    pub shape: Shape,
    /// Whether results tell who is inside: persons and weapons of each party by date.
    #[key(default = false)]
    pub measured: bool,
}

/// How an area is drawn.
#[kinds]
pub enum Shape {
    Polygon(Polygon),
    Buffer(Buffer),
    Band(Band),
    Union(Combination),
    Intersection(Combination),
    Difference(Combination),
}

impl Shape {
    /// What may be areas that this one is made of.
    pub(super) fn parts(&self) -> &[String] {
        match self {
            Self::Polygon(_) | Self::Band(_) => &[],
            Self::Buffer(it) => std::slice::from_ref(&it.of),
            Self::Union(it) | Self::Intersection(it) | Self::Difference(it) => &it.of,
        }
    }
}

/// A polygon.
#[table(part)]
pub struct Polygon {
    /// A feature of a GeoJSON file beside this one, by its id or name or by a property:
    /// "file.geojson#golan", "file.geojson#ADM1_PCODE=SY11". Its edges are straight in
    /// longitude and latitude.
    pub geojson: Option<String>,
    /// The corners in order, instead of `geojson`. Its edges are geodesics.
    pub points: Option<Vec<Point>>,
}

/// The ground within a distance of a line, an area or a site.
#[table(part)]
pub struct Buffer {
    /// The id of a line, an area or a site.
    #[key(refers(Line, Area, Site))]
    pub of: String,
    /// Kilometres.
    #[key(bounds = RADIUS)]
    pub km: f64,
}

/// The ground whose signed distance from a line is in [from_km, to_km), or the
/// ground on both sides of it within a width.
#[table(part)]
pub struct Band {
    /// The id of a line.
    #[key(refers(Line))]
    pub from: String,
    /// Kilometres from the line, positive on its positive side.
    #[key(bounds = KM)]
    pub from_km: Option<f64>,
    /// Kilometres from the line, more than `from_km`.
    #[key(bounds = KM)]
    pub to_km: Option<f64>,
    /// Instead of `from_km` and `to_km`: kilometres on both sides of the line.
    #[key(bounds = RADIUS)]
    pub width_km: Option<f64>,
    /// Whether `width_km` is of each side, or of both together, half on each.
    pub width: Option<Width>,
}

impl Band {
    /// From where to where it reaches, in signed kilometres.
    pub fn ends(&self) -> (f64, f64) {
        match (self.width_km, self.width) {
            (Some(km), Some(width)) => {
                let km = km * width.of_one_side();
                (-km, km)
            }
            _ => (self.from_km.unwrap_or(0.0), self.to_km.unwrap_or(0.0)),
        }
    }
}

/// Areas put together: all of them, what they share, or the first without the
/// others.
#[table(part)]
pub struct Combination {
    /// The ids of areas.
    #[key(items(1), refers(Area))]
    pub of: Vec<String>,
}
