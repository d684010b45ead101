//! Forces: where they start, go and end.

use super::view::MapView;
use crate::chart::canvas::{Canvas, Pen};
use crate::chart::plane::{Pt, Rect, apart, runs};
use crate::chart::{ChartInput, ChartTrack, theme};

/// Radius of the strongest force's mark.
const LARGEST: f64 = 10.5;
/// Radius of the smallest mark.
const SMALLEST: f64 = 2.6;

/// A force on the sheet.
#[derive(Debug)]
pub(super) struct Mark<'a> {
    /// The force.
    pub(super) track: &'a ChartTrack,
    /// Its path, in points; the first is where its mark stands.
    pub(super) path: Vec<Pt>,
    /// Radius of its mark.
    pub(super) radius: f64,
    /// Whether it starts inside the frame.
    pub(super) inside: bool,
}

impl Mark<'_> {
    /// Where it starts.
    pub(super) fn start(&self) -> Pt {
        self.path.first().copied().unwrap_or_default()
    }

    /// Where it ends, if it goes anywhere one can see.
    pub(super) fn end(&self) -> Option<Pt> {
        let end = self.path.last().copied()?;
        (apart(self.start(), end) > 3.0).then_some(end)
    }

    /// Radius of the mark at its end.
    pub(super) fn end_radius(&self) -> f64 {
        (self.radius * 0.7).max(2.4)
    }

    /// What its mark covers.
    pub(super) fn cover(&self) -> Rect {
        Rect::around(self.start(), self.radius)
    }
}

/// The radius of a strength's mark: its area is the strength.
pub(super) fn radius(strength: f64, strongest: f64) -> f64 {
    (LARGEST * (strength / strongest.max(1.0)).sqrt()).clamp(SMALLEST, LARGEST)
}

/// The largest strength of any force.
pub(super) fn strongest(input: &ChartInput) -> f64 {
    let strengths = input.tracks.iter().map(|t| f64::from(t.strength));
    strengths.fold(1.0, f64::max)
}

/// All forces on the sheet, the strongest first; those at one place stand beside
/// each other.
pub(super) fn marks<'a>(input: &'a ChartInput, view: &MapView) -> Vec<Mark<'a>> {
    let strongest = strongest(input);
    let mut marks: Vec<Mark<'a>> = input
        .tracks
        .iter()
        .filter(|track| !track.path.is_empty())
        .map(|track| {
            let full = radius(f64::from(track.strength), strongest);
            let path = view.points(&track.path);
            let inside = path.first().is_some_and(|p| view.frame.grown(-2.0).has(*p));
            Mark { track, path, radius: if track.bound { full } else { full.min(4.0) }, inside }
        })
        .collect();
    marks.sort_by(|a, b| {
        let bound = b.track.bound.cmp(&a.track.bound);
        bound.then(b.track.strength.cmp(&a.track.strength))
    });
    let mut placed: Vec<(Pt, f64)> = Vec::new();
    for mark in &mut marks {
        let start = mark.start();
        let at = free_place(start, mark.radius, &placed);
        placed.push((at, mark.radius));
        if let Some(first) = mark.path.first_mut() {
            *first = at;
        }
        // A force that stays stands where its mark stands.
        if mark.path.len() == 1 || mark.path.last().is_some_and(|p| apart(*p, start) < 1.5) {
            mark.path.truncate(1);
        }
    }
    // Ends at one place stand beside each other too.
    let mut ends: Vec<(Pt, f64)> = Vec::new();
    for mark in marks.iter_mut().filter(|m| m.path.len() > 1) {
        let radius = mark.end_radius();
        if let Some(last) = mark.path.last_mut() {
            *last = free_place(*last, radius, &ends);
            ends.push((*last, radius));
        }
    }
    marks
}

/// The place itself, or the nearest one at which the mark hides no other.
fn free_place(at: Pt, radius: f64, placed: &[(Pt, f64)]) -> Pt {
    let free = |p: Pt| placed.iter().all(|(other, r)| apart(p, *other) >= (radius + r) * 0.92);
    if free(at) {
        return at;
    }
    for ring in 1..=9 {
        let away = f64::from(ring) * 2.0;
        for turn in 0..12 {
            let angle = (f64::from(turn) * 30.0).to_radians();
            let there = (at.0 + away * libm::cos(angle), at.1 + away * libm::sin(angle));
            if free(there) {
                return there;
            }
        }
    }
    at
}

/// Draws tracks, then ends, then starts, the strongest at the bottom.
pub(super) fn draw(canvas: &Canvas, view: &MapView, marks: &[Mark<'_>]) {
    for mark in marks.iter().filter(|m| m.end().is_some()) {
        let colour = theme::party(mark.track.commander).0;
        let alpha = if mark.track.bound { 0.75 } else { 0.4 };
        let pen = Pen::new(colour, 1.1).faint(alpha);
        for run in runs(&mark.path, &view.frame) {
            canvas.line(&run, &pen);
            arrow(canvas, &run, mark, colour, alpha);
        }
    }
    let style = |mark: &Mark<'_>| theme::party(mark.track.commander);
    for mark in marks.iter().filter(|m| m.track.bound) {
        if let Some(end) = mark.end().filter(|p| view.frame.has(*p)) {
            canvas.mark(end, mark.end_radius(), style(mark), true, 1.0);
        }
    }
    for mark in marks.iter().rev().filter(|m| !m.track.bound && m.inside) {
        canvas.mark(mark.start(), mark.radius, style(mark), false, 0.45);
    }
    for mark in marks.iter().filter(|m| m.track.bound && m.inside) {
        canvas.mark(mark.start(), mark.radius, style(mark), false, 0.92);
    }
}

/// A head on a track, short of its end's mark or at the frame.
fn arrow(
    canvas: &Canvas,
    run: &[Pt],
    mark: &Mark<'_>,
    colour: plotters::style::RGBColor,
    alpha: f64,
) {
    let (Some(&tip), Some(&from)) = (run.last(), run.len().checked_sub(2).and_then(|n| run.get(n)))
    else {
        return;
    };
    let length = apart(from, tip);
    let at_end = mark.path.last().is_some_and(|p| apart(*p, tip) < 0.5);
    let short = if at_end && mark.track.bound { mark.end_radius() } else { 0.0 };
    if length < 0.5 || apart(mark.start(), tip) < mark.radius + short + 6.0 {
        return;
    }
    let (dx, dy) = ((tip.0 - from.0) / length, (tip.1 - from.1) / length);
    let tip = (tip.0 - dx * short, tip.1 - dy * short);
    let back = (tip.0 - dx * 6.0, tip.1 - dy * 6.0);
    let head =
        [tip, (back.0 - dy * 2.4, back.1 + dx * 2.4), (back.0 + dy * 2.4, back.1 - dx * 2.4)];
    canvas.fill(&head, colour, alpha.max(0.8));
}
