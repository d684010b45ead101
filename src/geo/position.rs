//! A place on the ellipsoid and the three elementary geodesic questions.

use std::fmt;

use ::geo::{Bearing, Destination, Distance, Geodesic, InterpolatePoint, Point};

use super::GeoError;

/// A place on the WGS84 ellipsoid: geodetic latitude and longitude, degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    lat: f64,
    lon: f64,
}

impl Position {
    /// Latitude and longitude zero.
    pub(super) const ORIGIN: Self = Self { lat: 0.0, lon: 0.0 };

    /// A place from latitude (-90 to 90) and longitude (-180 to 180), degrees.
    ///
    /// # Errors
    /// [`GeoError::BadPosition`] when either is not finite or out of range.
    pub fn new(lat: f64, lon: f64) -> Result<Self, GeoError> {
        let ok = lat.is_finite() && lon.is_finite() && lat.abs() <= 90.0 && lon.abs() <= 180.0;
        if ok { Ok(Self { lat, lon }) } else { Err(GeoError::BadPosition { lat, lon }) }
    }

    /// Latitude in degrees, north positive.
    #[must_use]
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Longitude in degrees, east positive, within -180 to 180.
    #[must_use]
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// A place whose longitude may lie up to a turn beyond its range.
    pub(super) fn wrapped(lat: f64, lon: f64) -> Self {
        Self::from_point(Point::new(lon, lat))
    }

    /// The same place as a `geo` point (x longitude, y latitude).
    pub(super) fn point(self) -> Point {
        Point::new(self.lon, self.lat)
    }

    /// The place at a share of the geodesic to another.
    pub(super) fn toward(self, to: Self, share: f64) -> Self {
        Self::from_point(Geodesic.point_at_ratio_between(self.point(), to.point(), share))
    }

    /// A place from a computed `geo` point; longitude is brought into range.
    pub(super) fn from_point(p: Point) -> Self {
        let mut lon = p.x();
        if lon > 180.0 {
            lon -= 360.0;
        } else if lon < -180.0 {
            lon += 360.0;
        }
        Self { lat: p.y().clamp(-90.0, 90.0), lon }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.5}, {:.5}", self.lat, self.lon)
    }
}

/// Length of the geodesic between two places, metres (Karney 2013, error below 15 nm).
#[must_use]
pub fn distance_m(a: Position, b: Position) -> f64 {
    Geodesic.distance(a.point(), b.point())
}

/// Direction at `a` of the geodesic to `b`, degrees clockwise from north, 0 to 360.
#[must_use]
pub fn azimuth_deg(a: Position, b: Position) -> f64 {
    Geodesic.bearing(a.point(), b.point())
}

/// The place reached from `a` by the geodesic in direction `azimuth_deg`
/// (degrees clockwise from north) after `metres`.
#[must_use]
pub fn destination(a: Position, azimuth_deg: f64, metres: f64) -> Position {
    Position::from_point(Geodesic.destination(a.point(), azimuth_deg, metres))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_position() {
        assert!(Position::new(33.0, 35.0).is_ok());
        assert!(Position::new(91.0, 35.0).is_err());
        assert!(Position::new(33.0, 180.1).is_err());
        assert!(Position::new(f64::NAN, 0.0).is_err());
    }

    #[test]
    fn crosses_the_date_line() {
        let a = Position::new(0.0, 179.9).unwrap();
        let b = Position::new(0.0, -179.9).unwrap();
        // 0.2 degrees of the equator of radius 6 378 137 m.
        assert!((distance_m(a, b) - 22_263.898).abs() < 0.01);
        assert!((azimuth_deg(a, b) - 90.0).abs() < 1e-9);
        let c = destination(a, 90.0, 22_263.898);
        assert!((c.lon() + 179.9).abs() < 1e-6 && c.lon() >= -180.0);
    }
}
