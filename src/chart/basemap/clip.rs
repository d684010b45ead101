//! Cutting lines and rings at the edges of a view.

use super::Ring;
use super::view::Bounds;

/// The runs of a line inside the frame (Liang and Barsky).
pub(super) fn clip_line(points: &[(f64, f64)], frame: &Bounds) -> Vec<Vec<(f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let [a, b] = [pair[0], pair[1]];
        let (dy, dx) = (b.0 - a.0, b.1 - a.1);
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        let mut outside = false;
        for (step, room) in [
            (-dx, a.1 - frame.west),
            (dx, frame.east - a.1),
            (-dy, a.0 - frame.south),
            (dy, frame.north - a.0),
        ] {
            if step < 0.0 {
                enter = enter.max(room / step);
            } else if step > 0.0 {
                leave = leave.min(room / step);
            } else if room < 0.0 {
                outside = true;
            }
        }
        if outside || enter >= leave {
            open = false;
            continue;
        }
        let at = |t: f64| {
            if t <= 0.0 {
                a
            } else if t >= 1.0 {
                b
            } else {
                // Rounding must not carry the point over the edge.
                (
                    (a.0 + t * dy).clamp(frame.south, frame.north),
                    (a.1 + t * dx).clamp(frame.west, frame.east),
                )
            }
        };
        match runs.last_mut() {
            Some(run) if open && enter <= 0.0 => run.push(at(leave)),
            _ => runs.push(vec![at(enter), at(leave)]),
        }
        open = leave >= 1.0;
    }
    runs
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
