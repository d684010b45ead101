//! A chain of geodesic edges, densified, and the nearest place on it.

use super::ecef::{Frame, Vec3, chord_margin_m, dot, sub};
use super::plane::steps;
use super::{GeoError, Position, distance_m};

/// Longest edge of a densified chain, metres.
const STEP_M: f64 = 10_000.0;
/// Points nearer than this to their predecessor are repeats, metres.
pub(super) const REPEAT_M: f64 = 1e-3;
/// Longest edge accepted, metres.
const MAX_EDGE_M: f64 = 5e6;
/// Segments per block of the search, and blocks per block of blocks.
const BLOCK: usize = 12;

/// Which part of a chain is nearest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Part {
    /// The inside of segment `i`, at this share of its length.
    Inside(usize, f64),
    /// Vertex `i`.
    Vertex(usize),
}

/// The nearest place of a chain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Foot {
    pub(super) metres: f64,
    pub(super) part: Part,
    /// Positive when the query lies left of the segment (only for `Inside`).
    cross: f64,
}

/// A sphere round a run of segments, or of such blocks.
#[derive(Debug, Clone)]
struct Block {
    first: usize,
    end: usize,
    centre: Vec3,
    radius: f64,
}

/// Densified geodesic edges; segment `i` runs from vertex `i` to `i + 1`.
/// A ring repeats its first vertex at the end.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    vertices: Vec<Position>,
    frames: Vec<Frame>,
    blocks: Vec<Block>,
    /// Runs of blocks: a line of 50,000 points has thousands.
    runs: Vec<Block>,
    /// The longest of the densified edges, metres.
    edge_m: f64,
}

/// The points without those that repeat their predecessor.
pub(super) fn without_repeats(points: &[Position]) -> Vec<Position> {
    let mut kept: Vec<Position> = Vec::with_capacity(points.len());
    for &p in points {
        if kept.last().is_none_or(|&q| distance_m(q, p) >= REPEAT_M) {
            kept.push(p);
        }
    }
    kept
}

/// The length of an edge, metres.
///
/// # Errors
/// [`GeoError::EdgeTooLong`].
pub(super) fn edge_m(from: Position, to: Position) -> Result<f64, GeoError> {
    let metres = distance_m(from, to);
    if metres > MAX_EDGE_M {
        let (from, to) = (from.to_string(), to.to_string());
        return Err(GeoError::EdgeTooLong { from, to, km: metres / 1000.0 });
    }
    Ok(metres)
}

impl Chain {
    /// A chain through points that differ from their predecessors. A ring must
    /// be given with its first point repeated at the end.
    ///
    /// # Errors
    /// [`GeoError::EdgeTooLong`].
    pub(super) fn new(points: &[Position]) -> Result<Self, GeoError> {
        let mut vertices: Vec<Position> = points.first().copied().into_iter().collect();
        let mut longest = 0.0_f64;
        for pair in points.windows(2) {
            let &[a, b] = pair else { continue };
            let metres = edge_m(a, b)?;
            let parts = (metres / STEP_M).ceil().max(1.0);
            longest = longest.max(metres / parts);
            vertices.extend(steps(parts).map(|k| a.toward(b, k / parts)));
            vertices.push(b);
        }
        let frames: Vec<Frame> = vertices.iter().map(|&p| Frame::at(p)).collect();
        let blocks = blocks(&frames);
        let runs = runs(&blocks);
        Ok(Self { vertices, frames, blocks, runs, edge_m: longest })
    }

    pub(super) fn vertices(&self) -> &[Position] {
        &self.vertices
    }

    pub(super) fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// Squared chord from `p` to segment `i`, and the share where it is least.
    fn chord2(&self, p: Vec3, i: usize) -> f64 {
        let (Some(a), Some(b)) = (self.frames.get(i), self.frames.get(i + 1)) else {
            return f64::INFINITY;
        };
        let d = sub(b.origin, a.origin);
        let ap = sub(p, a.origin);
        let len2 = dot(d, d);
        let t = if len2 > 0.0 { (dot(ap, d) / len2).clamp(0.0, 1.0) } else { 0.0 };
        let r = [ap[0] - t * d[0], ap[1] - t * d[1], ap[2] - t * d[2]];
        dot(r, r)
    }

