//! Lines, curves of equal distance from them, and areas, without words and forces.

use super::ground;
use super::view::MapView;
use crate::chart::canvas::{Canvas, Pen};
use crate::chart::plane::{Pt, Rect, apart};
use crate::chart::{ChartCurve, ChartInput, text, theme};
use crate::geo::Position;

/// Opacity of the band between two distances.
pub(super) const BAND: f64 = 0.2;

/// The n-th of the lines that distances are measured from.
pub(super) fn line_in_use(n: usize) -> Pen {
    match n {
        0 => Pen::new(theme::INK, 3.0),
        1 => Pen::new(theme::INK, 1.7),
        _ => Pen::new(theme::INK, 3.0).dashed("12 4"),
    }
}

/// The lines that distances are measured from.
pub(super) fn in_use(input: &ChartInput) -> impl Iterator<Item = &ChartCurve> {
    input.curves.iter().filter(|curve| curve.in_use)
}

/// Another line.
pub(super) fn other_line() -> Pen {
    Pen::new(theme::INK, 1.2).dashed("4 2.5")
}

/// Places at one distance from a line.
pub(super) fn curve() -> Pen {
    Pen::new(theme::DEMANDED, 1.5).dashed("9 3")
}

/// The edge of an area.
pub(super) fn outline() -> Pen {
    Pen::new(theme::PURPLE, 1.1).dashed(theme::DASH_DOT)
}

/// A line on the sheet and what it is called.
pub(super) struct Drawn {
    /// Its points.
    pub(super) points: Vec<Pt>,
    /// What it is called.
    pub(super) words: String,
    /// What it is.
    pub(super) kind: DrawnKind,
}

/// What a line is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum DrawnKind {
    /// Distances are measured from it.
    InUse,
    /// At one distance from such a line.
    Curve,
    /// Another line.
    Other,
}

/// Pairs of distances that a clause demands, with the curve's pieces at both.
pub(super) fn bands(input: &ChartInput) -> impl Iterator<Item = (&Vec<Position>, &Vec<Position>)> {
    let demands = input.clauses.iter().filter_map(|c| c.distance_km);
    let mut seen: Vec<(f64, f64)> = Vec::new();
    for (min, target) in demands {
        let same = |(a, b): &(f64, f64)| (a - min).abs() < 1e-6 && (b - target).abs() < 1e-6;
        if min < target && !seen.iter().any(same) {
            seen.push((min, target));
        }
    }
    in_use(input)
        .flat_map(move |curve| {
            let seen = seen.clone();
            seen.into_iter().filter_map(move |(min, target)| {
                let at = |km: f64| {
                    let found = curve.at_km.iter().find(|(at, _)| (at - km).abs() < 1e-6);
                    found.map(|(_, pieces)| pieces)
                };
                let (near, far) = (at(min)?, at(target)?);
                (near.len() == far.len()).then_some((near, far))
            })
        })
        .flat_map(|(near, far)| near.iter().zip(far))
}

/// Outlines of areas that do not fill the view, with their names.
fn draw_areas(canvas: &Canvas, input: &ChartInput, view: &MapView) -> Vec<(Vec<Pt>, String)> {
    let mut areas = Vec::new();
    for area in &input.outlines {
        let rings: Vec<Vec<Pt>> = area.rings.iter().map(|r| view.points(r)).collect();
        let all = || rings.iter().flatten();
        let low = all().fold((f64::MAX, f64::MAX), |a, p| (a.0.min(p.0), a.1.min(p.1)));
        let high = all().fold((f64::MIN, f64::MIN), |a, p| (a.0.max(p.0), a.1.max(p.1)));
        let extent = Rect::new(low.0, low.1, high.0, high.1);
        let small = extent.width() < view.frame.width() && extent.height() < view.frame.height();
        if !small || !extent.meets(&view.frame) {
            continue;
        }
        for ring in &rings {
            canvas.outline(ring, &outline());
        }
        // One name for all of its parts, on the longest.
        if let Some(ring) = rings.into_iter().max_by_key(Vec::len) {
            areas.push((ring, text::cut(&text::clean(&area.title), theme::SMALL, true, 180.0)));
        }
    }
    areas
}

/// Draws bands, curves and lines, the ones in use on top.
fn draw_lines(canvas: &Canvas, input: &ChartInput, view: &MapView) -> Vec<Drawn> {
    for (near, far) in bands(input) {
        let mut band = view.points(near);
        band.extend(view.points(far).into_iter().rev());
        canvas.fill(&band, theme::ORANGE, BAND);
    }
    let mut drawn = Vec::new();
    for line in in_use(input) {
        for (km, pieces) in &line.at_km {
            for piece in pieces {
                let points = thinned(&view.points(piece));
                canvas.line(&points, &curve());
                drawn.push(Drawn {
                    points,
                    words: format!("{} km", text::number(km.abs())),
                    kind: DrawnKind::Curve,
                });
            }
        }
    }
    let others = input.curves.iter().filter(|curve| !curve.in_use);
    let others = others.map(|line| (line, other_line(), DrawnKind::Other));
    let used = in_use(input).enumerate();
    let used = used.map(|(n, line)| (line, line_in_use(n), DrawnKind::InUse));
    for (line, pen, kind) in others.chain(used) {
        let points = thinned(&view.points(&line.points));
        if kind == DrawnKind::InUse {
            canvas.line(&points, &Pen::new(theme::PAPER, 5.4).faint(0.8));
        }
        canvas.line(&points, &pen);
        let words = text::cut(&text::clean(&line.title), theme::LABEL, true, 200.0);
        drawn.push(Drawn { points, words, kind });
    }
    drawn
}

/// A line without the points that are less than two thirds of a pixel off the
/// straight way between the ones kept.
fn thinned(points: &[Pt]) -> Vec<Pt> {
    let mut kept: Vec<Pt> = Vec::with_capacity(points.len());
    let mut from = 0;
    for n in 0..points.len() {
        let (Some(&a), Some(&b)) = (points.get(from), points.get(n + 1)) else {
            kept.extend(points.get(n));
            continue;
        };
        let length = apart(a, b).max(1e-9);
        let between = points.get(from + 1..=n).unwrap_or(&[]);
        let off = between
            .iter()
            .map(|p| ((b.0 - a.0) * (p.1 - a.1) - (b.1 - a.1) * (p.0 - a.0)).abs() / length)
            .fold(0.0, f64::max);
        if n == 0 || off > 0.25 {
            kept.extend(points.get(n));
            from = n;
        }
    }
    kept
}

/// Draws the map with its lines and areas, without words and forces; gives both.
pub(super) fn draw_ground(
    canvas: &Canvas,
    input: &ChartInput,
    view: &MapView,
) -> (Vec<(Vec<Pt>, String)>, Vec<Drawn>) {
    canvas.clip(&view.frame);
    ground::paint(canvas, view);
    let areas = draw_areas(canvas, input, view);
    let drawn = draw_lines(canvas, input, view);
    canvas.end_clip();
    (areas, drawn)
}
