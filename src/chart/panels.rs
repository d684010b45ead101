//! Small plots of lines over time, side by side, as several charts have them.

use super::canvas::{Canvas, Pen, Type};
use super::distance::dates;
use super::label_layout::spread;
use super::lines::{Figures, Line};
use super::page::Page;
use super::plane::{Pt, Rect, span};
use super::plot::{DateAxis, Plot};
use super::ranged::Scale;
use super::strip::{self, Strip};
use super::{ChartClause, ChartInput, font, records, series, text, theme, ticks};
use crate::analysis::RecordRow;

/// Between two columns of panels.
const GAP: f64 = 18.0;
/// Room left of a plot for its numbers, and at most right of it for the names of its
/// lines: in one of two columns, and alone.
const NUMBERS: f64 = 64.0;
const NAMES: f64 = 180.0;
const WIDE_NAMES: f64 = 230.0;
/// Before the name of a line: from the plot to the mark.
pub(super) const BEFORE: f64 = 22.0;
/// Above a plot with its title, with what stands below the title, and below a plot.
const TITLE: f64 = 25.0;
const SECOND: f64 = 15.0;
const UNDER: f64 = 42.0;
/// Height of a line of a name.
const LINE: f64 = 12.0;

/// A value that lines are held against.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Level {
    /// The value.
    pub(super) at: f64,
    /// What it is called.
    pub(super) name: String,
}

/// A plot.
#[derive(Debug, Clone)]
pub(super) struct Panel<'a> {
    /// What it is of.
    pub(super) title: String,
    /// What is said beside the title.
    pub(super) note: String,
    /// What its numbers are, with their unit.
    pub(super) unit: String,
    /// Its lines.
    pub(super) lines: Vec<Line<'a>>,
    /// Values that they are held against.
    pub(super) levels: Vec<Level>,
    /// The clause whose dates it marks.
    pub(super) clause: Option<&'a ChartClause>,
    /// What its numbers are.
    pub(super) figures: Figures,
    /// The top of its axis, if it is not that of what it shows.
    pub(super) top: Option<f64>,
    /// What is recorded, as a strip below it.
    pub(super) strip: Option<Strip<'a>>,
    /// What is on record of it.
    pub(super) records: Vec<&'a RecordRow>,
}

