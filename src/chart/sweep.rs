//! Outcomes over the points of a sweep: a heat map for two parameters, lines with
//! their intervals for one.

use super::canvas::{Align, Canvas, Pen, Type};
use super::page::{Foot, Page};
use super::plane::{Pt, Rect};
use super::theme::Shape;
use super::{Chart, ChartError, font, text, theme, ticks};

/// Everything the chart of a sweep needs.
#[derive(Debug, Clone)]
pub struct SweepInput {
    /// What the scenario is called.
    pub title: String,
    /// Replicates of each point.
    pub replicates: u64,
    /// Master seed.
    pub seed: u64,
    /// The program's version.
    pub version: String,
    /// One or two parameters with listed values.
    pub axes: Vec<SweepAxis>,
    /// One panel each.
    pub outcomes: Vec<SweepOutcome>,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct SweepAxis {
    /// What it is called.
    pub name: String,
    /// `lever` or `uncertainty`.
    pub role: String,
    /// The names of its values.
    pub levels: Vec<String>,
}

/// An outcome that is a share or a probability.
#[derive(Debug, Clone)]
pub struct SweepOutcome {
    /// What it is called.
    pub name: String,
    /// By point: a level of each axis, and estimate, lower and upper end.
    pub cells: Vec<(Vec<usize>, [f64; 3])>,
}

/// Space between panels.
const GAP: f64 = 22.0;
/// Room left of the panels for the names of values, at least and at most.
const LEFT: (f64, f64) = (60.0, 190.0);
/// Greatest height of a cell.
const CELL: f64 = 58.0;
/// Height of the plot of a line chart.
const HEIGHT: f64 = 260.0;

/// Draws what a sweep came to; `None` unless one or two parameters were varied.
///
/// The same input gives the same bytes.
///
/// # Errors
/// If the embedded font is refused.
pub fn draw_sweep(input: &SweepInput) -> Result<Option<Chart>, ChartError> {
    font::register()?;
    let (name, svg) = match input.axes.as_slice() {
        [_] => ("response", lines(input)?),
        [_, _] => ("heatmap", heat_map(input)?),
        _ => return Ok(None),
    };
    Ok(Some(Chart { name, svg }))
}

fn foot(input: &SweepInput) -> Foot<'_> {
    Foot {
        replicates: input.replicates,
        seed: input.seed,
        version: &input.version,
    }
}

fn said(axis: &SweepAxis) -> String {
    text::clean(&format!(
        "the {} {}",
        axis.role,
        axis.name.replace(',', ", ")
    ))
}

/// Panels side by side, each with room for names of values at its left.
fn panels(input: &SweepInput, left: f64, top: f64, height: f64) -> Vec<Rect> {
    let n = input.outcomes.len().max(1) as f64;
    let whole = theme::WIDTH - 2.0 * theme::MARGIN - left - GAP * (n - 1.0);
    let width = whole / n;
    (0..input.outcomes.len())
        .map(|at| {
            let x0 = theme::MARGIN + left + at as f64 * (width + GAP);
            Rect::new(x0, top, x0 + width, top + height)
        })
        .collect()
}

fn heading(canvas: &mut Canvas, outcome: &SweepOutcome, plot: &Rect) {
    let look = Type::new(theme::LABEL, theme::INK).bold();
    let name = text::cut(&outcome.name, theme::LABEL, true, plot.width());
    canvas.text(&name, (plot.x0, plot.y0 - 8.0), &look);
}

