//! The ground between two signed distances from a reference line.

use ::geo::algorithm::buffer::Buffer;
use ::geo::orient::{Direction, Orient};
use ::geo::{BooleanOps, Contains, Coord, InteriorPoint, MultiPolygon, Polygon, unary_union};

use super::area_ops::from_plane;
use super::area_shapes::{MAX_KM, line_buffer};
use super::offset::heading;
use super::plane::{Plane, length, steps};
use super::{Area, GeoError, Position, ReferenceLine, destination};

/// Half width of the cut along the line, metres.
const CUT_M: f64 = 0.5;
/// Bounds nearer to nought, or to each other, than this are not told apart,
/// kilometres.
const NEAREST_KM: f64 = 0.002;
/// Step of the sweep round an end, degrees.
const SWEEP_DEG: f64 = 0.5;
/// Spacing of points along the straight edges of a sector, metres.
const EDGE_M: f64 = 5_000.0;
/// How far inside its outline a band is checked, metres.
const INSIDE_M: f64 = 60.0;
/// How many sides of an outline are checked.
const CHECKS: usize = 400;
/// Tolerance of being nearest to an end, metres.
const EXIT_M: f64 = 0.5;

impl Area {
    /// The ground whose signed distance from the line is at least `from_km` and
    /// less than `to_km`, its outline right to a few metres; past the line's ends
    /// it stops at the prolongation where only one side is meant.
    ///
    /// Make one band rather than unite two that only touch: between those a cut
    /// of up to a metre may stay.
    ///
    /// # Errors
    /// [`GeoError::BadDistance`] unless -2000 <= `from_km` < `to_km` <= 2000 and
    /// they are at least 2 m apart; [`GeoError::BandFolds`] for a line so
    /// curled that its sides have no simple outline.
    pub fn band(line: &ReferenceLine, from_km: f64, to_km: f64) -> Result<Self, GeoError> {
        let bad = |km| GeoError::BadDistance {
            what: "a bound of a band",
            km,
            allowed: "from -2000 to 2000, the lower bound first and at least 0.002 below the upper",
        };
        if !(-MAX_KM..=MAX_KM).contains(&from_km) {
            return Err(bad(from_km));
        }
        if !(-MAX_KM..=MAX_KM).contains(&to_km) || to_km - from_km < NEAREST_KM {
            return Err(bad(to_km));
        }
        if from_km >= 0.0 {
            return half(line, 1.0, from_km, to_km);
        }
        if to_km <= 0.0 {
            return half(line, -1.0, -to_km, -from_km);
        }
        // Both sides: the whole buffer as far as both go, then the one that
        // goes farther; they overlap, so that no gap is left between them.
        let (near, far, sign) =
            if to_km > -from_km { (-from_km, to_km, 1.0) } else { (to_km, -from_km, -1.0) };
        let rest = || half(line, sign, near / 2.0, far);
        if near < NEAREST_KM {
            return rest();
        }
        let both = Self::buffer_line(line.line(), near)?;
        if far - near < NEAREST_KM {
            return Ok(both);
        }
        Self::union(&[both, rest()?])
    }
}

/// The ground on one side (`sign` of the signed distance) between two distances.
///
/// The buffer of the line is cut along the line and, round its ends, by the
/// other side's quarter of what is nearest to the end; the pieces that lie on
/// the side asked for are kept.
fn half(line: &ReferenceLine, sign: f64, low_km: f64, high_km: f64) -> Result<Area, GeoError> {
    let (plane, outer) = line_buffer(line.line(), high_km)?;
    let mut ground = outer;
    if low_km >= NEAREST_KM {
        let (_, inner) = line_buffer(line.line(), low_km)?;
        ground = ground.difference(&inner);
    }
    let left = sign * line.sign() > 0.0;
    let radius = high_km * 1050.0 + 1000.0;
    let mut cuts = plane
        .line(line.line().chain().vertices())
        .buffer(CUT_M)
        .into_iter()
        .collect::<Vec<Polygon>>();
    cuts.push(sector(&plane, line, true, !left, radius));
    cuts.push(sector(&plane, line, false, !left, radius));
    let mut kept = Vec::new();
    let mut whole = true;
    for piece in ground.difference(&unary_union(&cuts)) {
        let Some(within) = piece.interior_point() else {
            continue;
        };
        let side = (sign * line.signed_km(plane.back(within.0))).signum();
        whole &= one_sided(&plane, line, sign * side, &piece);
        if side > 0.0 {
            kept.push(piece);
        }
    }
    if !whole {
        let (from_km, to_km) = if sign > 0.0 { (low_km, high_km) } else { (-high_km, -low_km) };
        return Err(GeoError::BandFolds { from_km, to_km });
    }
    from_plane(&plane, &MultiPolygon::new(kept), "the band")
}

/// Whether places just inside a piece's outline lie on the side of that sign.
fn one_sided(plane: &Plane, line: &ReferenceLine, sign: f64, piece: &Polygon) -> bool {
    let sides: Vec<_> = piece
        .exterior()
        .lines()
        .chain(piece.interiors().iter().flat_map(|ring| ring.lines()))
        .collect();
    let every = sides.len() / CHECKS + 1;
    sides.iter().step_by(every).all(|side| {
        let d = side.end - side.start;
        let long = length(d);
        let inside = Coord { x: -d.y / long * INSIDE_M, y: d.x / long * INSIDE_M };
        let c = (side.start + side.end) / 2.0 + inside;
        !piece.contains(&c) || sign * line.signed_km(plane.back(c)) > 0.0
    })
}

/// The quarter of ground on one side of the prolongation of an end whose nearest
/// place of the line is that end, out to `radius` metres.
fn sector(plane: &Plane, line: &ReferenceLine, start: bool, left: bool, radius: f64) -> Polygon {
    let chain = line.line().chain();
    let v = if start { 0 } else { chain.vertices().len().saturating_sub(1) };
    let [into, out] = chain.directions(v);
    let ahead = match (into, out) {
        (Some(d), None) => heading(d),
        (_, Some(d)) => heading(d) + 180.0,
        (None, None) => 0.0,
    };
    let end = chain.vertices().get(v).copied().unwrap_or(Position::ORIGIN);
    let turn = if left == start { 1.0 } else { -1.0 };
    let reach = |azimuth: f64| {
        let nearest =
            |t: f64| line.line().distance_m(destination(end, azimuth, t)) >= t - EXIT_M - 1e-6 * t;
        let (mut good, mut bad) = (0.0, radius);
        if nearest(radius) {
            return radius;
        }
        while bad - good > 1.0 {
            let t = (good + bad) / 2.0;
            if nearest(t) {
                good = t;
            } else {
                bad = t;
            }
        }
        good
    };
    let mut ring: Vec<Position> = vec![end];
    let edge = |azimuth: f64| -> Vec<Position> {
        let long = reach(azimuth);
        let parts = (long / EDGE_M).ceil().max(1.0);
        steps(parts).map(|k| destination(end, azimuth, long * k / parts)).collect()
    };
    ring.extend(edge(ahead));
    let sweep = 90.0 / SWEEP_DEG;
    for k in std::iter::once(0.0).chain(steps(sweep + 1.0)) {
        let azimuth = ahead + turn * 90.0 * k / sweep;
        ring.push(destination(end, azimuth, reach(azimuth)));
    }
    ring.extend(edge(ahead + turn * 90.0).into_iter().rev());
    // One sense for all: a union counts turns.
    Polygon::new(plane.line(&ring), Vec::new()).orient(Direction::Default)
}