impl<'a> Panel<'a> {
    /// Lines of numbers.
    pub(super) fn new(title: &str, unit: &str, lines: Vec<Line<'a>>) -> Panel<'a> {
        Panel {
            title: text::clean(title),
            note: String::new(),
            unit: unit.to_owned(),
            lines,
            levels: Vec::new(),
            clause: None,
            figures: Figures::Number,
            top: None,
            strip: None,
            records: Vec::new(),
        }
    }

    /// The greatest value it shows.
    pub(super) fn greatest(&self) -> f64 {
        let values = self.lines.iter().flat_map(|line| &line.values).map(|it| it.mean);
        let ribbons = self.lines.iter().flat_map(|line| &line.ribbons);
        let highs = ribbons.flat_map(|(ends, _)| ends).map(|it| it.2);
        let levels = self.levels.iter().map(|it| it.at);
        span(0.0, values.chain(highs).chain(levels)).1
    }
}

/// A panel's lines with the words beside each, in at most two lines of this width.
type Names<'a, 'p> = Vec<(&'p Line<'a>, Vec<String>)>;

fn names<'a, 'p>(panel: &'p Panel<'a>, room: f64) -> Names<'a, 'p> {
    let shown = panel.lines.iter().filter(|it| !it.values.is_empty());
    let named = shown.map(|line| {
        let words = format!("{} {}", panel.figures.words(line.told), line.name);
        let words = text::wrap(&words, theme::SMALL, true, room - BEFORE, 2);
        (line, words)
    });
    named.collect()
}

/// The room that names need beside a plot.
fn width_of(names: &Names<'_, '_>) -> f64 {
    let lines = names.iter().flat_map(|it| &it.1);
    let widest = lines.map(|it| font::width(it, theme::SMALL, true));
    BEFORE + widest.fold(0.0, f64::max) + 2.0
}

fn height_of(names: &Names<'_, '_>) -> f64 {
    let lines: usize = names.iter().map(|it| it.1.len()).sum();
    lines as f64 * LINE + 3.0 * names.len() as f64
}

/// What stands above the plot of a panel.
fn over(panel: &Panel<'_>, width: f64) -> f64 {
    let dated = panel.clause.is_some_and(|it| it.starts.is_some() || it.deadline.is_some());
    let second = dated || !beside(panel, width);
    TITLE + if second { SECOND } else { 0.0 }
}

/// Whether what is said of a panel has room beside its title.
fn beside(panel: &Panel<'_>, width: f64) -> bool {
    let title = font::width(&panel.title, theme::LABEL + 0.5, true);
    panel.note.is_empty() || title + 8.0 + font::width(&panel.note, theme::SMALL, false) <= width
}

/// At most so many panels are drawn, unless a chart says fewer.
pub(super) const PANELS: usize = 12;

/// A chart of panels, the first `most` of them; `None` without one. `of` says what they
/// are of, `notes` how they are read, `finding` what they show.
pub(super) fn chart<'a>(
    input: &ChartInput,
    subtitle: &str,
    (all, most, of): (&[Panel<'a>], usize, &str),
    notes: impl Fn(&[Panel<'a>]) -> String,
    finding: impl Fn(&[Panel<'a>]) -> String,
) -> Option<String> {
    let shown = &all[..all.len().min(most)];
    shown.first()?;
    let page = Page::of(&input.about, subtitle);
    let bottom = draw(&page.canvas, input, shown, page.top);
    let notes = notes(shown) + &text::not_drawn(all.len() - shown.len(), of);
    Some(page.close(bottom, &notes, &finding(shown)))
}

/// Draws panels below `top`, two in a row where there are more than one, and gives
/// where they end.
fn draw(canvas: &Canvas, input: &ChartInput, panels: &[Panel<'_>], top: f64) -> f64 {
    let whole = theme::ROOM;
    let (columns, width, room, height) = match panels.len() {
        0 | 1 => (1, whole, WIDE_NAMES, 250.0),
        2..=4 => (2, (whole - GAP) / 2.0, NAMES, 150.0),
        _ => (2, (whole - GAP) / 2.0, NAMES, 118.0),
    };
    let named: Vec<Names<'_, '_>> = panels.iter().map(|it| names(it, room)).collect();
    let room = named.iter().map(width_of).fold(0.0, f64::max);
    let mut top = top;
    for (row, own) in panels.chunks(columns).enumerate() {
        let named = &named[row * columns..];
        let over = own.iter().map(|it| over(it, width)).fold(0.0, f64::max);
        let least = named.iter().take(own.len()).map(height_of).fold(height, f64::max);
        let strip = if own.iter().any(|it| it.strip.is_some()) { strip::HEIGHT } else { 0.0 };
        for (n, (panel, named)) in own.iter().zip(named).enumerate() {
            let x0 = theme::MARGIN + n as f64 * (width + GAP);
            let plot = Rect::new(x0 + NUMBERS, top + over, x0 + width - room, top + over + least);
            let place = Rect::new(x0, top, x0 + width, plot.y1);
            draw_panel(canvas, input, panel, named, &place, &plot);
        }
        top += over + least + strip + UNDER;
    }
    top
}

/// Draws one panel alone, of this height, and gives its plot.
pub(super) fn alone(
    canvas: &Canvas,
    input: &ChartInput,
    panel: &Panel<'_>,
    (top, height): (f64, f64),
) -> Rect {
    let named = names(panel, WIDE_NAMES);
    let over = over(panel, theme::ROOM);
    let plot = Rect::inset((NUMBERS, width_of(&named)), top + over, height);
    let place = Rect::inset((0.0, 0.0), top, over + height);
    draw_panel(canvas, input, panel, &named, &place, &plot);
    plot
}

/// Draws a panel in its place, its words round the plot.
fn draw_panel(
    canvas: &Canvas,
    input: &ChartInput,
    panel: &Panel<'_>,
    names: &Names<'_, '_>,
    place: &Rect,
    plot: &Rect,
) {
    heading(canvas, &panel.title, &panel.note, place);
    let most = panel.top.unwrap_or_else(|| panel.greatest());
    let whole = panel.figures == Figures::Share && panel.top.is_none();
    let most = match most * 1.06 {
        most if most <= 0.0 || whole && most > 1.0 && most < 1.07 => 1.0,
        most => most,
    };
    let axis = DateAxis::new(input.start, input.end, plot.x0, plot.x1);
    let plotted = axis.plot(canvas, (plot.y0, plot.y1), Scale::new(0.0, most));
    let least = if (most - 1.0).abs() < 1e-9 { 5.0 } else { 0.0 };
    let marks = ticks::linear(0.0, most, (plot.height() / 32.0).max(least));
    plotted.values(&marks, |value| match panel.figures {
        Figures::Share => format!("{} %", text::number(value * 100.0)),
        // Not a zero below zero, nor the grain of a sum.
        Figures::Number if value < 999.5 => format!("{}", (value * 1e6).round() / 1e6 + 0.0),
        Figures::Number => text::grouped(value.round() as u64),
    });
    let under = if panel.strip.is_some() { strip::HEIGHT } else { 0.0 };
    axis.draw(canvas, &Rect { y1: plot.y1 + under, ..*plot }, true);
    let look = Type::NOTE;
    let unit = look.cut(&panel.unit, plot.height() + 30.0);
    canvas.upright(&unit, (place.x0 + 10.0, plot.centre().1), &look);

    plotted.clip(1.5);
    for line in &panel.lines {
        for (ends, alpha) in &line.ribbons {
            plotted.band(ends.iter().copied(), line.colour, *alpha);
        }
    }
    for level in &panel.levels {
        plotted.level(level.at, &Pen::new(theme::INK, 1.0).dashed(theme::DASHED));
    }
    for line in &panel.lines {
        let points = line.values.iter().map(|it| (it.day, it.mean));
        plotted.line(points, &Pen::new(line.colour, 2.0).dashed(line.dash));
    }
    plotted.end_clip();
    plotted.edge();
    name_levels(canvas, panel, &plotted);
    if let Some(strip) = &panel.strip {
        strip.draw(canvas, &axis, plot.y1);
    }
    for record in &panel.records {
        if let Some(day) = series::read(&record.date).map(series::day) {
            let at = |value: f64| plotted.place((day, value));
            records::draw_mark(canvas, record, at(record.high), at(record.low));
        }
    }
    if let Some(clause) = panel.clause {
        dates(canvas, clause, &axis, plot);
    }
    name_lines(canvas, names, &plotted);
}

/// A title, and what is said beside it, or below where it has no room.
pub(super) fn heading(canvas: &Canvas, title: &str, note: &str, place: &Rect) {
    let look = Type::TITLE;
    let small = Type::NOTE;
    let (title, at) = (look.cut(title, place.width()), (place.x0, place.y0 + 12.0));
    canvas.text(&title, at, &look);
    let beside = at.0 + look.width(&title) + 8.0;
    if beside + small.width(note) <= place.x1 {
        canvas.text(note, (beside, at.1), &small);
    } else {
        canvas.text(&small.cut(note, place.width()), (at.0, at.1 + 13.0), &small);
    }
}

/// Names of the levels in the plot, each on its line, those with room.
fn name_levels(canvas: &Canvas, panel: &Panel<'_>, plotted: &Plot) {
    let plot = &plotted.frame;
    let look = Type::SMALL.halo();
    let mut taken: Vec<f64> = Vec::new();
    for level in &panel.levels {
        let over = plotted.y(level.at) - 3.5;
        let base = if over - 9.0 < plot.y0 { over + 14.0 } else { over };
        let free = taken.iter().all(|it| (it - base).abs() >= 11.0);
        if free && base > plot.y0 + 9.0 && base < plot.y1 {
            taken.push(base);
            let words = look.cut(&level.name, plot.width() - 12.0);
            canvas.text(&words, (plot.x0 + 5.0, base), &look);
        }
    }
}

/// What is told of each line and its name, right of the plot, tied to the line's end.
fn name_lines(canvas: &Canvas, names: &Names<'_, '_>, plotted: &Plot) {
    let plot = &plotted.frame;
    let ends = names.iter().map(|(line, _)| {
        let end = line.values.last();
        end.map_or((plot.x1, plot.y1), |it| plotted.place((it.day, it.mean)))
    });
    let ends: Vec<Pt> = ends.collect();
    let wanted: Vec<f64> = ends.iter().map(|it| it.1).collect();
    let tallest = names.iter().map(|it| it.1.len()).max().unwrap_or(1) as f64;
    let low = plot.y1 - (tallest - 1.0) * LINE;
    let at = if tallest * (LINE + 1.5) * names.len() as f64 <= plot.height() + LINE {
        spread(&wanted, tallest * LINE + 1.5, plot.y0 + 2.0, low)
    } else {
        // Names of one line and of two: stacked in order, from the top.
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
        let mut at = vec![0.0; names.len()];
        let mut next = plot.y0 + 2.0;
        for n in order {
            at[n] = next;
            next += names[n].1.len() as f64 * LINE + 3.0;
        }
        at
    };
    for (((line, words), y), end) in names.iter().zip(at).zip(ends) {
        let end = (end.0, end.1.clamp(plot.y0, plot.y1));
        canvas.line(&[end, (plot.x1 + 9.0, y)], &Pen::new(line.colour, 0.7));
        canvas.mark((plot.x1 + 14.0, y), 3.4, (line.colour, line.shape), false, 1.0);
        let look = Type::new(theme::SMALL, line.colour).bold();
        canvas.lines(words, (plot.x1 + BEFORE, y + 3.6), LINE, &look);
    }
}