fn heat_map(input: &SweepInput) -> Result<String, ChartError> {
    let [across, down] = input.axes.as_slice() else {
        return Ok(String::new());
    };
    let subtitle = format!(
        "Outcomes over {} (across) and {} (down): mean or probability, with its 95 % interval below.",
        said(across),
        said(down)
    );
    let mut page = Page::of(&input.title, &subtitle);
    let (columns, rows) = (across.levels.len(), down.levels.len());
    let cell = (420.0 / rows as f64).clamp(14.0, CELL);
    let top = page.top + 24.0;
    let look = Type::new(theme::TICK, theme::SOFT).align(Align::End);
    let widest = down.levels.iter().map(|it| look.width(&text::clean(it)));
    let left = (widest.fold(0.0, f64::max) + 10.0).clamp(LEFT.0, LEFT.1);
    let places = panels(input, left, top, cell * rows as f64);
    let mut lines = 1;
    for (outcome, plot) in input.outcomes.iter().zip(&places) {
        heading(&mut page.canvas, outcome, plot);
        let width = plot.width() / columns as f64;
        for (at, [estimate, low, high]) in &outcome.cells {
            let [column, row] = at[..] else { continue };
            let place = Rect::new(
                plot.x0 + column as f64 * width,
                plot.y0 + row as f64 * cell,
                plot.x0 + (column + 1) as f64 * width,
                plot.y0 + (row + 1) as f64 * cell,
            );
            if !estimate.is_finite() {
                page.canvas.block(&place, theme::UNSEEN, 1.0);
                continue;
            }
            page.canvas.block(&place, theme::shade(*estimate), 1.0);
            let ink = theme::words_on(theme::shade(*estimate));
            let (x, y) = place.centre();
            let look = Type::new(theme::LABEL, ink).align(Align::Middle);
            let value = text::percent(*estimate);
            let small = Type::new(theme::SMALL - 1.0, ink).align(Align::Middle);
            let interval = format!(
                "{:.0}–{:.0}",
                100.0 * low.clamp(0.0, 1.0),
                100.0 * high.clamp(0.0, 1.0)
            );
            let two = cell >= 34.0 && low.is_finite() && small.width(&interval) < width - 4.0;
            if look.width(&value) < width - 2.0 && cell >= 13.0 {
                let lift = if two { -2.0 } else { 4.0 };
                page.canvas.text(&value, (x, y + lift), &look);
            }
            if two {
                page.canvas.text(&interval, (x, y + 12.0), &small);
            }
        }
        page.canvas.frame(plot, &Pen::new(theme::RULE, 0.9));
        lines = lines.max(below(&mut page.canvas, across, plot, |at| {
            plot.x0 + (at as f64 + 0.5) * width
        }));
    }
    if let Some(first) = places.first() {
        for (row, level) in down.levels.iter().enumerate() {
            let name = text::cut(&text::clean(level), theme::TICK, false, left - 8.0);
            let y = first.y0 + (row as f64 + 0.5) * cell + 3.5;
            page.canvas.text(&name, (first.x0 - 6.0, y), &look);
        }
    }
    let bottom = top + cell * rows as f64 + 18.0 + 12.0 * f64::from(lines);
    let notes = "Deeper blue: more. Compliance is the weighted mean of the clauses, as it truly is; \
                 completion and collapse are the agreement’s by the end of the run.";
    page.close(&foot(input), bottom, notes, &finding(input))
}

/// Names of values below a plot, on two lines where one has no room for them all,
/// and as many as there is room for; gives how many lines there are.
fn below(canvas: &mut Canvas, axis: &SweepAxis, plot: &Rect, x: impl Fn(usize) -> f64) -> u8 {
    let look = Type::new(theme::TICK, theme::SOFT).align(Align::Middle);
    let room = plot.width() / axis.levels.len().max(1) as f64;
    let names: Vec<String> = axis.levels.iter().map(|it| text::clean(it)).collect();
    let fits = |lines: &[String]| lines.iter().all(|it| look.width(it) + 6.0 <= room);
    let split = |name: &String| text::wrap(name, theme::TICK, false, room - 6.0, 2);
    let one = fits(&names);
    let two: Vec<Vec<String>> = names.iter().map(split).collect();
    let whole = |(name, lines): (&String, &Vec<String>)| lines.join(" ") == *name && fits(lines);
    if !one && names.iter().zip(&two).all(whole) {
        for (at, lines) in two.iter().enumerate() {
            for (n, line) in lines.iter().enumerate() {
                canvas.text(line, (x(at), plot.y1 + 15.0 + 12.0 * n as f64), &look);
            }
        }
        return 2;
    }
    let widest = names.iter().map(|it| look.width(it));
    let widest = widest.fold(1.0, f64::max).min(110.0);
    let every = ((widest + 6.0) / room).ceil().max(1.0) as usize;
    for (at, name) in names.iter().enumerate().step_by(every) {
        let name = text::cut(name, theme::TICK, false, 110.0);
        let half = look.width(&name) / 2.0;
        let at = x(at).clamp(
            plot.x0 + half - 8.0,
            (plot.x1 - half + 8.0).max(plot.x0 + half - 8.0),
        );
        canvas.text(&name, (at, plot.y1 + 15.0), &look);
    }
    1
}

