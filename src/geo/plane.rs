//! An azimuthal-equidistant plane, for the planar operations of `geo`.

use ::geo::{Coord, LineString, MultiPolygon, Point, Polygon};

use super::{Position, azimuth_deg, destination, distance_m};

/// An azimuthal-equidistant plane: x east and y north of its centre, metres;
/// distances and directions from the centre are exact.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plane {
    centre: Position,
}

impl Plane {
    pub(super) fn at(centre: Position) -> Self {
        Self { centre }
    }

    pub(super) fn flat(&self, p: Position) -> Coord {
        let s = distance_m(self.centre, p);
        let (sin, cos) = libm::sincos(azimuth_deg(self.centre, p).to_radians());
        Coord { x: s * sin, y: s * cos }
    }

    pub(super) fn back(&self, c: Coord) -> Position {
        destination(self.centre, libm::atan2(c.x, c.y).to_degrees(), length(c))
    }

    pub(super) fn line(&self, points: &[Position]) -> LineString {
        points.iter().map(|&p| self.flat(p)).collect()
    }

    /// Polygons (outer ring, then holes) in the plane.
    pub(super) fn polygons<'a>(
        &self,
        polygons: impl Iterator<Item = Vec<&'a [Position]>>,
    ) -> MultiPolygon {
        polygons
            .map(|rings| {
                let mut flat = rings.into_iter().map(|ring| self.line(ring));
                let outer = flat.next().unwrap_or_else(|| LineString::new(Vec::new()));
                Polygon::new(outer, flat.collect())
            })
            .collect()
    }
}

/// The whole numbers from 1 on below so many parts.
pub(super) fn steps(parts: f64) -> impl Iterator<Item = f64> {
    (1..).map(f64::from).take_while(move |k| *k < parts)
}

/// How far a place of a plane is from its centre.
pub(super) fn length(c: Coord) -> f64 {
    (c.x * c.x + c.y * c.y).sqrt()
}

/// Kilometres east and north of `centre`, in the azimuthal-equidistant plane
/// there: distances between two places within r kilometres of it are right to a
/// share of (r / 6371)² / 6.
pub fn east_north_km(centre: Position, p: Position) -> [f64; 2] {
    let flat = Plane::at(centre).flat(p);
    [flat.x / 1000.0, flat.y / 1000.0]
}

/// The ring's corners and enough places between them that no side exceeds `step`.
pub(super) fn densified(ring: &LineString, step: f64) -> Vec<Coord> {
    let mut out: Vec<Coord> = ring.0.first().copied().into_iter().collect();
    for side in ring.lines() {
        let d = side.end - side.start;
        let parts = (length(d) / step).ceil().max(1.0);
        out.extend(steps(parts).map(|k| side.start + d * (k / parts)));
        out.push(side.end);
    }
    out
}

/// The middle of some places: the mean of their directions from the earth's
/// centre, `None` when they cancel out.
pub fn middle<'a>(points: impl Iterator<Item = &'a Position>) -> Option<Position> {
    let mut sum = [0.0; 3];
    for p in points {
        let (sin_lat, cos_lat) = libm::sincos(p.lat().to_radians());
        let (sin_lon, cos_lon) = libm::sincos(p.lon().to_radians());
        for (s, x) in sum.iter_mut().zip([cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]) {
            *s += x;
        }
    }
    let flat = (sum[0] * sum[0] + sum[1] * sum[1]).sqrt();
    if flat == 0.0 && sum[2] == 0.0 {
        return None;
    }
    let lat = libm::atan2(sum[2], flat).to_degrees();
    let lon = libm::atan2(sum[1], sum[0]).to_degrees();
    Some(Position::from_point(Point::new(lon, lat)))
}
