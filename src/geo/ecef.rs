//! Earth-centred coordinates: cheap bounds and directions beside the exact geodesics.

use super::Position;

/// WGS84 equatorial radius, metres.
const A: f64 = 6_378_137.0;
/// WGS84 first eccentricity squared, from flattening 1/298.257223563.
const E2: f64 = 6.694_379_990_141_316_5e-3;

/// A vector of three coordinates, metres (or without unit).
pub(super) type Vec3 = [f64; 3];

pub(super) fn sub(a: Vec3, b: Vec3) -> Vec3 {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

pub(super) fn dot(a: Vec3, b: Vec3) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// A place's earth-centred position and its east and north directions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) origin: Vec3,
    east: Vec3,
    north: Vec3,
}

impl Frame {
    pub(super) fn at(p: Position) -> Self {
        let (sin_lat, cos_lat) = libm::sincos(p.lat().to_radians());
        let (sin_lon, cos_lon) = libm::sincos(p.lon().to_radians());
        let n = A / (1.0 - E2 * sin_lat * sin_lat).sqrt();
        Self {
            origin: [n * cos_lat * cos_lon, n * cos_lat * sin_lon, n * (1.0 - E2) * sin_lat],
            east: [-sin_lon, cos_lon, 0.0],
            north: [-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat],
        }
    }

    /// East and north components of the straight line to `target`, metres.
    pub(super) fn east_north(&self, target: Vec3) -> [f64; 2] {
        let d = sub(target, self.origin);
        [dot(d, self.east), dot(d, self.north)]
    }

    /// Unit direction (east, north) toward `target`: the normal section's, which
    /// within 600 km differs from the geodesic's by less than 6e-6 rad.
    /// Zero for the place itself.
    pub(super) fn direction(&self, target: Vec3) -> [f64; 2] {
        let [e, n] = self.east_north(target);
        let h = (e * e + n * n).sqrt();
        if h > 0.0 { [e / h, n / h] } else { [0.0, 0.0] }
    }
}

/// How much two geodesic lengths may differ although their chords are equal:
/// c^3/24 (1/Rmin^2 - 1/Rmax^2) over the WGS84 radii of curvature, doubled, plus twice
/// the sag of edges of that length beneath the surface, and a millimetre for rounding.
pub(super) fn chord_margin_m(chord: f64, edge: f64) -> f64 {
    1e-3 + 5e-8 * edge * edge + 5e-17 * chord * chord * chord
}
