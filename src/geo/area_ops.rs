//! Areas from areas: union, intersection, difference.

use ::geo::{Area as PlanarArea, BooleanOps, LineString, MultiPolygon, unary_union};

use super::chain::without_repeats;
use super::plane::{Plane, densified, length, middle};
use super::{Area, GeoError, Position};

/// Longest edge kept straight in the plane, metres.
const STEP_M: f64 = 10_000.0;
/// Rings thinner than this on average are artefacts of rounding, metres.
const THIN_M: f64 = 0.5;

impl Area {
    /// The ground in at least one of the areas.
    ///
    /// Computed with edges of at most 10 km in the azimuthal-equidistant plane
    /// of the areas' middle; so are the intersection and the difference.
    ///
    /// # Errors
    /// [`GeoError::EmptyArea`] without areas; [`GeoError::AreaTooLarge`].
    pub fn union(areas: &[Self]) -> Result<Self, GeoError> {
        let plane = common_plane(areas.iter());
        let flat: Vec<MultiPolygon> = areas.iter().map(|a| plane.polygons(a.dense())).collect();
        from_plane(&plane, &unary_union(&flat), "the union")
    }

    /// The ground in both areas.
    ///
    /// # Errors
    /// [`GeoError::EmptyArea`] when they have none in common.
    pub fn intersection(a: &Self, b: &Self) -> Result<Self, GeoError> {
        let plane = common_plane([a, b].into_iter());
        let both = plane.polygons(a.dense()).intersection(&plane.polygons(b.dense()));
        from_plane(&plane, &both, "the intersection")
    }

    /// The ground in `a` that is not in `b`.
    ///
    /// # Errors
    /// [`GeoError::EmptyArea`] when `b` covers `a`.
    pub fn difference(a: &Self, b: &Self) -> Result<Self, GeoError> {
        let plane = common_plane([a, b].into_iter());
        let rest = plane.polygons(a.dense()).difference(&plane.polygons(b.dense()));
        from_plane(&plane, &rest, "the difference")
    }
}

/// The plane about the middle of the areas' middles.
fn common_plane<'a>(areas: impl Iterator<Item = &'a Area>) -> Plane {
    let middles: Vec<Position> = areas.map(Area::middle).collect();
    Plane::at(middle(middles.iter()).unwrap_or(Position::ORIGIN))
}

/// Polygons of a plane as an area, without the slivers that rounding leaves.
///
/// # Errors
/// [`GeoError::EmptyArea`] when nothing is left of `what`.
pub(super) fn from_plane(
    plane: &Plane,
    flat: &MultiPolygon,
    what: &'static str,
) -> Result<Area, GeoError> {
    let back = |ring: &LineString| -> Vec<Position> {
        densified(ring, STEP_M).into_iter().map(|c| plane.back(c)).collect()
    };
    let polygons: Vec<Vec<Vec<Position>>> = flat
        .iter()
        .filter(|polygon| !thin(polygon.exterior()))
        .map(|polygon| {
            let holes = polygon.interiors().iter().filter(|ring| !thin(ring));
            std::iter::once(polygon.exterior())
                .chain(holes)
                .map(back)
                .filter_map(|ring| sound(&ring))
                .collect()
        })
        .filter(|rings: &Vec<_>| !rings.is_empty())
        .collect();
    if polygons.is_empty() {
        return Err(GeoError::EmptyArea { what });
    }
    Area::assemble(polygons)
}

/// A closed ring without repeats; `None` when nothing is left of it.
pub(super) fn sound(ring: &[Position]) -> Option<Vec<Position>> {
    let mut kept = without_repeats(ring);
    if kept.len() > 1 && kept.first() != kept.last() {
        // The closing point was a repeat: close exactly.
        kept.pop();
        kept.extend(kept.first().copied());
    }
    (kept.len() >= 4).then_some(kept)
}

/// Whether a ring of a plane is a sliver.
fn thin(ring: &LineString) -> bool {
    let around: f64 = ring.lines().map(|l| length(l.end - l.start)).sum();
    let area = ::geo::Polygon::new(ring.clone(), Vec::new()).unsigned_area();
    area < THIN_M * around / 2.0 || area < 1.0
}
