//! Lines and areas as they come out: in degrees, simplified and cut.

use super::clip::{clip_line, clip_ring};
use super::shape::{Inner, Line, Reference, Shape};
use super::simplify::simplified;
use super::view::{Bounds, View};
use super::{LineKind, Polygon, Ring};

impl Inner {
    pub(super) fn pieces(
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

    pub(super) fn clipped(&self, shapes: &[Shape], view: View, tolerance: f64) -> Vec<Polygon> {
        let Some(frame) = view.frame() else {
            return Vec::new();
        };
        shapes
            .iter()
            .flat_map(|shape| {
                shape
                    .bounds
                    .shifts_into(&frame)
                    .filter_map(|shift| self.polygon(shape, shift, Some(&frame), tolerance))
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    pub(super) fn polygon(
        &self,
        shape: &Shape,
        shift: f64,
        frame: Option<&Bounds>,
        tolerance: f64,
    ) -> Option<Polygon> {
        if shape.bounds.smaller_than(tolerance) {
            return None;
        }
        let frame = frame.filter(|frame| !shape.bounds.within(frame, shift));
        let mut rings = shape.rings.iter().map(|references| {
            let ring = self.ring(references, shift, tolerance);
            match frame {
                Some(frame) => clip_ring(ring, frame),
                None => ring,
            }
        });
        let outer = rings.next().filter(|ring| ring.len() >= 3)?;
        let holes = rings.filter(|ring| ring.len() >= 3).collect();
        Some(Polygon { outer, holes })
    }

    /// The points of a ring. Lines are simplified before they are joined, so
    /// two countries agree about their border.
    fn ring(&self, references: &[Reference], shift: f64, tolerance: f64) -> Ring {
        let grid = self.grid;
        let mut points: Vec<(i64, i64)> = Vec::new();
        for reference in references {
            // A country of another map may name a line that is not in this one.
            let Some(line) = self.lines.get(reference.line) else {
                continue;
            };
            let mut next = simplified(&line.points, grid, tolerance);
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
