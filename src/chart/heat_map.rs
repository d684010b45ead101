//! Outcomes over two parameters: a heat map, and the contour of a wanted share.

use time::Date;

use super::canvas::{Align, Canvas, Pen, Type};
use super::contour::{Node, Piece, contour};
use super::label_layout::{Candidate, LabelLayout};
use super::page::Page;
use super::plane::{Pt, Rect, along, apart, runs};
use super::sweep::{
    LEFT, OUTCOMES_ARE, SweepAxis, SweepInput, SweepOutcome, below, finding, heading, panels, said,
};
use super::{text, theme};
use crate::stats::OVER;

/// Greatest height of a cell.
const CELL: f64 = 58.0;

/// Draws the heat map.
pub(super) fn heat_map(input: &SweepInput, axes: [&SweepAxis; 2]) -> String {
    let [across, down] = axes;
    let subtitle = format!(
        "Outcomes over {} (across) and {} (down): mean or probability, with its 95 % interval {OVER} below.",
        said(across),
        said(down)
    );
    let page = Page::of(&input.about, &subtitle);
    let (columns, rows) = (across.levels.len(), down.levels.len());
    let cell = (420.0 / rows as f64).clamp(14.0, CELL);
    let top = page.top + 24.0;
    let look = Type::TICK.align(Align::End);
    let widest = down.levels.iter().map(|it| look.width(&text::clean(it)));
    let left = (widest.fold(0.0, f64::max) + 10.0).clamp(LEFT.0, LEFT.1);
    let places = panels(input, left, top, cell * rows as f64);
    let mut lines = 1;
    for (outcome, plot) in input.outcomes.iter().zip(&places) {
        let beside = if input.contour.is_some() { 60.0 } else { 0.0 };
        heading(&page.canvas, outcome, plot, beside);
        let width = plot.width() / columns as f64;
        let place = |at: &[usize]| match at {
            &[column, row] => Some(Rect::new(
                plot.x0 + column as f64 * width,
                plot.y0 + row as f64 * cell,
                plot.x0 + (column + 1) as f64 * width,
                plot.y0 + (row + 1) as f64 * cell,
            )),
            _ => None,
        };
        for (at, [estimate, ..]) in &outcome.cells {
            let Some(place) = place(at) else { continue };
            let known = estimate.is_finite();
            let colour = if known { theme::shade(*estimate) } else { theme::UNSEEN };
            page.canvas.block(&place, colour, 1.0);
        }
        let pieces = pieces(input, outcome);
        let drawn = pieces.iter().map(|it| draw_piece(&page.canvas, it, plot, (width, cell)));
        let drawn: Vec<Vec<Pt>> = drawn.collect();
        let mut label_layout = LabelLayout::new(plot.grown(-2.0));
        for (at, [estimate, low, high]) in &outcome.cells {
            let Some(place) = place(at) else { continue };
            if !estimate.is_finite() {
                continue;
            }
            let ink = theme::words_on(theme::shade(*estimate));
            let (x, y) = place.centre();
            let look = Type::new(theme::LABEL, ink).align(Align::Middle);
            let value = text::percent(*estimate);
            let small = Type::new(theme::SMALL - 1.0, ink).align(Align::Middle);
            let interval =
                format!("{:.0}–{:.0}", 100.0 * low.clamp(0.0, 1.0), 100.0 * high.clamp(0.0, 1.0));
            let two = cell >= 34.0 && low.is_finite() && small.width(&interval) < width - 4.0;
            let mut write = |words: &str, at: Pt, look: &Type| {
                let extent = look.extent(words, at).grown(2.5);
                // The line gives way to numbers.
                let crossed = drawn.iter().any(|line| !runs(line, &extent).is_empty());
                if crossed {
                    page.canvas.block(&extent, theme::shade(*estimate), 1.0);
                }
                page.canvas.text(words, at, look);
                label_layout.take(extent);
            };
            if look.width(&value) < width - 2.0 && cell >= 13.0 {
                let lift = if two { -2.0 } else { 4.0 };
                write(&value, (x, y + lift), &look);
            }
            if two {
                write(&interval, (x, y + 12.0), &small);
            }
        }
        if let Some(it) = input.contour.filter(|_| !pieces.is_empty()) {
            let words = percent(it.share);
            label(&page.canvas, &mut label_layout, &drawn, plot, &words);
        }
        page.canvas.frame(plot, &Pen::new(theme::RULE, 0.9));
        lines =
            lines.max(below(&page.canvas, across, plot, |at| plot.x0 + (at as f64 + 0.5) * width));
    }
    if let Some(first) = places.first() {
        for (row, level) in down.levels.iter().enumerate() {
            let y = first.y0 + (row as f64 + 0.5) * cell + 3.5;
            page.canvas.fit(level, (first.x0 - 6.0, y), left - 8.0, &look);
        }
    }
    let bottom = top + cell * rows as f64 + 18.0 + 12.0 * f64::from(lines);
    let notes = format!("Deeper blue: more. {}{OUTCOMES_ARE}", on_contour(input));
    let said = format!("{} {}", finding(input), reached(input));
    page.close(bottom, &notes, &said)
}

