//! The curve at a signed distance from a reference line, for drawing.

use super::ecef::{Frame, Vec3, dot, sub};
use super::plane::steps;
use super::{Position, ReferenceLine, azimuth_deg, destination, distance_m};

/// Greatest spacing of the curve's points, metres.
const SPACING_M: f64 = 900.0;
/// The least turn between two of them round an end or a corner, degrees: it tells beyond
/// 1,000 km.
const TURN_DEG: f64 = 0.05;
/// A point farther than this from its distance belongs to no curve, metres.
const RIGHT_M: f64 = 2.0;
/// Pieces whose ends lie nearer than this are one curve, metres.
const JOIN_M: f64 = 400.0;
/// How far the round of an end stops short of the prolongation, degrees.
const SHORT_DEG: f64 = 1e-3;

/// A place on the line and the direction in which the curve lies from it.
#[derive(Debug, Clone, Copy)]
struct Ray {
    from: Position,
    azimuth_deg: f64,
    /// The vertex at or before it.
    vertex: usize,
}

impl ReferenceLine {
    /// The curves at that signed distance: on the positive side for `km` > 0, on
    /// the other for `km` < 0, round the line's ends up to the prolongation,
    /// each in the sense of the line. Empty for a distance of 0 or not finite.
    ///
    /// Points are at most about 1 km apart, farther only beyond 1,000 km, and right to 2 m; parts that lie
    /// nearer to another stretch of the line are left out.
    #[must_use]
    pub fn offset_curve(&self, km: f64) -> Vec<Vec<Position>> {
        if !km.is_finite() || km == 0.0 {
            return Vec::new();
        }
        let metres = km.abs() * 1000.0;
        let left = km * self.sign() > 0.0;
        let place = |ray: Ray| destination(ray.from, ray.azimuth_deg, metres);
        let chain = self.line().chain();
        let right = |ray: Ray, p: Position| {
            !chain.is_nearer(&Frame::at(p), metres - RIGHT_M, ray.vertex)
                && (self.signed_km(p) - km).abs() * 1000.0 <= RIGHT_M
        };
        let mut pieces: Vec<Vec<Position>> = Vec::new();
        let mut last: Option<(Ray, bool)> = None;
        for ray in self.rays(metres, left) {
            let p = place(ray);
            let on = right(ray, p);
            if let Some((before, was_on)) = last
                && was_on != on
            {
                let (mut good, mut bad) = if on { (ray, before) } else { (before, ray) };
                for _ in 0..14 {
                    let mid = between(good, bad);
                    if right(mid, place(mid)) {
                        good = mid;
                    } else {
                        bad = mid;
                    }
                }
                match (on, pieces.last_mut()) {
                    (false, Some(piece)) => piece.push(place(good)),
                    _ => pieces.push(vec![place(good)]),
                }
            }
            match (on, last, pieces.last_mut()) {
                (true, Some(_), Some(piece)) => piece.push(p),
                (true, ..) => pieces.push(vec![p]),
                (false, ..) => {}
            }
            last = Some((ray, on));
        }
        joined(pieces)
    }

    /// Rays in the sense of the line, turning round its ends and open corners.
    fn rays(&self, metres: f64, left: bool) -> Vec<Ray> {
        let chain = self.line().chain();
        let aside = if left { -90.0 } else { 90.0 };
        let turn = (SPACING_M / metres).to_degrees().clamp(TURN_DEG, 10.0);
        let vertices = chain.vertices();
        let mut rays = Vec::new();
        for (v, &at) in vertices.iter().enumerate() {
            let [into, out] = chain.directions(v).map(|d| d.map(heading));
            let (from, to) = match (into, out) {
                (None, Some(out)) => (out + 180.0, out + aside),
                (Some(into), None) => (into + aside, into),
                (Some(into), Some(out)) => (into + aside, out + aside),
                (None, None) => continue,
            };
            let mut sweep = wrapped(to - from);
            let mut from = from;
            match (into, out) {
                (None, _) => {
                    from -= SHORT_DEG.copysign(aside);
                    sweep += SHORT_DEG.copysign(aside);
                }
                (_, None) => sweep += SHORT_DEG.copysign(aside),
                // A corner is round only on its outer side.
                _ if sweep * aside > 0.0 => sweep = 0.0,
                _ => {}
            }
            let parts = (sweep.abs() / turn).ceil().max(1.0);
            for k in std::iter::once(0.0).chain(steps(parts + 1.0)) {
                rays.push(Ray { from: at, azimuth_deg: from + sweep * k / parts, vertex: v });
            }
            if let (Some(&next), Some(out)) = (vertices.get(v + 1), out) {
                rays.push(Ray { from: at, azimuth_deg: out + aside, vertex: v });
                let long = distance_m(at, next);
                let parts = (long / SPACING_M).ceil();
                rays.extend(steps(parts).map(|k| {
                    let from = at.toward(next, k / parts);
                    Ray { from, azimuth_deg: azimuth_deg(from, next) + aside, vertex: v }
                }));
            }
        }
        rays
    }
}

/// Azimuth of an (east, north) direction, degrees.
pub(super) fn heading([east, north]: [f64; 2]) -> f64 {
    libm::atan2(east, north).to_degrees()
}

/// An angle brought within -180 to 180 degrees.
fn wrapped(deg: f64) -> f64 {
    let r = deg.rem_euclid(360.0);
    if r > 180.0 { r - 360.0 } else { r }
}

/// The ray half way between two.
fn between(a: Ray, b: Ray) -> Ray {
    Ray {
        from: a.from.toward(b.from, 0.5),
        azimuth_deg: a.azimuth_deg + wrapped(b.azimuth_deg - a.azimuth_deg) / 2.0,
        vertex: a.vertex,
    }
}

/// Pieces of which one ends where another starts, as one.
fn joined(pieces: Vec<Vec<Position>>) -> Vec<Vec<Position>> {
    let origin = |p: &Position| Frame::at(*p).origin;
    let mut rest: Vec<(Vec3, Vec<Position>)> = pieces
        .into_iter()
        .filter(|piece| piece.len() > 1)
        .filter_map(|piece| Some((origin(piece.first()?), piece)))
        .collect();
    let mut out = Vec::new();
    while !rest.is_empty() {
        let (_, mut curve) = rest.remove(0);
        while let Some(&end) = curve.last() {
            let here = origin(&end);
            let near = rest
                .iter()
                .enumerate()
                // No geodesic is shorter than its chord.
                .filter(|(_, (start, _))| {
                    let d = sub(*start, here);
                    dot(d, d) <= (JOIN_M + 1.0) * (JOIN_M + 1.0)
                })
                .filter_map(|(i, (_, piece))| Some((i, distance_m(end, *piece.first()?))))
                .min_by(|a, b| a.1.total_cmp(&b.1));
            match near {
                Some((i, metres)) if metres <= JOIN_M => curve.extend(rest.remove(i).1),
                _ => break,
            }
        }
        out.push(curve);
    }
    out
}
