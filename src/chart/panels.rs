//! Small plots of lines over time, side by side, as several charts have them.

use plotters::style::RGBColor;

use super::canvas::{Canvas, Pen, Type};
use super::distance::dates;
use super::label_layout::spread;
use super::plane::{Pt, Rect};
use super::series::Moment;
use super::theme::{self, Shape};
use super::ticks::{self, DateAxis};
use super::{ChartClause, ChartInput, text};
use crate::record::TurnRow;
use crate::stats::wilson;

/// At most so many lines in a panel: more cannot be told apart.
pub(super) const LINES: usize = 7;
/// Of what has been counted at all the greatest, for as many lines as a panel has, and how
/// many more there are.
pub(super) fn greatest<T>(counted: impl Iterator<Item = (f64, T)>) -> (Vec<T>, usize) {
    let mut all: Vec<(f64, T)> = counted.filter(|it| it.0 > 0.0).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let more = all.len().saturating_sub(LINES);
    let kept = all.into_iter().take(LINES).map(|it| it.1);
    (kept.collect(), more)
}

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

/// What is drawn round a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Band {
    /// Nothing.
    None,
    /// 5–95 % of replicates, where replicates differ.
    Quantiles,
    /// The 95 % interval of a probability, by Wilson's score.
    Wilson,
}

/// What the numbers of a panel are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// Shares, written as per cent.
    Share,
    /// Any others.
    Number,
}

impl Scale {
    /// A value in few digits.
    pub(super) fn words(self, value: f64) -> String {
        match self {
            Scale::Share => text::percent(value),
            Scale::Number => amount(value),
        }
    }
}

/// A number in few digits: what is above nothing is not said to be nothing.
pub(super) fn amount(value: f64) -> String {
    // Two digits of what is small, without zeros at the end.
    let short = |words: String| match words.trim_end_matches('0') {
        kept if kept.contains('.') => kept.trim_end_matches('.').to_owned(),
        _ => words.clone(),
    };
    match value {
        _ if value >= 999.5 => text::grouped(value.round() as u64),
        _ if value >= 99.5 => format!("{value:.0}"),
        _ if value >= 0.95 || value <= 0.0 || value.is_nan() => text::number(value),
        _ if value < 0.0005 => "< 0.001".to_owned(),
        _ if value < 0.095 => short(format!("{value:.3}")),
        _ => short(format!("{value:.2}")),
    }
}

/// A value of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value {
    /// The day, as a Julian day number.
    pub(super) day: f64,
    /// The mean.
    pub(super) mean: f64,
    /// What is drawn round it: from, to.
    pub(super) round: Option<(f64, f64)>,
}

/// A line of a panel.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// What it is called.
    pub(super) name: String,
    /// Its values, by day.
    pub(super) values: Vec<Value>,
    /// The value written beside it.
    pub(super) told: f64,
    /// The rows it is drawn from.
    pub(super) rows: Vec<Moment<'a>>,
    /// Its colour.
    pub(super) colour: RGBColor,
    /// Its dashes.
    pub(super) dash: &'static str,
    /// The mark at its end.
    pub(super) shape: Shape,
}

/// Dashes of the lines of a panel, in order: no two lines rely on colour alone.
const DASHES: [&str; LINES] =
    ["", theme::DASHED, theme::DASH_DOT, "3 2", "11 3", "9 2 2 2 2 2", theme::DOTTED];

impl<'a> Line<'a> {
    /// The n-th line of a panel: means with what is round them; the last is told.
    pub(super) fn nth(n: usize, name: &str, rows: Vec<Moment<'a>>, band: Band) -> Line<'a> {
        let values = rows.iter().map(|it| Value {
            day: it.day,
            mean: it.row.mean,
            round: round(band, it.row),
        });
        let (colour, shape) = theme::party(n);
        Line {
            name: text::clean(name),
            values: values.collect(),
            told: rows.last().map_or(f64::NAN, |it| it.row.mean),
            rows,
            colour,
            dash: DASHES[n % LINES],
            shape,
        }
    }

    /// The n-th line of a panel: of what is counted in a turn the mean of the days
    /// before, over [`WINDOW`] days; the mean over all days is told. `per` are the rows
    /// of what it is counted for, if not a day.
    pub(super) fn rolling(
        n: usize,
        name: &str,
        rows: Vec<Moment<'a>>,
        per: Option<&[Moment<'_>]>,
    ) -> Line<'a> {
        let (values, told) = rolling(&rows, per);
        Line { values, told, ..Self::nth(n, name, rows, Band::None) }
    }

    /// Whether it is ever above nothing.
    pub(super) fn is_any(&self) -> bool {
        self.rows.iter().any(|it| it.row.mean > 0.0)
    }

    /// Its last row.
    pub(super) fn last(&self) -> Option<&'a TurnRow> {
        self.rows.last().map(|it| it.row)
    }

