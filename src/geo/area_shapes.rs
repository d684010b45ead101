//! Areas at a distance: circles and buffers.

use ::geo::algorithm::buffer::{Buffer, BufferStyle, LineCap, LineJoin};
use ::geo::{LineString, MultiPolygon, Simplify};

use super::area_ops::{from_plane, sound};
use super::plane::{Plane, densified, middle, steps};
use super::{Area, GeoError, Line, Position, azimuth_deg, destination, distance_m};

/// How far a side of an outline may cut inside the curve it stands for, metres.
const SAG_M: f64 = 2.0;
/// Longest side of an outline, metres.
const LONGEST_M: f64 = 5_000.0;
/// Shortest step along a source at which a buffer is settled, metres.
const SHORTEST_M: f64 = 250.0;
/// Finest angle of a round corner, radians.
const CORNER: f64 = 0.05;
/// Vertices that change an outline by less are left out, metres.
const NEEDLESS_M: f64 = 0.5;
/// How often a side of an outline is halved at most.
const DEEPEST: u32 = 8;
/// Largest distance of a buffer, kilometres.
pub(super) const MAX_KM: f64 = 2_000.0;
/// A buffer's vertex is right when this near to its distance, metres.
const RIGHT_M: f64 = 0.2;

impl Area {
    /// The ground within `km` of a place, its outline right to 2 m.
    ///
    /// # Errors
    /// [`GeoError::BadDistance`] unless `km` is within 0.001 to 2000.
    pub fn circle(centre: Position, km: f64) -> Result<Self, GeoError> {
        let radius = positive("a radius", km)? * 1000.0;
        let n = (std::f64::consts::TAU * radius / step_m(radius))
            .max(std::f64::consts::TAU / CORNER)
            .ceil();
        let each = std::iter::once(0.0).chain(steps(n));
        let mut ring: Vec<Position> =
            each.map(|k| destination(centre, -360.0 * k / n, radius)).collect();
        ring.extend(ring.first().copied());
        Self::assemble(vec![vec![ring]])
    }

    /// The ground within `km` of a line, round its ends too; the outline is
    /// right to a few metres.
    ///
    /// # Errors
    /// [`GeoError::BadDistance`] unless `km` is within 0.001 to 2000.
    pub fn buffer_line(line: &Line, km: f64) -> Result<Self, GeoError> {
        let (plane, flat) = line_buffer(line, km)?;
        from_plane(&plane, &flat, "the buffer")
    }

    /// The area grown by `km`, or shrunk where `km` is negative; the outline is
    /// right to a few metres.
    ///
    /// # Errors
    /// [`GeoError::BadDistance`] unless the size of `km` is within 0.001 to
    /// 2000; [`GeoError::EmptyArea`] when nothing is left of a shrunk area.
    pub fn buffer_area(area: &Self, km: f64) -> Result<Self, GeoError> {
        let metres = positive("a buffer", km.abs())? * 1000.0;
        let plane = Plane::at(area.middle());
        let style = BufferStyle::new(metres * km.signum()).line_join(LineJoin::Round(CORNER));
        let raw = plane.polygons(area.dense()).buffer_with_style(style);
        let right = settle(&plane, &raw, metres, |p| area.nearest_place(p));
        from_plane(&plane, &right, "the buffer")
    }
}

/// The ground within `km` of a line, as polygons of a plane about it.
pub(super) fn line_buffer(line: &Line, km: f64) -> Result<(Plane, MultiPolygon), GeoError> {
    let metres = positive("a buffer", km)? * 1000.0;
    let chain = line.chain();
    let plane = Plane::at(middle(chain.vertices().iter()).unwrap_or(Position::ORIGIN));
    let style = BufferStyle::new(metres)
        .line_join(LineJoin::Round(CORNER))
        .line_cap(LineCap::Round(CORNER));
    let raw = plane.line(chain.vertices()).buffer_with_style(style);
    let right = settle(&plane, &raw, metres, |p| line.nearest_place(p));
    Ok((plane, right))
}

/// Checks that a distance in kilometres is within 0.001 to 2000.
fn positive(what: &'static str, km: f64) -> Result<f64, GeoError> {
    if (0.001..=MAX_KM).contains(&km) {
        Ok(km)
    } else {
        Err(GeoError::BadDistance { what, km, allowed: "from 0.001 to 2000" })
    }
}

/// Side of an outline that sags by `SAG_M` on a curve of that radius, metres;
/// not short, for where the radius is small round corners are fine already.
fn step_m(radius: f64) -> f64 {
    (8.0 * SAG_M * radius).sqrt().clamp(SHORTEST_M, LONGEST_M)
}

/// Moves each vertex of a planar buffer along the geodesic from its nearest
/// source so that its geodesic distance is `metres`, and adds vertices where the
/// sides between would be off (at re-entrant corners).
fn settle(
    plane: &Plane,
    raw: &MultiPolygon,
    metres: f64,
    nearest: impl Fn(Position) -> Option<(f64, Position)>,
) -> MultiPolygon {
    let moved = |mut p: Position| {
        for _ in 0..10 {
            match nearest(p) {
                Some((d, foot)) if (d - metres).abs() >= RIGHT_M => {
                    p = destination(foot, azimuth_deg(foot, p), metres);
                }
                _ => break,
            }
        }
        p
    };
    let off = |p: Position| nearest(p).map_or(0.0, |(d, _)| (d - metres).abs());
    let ring = |r: &LineString| -> LineString {
        let mut out: Vec<Position> = Vec::new();
        for c in densified(r, step_m(metres)) {
            let p = moved(plane.back(c));
            if let Some(&last) = out.last() {
                bend(&moved, &off, last, p, DEEPEST, &mut out);
            }
            out.push(p);
        }
        plane.line(&sound(&out).unwrap_or_default()).simplify(NEEDLESS_M)
    };
    raw.iter()
        .map(|polygon| {
            let holes = polygon.interiors().iter().map(ring);
            ::geo::Polygon::new(ring(polygon.exterior()), holes.collect())
        })
        .collect()
}

/// Appends vertices between `a` and `b` while the middle of a side is off.
fn bend(
    moved: &impl Fn(Position) -> Position,
    off: &impl Fn(Position) -> f64,
    a: Position,
    b: Position,
    depth: u32,
    out: &mut Vec<Position>,
) {
    let long = distance_m(a, b);
    let middle = destination(a, azimuth_deg(a, b), long / 2.0);
    if depth == 0 || long < SAG_M || off(middle) <= 1.5 * SAG_M {
        return;
    }
    let p = moved(middle);
    bend(moved, off, a, p, depth - 1, out);
    out.push(p);
    bend(moved, off, p, b, depth - 1, out);
}
