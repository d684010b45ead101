//! Sea, land, borders, degrees and the scale.

use super::view::MapView;
use crate::chart::basemap::{BaseMap, LineKind};
use crate::chart::canvas::{Align, Canvas, Pen, Type};
use crate::chart::label_layout::LabelLayout;
use crate::chart::plane::{Pt, Rect, along};
use crate::chart::ticks::nice;
use crate::chart::{text, theme};

/// Paints sea, land, coasts and borders.
pub(super) fn paint(canvas: &Canvas, view: &MapView) {
    let map = BaseMap::embedded();
    let degrees = view.degrees();
    // Half a pixel, in degrees.
    let tolerance = 0.5 / view.scale / 111.0;
    canvas.block(&view.frame, theme::SEA, 1.0);
    for polygon in map.land_in(degrees, tolerance) {
        canvas.fill(&ring(view, &polygon.outer), theme::LAND, 1.0);
        for hole in &polygon.holes {
            canvas.fill(&ring(view, hole), theme::SEA, 1.0);
        }
    }
    let coast = Pen::new(theme::COAST, 0.9);
    let border = Pen::new(theme::BORDER, 0.9).dashed("5 2");
    for (kind, line) in map.lines_in(degrees, tolerance) {
        let points = view.degrees_to_points(&line);
        let pen = match kind {
            LineKind::Coast => &coast,
            LineKind::Border => &border,
        };
        canvas.line(&points, pen);
    }
}

fn ring(view: &MapView, ring: &[(f64, f64)]) -> Vec<Pt> {
    let closed: Vec<(f64, f64)> = ring.iter().chain(ring.first()).copied().collect();
    view.degrees_to_points(&closed)
}

/// The frame with ticks at whole steps of degrees.
pub(super) fn frame(canvas: &Canvas, view: &MapView) {
    let frame = &view.frame;
    canvas.frame(frame, &Pen::new(theme::INK, 1.1));
    let rim = view.rim(120);
    let side = |n: usize| rim.get(n * 120..=(n + 1) * 120).or_else(|| rim.get(n * 120..));
    let lon = |p: &(Pt, crate::geo::Position)| (p.0, view.near_lon(p.1.lon()));
    let lat = |p: &(Pt, crate::geo::Position)| (p.0, p.1.lat());
    let bottom: Vec<(Pt, f64)> = side(2).unwrap_or(&[]).iter().map(lon).collect();
    let left: Vec<(Pt, f64)> = side(3).unwrap_or(&[]).iter().map(lat).collect();
    let look = Type::TICK;
    let pen = Pen::new(theme::INK, 0.9);
    let mut last: Option<Rect> = None;
    for (at, degrees) in crossings(&bottom, frame.width() / 90.0) {
        let degrees = (degrees + 180.0).rem_euclid(360.0) - 180.0;
        let words = degree(degrees, "E", "W");
        let look = look.align(Align::Middle);
        let place = (at.0, frame.y1 + 17.0);
        let extent = look.extent(&words, place);
        if last.is_some_and(|l| l.grown(4.0).meets(&extent)) {
            continue;
        }
        canvas.line(&[at, (at.0, frame.y1 + 5.0)], &pen);
        canvas.text(&words, place, &look);
        last = Some(extent);
    }
    for (at, degrees) in crossings(&left, frame.height() / 90.0) {
        canvas.line(&[at, (frame.x0 - 5.0, at.1)], &pen);
        let look = look.align(Align::End);
        canvas.text(&degree(degrees, "N", "S"), (frame.x0 - 8.0, at.1 + 3.7), &look);
    }
}

/// Where whole steps are crossed along a side: some `count` of them.
fn crossings(side: &[(Pt, f64)], count: f64) -> Vec<(Pt, f64)> {
    let low = side.iter().map(|s| s.1).fold(f64::MAX, f64::min);
    let high = side.iter().map(|s| s.1).fold(f64::MIN, f64::max);
    let least = (high - low) / count.max(2.0);
    let step = [0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0]
        .into_iter()
        .find(|step| *step >= least)
        .unwrap_or(45.0);
    let mut out = Vec::new();
    for pair in side.windows(2) {
        let &[(a, from), (b, to)] = pair else {
            continue;
        };
        let n = libm::floor(from.max(to) / step);
        let value = n * step;
        if value > from.min(to) && (to - from).abs() < 90.0 {
            out.push((along(a, b, (value - from) / (to - from)), value));
        }
    }
    out
}