    /// The greatest of its means.
    pub(super) fn peak(&self) -> f64 {
        self.values.iter().map(|it| it.mean).fold(0.0, f64::max)
    }
}

/// Days that a rolling mean goes over.
pub(super) const WINDOW: f64 = 28.0;

/// For each row the mean of the days up to it, at most [`WINDOW`] of them, and the mean of
/// all: the sum of what was counted over the sum of what it is counted for (days, or the
/// effort of those days), and not the mean of the ratios of turns.
fn rolling(rows: &[Moment<'_>], per: Option<&[Moment<'_>]>) -> (Vec<Value>, f64) {
    let mut turns: Vec<(f64, f64, f64)> = Vec::new();
    let mut before: Option<f64> = None;
    for it in rows {
        // A row is of the turn that ends on its day; the first day is no turn.
        let days = it.day - before.replace(it.day).unwrap_or(it.day);
        let effort = per.map_or(1.0, |per| {
            let own = per.iter().find(|own| (own.day - it.day).abs() < 0.5);
            own.map_or(0.0, |own| own.row.mean)
        });
        if days > 0.0 {
            turns.push((it.day, it.row.mean * days, effort * days));
        }
    }
    let over = |turns: &[(f64, f64, f64)]| {
        let sum = |of: fn(&(f64, f64, f64)) -> f64| turns.iter().map(of).sum::<f64>();
        let effort = sum(|it| it.2);
        (effort > 0.0).then(|| sum(|it| it.1) / effort)
    };
    let mut first = 0;
    let mut values = Vec::new();
    for (n, (day, ..)) in turns.iter().enumerate() {
        while turns[first].0 <= day - WINDOW {
            first += 1;
        }
        values.extend(over(&turns[first..=n]).map(|mean| Value { day: *day, mean, round: None }));
    }
    (values, over(&turns).unwrap_or(f64::NAN))
}

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
    pub(super) scale: Scale,
    /// The top of its axis, if it is not that of what it shows.
    pub(super) top: Option<f64>,
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
            scale: Scale::Number,
            top: None,
        }
    }

    /// The greatest value it shows.
    pub(super) fn greatest(&self) -> f64 {
        let lines = self.lines.iter().flat_map(|line| &line.values);
        let lines = lines.map(|it| it.round.map_or(it.mean, |(_, high)| high));
        let levels = self.levels.iter().map(|it| it.at);
        lines.chain(levels).filter(|it| it.is_finite()).fold(0.0, f64::max)
    }
}

/// What is drawn round a value: from, to.
fn round(band: Band, row: &TurnRow) -> Option<(f64, f64)> {
    match band {
        Band::None => None,
        // Quantiles are read off bins, and would show a spread that is not there.
        Band::Quantiles => {
            let differ = row.sd > 0.0 && row.q05.is_finite() && row.q95.is_finite();
            Some(if differ { (row.q05, row.q95) } else { (row.mean, row.mean) })
        }
        Band::Wilson => {
            let yes = (row.mean * row.n as f64).round() as u64;
            let it = wilson(yes.min(row.n), row.n);
            (row.n > 0).then_some((it.low, it.high))
        }
    }
}

/// A panel's lines with the words beside each, in at most two lines of this width.
type Names<'a, 'p> = Vec<(&'p Line<'a>, Vec<String>)>;

fn names<'a, 'p>(panel: &'p Panel<'a>, room: f64) -> Names<'a, 'p> {
    let shown = panel.lines.iter().filter(|it| !it.values.is_empty());
    let named = shown.map(|line| {
        let words = format!("{} {}", panel.scale.words(line.told), line.name);
        let words = text::wrap(&words, theme::SMALL, true, room - BEFORE, 2);
        (line, words)
    });
    named.collect()
}

