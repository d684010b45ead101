//! Leaving out points that a drawing does not need.

use super::shape::Grid;

/// The points that a line needs to stay within `tolerance` degrees of itself
/// (Douglas and Peucker). The first and the last always stay.
pub(super) fn simplified(points: &[(i32, i32)], grid: Grid, tolerance: f64) -> Vec<(i32, i32)> {
    if points.len() < 3 || tolerance.is_nan() || tolerance <= 0.0 {
        return points.to_vec();
    }
    let place = |n: usize| {
        let (x, y) = points[n];
        (f64::from(x) * grid.dlon, f64::from(y) * grid.dlat)
    };
    let mut keep = vec![false; points.len()];
    let last = points.len() - 1;
    keep[0] = true;
    keep[last] = true;
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let (a, b) = (place(from), place(to));
        let mut farthest = (from, tolerance * tolerance);
        for n in from + 1..to {
            let distance = squared_distance(place(n), a, b);
            if distance > farthest.1 {
                farthest = (n, distance);
            }
        }
        if farthest.0 > from {
            keep[farthest.0] = true;
            open.push((from, farthest.0));
            open.push((farthest.0, to));
        }
    }
    let kept = points.iter().zip(keep).filter(|(_, keep)| *keep);
    kept.map(|(point, _)| *point).collect()
}

/// The squared distance of a point from the segment between `a` and `b`.
pub(super) fn squared_distance(p: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 {
        (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (ex, ey) = (p.0 - a.0 - along * dx, p.1 - a.1 - along * dy);
    ex * ex + ey * ey
}
