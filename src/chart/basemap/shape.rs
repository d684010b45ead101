//! What the map is made of: lines on a grid, and areas as runs of lines.

use super::view::Bounds;

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
