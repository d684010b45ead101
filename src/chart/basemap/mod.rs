//! The embedded base map: coasts, borders and land of Natural Earth 10 m.
//!
//! The map is a set of arcs shared between countries, on a grid of 0.0036° of
//! longitude by 0.0017° of latitude (at most 400 m by 190 m). An arc used by
//! one country is a coast, one used by two or more is a border. Boundaries
//! follow control on the ground as Natural Earth draws it.
//!
//! Longitudes that come out run on eastwards from the view's western edge: a
//! view from 170 to −170 yields 170 to 190, so a line across the date line can
//! be drawn as it is.
//!
//! `assets/make_basemap.py` describes the file and makes it.

mod clip;
mod cut;
mod decode;
mod error;
mod read;
mod shape;
mod simplify;
#[cfg(test)]
mod tests;
mod view;

use std::sync::{Arc, OnceLock};

pub use error::BaseMapError;
pub use shape::Country;
use shape::{Inner, Shape};
pub use view::View;

static EMBEDDED: &[u8] = include_bytes!("../assets/natural-earth-10m.bin");

/// What a line of the base map stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// Land meets water.
    Coast,
    /// Two countries meet.
    Border,
}

/// Points as (latitude, longitude) in degrees, from the first to the last; the
/// first is not repeated at the end.
pub type Ring = Vec<(f64, f64)>;

/// An area with its holes.
#[derive(Debug, Clone, PartialEq)]
pub struct Polygon {
    /// The outer ring.
    pub outer: Ring,
    /// Rings cut out of it.
    pub holes: Vec<Ring>,
}

impl Polygon {
    /// Whether the point lies inside, in the plane of latitude and longitude.
    #[must_use]
    pub fn contains(&self, lat: f64, lon: f64) -> bool {
        ring_contains(&self.outer, lat, lon)
            && !self.holes.iter().any(|hole| ring_contains(hole, lat, lon))
    }
}

fn ring_contains(ring: &[(f64, f64)], lat: f64, lon: f64) -> bool {
    let mut inside = false;
    let Some(mut previous) = ring.last().copied() else {
        return false;
    };
    for &(y, x) in ring {
        let (py, px) = previous;
        if (y > lat) != (py > lat) && lon < (px - x) * (lat - y) / (py - y) + x {
            inside = !inside;
        }
        previous = (y, x);
    }
    inside
}

/// The base map, decoded. Cloning it is cheap.
#[derive(Debug, Clone, Default)]
pub struct BaseMap {
    inner: Arc<Inner>,
}

impl BaseMap {
    /// The map that comes with the program, decoded once.
    #[must_use]
    pub fn embedded() -> BaseMap {
        static MAP: OnceLock<BaseMap> = OnceLock::new();
        // A test decodes these very bytes, so the empty map never comes about.
        MAP.get_or_init(|| BaseMap::decode(EMBEDDED).unwrap_or_default()).clone()
    }

    /// Decodes a base map and checks all of it.
    ///
    /// # Errors
    ///
    /// If the bytes are not a whole and consistent base map.
    pub fn decode(bytes: &[u8]) -> Result<BaseMap, BaseMapError> {
        let inner = Arc::new(decode::decode(bytes)?);
        Ok(BaseMap { inner })
    }

    /// All countries.
    #[must_use]
    pub fn countries(&self) -> &[Country] {
        &self.inner.countries
    }

    /// The country of this name.
    #[must_use]
    pub fn country(&self, name: &str) -> Option<&Country> {
        self.countries().iter().find(|c| c.name == name)
    }

    /// The coasts and borders in the view, cut at its edges.
    ///
    /// No drawn line strays from the map by more than `tolerance` degrees; what
    /// is smaller than that is left out. Zero keeps every point.
    pub fn lines_in(
        &self,
        view: View,
        tolerance: f64,
    ) -> impl Iterator<Item = (LineKind, Vec<(f64, f64)>)> {
        let frame = view.frame();
        self.inner.lines.iter().flat_map(move |line| match (frame, line.kind) {
            (Some(frame), Some(kind)) => self.inner.pieces(line, kind, &frame, tolerance),
            _ => Vec::new(),
        })
    }

    /// The land in the view, cut at its edges, without the borders between
    /// countries: neighbouring fills leave no seam.
    ///
    /// Larger polygons come first, so painting each outer ring as land and then
    /// its holes as water gives the right picture. The cut edges run along the
    /// view's edge: fill these rings, but draw the coast by
    /// [`lines_in`](Self::lines_in).
    #[must_use]
    pub fn land_in(&self, view: View, tolerance: f64) -> Vec<Polygon> {
        self.inner.clipped(&self.inner.land, view, tolerance)
    }

    /// All of a country, uncut, the largest polygon first. Where it crosses the
    /// date line, longitudes leave −180 to 180.
    #[must_use]
    pub fn outline(&self, country: &Country, tolerance: f64) -> Vec<Polygon> {
        let whole = |shape: &Shape| self.inner.polygon(shape, 0.0, None, tolerance);
        country.shapes.iter().filter_map(whole).collect()
    }
}
