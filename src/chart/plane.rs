//! Points and rectangles on the sheet, in pixels, y downwards.

use super::theme;

/// A point on the sheet.
pub(super) type Pt = (f64, f64);

/// A rectangle on the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    /// Left edge.
    pub(super) x0: f64,
    /// Top edge.
    pub(super) y0: f64,
    /// Right edge.
    pub(super) x1: f64,
    /// Bottom edge.
    pub(super) y1: f64,
}

impl Rect {
    /// From its edges.
    pub(super) fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Rect {
        Rect { x0, y0, x1, y1 }
    }

    /// Between the edges of the sheet, with so much room left and right of it.
    pub(super) fn inset((left, right): (f64, f64), top: f64, height: f64) -> Rect {
        Rect::new(theme::MARGIN + left, top, theme::RIGHT - right, top + height)
    }

    /// A square round a point.
    pub(super) fn around((x, y): Pt, half: f64) -> Rect {
        Rect::new(x - half, y - half, x + half, y + half)
    }

    /// Its width.
    pub(super) fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    /// Its height.
    pub(super) fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    /// Its centre.
    pub(super) fn centre(&self) -> Pt {
        ((self.x0 + self.x1) / 2.0, (self.y0 + self.y1) / 2.0)
    }

    /// Wider by `by` on each side.
    pub(super) fn grown(&self, by: f64) -> Rect {
        Rect::new(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)
    }

    /// Whether the two share any area.
    pub(super) fn meets(&self, other: &Rect) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// Whether the other lies inside.
    pub(super) fn holds(&self, other: &Rect) -> bool {
        self.x0 <= other.x0 && self.y0 <= other.y0 && other.x1 <= self.x1 && other.y1 <= self.y1
    }

    /// Whether the point lies inside.
    pub(super) fn has(&self, (x, y): Pt) -> bool {
        (self.x0..=self.x1).contains(&x) && (self.y0..=self.y1).contains(&y)
    }

    /// Its four corners, clockwise from the upper left.
    pub(super) fn corners(&self) -> [Pt; 4] {
        [(self.x0, self.y0), (self.x1, self.y0), (self.x1, self.y1), (self.x0, self.y1)]
    }

    /// The part of a segment inside, as shares of its length (Liang and Barsky).
    pub(super) fn cut(&self, a: Pt, b: Pt) -> Option<(f64, f64)> {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (step, room) in
            [(-dx, a.0 - self.x0), (dx, self.x1 - a.0), (-dy, a.1 - self.y0), (dy, self.y1 - a.1)]
        {
            if step < 0.0 {
                enter = enter.max(room / step);
            } else if step > 0.0 {
                leave = leave.min(room / step);
            } else if room < 0.0 {
                return None;
            }
        }
        (enter < leave).then_some((enter, leave))
    }
}

/// The least and the greatest of some values that are numbers, and of one more.
pub(super) fn span(first: f64, values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let known = values.into_iter().filter(|it| it.is_finite());
    known.fold((first, first), |(low, high), it| (low.min(it), high.max(it)))
}

/// The point a share of the way from `a` to `b`; all of it leads to `b` itself.
pub(super) fn along(a: Pt, b: Pt, share: f64) -> Pt {
    if share == 1.0 {
        return b;
    }
    (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share)
}

/// The distance between two points.
pub(super) fn apart(a: Pt, b: Pt) -> f64 {
    libm::hypot(a.0 - b.0, a.1 - b.1)
}

/// The length of a line.
pub(super) fn length(line: &[Pt]) -> f64 {
    line.windows(2).map(|pair| apart(pair[0], pair[1])).sum()
}

/// The runs of a line inside a rectangle.
pub(super) fn runs(points: &[Pt], frame: &Rect) -> Vec<Vec<Pt>> {
    let mut runs: Vec<Vec<Pt>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let &[a, b] = pair else { continue };
        let Some((enter, leave)) = frame.cut(a, b) else {
            open = false;
            continue;
        };
        match runs.last_mut() {
            Some(run) if open && enter <= 0.0 => run.push(along(a, b, leave)),
            _ => runs.push(vec![along(a, b, enter), along(a, b, leave)]),
        }
        open = leave >= 1.0;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_a_corner_is_cut_twice() {
        let frame = Rect::new(0.0, 0.0, 10.0, 10.0);
        let cut = runs(&[(-5.0, 5.0), (5.0, 5.0), (5.0, 20.0), (6.0, 5.0)], &frame);
        assert_eq!(cut.len(), 2);
        assert_eq!(cut[0], [(0.0, 5.0), (5.0, 5.0), (5.0, 10.0)]);
        assert!(runs(&[(20.0, 0.0), (30.0, 5.0)], &frame).is_empty());
    }

    #[test]
    fn touching_is_not_meeting() {
        let a = Rect::new(0.0, 0.0, 1.0, 1.0);
        assert!(!a.meets(&Rect::new(1.0, 0.0, 2.0, 1.0)));
        assert!(a.meets(&Rect::new(0.9, 0.9, 2.0, 2.0)));
    }
}