fn degree(value: f64, positive: &str, negative: &str) -> String {
    let digits = (value.abs() * 100.0).round() / 100.0;
    let sign = if digits == 0.0 || digits == 180.0 {
        ""
    } else if value > 0.0 {
        positive
    } else {
        negative
    };
    format!("{digits}°{sign}")
}

/// The box of the scale, in the corner where it hides least; the lower left one
/// where that makes no difference.
pub(super) fn scale_box(view: &MapView, label_layout: &LabelLayout, times: f64) -> Rect {
    let (length, words) = scale(view);
    let look = Type::new(theme::TICK * times, theme::INK);
    let width = length + look.width(&words) / 2.0 + 24.0;
    let height = 21.5 + look.size;
    let frame = view.frame.grown(-8.0);
    let (left, right) = (frame.x0, frame.x1 - width);
    let (top, bottom) = (frame.y0, frame.y1 - height);
    let corners = [(left, bottom), (right, bottom), (left, top), (right, top)];
    let boxes = corners.map(|(x, y)| Rect::new(x, y, x + width, y + height));
    let hidden = boxes.map(|it| label_layout.hidden(&it.grown(3.0)));
    let least = hidden.into_iter().fold(f64::INFINITY, f64::min);
    let mut best = boxes.into_iter().zip(hidden).filter(|(_, it)| *it == least);
    best.next().map_or(view.frame, |(rect, _)| rect)
}

fn scale(view: &MapView) -> (f64, String) {
    let km = nice(view.frame.width() / view.scale / 7.0);
    (km * view.scale, format!("{} km", text::number(km)))
}

/// Draws the scale, its words so much larger than usual.
pub(super) fn draw_scale(canvas: &Canvas, view: &MapView, place: &Rect, times: f64) {
    let (length, words) = scale(view);
    canvas.block(place, theme::PAPER, 0.88);
    canvas.frame(place, &Pen::new(theme::RULE, 0.6));
    let (x, y) = (place.x0 + 10.0, place.y1 - 9.0);
    canvas.line(
        &[(x, y - 4.0), (x, y), (x + length, y), (x + length, y - 4.0)],
        &Pen::new(theme::INK, 1.5),
    );
    canvas.line(&[(x + length / 2.0, y - 3.0), (x + length / 2.0, y)], &Pen::new(theme::INK, 1.0));
    let look = Type::new(theme::TICK * times, theme::INK).align(Align::Middle);
    canvas.text("0", (x + 2.0, y - 8.0), &look);
    canvas.text(&words, (x + length, y - 8.0), &look.align(Align::Middle));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::Position;

    /// A mark in a corner sends the scale to another one; a line is crossed rather
    /// than a mark covered.
    #[test]
    fn the_scale_stands_where_it_hides_least() {
        let corner = |lat, lon| Position::new(lat, lon).unwrap();
        let view = MapView::fit(&[corner(33.0, 35.0), corner(34.0, 36.0)], 90.0).unwrap();
        let mut label_layout = LabelLayout::new(view.frame);
        let at = |label_layout: &LabelLayout| scale_box(&view, label_layout, 1.0).centre();
        let (x, y) = view.frame.centre();
        let first = at(&label_layout);
        assert!(first.0 < x && first.1 > y, "lower left");
        label_layout.take(Rect::around(first, 4.0));
        let second = at(&label_layout);
        assert!(second.0 > x && second.1 > y, "lower right");
        label_layout.avoid(vec![(x, second.1), (second.0, second.1)]);
        let third = at(&label_layout);
        assert!(third.0 < x && third.1 < y, "upper left");
        label_layout.take(Rect::around(third, 4.0));
        let fourth = at(&label_layout);
        assert!(fourth.0 > x && fourth.1 < y, "upper right");
        label_layout.take(Rect::around(fourth, 4.0));
        assert_eq!(at(&label_layout), second, "a line is hidden, no mark");
    }
}