    /// A lower bound of the chord from `p` to anything in a block.
    fn block_chord(p: Vec3, block: &Block) -> f64 {
        let d = sub(p, block.centre);
        dot(d, d).sqrt() - block.radius
    }

    /// The nearest place; `within` (metres of chord) lets a caller that already
    /// knows a nearer one skip the work.
    pub(super) fn nearest(&self, p: Position, frame: &Frame, within: f64) -> Option<Foot> {
        let origin = frame.origin;
        let mut least = within;
        // What is found in the likeliest block first spares the search of most others.
        let bound = |block: &&Block| Self::block_chord(origin, block);
        let likeliest = self.runs.iter().min_by(|a, b| bound(a).total_cmp(&bound(b)));
        for run in likeliest.into_iter().chain(&self.runs) {
            if Self::block_chord(origin, run) < least {
                let blocks = self.blocks_of(run);
                let likeliest = blocks.iter().min_by(|a, b| bound(a).total_cmp(&bound(b)));
                for block in likeliest.into_iter().chain(blocks) {
                    if Self::block_chord(origin, block) < least {
                        for i in block.first..block.end {
                            least = least.min(self.chord2(origin, i).sqrt());
                        }
                    }
                }
            }
        }
        let reach = least + chord_margin_m(least, self.edge_m);
        let mut best: Option<Foot> = None;
        let mut known = (usize::MAX, 0.0);
        let in_reach = |block: &&Block| Self::block_chord(origin, block) <= reach;
        let blocks = self.runs.iter().filter(in_reach).flat_map(|run| self.blocks_of(run));
        for i in blocks.filter(in_reach).flat_map(|block| block.first..block.end) {
            if self.chord2(origin, i) > reach * reach {
                continue;
            }
            let foot = self.foot_on(p, frame, i, &mut known);
            if best.is_none_or(|b| foot.metres < b.metres) {
                best = Some(foot);
            }
        }
        best
    }

    fn blocks_of(&self, run: &Block) -> &[Block] {
        self.blocks.get(run.first..run.end).unwrap_or_default()
    }

    /// Whether a segment near vertex `v` is certainly nearer than `metres`: cheap, for a
    /// caller that asks again if not. By far the most that a geodesic is longer than its
    /// chord is left to spare.
    pub(super) fn is_nearer(&self, frame: &Frame, metres: f64, v: usize) -> bool {
        let spare = 1.0 + chord_margin_m(0.0, self.edge_m) + 2e-15 * metres * metres * metres;
        let near = metres - spare;
        let around = v.saturating_sub(2 * BLOCK)..v.saturating_add(2 * BLOCK);
        near > 0.0
            && around
                .take_while(|i| i + 1 < self.frames.len())
                .any(|i| self.chord2(frame.origin, i) < near * near)
    }

    /// The nearest place of segment `i`, in the azimuthal-equidistant plane of `p`.
    fn foot_on(&self, p: Position, frame: &Frame, i: usize, known: &mut (usize, f64)) -> Foot {
        let a = self.flat(p, frame, i, known);
        let b = self.flat(p, frame, i + 1, known);
        let d = [b[0] - a[0], b[1] - a[1]];
        let len2 = d[0] * d[0] + d[1] * d[1];
        let t = if len2 > 0.0 { -(a[0] * d[0] + a[1] * d[1]) / len2 } else { 0.0 };
        let part = if t <= 0.0 {
            Part::Vertex(i)
        } else if t >= 1.0 {
            Part::Vertex(i + 1)
        } else {
            Part::Inside(i, t)
        };
        let (x, y) = match part {
            Part::Vertex(v) if v == i => (a[0], a[1]),
            Part::Vertex(_) => (b[0], b[1]),
            Part::Inside(_, t) => (a[0] + t * d[0], a[1] + t * d[1]),
        };
        Foot { metres: (x * x + y * y).sqrt(), part, cross: d[1] * a[0] - d[0] * a[1] }
    }

    /// Vertex `v` in the azimuthal-equidistant plane of `p` (east, north metres).
    fn flat(&self, p: Position, frame: &Frame, v: usize, known: &mut (usize, f64)) -> [f64; 2] {
        let (Some(&q), Some(f)) = (self.vertices.get(v), self.frames.get(v)) else {
            return [f64::INFINITY, f64::INFINITY];
        };
        if known.0 != v {
            *known = (v, distance_m(p, q));
        }
        let [e, n] = frame.direction(f.origin);
        [e * known.1, n * known.1]
    }