/// The room that names need beside a plot.
fn width_of(names: &Names<'_, '_>) -> f64 {
    let lines = names.iter().flat_map(|it| &it.1);
    let widest = lines.map(|it| super::font::width(it, theme::SMALL, true));
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
    let title = super::font::width(&panel.title, theme::LABEL + 0.5, true);
    panel.note.is_empty()
        || title + 8.0 + super::font::width(&panel.note, theme::SMALL, false) <= width
}

/// Draws panels below `top`, two in a row where there are more than one, and gives
/// where they end.
pub(super) fn draw(canvas: &Canvas, input: &ChartInput, panels: &[Panel<'_>], top: f64) -> f64 {
    let whole = theme::WIDTH - 2.0 * theme::MARGIN;
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
        for (n, (panel, named)) in own.iter().zip(named).enumerate() {
            let x0 = theme::MARGIN + n as f64 * (width + GAP);
            let plot = Rect::new(x0 + NUMBERS, top + over, x0 + width - room, top + over + least);
            draw_panel(
                canvas,
                input,
                panel,
                named,
                &Rect::new(x0, top, x0 + width, plot.y1),
                &plot,
            );
        }
        top += over + least + UNDER;
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
    let right = theme::WIDTH - theme::MARGIN;
    let named = names(panel, WIDE_NAMES);
    let over = over(panel, right - theme::MARGIN);
    let plot = Rect::new(
        theme::MARGIN + NUMBERS,
        top + over,
        right - width_of(&named),
        top + over + height,
    );
    let place = Rect::new(theme::MARGIN, top, right, plot.y1);
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
    heading(canvas, panel, place);
    let most = panel.top.unwrap_or_else(|| panel.greatest());
    let most = if most > 0.0 { most * 1.06 } else { 1.0 };
    let most = if panel.scale == Scale::Share && panel.top.is_none() && most > 1.0 && most < 1.07 {
        1.0
    } else {
        most
    };
    let y = |value: f64| plot.y1 - value / most * plot.height();
    let axis = DateAxis::new(input.start, input.end, plot.x0, plot.x1);
    let marks = ticks::linear(0.0, most, plot.height() / 32.0);
    ticks::values(canvas, plot, &marks, y, |value| match panel.scale {
        Scale::Share => format!("{} %", text::number(value * 100.0)),
        // Not a zero below zero, nor the grain of a sum.
        Scale::Number if value < 999.5 => format!("{}", (value * 1e6).round() / 1e6 + 0.0),
        Scale::Number => text::grouped(value.round() as u64),
    });
    axis.draw(canvas, plot, true);
    let look = Type::new(theme::SMALL, theme::SOFT);
    let unit = text::cut(&panel.unit, look.size, false, plot.height() + 30.0);
    canvas.upright(&unit, (place.x0 + 10.0, plot.centre().1), &look);

    canvas.clip(&plot.grown(1.5));
    for line in &panel.lines {
        let ends: Vec<(f64, (f64, f64))> =
            line.values.iter().filter_map(|it| Some((axis.x(it.day), it.round?))).collect();
        let up = ends.iter().map(|(x, (_, high))| (*x, y(*high)));
        let down = ends.iter().rev().map(|(x, (low, _))| (*x, y(*low)));
        let area: Vec<Pt> = up.chain(down).collect();
        canvas.fill(&area, line.colour, 0.16);
    }
    for level in &panel.levels {
        let pen = Pen::new(theme::INK, 1.0).dashed(theme::DASHED);
        canvas.line(&[(plot.x0, y(level.at)), (plot.x1, y(level.at))], &pen);
    }
    for line in &panel.lines {
        let points: Vec<Pt> = line.values.iter().map(|it| (axis.x(it.day), y(it.mean))).collect();
        canvas.line(&points, &Pen::new(line.colour, 2.0).dashed(line.dash));
    }
    canvas.end_clip();
    canvas.frame(plot, &Pen::new(theme::RULE, 0.9));
    name_levels(canvas, panel, plot, y);
    if let Some(clause) = panel.clause {
        dates(canvas, clause, &axis, plot);
    }
    name_lines(canvas, names, plot, &axis, y);
}

/// The title, and what is said beside it or below.
fn heading(canvas: &Canvas, panel: &Panel<'_>, place: &Rect) {
    let look = Type::new(theme::LABEL + 0.5, theme::INK).bold();
    let at = (place.x0, place.y0 + 12.0);
    let title = text::cut(&panel.title, look.size, true, place.width());
    canvas.text(&title, at, &look);
    let small = Type::new(theme::SMALL, theme::SOFT);
    if beside(panel, place.width()) {
        canvas.text(&panel.note, (at.0 + look.width(&title) + 8.0, at.1), &small);
    } else {
        let note = text::cut(&panel.note, small.size, false, place.width());
        canvas.text(&note, (at.0, at.1 + 13.0), &small);
    }
}

/// Names of the levels in the plot, each on its line, those with room.
fn name_levels(canvas: &Canvas, panel: &Panel<'_>, plot: &Rect, y: impl Fn(f64) -> f64) {
    let look = Type::new(theme::SMALL, theme::INK).halo();
    let mut taken: Vec<f64> = Vec::new();
    for level in &panel.levels {
        let over = y(level.at) - 3.5;
        let base = if over - 9.0 < plot.y0 { over + 14.0 } else { over };
        let free = taken.iter().all(|it| (it - base).abs() >= 11.0);
        if free && base > plot.y0 + 9.0 && base < plot.y1 {
            taken.push(base);
            let words = text::cut(&text::clean(&level.name), look.size, false, plot.width() - 12.0);
            canvas.text(&words, (plot.x0 + 5.0, base), &look);
        }
    }
}

/// What is told of each line and its name, right of the plot, tied to the line's end.
fn name_lines(
    canvas: &Canvas,
    names: &Names<'_, '_>,
    plot: &Rect,
    axis: &DateAxis,
    y: impl Fn(f64) -> f64,
) {
    let wanted: Vec<f64> =
        names.iter().map(|(line, _)| line.values.last().map_or(plot.y1, |it| y(it.mean))).collect();
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
    for (((line, words), y), from) in names.iter().zip(at).zip(wanted) {
        let end = line.values.last().map_or(plot.x1, |it| axis.x(it.day));
        let from = from.clamp(plot.y0, plot.y1);
        canvas.line(&[(end, from), (plot.x1 + 9.0, y)], &Pen::new(line.colour, 0.7));
        canvas.mark((plot.x1 + 14.0, y), 3.4, (line.colour, line.shape), false, 1.0);
        for (n, words) in words.iter().enumerate() {
            let look = Type::new(theme::SMALL, line.colour);
            let look = if n == 0 { look.bold() } else { look };
            let base = y + 3.6 + n as f64 * LINE;
            canvas.text(words, (plot.x1 + BEFORE, base), &look);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_well() {
        for (value, words) in [
            (0.0, "0"),
            (0.0001, "< 0.001"),
            (0.0243, "0.024"),
            (0.03, "0.03"),
            (0.25, "0.25"),
            (0.5, "0.5"),
            (1.25, "1.2"),
            (12.0, "12"),
            (123.4, "123"),
            (1234.6, "1,235"),
        ] {
            assert_eq!(amount(value), words);
        }
    }

    #[test]
    fn a_rolling_mean_goes_by_days_and_effort() {
        let row = |mean: f64| TurnRow {
            point: 0,
            date: String::new(),
            subject_kind: String::new(),
            subject: String::new(),
            measure: String::new(),
            unit: String::new(),
            register: String::new(),
            n: 10,
            mean,
            sd: 0.0,
            q05: mean,
            q25: mean,
            q50: mean,
            q75: mean,
            q95: mean,
        };
        let rows = [row(9.0), row(2.0), row(0.0), row(1.0)];
        let at = |rows: &'static [TurnRow]| -> Vec<Moment<'static>> {
            let days = [0.0, 7.0, 8.0, 40.0];
            let moments = rows.iter().zip(days).map(|(row, day)| Moment { day, row });
            moments.collect()
        };
        let counted = at(Box::leak(Box::new(rows)));
        let (values, all) = rolling(&counted, None);
        let means: Vec<f64> = values.iter().map(|it| it.mean).collect();
        // 14 in 7 days; 14 in 8; then 32 in the 32 days since.
        assert_eq!(means, [2.0, 1.75, 1.0]);
        assert_eq!(all, 46.0 / 40.0);
        // For a unit of effort, of which there was half a one a day, and none on a day.
        let effort = at(Box::leak(Box::new([row(0.5), row(0.5), row(0.0), row(0.5)])));
        let (values, all) = rolling(&counted, Some(&effort));
        assert_eq!(values.last().map(|it| it.mean), Some(2.0));
        assert_eq!(all, 46.0 / 19.5);
    }
}
