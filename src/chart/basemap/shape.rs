//! What the map is made of: lines on a grid, and areas as runs of lines.

use super::LineKind;
use super::view::Bounds;

/// A rectangle on the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GridBox {
    pub(super) x: (i64, i64),
    pub(super) y: (i64, i64),
}

impl GridBox {
    pub(super) fn holds(&self, x: i64, y: i64) -> bool {
        (self.x.0..=self.x.1).contains(&x) && (self.y.0..=self.y.1).contains(&y)
    }

    pub(super) fn moved(mut self, dx: i64) -> GridBox {
        self.x = (self.x.0 + dx, self.x.1 + dx);
        self
    }

    pub(super) fn joined(self, other: GridBox) -> GridBox {
        GridBox {
            x: (self.x.0.min(other.x.0), self.x.1.max(other.x.1)),
            y: (self.y.0.min(other.y.0), self.y.1.max(other.y.1)),
        }
    }
}

#[derive(Debug)]
pub(super) struct Line {
    /// `None` for an edge that is neither coast nor border.
    pub(super) kind: Option<LineKind>,
    pub(super) grid_box: GridBox,
    /// At least two.
    pub(super) points: Vec<(i32, i32)>,
}

/// An arc and the direction in which a ring runs through it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference {
    pub(super) line: usize,
    pub(super) backwards: bool,
}

/// A polygon as references to lines; the first ring is the outer one.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) rings: Vec<Vec<Reference>>,
    pub(super) bounds: Bounds,
}

/// A country of the base map.
#[derive(Debug)]
pub struct Country {
    pub(super) name: String,
    pub(super) iso: Option<u16>,
    pub(super) shapes: Vec<Shape>,
}

impl Country {
    /// Its name in English, as Natural Earth abbreviates it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its ISO 3166-1 numeric code, if it has one.
    #[must_use]
    pub fn iso_numeric(&self) -> Option<u16> {
        self.iso
    }
}

#[derive(Debug, Default)]
pub(super) struct Inner {
    pub(super) grid: Grid,
    pub(super) lines: Vec<Line>,
    pub(super) countries: Vec<Country>,
    pub(super) land: Vec<Shape>,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Grid {
    pub(super) lon0: f64,
    pub(super) lat0: f64,
    pub(super) dlon: f64,
    pub(super) dlat: f64,
    pub(super) period: i64,
}

impl Grid {
    pub(super) fn lon(&self, x: i64) -> f64 {
        self.lon0 + x as f64 * self.dlon
    }

    pub(super) fn lat(&self, y: i64) -> f64 {
        self.lat0 + y as f64 * self.dlat
    }

    pub(super) fn bounds(&self, grid_box: GridBox) -> Bounds {
        Bounds {
            south: self.lat(grid_box.y.0),
            west: self.lon(grid_box.x.0),
            north: self.lat(grid_box.y.1),
            east: self.lon(grid_box.x.1),
        }
    }
}
