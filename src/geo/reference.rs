//! A line with its positive side, from which the terms of an agreement measure.

use std::collections::BTreeSet;

use super::chain::{Part, REPEAT_M};
use super::ecef::Frame;
use super::{GeoError, Line, Position, distance_m};

/// A point that names a side must lie at least this far from the line, metres.
const DECIDED_M: f64 = 50.0;
/// Two edges that part by less are one, metres.
const APART_M: f64 = 0.01;

/// A line with its positive side.
#[derive(Debug, Clone)]
pub struct ReferenceLine {
    line: Line,
    left_is_positive: bool,
}

impl ReferenceLine {
    /// A line whose positive side is the one on which `toward` lies.
    ///
    /// # Errors
    /// [`GeoError::SideUndecided`] when `toward` lies within 50 m of the line or,
    /// past an end, of its prolongation; [`GeoError::DoublesBack`] for a line that goes
    /// back over an edge of its own.
    pub fn new(line: Line, toward: Position) -> Result<Self, GeoError> {
        doubles_back(line.points())?;
        let off = clearance_m(&line, toward);
        if off.is_nan() || off < DECIDED_M {
            return Err(GeoError::SideUndecided { toward: toward.to_string(), metres: off });
        }
        let left_is_positive = line.side_m(toward) > 0.0;
        Ok(Self { line, left_is_positive })
    }

    /// Signed geodesic distance from the line, kilometres: positive on the side
    /// of `toward`. See [`Line::side_m`] for ends and corners.
    #[must_use]
    pub fn signed_km(&self, p: Position) -> f64 {
        self.sign() * self.line.side_m(p) / 1000.0
    }

    /// The line.
    #[must_use]
    pub fn line(&self) -> &Line {
        &self.line
    }

    /// Whether the side left of the line, looking along its points, is the positive one.
    #[must_use]
    pub fn left_is_positive(&self) -> bool {
        self.left_is_positive
    }

    /// 1 when the left of the line is positive, otherwise -1.
    pub(super) fn sign(&self) -> f64 {
        if self.left_is_positive { 1.0 } else { -1.0 }
    }
}

/// Looks for an edge that is gone over again in the other direction: at a turn, or
/// between the same two points.
fn doubles_back(points: &[Position]) -> Result<(), GeoError> {
    let bits = |p: Position| (p.lat().to_bits(), p.lon().to_bits());
    let mut edges = BTreeSet::new();
    let mut last: Option<(Option<Position>, Position)> = None;
    for (point, &p) in points.iter().enumerate() {
        let Some((before, at)) = last else {
            last = Some((None, p));
            continue;
        };
        if distance_m(at, p) < REPEAT_M {
            continue;
        }
        let back = edges.contains(&(bits(p), bits(at)))
            || before.is_some_and(|before| turns_back(before, at, p));
        if back {
            return Err(GeoError::DoublesBack { at: at.to_string(), point });
        }
        edges.insert((bits(at), bits(p)));
        last = Some((Some(at), p));
    }
    Ok(())
}

/// Whether the edges before and after a point lie on each other as far as both go.
fn turns_back(before: Position, at: Position, after: Position) -> bool {
    let frame = Frame::at(at);
    let [from, to] = [before, after].map(|it| frame.direction(Frame::at(it).origin));
    let along = from[0] * to[0] + from[1] * to[1];
    let across = from[0] * to[1] - from[1] * to[0];
    let both = distance_m(before, at).min(distance_m(at, after));
    along > 0.0 && across.abs() * both < APART_M
}

/// Distance of `p` from the line or, where an end is nearest and `p` lies ahead
/// of it, from the end segment's prolongation, metres.
fn clearance_m(line: &Line, p: Position) -> f64 {
    let frame = Frame::at(p);
    let Some(foot) = line.foot(p, &frame) else {
        return f64::NAN;
    };
    let Part::Vertex(v) = foot.part else {
        return foot.metres;
    };
    let chain = line.chain();
    if !chain.is_end(foot.part) {
        return foot.metres;
    }
    let Some(at) = chain.frames().get(v) else {
        return foot.metres;
    };
    let u = at.direction(frame.origin);
    let n = chain.normal(v);
    // Away across the prolongation, small angles: metres times the sine.
    foot.metres * (u[0] * n[0] + u[1] * n[1]).abs()
}
