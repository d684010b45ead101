//! `[[area]]`: ground with a boundary.

use schemars::JsonSchema;

use super::clause::Width;
use super::place::Point;
use super::read::{Spans, Table};
use super::source::Provenance;

/// An area: a country, an area of separation, an area of limitation.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Area {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// How it is drawn, by `kind`.
    #[schemars(skip)]
    pub shape: Shape,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

/// How an area is drawn.
#[derive(Debug, Clone)]
pub enum Shape {
    /// `kind = "polygon"`.
    Polygon(Polygon),
    /// `kind = "buffer"`.
    Buffer(Buffer),
    /// `kind = "band"`.
    Band(Band),
    /// `kind = "union"`.
    Union(Combination),
    /// `kind = "intersection"`.
    Intersection(Combination),
    /// `kind = "difference"`.
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

/// A polygon whose edges are geodesics.
#[derive(Debug, Clone, JsonSchema)]
pub struct Polygon {
    /// A feature of a GeoJSON file beside this one: "file.geojson#feature-id".
    pub geojson: Option<String>,
    /// The corners in order, instead of `geojson`.
    pub points: Option<Vec<Point>>,
}

/// The ground within a distance of a line, an area or a site.
#[derive(Debug, Clone, JsonSchema)]
pub struct Buffer {
    /// The id of a line, an area or a site.
    pub of: String,
    /// Kilometres.
    pub km: f64,
}

/// The ground whose signed distance from a line is in [from_km, to_km), or the
/// ground on both sides of it within a width.
#[derive(Debug, Clone, JsonSchema)]
pub struct Band {
    /// The id of a line.
    pub from: String,
    /// Kilometres from the line, positive on its positive side.
    pub from_km: Option<f64>,
    /// Kilometres from the line, more than `from_km`.
    pub to_km: Option<f64>,
    /// Instead of `from_km` and `to_km`: kilometres on both sides of the line.
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

    /// Reads the two ends, or the width and what it is of.
    fn read(t: &mut Table<'_>) -> Self {
        let from = t.req("from");
        let both = t.spans().has("width_km") || t.spans().has("width");
        let (mut from_km, mut to_km, mut width_km, mut width) = (None, None, None, None);
        if both {
            width_km = Some(t.req("width_km"));
            width = Some(t.req("width"));
            for key in ["from_km", "to_km"] {
                if t.raw(key).is_some() {
                    t.at(key).wrong(
                        t.spans().of(key),
                        "does not go with `width_km`",
                        "write from_km and to_km for a band on one side, or width_km and width for one on both",
                    );
                }
            }
        } else {
            from_km = Some(t.req("from_km"));
            to_km = Some(t.req("to_km"));
            let _ = (t.raw("width_km"), t.raw("width"));
        }
        Self { from, from_km, to_km, width_km, width }
    }
}

/// Areas put together: all of them, what they share, or the first without the
/// others.
#[derive(Debug, Clone, JsonSchema)]
pub struct Combination {
    /// The ids of areas.
    #[schemars(length(min = 1))]
    pub of: Vec<String>,
}

impl Area {
    pub(crate) fn read(mut t: Table<'_>) -> Option<Self> {
        let id = t.id();
        let title = t.opt("title");
        let provenance = Provenance::read(&mut t);
        let kinds = ["polygon", "buffer", "band", "union", "intersection", "difference"];
        let shape = match t.kind(&kinds)? {
            "polygon" => {
                Shape::Polygon(Polygon { geojson: t.opt("geojson"), points: t.opt("points") })
            }
            "buffer" => Shape::Buffer(Buffer { of: t.req("of"), km: t.req("km") }),
            "band" => Shape::Band(Band::read(&mut t)),
            kind => {
                let combination = Combination { of: t.req("of") };
                match kind {
                    "union" => Shape::Union(combination),
                    "intersection" => Shape::Intersection(combination),
                    _ => Shape::Difference(combination),
                }
            }
        };
        Some(Self { id, title, shape, provenance, spans: t.finish() })
    }
}
