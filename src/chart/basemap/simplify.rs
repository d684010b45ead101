//! Leaving out points that a drawing does not need.

use geo::{LineString, SimplifyIdx};

use super::shape::Grid;

/// The points that a line needs to stay within `tolerance` degrees of itself
/// (Douglas and Peucker). The first and the last always stay.
pub(super) fn simplified(points: &[(i32, i32)], grid: Grid, tolerance: f64) -> Vec<(i32, i32)> {
    if points.len() < 3 || tolerance.is_nan() || tolerance <= 0.0 {
        return points.to_vec();
    }
    let kept = line(points, grid).simplify_idx(tolerance);
    kept.into_iter().map(|n| points[n]).collect()
}

/// A line in degrees, not moved to where the grid begins.
pub(super) fn line(points: &[(i32, i32)], grid: Grid) -> LineString {
    points.iter().map(|(x, y)| (f64::from(*x) * grid.dlon, f64::from(*y) * grid.dlat)).collect()
}