/// A share with the digits it was asked for in.
fn percent(share: f64) -> String {
    let hundred = (share * 1e6).round() / 1e4;
    format!("{hundred} %")
}

/// The contour of the wanted share over an outcome, in units of cells; nothing where
/// values are no numbers.
fn pieces(input: &SweepInput, outcome: &SweepOutcome) -> Vec<Piece> {
    let (Some(it), [across, down]) = (input.contour, input.axes.as_slice()) else {
        return Vec::new();
    };
    if across.numbers().is_none() || down.numbers().is_none() {
        return Vec::new();
    }
    let node = |column: usize, row: usize| {
        let cell = outcome.cells.iter().find(|(at, _)| *at == [column, row]);
        cell.map_or(Node { value: f64::NAN, unsure: true }, |(_, [value, low, high])| Node {
            value: *value,
            // Without an interval nothing is settled.
            unsure: !(*low > it.share || *high < it.share),
        })
    };
    contour(across.levels.len(), down.levels.len(), node, it.share)
}

/// Draws a part of the contour over cells of this width and height; gives its points on the
/// sheet.
fn draw_piece(canvas: &Canvas, piece: &Piece, plot: &Rect, (w, h): (f64, f64)) -> Vec<Pt> {
    // Values stand in the middle of cells.
    let points =
        piece.points.iter().map(|(x, y)| (plot.x0 + (x + 0.5) * w, plot.y0 + (y + 0.5) * h));
    let points: Vec<Pt> = points.collect();
    let pen = Pen::new(theme::DEMANDED, 2.2);
    canvas.line(&points, &Pen::new(theme::ON_DARK, 4.4).faint(0.8));
    let pen = if piece.sure { pen } else { pen.dashed(theme::DASHED) };
    canvas.line(&points, &pen);
    points
}

/// Names the contour on itself where there is room, else beside the heading.
fn label(
    canvas: &Canvas,
    label_layout: &mut LabelLayout,
    lines: &[Vec<Pt>],
    plot: &Rect,
    words: &str,
) {
    let look = Type::new(theme::SMALL, theme::DEMANDED).bold().align(Align::Middle);
    let mut candidates = Vec::new();
    for pair in lines.iter().flat_map(|line| line.windows(2)) {
        let &[a, b] = pair else { continue };
        let steps = (apart(a, b) / 4.0).ceil().clamp(1.0, 100.0);
        for step in 0..=steps as u32 {
            let at = along(a, b, f64::from(step) / steps);
            candidates.push(Candidate {
                rect: look.extent(words, (at.0, at.1 + 3.6)).grown(1.5),
                // In the middle of the plot rather than at its edge.
                cost: apart(at, plot.centre()) / 100.0,
                link: (at, at),
                what: at,
            });
        }
    }
    if let Some(found) = label_layout.place(&candidates, f64::MAX) {
        canvas.block(&found.rect, theme::PAPER, 1.0);
        canvas.text(words, (found.what.0, found.what.1 + 3.6), &look);
    } else {
        let at = (plot.x1, plot.y0 - 8.0);
        let look = look.align(Align::End);
        let from = at.0 - look.width(words) - 20.0;
        canvas.line(
            &[(from, at.1 - 3.6), (from + 16.0, at.1 - 3.6)],
            &Pen::new(theme::DEMANDED, 2.2),
        );
        canvas.text(words, at, &look);
    }
}

