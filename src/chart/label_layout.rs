//! Finding room for labels: first come, first served, nothing overlaps.

use super::plane::{Pt, Rect, length, runs};

/// What is taken, and what labels had better not cover.
#[derive(Debug)]
pub(super) struct LabelLayout {
    frame: Rect,
    taken: Vec<Rect>,
    soft: Vec<Vec<Pt>>,
    barriers: Vec<Vec<Pt>>,
}

/// A place a label may have, with what it costs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<T> {
    /// The box of the label.
    pub(super) rect: Rect,
    /// How much worse it is than the best one.
    pub(super) cost: f64,
    /// From what it names to the label.
    pub(super) link: (Pt, Pt),
    /// What the caller wants to know about it.
    pub(super) what: T,
}

impl LabelLayout {
    /// Labels must lie in the frame.
    pub(super) fn new(frame: Rect) -> LabelLayout {
        LabelLayout { frame, taken: Vec::new(), soft: Vec::new(), barriers: Vec::new() }
    }

    /// Nothing may cover this.
    pub(super) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// Labels had better not lie on this line.
    pub(super) fn avoid(&mut self, line: Vec<Pt>) {
        self.soft.push(line);
    }

    /// A label had better stand on that side of the line on which what it names
    /// lies.
    pub(super) fn part(&mut self, line: Vec<Pt>) {
        self.barriers.push(line);
    }

    /// Whether nothing is in the way.
    pub(super) fn free(&self, rect: &Rect) -> bool {
        self.frame.holds(rect) && !self.taken.iter().any(|t| t.meets(rect))
    }

    /// The length of lines that this would cover, in pixels.
    fn covered(&self, rect: &Rect) -> f64 {
        self.soft.iter().flat_map(|line| runs(line, rect)).map(|run| length(&run)).sum()
    }

    /// How much a place would cover: marks first, then lines.
    pub(super) fn hidden(&self, rect: &Rect) -> f64 {
        let marks = self.taken.iter().filter(|it| it.meets(rect)).count();
        1000.0 * marks as f64 + self.covered(rect)
    }

    /// How many taken places a link would cross, but for the one it starts in,
    /// and how many barriers.
    fn crossed(&self, (from, to): (Pt, Pt)) -> f64 {
        let crosses = |t: &&Rect| !t.has(from) && t.cut(from, to).is_some();
        let taken = self.taken.iter().filter(crosses).count();
        let barriers = self
            .barriers
            .iter()
            .flat_map(|line| line.windows(2))
            .filter(|w| matches!(w, &&[a, b] if crossing(from, to, a, b)))
            .count();
        taken as f64 + 1.2 * barriers as f64
    }

    /// How many other things a label stands as close to as to its own.
    fn mistakable(&self, rect: &Rect, own: Pt) -> f64 {
        let near = rect.grown(4.0);
        let other = |t: &&Rect| !t.has(own) && t.meets(&near) && t.width() < 25.0;
        self.taken.iter().filter(other).count() as f64
    }

    /// The cheapest candidate with room, which is then taken with a little air.
    pub(super) fn place<T: Copy>(
        &mut self,
        candidates: &[Candidate<T>],
        dearest: f64,
    ) -> Option<Candidate<T>> {
        let mut best: Option<Candidate<T>> = None;
        for candidate in candidates {
            if !self.free(&candidate.rect) {
                continue;
            }
            let cost = candidate.cost
                + 0.25 * self.covered(&candidate.rect)
                + 3.0 * self.crossed(candidate.link)
                + 2.5 * self.mistakable(&candidate.rect, candidate.link.0);
            if cost <= dearest && best.is_none_or(|b| cost < b.cost) {
                best = Some(Candidate { cost, ..*candidate });
            }
        }
        if let Some(found) = best {
            self.take(found.rect.grown(1.0));
        }
        best
    }
}

/// Whether two segments cross.
fn crossing(a: Pt, b: Pt, c: Pt, d: Pt) -> bool {
    let side = |p: Pt, q: Pt, r: Pt| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0) > 0.0;
    side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b)
}

/// Moves labels on a vertical line apart: wanted centres, least distance and
/// bounds; the order stays.
pub(super) fn spread(wanted: &[f64], apart: f64, low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut at: Vec<f64> = order.iter().map(|n| wanted[*n].clamp(low, high)).collect();
    // Push down, then up from the bottom; a few rounds settle it.
    for _ in 0..40 {
        for n in 1..at.len() {
            let short = apart - (at[n] - at[n - 1]);
            if short > 0.0 {
                at[n - 1] -= short / 2.0;
                at[n] += short / 2.0;
            }
        }
        if let Some(first) = at.first_mut() {
            *first = first.max(low);
        }
        if let Some(last) = at.last_mut() {
            *last = last.min(high);
        }
    }
    for n in 1..at.len() {
        at[n] = at[n].max(at[n - 1] + apart);
    }
    let mut out = vec![0.0; wanted.len()];
    for (place, n) in at.into_iter().zip(order) {
        out[n] = place;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_spread_in_order() {
        let at = spread(&[50.0, 51.0, 49.0, 10.0], 12.0, 0.0, 100.0);
        assert!(at[3] < at[2] && at[2] < at[0] && at[0] < at[1]);
        let mut sorted = at.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|w| w[1] - w[0] >= 12.0 - 1e-6));
    }

    #[test]
    fn the_second_takes_another_place() {
        let mut label_layout = LabelLayout::new(Rect::new(0.0, 0.0, 100.0, 20.0));
        let at = |x: f64, cost| Candidate {
            rect: Rect::new(x, 5.0, x + 30.0, 15.0),
            cost,
            link: ((x, 10.0), (x, 10.0)),
            what: x,
        };
        let all = [at(0.0, 0.0), at(20.0, 1.0), at(40.0, 2.0), at(90.0, 0.0)];
        assert!(label_layout.place(&all, 9.0).is_some_and(|c| c.what < 1.0));
        assert!(label_layout.place(&all, 9.0).is_some_and(|c| c.what > 39.0));
        assert!(label_layout.place(&all, 9.0).is_none());
    }
}