fn lines(input: &SweepInput) -> Result<String, ChartError> {
    let [axis] = input.axes.as_slice() else {
        return Ok(String::new());
    };
    let subtitle = format!(
        "Outcomes over {}: mean or probability, with its 95 % interval over replicates.",
        said(axis)
    );
    let mut page = Page::of(&input.title, &subtitle);
    let top = page.top + 24.0;
    let numbers: Option<Vec<f64>> = axis.levels.iter().map(|it| number(it)).collect();
    let places = panels(input, LEFT.0, top, HEIGHT);
    let mut rows = 1;
    for (at, (outcome, plot)) in input.outcomes.iter().zip(&places).enumerate() {
        heading(&mut page.canvas, outcome, plot);
        let y = |share: f64| plot.y1 - share.clamp(0.0, 1.0) * plot.height();
        ticks::values(
            &mut page.canvas,
            plot,
            &[0.0, 0.25, 0.5, 0.75, 1.0],
            y,
            |v| {
                if at == 0 {
                    format!("{:.0} %", v * 100.0)
                } else {
                    String::new()
                }
            },
        );
        let x = |level: usize| match &numbers {
            Some(numbers) => {
                let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
                let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let span = (most - least).max(1e-12);
                plot.x0 + 14.0 + (numbers[level] - least) / span * (plot.width() - 28.0)
            }
            None => {
                let n = axis.levels.len() as f64;
                plot.x0 + (level as f64 + 0.5) / n * plot.width()
            }
        };
        let mut points: Vec<(f64, [f64; 3])> = outcome
            .cells
            .iter()
            .filter(|(_, values)| values[0].is_finite())
            .filter_map(|(at, values)| Some((x(*at.first()?), *values)))
            .collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let end = |value: f64, own: f64| if value.is_finite() { value } else { own };
        if numbers.is_some() {
            let up = points
                .iter()
                .map(|(x, [own, low, _])| (*x, y(end(*low, *own))));
            let back = points.iter().rev();
            let back = back.map(|(x, [own, _, high])| (*x, y(end(*high, *own))));
            let ribbon: Vec<Pt> = up.chain(back).collect();
            page.canvas.fill(&ribbon, theme::TRUE, 0.25);
            let line: Vec<Pt> = points.iter().map(|(x, it)| (*x, y(it[0]))).collect();
            page.canvas.line(&line, &Pen::new(theme::TRUE, 2.1));
        }
        for (x, [own, low, high]) in &points {
            if numbers.is_none() {
                let ends = [(*x, y(end(*low, *own))), (*x, y(end(*high, *own)))];
                page.canvas.line(&ends, &Pen::new(theme::TRUE, 1.6));
            }
            let look = (theme::TRUE, Shape::Circle);
            page.canvas.mark((*x, y(*own)), 3.2, look, false, 1.0);
        }
        page.canvas.frame(plot, &Pen::new(theme::RULE, 0.9));
        rows = rows.max(below(&mut page.canvas, axis, plot, x));
    }
    let bottom = top + HEIGHT + 18.0 + 12.0 * f64::from(rows);
    let notes = "Compliance is the weighted mean of the clauses, as it truly is; completion and \
                 collapse are the agreement’s by the end of the run.";
    page.close(&foot(input), bottom, notes, &finding(input))
}

/// The number a level begins with: 40 of "40:50".
fn number(level: &str) -> Option<f64> {
    let own = level.split(':').next().unwrap_or_default();
    own.trim().parse::<f64>().ok().filter(|it| it.is_finite())
}

/// The extremes of each outcome in a sentence.
fn finding(input: &SweepInput) -> String {
    let each = input.outcomes.iter().filter_map(|outcome| {
        let finite = || outcome.cells.iter().filter(|(_, it)| it[0].is_finite());
        let most = finite().max_by(|a, b| a.1[0].total_cmp(&b.1[0]))?;
        let least = finite().min_by(|a, b| a.1[0].total_cmp(&b.1[0]))?;
        let at = |levels: &[usize]| {
            let each = input.axes.iter().zip(levels);
            let each = each.map(|(axis, level)| {
                let level = axis.levels.get(*level).map_or("", String::as_str);
                format!("{} = {level}", axis.name)
            });
            text::clean(&each.collect::<Vec<_>>().join(", "))
        };
        Some(format!(
            "{}: from {} at {} to {} at {}.",
            outcome.name,
            text::percent(least.1[0]),
            at(&least.0),
            text::percent(most.1[0]),
            at(&most.0)
        ))
    });
    each.collect::<Vec<_>>().join(" ")
}
