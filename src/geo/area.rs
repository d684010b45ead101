//! An area on the ellipsoid: what lies in it and how far its boundary is.

use ::geo::coordinate_position::CoordPos;
use ::geo::dimensions::Dimensions;
use ::geo::relate::IntersectionMatrix;
use ::geo::{
    Area as PlanarArea, BoundingRect, ConvexHull, GeodesicArea, Intersects, LineString, MultiPoint,
    Polygon, PreparedGeometry, Relate,
};

use super::chain::{Chain, without_repeats};
use super::ecef::{Frame, dot, sub};
use super::plane::{Plane, middle};
use super::simple::crosses_itself;
use super::{GeoError, Position, distance_m};

/// Farthest a vertex may lie from the middle of an area, metres.
const MAX_REACH_M: f64 = 5e6;
/// A ring that encloses less is taken as enclosing nothing, square metres.
const NOTHING_M2: f64 = 1.0;

/// An area: polygons with holes, whose edges are geodesics.
///
/// An area may cross the date line; it may reach at most 5000 km from its middle.
#[derive(Debug, Clone)]
pub struct Area {
    /// Closed rings: outer rings anticlockwise, holes clockwise.
    rings: Vec<Vec<Position>>,
    /// Index of the first ring (the outer one) of each polygon.
    outer: Vec<usize>,
    chains: Vec<Chain>,
    middle: Position,
    at: Frame,
    reach: f64,
}

impl Area {
    /// One polygon: its outer ring, then its holes; closed or not, in either sense.
    ///
    /// # Errors
    /// [`GeoError::RingTooShort`], [`GeoError::RingWithoutArea`],
    /// [`GeoError::RingCrossesItself`], [`GeoError::RingsDoNotFit`],
    /// [`GeoError::EdgeTooLong`] or [`GeoError::AreaTooLarge`].
    pub fn polygon(rings: Vec<Vec<Position>>) -> Result<Self, GeoError> {
        if rings.is_empty() {
            return Err(GeoError::RingTooShort { given: 0 });
        }
        let rings: Vec<Vec<Position>> =
            rings.iter().map(|ring| closed(ring)).collect::<Result<_, _>>()?;
        let area = Self::assemble(vec![rings])?;
        area.check()?;
        Ok(area)
    }

    /// Several polygons as one area; where they overlap or share an edge they
    /// are united.
    ///
    /// # Errors
    /// As [`Area::polygon`].
    pub fn multi(polygons: Vec<Vec<Vec<Position>>>) -> Result<Self, GeoError> {
        let mut areas = polygons.into_iter().map(Self::polygon).collect::<Result<Vec<_>, _>>()?;
        match areas.len() {
            1 => areas.pop().ok_or(GeoError::RingTooShort { given: 0 }),
            0 => Err(GeoError::RingTooShort { given: 0 }),
            _ => Self::union(&areas),
        }
    }

    /// Whether `p` lies in the area (on the boundary: either).
    #[must_use]
    pub fn contains(&self, p: Position) -> bool {
        self.holds(&Frame::at(p))
    }

    /// Geodesic distance to the boundary, kilometres: negative inside, positive
    /// outside.
    #[must_use]
    pub fn signed_km(&self, p: Position) -> f64 {
        let frame = Frame::at(p);
        let metres = self.nearest(p, &frame).map_or(f64::NAN, |(metres, _)| metres);
        if self.holds(&frame) { -metres / 1000.0 } else { metres / 1000.0 }
    }

    /// Geodesic area, square kilometres (Karney 2013).
    #[must_use]
    pub fn area_km2(&self) -> f64 {
        self.rings.iter().map(|ring| signed_m2(ring)).sum::<f64>().abs() / 1e6
    }

    /// The rings for drawing, each closed: outer rings anticlockwise, holes
    /// clockwise. A ring over the date line jumps from 180 to -180 degrees.
    #[must_use]
    pub fn outlines(&self) -> &[Vec<Position>] {
        &self.rings
    }

