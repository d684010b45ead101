//! A path between places.

use super::chain::{edge_m, without_repeats};
use super::{GeoError, Position, azimuth_deg, destination};

/// Shortest route accepted, metres.
const SHORTEST_M: f64 = 1.0;
/// Longest route accepted, metres: once round the earth.
const LONGEST_M: f64 = 4e7;

/// One geodesic from a vertex of a route to the next.
#[derive(Debug, Clone, PartialEq)]
struct Leg {
    from: Position,
    azimuth_deg: f64,
    starts_m: f64,
}

/// A path between places: geodesics between its vertices.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    points: Vec<Position>,
    legs: Vec<Leg>,
    length_m: f64,
}

impl Route {
    /// A route through the points in order; repeats of a point are dropped.
    ///
    /// # Errors
    /// [`GeoError::TooFewPoints`] for a route without two different points or
    /// shorter than a metre; [`GeoError::EdgeTooLong`] for a leg over 5000 km,
    /// [`GeoError::RouteTooLong`] for a route over 40,000 km.
    pub fn new(points: Vec<Position>) -> Result<Self, GeoError> {
        let points = without_repeats(&points);
        let mut legs = Vec::with_capacity(points.len());
        let mut length_m = 0.0;
        for pair in points.windows(2) {
            let &[from, to] = pair else { continue };
            let metres = edge_m(from, to)?;
            legs.push(Leg { from, azimuth_deg: azimuth_deg(from, to), starts_m: length_m });
            length_m += metres;
        }
        if length_m > LONGEST_M {
            return Err(GeoError::RouteTooLong { km: length_m / 1000.0 });
        }
        if length_m < SHORTEST_M {
            return Err(GeoError::TooFewPoints {
                what: "a route (of at least 1 m)",
                given: points.len().min(1),
            });
        }
        Ok(Self { points, legs, length_m })
    }

    /// The vertices, without repeats.
    #[must_use]
    pub fn points(&self) -> &[Position] {
        &self.points
    }

    /// Geodesic length, metres.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.length_m
    }

    /// The place `metres` along the route; before its start the start, past its
    /// end the end.
    #[must_use]
    pub fn at_m(&self, metres: f64) -> Position {
        let after = self.legs.partition_point(|leg| leg.starts_m <= metres);
        let first = self.points.first().copied();
        let last = self.points.last().copied().or(first);
        match self.legs.get(after.saturating_sub(1)) {
            Some(leg) if metres < self.length_m => {
                let on = (metres - leg.starts_m).max(0.0);
                destination(leg.from, leg.azimuth_deg, on)
            }
            Some(leg) => last.unwrap_or(leg.from),
            None => last.unwrap_or(Position::ORIGIN),
        }
    }

    /// Where the legs start, metres along the route, first 0.
    pub(super) fn leg_starts_m(&self) -> impl Iterator<Item = f64> + '_ {
        self.legs.iter().map(|leg| leg.starts_m)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::distance_m;

    fn p(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).unwrap()
    }

    #[test]
    fn clamps_and_passes_its_vertices() {
        let r = Route::new(vec![p(33.0, 36.0), p(33.5, 36.0), p(33.5, 37.0)]).unwrap();
        assert_eq!(r.at_m(-5.0), p(33.0, 36.0));
        assert_eq!(r.at_m(1e9), p(33.5, 37.0));
        let corner = distance_m(p(33.0, 36.0), p(33.5, 36.0));
        assert!(distance_m(r.at_m(corner), p(33.5, 36.0)) < 1e-6);
        assert!((distance_m(r.at_m(corner + 100.0), p(33.5, 36.0)) - 100.0).abs() < 1e-6);
    }

    #[test]
    fn refuses_a_route_to_nowhere() {
        assert!(Route::new(vec![p(33.0, 36.0)]).is_err());
        assert!(Route::new(vec![p(33.0, 36.0), p(33.000_001, 36.0)]).is_err());
    }
}
