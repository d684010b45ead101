//! Cutting lines and rings at the edges of a view.

use super::shape::Ring;
use super::view::Bounds;
use crate::chart::plane::{Pt, Rect, runs};

/// The runs of a line inside the frame.
pub(super) fn clip_line(points: &[(f64, f64)], frame: &Bounds) -> Vec<Vec<(f64, f64)>> {
    // On the plane the first coordinate is that across.
    let place = Rect::new(frame.west, frame.south, frame.east, frame.north);
    let points: Vec<Pt> = points.iter().map(|(lat, lon)| (*lon, *lat)).collect();
    // Rounding must not carry a point over the edge.
    let within =
        |(lon, lat): Pt| (lat.clamp(frame.south, frame.north), lon.clamp(frame.west, frame.east));
    let cut = runs(&points, &place).into_iter();
    cut.map(|run| run.into_iter().map(within).collect()).collect()
}

/// The part of an area inside the frame (Sutherland and Hodgman).
pub(super) fn clip_ring(ring: Ring, frame: &Bounds) -> Ring {
    let ring = clip_side(ring, |p| p.1 - frame.west, |p| (p.0, frame.west));
    let ring = clip_side(ring, |p| frame.east - p.1, |p| (p.0, frame.east));
    let ring = clip_side(ring, |p| p.0 - frame.south, |p| (frame.south, p.1));
    clip_side(ring, |p| frame.north - p.0, |p| (frame.north, p.1))
}

/// Cuts off what lies on the negative side; `onto` puts a point on the edge.
fn clip_side(
    ring: Ring,
    depth: impl Fn((f64, f64)) -> f64,
    onto: impl Fn((f64, f64)) -> (f64, f64),
) -> Ring {
    let Some(mut previous) = ring.last().copied() else {
        return ring;
    };
    let mut clipped = Ring::new();
    let mut before = depth(previous);
    for point in ring {
        let now = depth(point);
        if (before < 0.0) != (now < 0.0) {
            let t = before / (before - now);
            let crossing = onto((
                previous.0 + t * (point.0 - previous.0),
                previous.1 + t * (point.1 - previous.1),
            ));
            if crossing != point {
                clipped.push(crossing);
            }
        }
        if now >= 0.0 {
            clipped.push(point);
        }
        previous = point;
        before = now;
    }
    clipped
}