    /// The polygons for drawing: for each its outer ring, then its holes.
    pub fn polygons(&self) -> impl Iterator<Item = &[Vec<Position>]> + '_ {
        self.by_polygon(&self.rings)
    }

    /// An area from polygons known to be sound: closed rings, the outer first.
    ///
    /// # Errors
    /// [`GeoError::EdgeTooLong`] or [`GeoError::AreaTooLarge`].
    pub(super) fn assemble(polygons: Vec<Vec<Vec<Position>>>) -> Result<Self, GeoError> {
        let mut rings = Vec::new();
        let mut outer = Vec::new();
        for polygon in polygons {
            outer.push(rings.len());
            for (i, mut ring) in polygon.into_iter().enumerate() {
                if (signed_m2(&ring) > 0.0) != (i == 0) {
                    ring.reverse();
                }
                rings.push(ring);
            }
        }
        let chains = rings.iter().map(|ring| Chain::new(ring)).collect::<Result<Vec<_>, _>>()?;
        let middle = middle(rings.iter().flatten()).unwrap_or(Position::ORIGIN);
        let far = rings.iter().flatten().map(|&p| distance_m(middle, p)).fold(0.0, f64::max);
        if far > MAX_REACH_M {
            return Err(GeoError::AreaTooLarge { km: far / 1000.0 });
        }
        let at = Frame::at(middle);
        let reach = chains
            .iter()
            .flat_map(Chain::frames)
            .map(|f| sub(f.origin, at.origin))
            .map(|d| dot(d, d).sqrt())
            .fold(0.0, f64::max)
            + 10.0;
        Ok(Self { rings, outer, chains, middle, at, reach })
    }

    /// The middle of the vertices.
    pub(super) fn middle(&self) -> Position {
        self.middle
    }

    /// The polygons with edges of at most 10 km: for each its outer ring, then holes.
    pub(super) fn dense(&self) -> impl Iterator<Item = Vec<&[Position]>> + '_ {
        self.by_polygon(&self.chains).map(|chains| chains.iter().map(Chain::vertices).collect())
    }

    /// What there is of each ring, polygon by polygon.
    fn by_polygon<'a, T>(&'a self, of_rings: &'a [T]) -> impl Iterator<Item = &'a [T]> + 'a {
        self.outer.iter().enumerate().map(|(i, &from)| {
            let to = self.outer.get(i + 1).copied().unwrap_or(of_rings.len());
            of_rings.get(from..to).unwrap_or_default()
        })
    }

    /// Distance (metres) to the boundary and the nearest place on it.
    pub(super) fn nearest_place(&self, p: Position) -> Option<(f64, Position)> {
        let (metres, place) = self.nearest(p, &Frame::at(p))?;
        let (chain, part) = place;
        Some((metres, self.chains.get(chain)?.place(part)?))
    }

    fn nearest(&self, p: Position, frame: &Frame) -> Option<(f64, (usize, super::chain::Part))> {
        let mut best: Option<(f64, (usize, super::chain::Part))> = None;
        for (i, chain) in self.chains.iter().enumerate() {
            let within = best.map_or(f64::INFINITY, |b| b.0);
            if let Some(foot) = chain.nearest(p, frame, within)
                && foot.metres < within
            {
                best = Some((foot.metres, (i, foot.part)));
            }
        }
        best
    }

    fn holds(&self, frame: &Frame) -> bool {
        let d = sub(frame.origin, self.at.origin);
        dot(d, d) <= self.reach * self.reach
            && self.chains.iter().fold(false, |odd, chain| odd ^ chain.odd_crossings(frame))
    }

    /// Whether the rings enclose ground, do not cross and fit in each other.
    fn check(&self) -> Result<(), GeoError> {
        let plane = Plane::at(self.middle);
        for chain in &self.chains {
            let points: MultiPoint = plane.line(chain.vertices()).into_points().into();
            if points.convex_hull().unsigned_area() < NOTHING_M2 {
                return Err(GeoError::RingWithoutArea);
            }
        }
        for polygon in &plane.polygons(self.dense()) {
            let mut rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            if rings.any(crosses_itself) {
                return Err(GeoError::RingCrossesItself);
            }
            rings_fit(polygon)?;
        }
        Ok(())
    }
}

/// Whether holes lie in the outer ring, and rings touch each other in single places at
/// most. No ring may cross itself.
fn rings_fit(polygon: &Polygon) -> Result<(), GeoError> {
    let alone = |ring: &LineString| Polygon::new(ring.clone(), Vec::new());
    let along = |it: &IntersectionMatrix| {
        it.get(CoordPos::OnBoundary, CoordPos::OnBoundary) == Dimensions::OneDimensional
    };
    let outer = alone(polygon.exterior());
    let outer = PreparedGeometry::from(&outer);
    let holes: Vec<Polygon> = polygon.interiors().iter().map(alone).collect();
    for (index, hole) in holes.iter().enumerate() {
        let prepared = PreparedGeometry::from(hole);
        let within = outer.relate(&prepared);
        if !within.is_contains() || along(&within) {
            return Err(GeoError::RingsDoNotFit);
        }
        for other in holes.iter().skip(index + 1) {
            let apart = match (hole.bounding_rect(), other.bounding_rect()) {
                (Some(a), Some(b)) => !a.intersects(&b),
                _ => true,
            };
            if apart {
                continue;
            }
            let both = prepared.relate(other);
            let common = both.get(CoordPos::Inside, CoordPos::Inside);
            if common == Dimensions::TwoDimensional || along(&both) {
                return Err(GeoError::RingsDoNotFit);
            }
        }
    }
    Ok(())
}

/// A ring without repeats, with its first point again at the end.
fn closed(ring: &[Position]) -> Result<Vec<Position>, GeoError> {
    let mut kept = without_repeats(ring);
    while let [first, .., last] = kept.as_slice()
        && distance_m(*first, *last) < 1e-3
    {
        kept.pop();
    }
    if kept.len() < 3 {
        return Err(GeoError::RingTooShort { given: kept.len() });
    }
    kept.extend(kept.first().copied());
    Ok(kept)
}

/// Signed geodesic area of a ring, square metres, positive anticlockwise.
fn signed_m2(ring: &[Position]) -> f64 {
    let line: LineString = ring.iter().map(|p| p.point()).collect();
    Polygon::new(line, Vec::new()).geodesic_area_signed()
}