    /// Whether the query of a foot lies left of the chain: positive left,
    /// negative right, by the nearest segment; at a corner by the sum of the
    /// two segments' unit normals; past an end by the end segment prolonged.
    pub(super) fn side(&self, frame: &Frame, foot: &Foot) -> f64 {
        match foot.part {
            Part::Inside(..) => foot.cross,
            Part::Vertex(v) => {
                let Some(at) = self.frames.get(v) else {
                    return 0.0;
                };
                let u = at.direction(frame.origin);
                let n = self.normal(v);
                u[0] * n[0] + u[1] * n[1]
            }
        }
    }

    /// Sum of the unit left normals (east, north) of the segments at vertex `v`.
    pub(super) fn normal(&self, v: usize) -> [f64; 2] {
        let [i, o] = self.directions(v);
        let mut n = [0.0, 0.0];
        for d in [i, o].into_iter().flatten() {
            n[0] -= d[1];
            n[1] += d[0];
        }
        n
    }

    /// Unit directions (east, north) of travel into and out of vertex `v`.
    pub(super) fn directions(&self, v: usize) -> [Option<[f64; 2]>; 2] {
        let Some(at) = self.frames.get(v) else {
            return [None, None];
        };
        let before = v.checked_sub(1);
        let after = v + 1;
        let toward = |w: usize| self.frames.get(w).map(|f| at.direction(f.origin));
        [before.and_then(toward).map(|[e, n]| [-e, -n]), toward(after)]
    }

    /// The place of a foot.
    pub(super) fn place(&self, part: Part) -> Option<Position> {
        match part {
            Part::Vertex(v) => self.vertices.get(v).copied(),
            Part::Inside(i, t) => Some(self.vertices.get(i)?.toward(*self.vertices.get(i + 1)?, t)),
        }
    }

    /// Whether a part is one of the two ends.
    pub(super) fn is_end(&self, part: Part) -> bool {
        match part {
            Part::Vertex(v) => v == 0 || v + 1 == self.vertices.len(),
            Part::Inside(..) => false,
        }
    }

    /// Whether `frame`'s place has an odd number of this ring's segments north
    /// of it in its tangent plane (the even-odd rule of a point in a polygon).
    /// Right for rings within some thousand kilometres of the place.
    pub(super) fn odd_crossings(&self, frame: &Frame) -> bool {
        let mut odd = false;
        let mut last: Option<[f64; 2]> = None;
        for f in &self.frames {
            let q = frame.east_north(f.origin);
            if let Some(p) = last
                && (p[0] > 0.0) != (q[0] > 0.0)
            {
                let north = p[1] + (q[1] - p[1]) * p[0] / (p[0] - q[0]);
                odd ^= north > 0.0;
            }
            last = Some(q);
        }
        odd
    }
}

/// Spheres round runs of `BLOCK` segments.
fn blocks(frames: &[Frame]) -> Vec<Block> {
    let segments = frames.len().saturating_sub(1);
    let mut out = Vec::with_capacity(segments / BLOCK + 1);
    let mut first = 0;
    while first < segments {
        let end = (first + BLOCK).min(segments);
        let run = frames.get(first..=end).unwrap_or_default();
        let mut centre = [0.0; 3];
        for f in run {
            for (c, x) in centre.iter_mut().zip(f.origin) {
                *c += x / run.len() as f64;
            }
        }
        let radius =
            run.iter().map(|f| sub(f.origin, centre)).map(|d| dot(d, d).sqrt()).fold(0.0, f64::max);
        out.push(Block { first, end, centre, radius });
        first = end;
    }
    out
}

/// Spheres round runs of `BLOCK` blocks.
fn runs(blocks: &[Block]) -> Vec<Block> {
    let mut first = 0;
    let around = |run: &[Block]| {
        let mut centre = [0.0; 3];
        for block in run {
            for (c, x) in centre.iter_mut().zip(block.centre) {
                *c += x / run.len() as f64;
            }
        }
        let far = |block: &Block| {
            let d = sub(block.centre, centre);
            dot(d, d).sqrt() + block.radius
        };
        let radius = run.iter().map(far).fold(0.0, f64::max);
        let end = first + run.len();
        let made = Block { first, end, centre, radius };
        first = end;
        made
    };
    blocks.chunks(BLOCK).map(around).collect()
}