/// How the contour is to be read.
fn on_contour(input: &SweepInput) -> String {
    let Some(it) = input.contour else {
        return String::new();
    };
    let share = percent(it.share);
    let (with, without): (Vec<&SweepOutcome>, Vec<&SweepOutcome>) =
        input.outcomes.iter().partition(|outcome| !pieces(input, outcome).is_empty());
    let mut words = String::new();
    if !with.is_empty() {
        words.push_str(&format!(
            "Line: {share}, interpolated between the middles of cells; dashed where the intervals on \
             both sides hold it, so that its place is not settled. "
        ));
    }
    if it.asked && !without.is_empty() {
        let names = text::joined(without.iter().map(|it| text::clean(&it.name)), ", ");
        words.push_str(&format!("No contour of {share} in: {names}. "));
    }
    words
}

/// Where the wanted share is reached, row by row.
fn reached(input: &SweepInput) -> String {
    let (Some(it), [across, down]) = (input.contour, input.axes.as_slice()) else {
        return String::new();
    };
    let (Some((numbers, dates)), Some(_)) = (across.numbers(), down.numbers()) else {
        return String::new();
    };
    let mut out = String::new();
    for outcome in &input.outcomes {
        if !it.asked && pieces(input, outcome).is_empty() {
            continue;
        }
        let row = |row: usize| -> String {
            let values: Vec<(f64, f64)> = numbers
                .iter()
                .enumerate()
                .filter_map(|(column, number)| {
                    let cell = outcome.cells.iter().find(|(at, _)| *at == [column, row])?;
                    cell.1[0].is_finite().then_some((*number, cell.1[0]))
                })
                .collect();
            span((&across.name, dates), &values, it.share)
        };
        let rows = down.levels.iter().enumerate();
        let rows = rows.map(|(at, level)| format!("at {} = {level} {}", down.name, row(at)));
        out.push_str(&format!(
            " {}: {} is reached {}.",
            outcome.name,
            percent(it.share),
            text::joined(rows, "; ")
        ));
    }
    text::clean(&out)
}

/// Where along a row a share is reached, by linear interpolation.
fn span((name, dates): (&str, bool), values: &[(f64, f64)], share: f64) -> String {
    let crossings: Vec<(f64, bool)> = values
        .windows(2)
        .filter_map(|pair| {
            let &[(x0, a), (x1, b)] = pair else {
                return None;
            };
            let up = b >= share;
            let crossed = (a >= share) != up;
            crossed.then(|| (x0 + (share - a) / (b - a) * (x1 - x0), up))
        })
        .collect();
    let first = name.split(',').next().unwrap_or_default();
    // With two digits of the step from value to value: no more is known.
    let steps = values.windows(2).map(|it| (it[1].0 - it[0].0).abs());
    let least = steps.fold(f64::INFINITY, f64::min).max(1e-9);
    let digits = (1.0 - libm::floor(libm::log10(least))).clamp(0.0, 9.0) as usize;
    let number = |x: f64| match Date::from_julian_day(x.round() as i32) {
        Ok(date) if dates => date.to_string(),
        _ => format!("{x:.digits$}"),
    };
    match crossings[..] {
        [] if values.iter().any(|(_, it)| *it >= share) => "everywhere".into(),
        [] => "nowhere".into(),
        // Values may stand in falling order.
        [(x, up)] => {
            let rising = values.first().map(|it| it.0) < values.last().map(|it| it.0);
            let word = if up == rising { "from" } else { "up to" };
            format!("{word} {first} = {}", number(x))
        }
        _ => {
            let each = crossings.iter().map(|(x, up)| {
                let word = if *up { "begins" } else { "ends" };
                format!("{word} at {first} = {}", number(*x))
            });
            format!("in parts: it {}", text::joined(each, ", "))
        }
    }
}
