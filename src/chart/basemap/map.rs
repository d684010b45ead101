//! Lines and areas as they come out: in degrees, simplified and cut.

use std::sync::OnceLock;

use super::clip::{clip_line, clip_ring};
use super::decode::decode;
use super::error::BaseMapError;
use super::shape::{Grid, Line, LineKind, Polygon, Reference, Ring, Shape};
use super::simplify::simplified;
use super::view::{Bounds, View};

pub(super) static EMBEDDED: &[u8] = include_bytes!("../assets/natural-earth-10m.bin");

/// The base map, decoded.
#[derive(Debug, Default)]
pub struct BaseMap {
    pub(super) grid: Grid,
    pub(super) lines: Vec<Line>,
    pub(super) land: Vec<Shape>,
}

impl BaseMap {
    /// The map that comes with the program, decoded once.
    #[must_use]
    pub fn embedded() -> &'static BaseMap {
        static MAP: OnceLock<BaseMap> = OnceLock::new();
        // A test decodes these very bytes, so the empty map never comes about.
        MAP.get_or_init(|| BaseMap::decode(EMBEDDED).unwrap_or_default())
    }

    /// Decodes a base map and checks all of it.
    ///
    /// # Errors
    ///
    /// If the bytes are not a whole and consistent base map.
    pub fn decode(bytes: &[u8]) -> Result<BaseMap, BaseMapError> {
        let (grid, lines, land) = decode(bytes)?;
        Ok(BaseMap { grid, lines, land })
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
        self.lines.iter().flat_map(move |line| match (frame, line.kind) {
            (Some(frame), Some(kind)) => self.pieces(line, kind, &frame, tolerance),
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
        let frame = view.frame();
        let shapes = frame.iter().flat_map(|frame| self.land.iter().map(move |it| (it, frame)));
        let shifted = shapes.flat_map(|(shape, frame)| {
            let shifts = shape.bounds.shifts_into(frame);
            shifts.filter_map(move |shift| self.polygon(shape, shift, frame, tolerance))
        });
        shifted.collect()
    }

    /// The parts of a line in a frame, simplified.
    fn pieces(
        &self,
        line: &Line,
        kind: LineKind,
        frame: &Bounds,
        tolerance: f64,
    ) -> Vec<(LineKind, Vec<(f64, f64)>)> {
        let grid = self.grid;
        let bounds = grid.bounds(line.grid_box);
        let mut pieces = Vec::new();
        let mut shifts = bounds.shifts_into(frame).peekable();
        if shifts.peek().is_none() {
            return pieces;
        }
        let kept = simplified(&line.points, grid, tolerance);
        if let [a, b] = kept[..]
            && a == b
        {
            return pieces;
        }
        for shift in shifts {
            let points: Vec<(f64, f64)> = kept
                .iter()
                .map(|&(x, y)| (grid.lat(y.into()), grid.lon(x.into()) + shift))
                .collect();
            if bounds.within(frame, shift) {
                pieces.push((kind, points));
            } else {
                pieces.extend(clip_line(&points, frame).into_iter().map(|p| (kind, p)));
            }
        }
        pieces
    }

    /// An area moved east by `shift`, simplified and cut at a frame.
    fn polygon(
        &self,
        shape: &Shape,
        shift: f64,
        frame: &Bounds,
        tolerance: f64,
    ) -> Option<Polygon> {
        if shape.bounds.smaller_than(tolerance) {
            return None;
        }
        let whole = shape.bounds.within(frame, shift);
        let mut rings = shape.rings.iter().map(|references| {
            let ring = self.ring(references, shift, tolerance);
            if whole { ring } else { clip_ring(ring, frame) }
        });
        let outer = rings.next().filter(|ring| ring.len() >= 3)?;
        let holes = rings.filter(|ring| ring.len() >= 3).collect();
        Some(Polygon { outer, holes })
    }

    /// The points of a ring. Lines are simplified before they are joined, so that land
    /// ends where its coast is drawn.
    fn ring(&self, references: &[Reference], shift: f64, tolerance: f64) -> Ring {
        let grid = self.grid;
        let mut points: Vec<(i64, i64)> = Vec::new();
        for reference in references {
            // Decoding has found all lines that rings name.
            let mut next = simplified(&self.lines[reference.line].points, grid, tolerance);
            if reference.backwards {
                next.reverse();
            }
            let mut next = next.into_iter().map(|(x, y)| (i64::from(x), i64::from(y)));
            let Some(start) = next.next() else {
                continue;
            };
            let (dx, last) = match points.last() {
                Some(&(x, _)) => (x - start.0, 0),
                None => (0, 1),
            };
            points.extend(std::iter::repeat_n(start, last));
            points.extend(next.map(|(x, y)| (x + dx, y)));
        }
        let (Some(&first), Some(&last)) = (points.first(), points.last()) else {
            return Ring::new();
        };
        let mut ring: Ring =
            points.iter().map(|&(x, y)| (grid.lat(y), grid.lon(x) + shift)).collect();
        if first == last {
            ring.pop();
        } else if let (Some(&(lat, from)), Some(&(_, to))) = (ring.first(), ring.last()) {
            // Round the pole: close the ring over it.
            let pole = if lat < 0.0 { -90.0 } else { 90.0 };
            ring.push((pole, to));
            ring.push((pole, from));
        }
        ring
    }
}
