//! Outcomes over the points of a sweep: lines with their intervals over one parameter, a
//! heat map over two.

use super::about::About;
use super::canvas::{Align, Canvas, Pen, Type};
use super::page::Page;
use super::plane::Rect;
use super::plot::Plot;
use super::ranged::{SHARE, Scale};
use super::theme::Shape;
use super::{Chart, heat_map, series, text, theme};
use crate::stats::OVER;

/// Everything the chart of a sweep needs.
#[derive(Debug, Clone)]
pub struct SweepInput {
    /// The scenario and its runs.
    pub about: About,
    /// One or two parameters with listed values.
    pub axes: Vec<SweepAxis>,
    /// One panel each.
    pub outcomes: Vec<SweepOutcome>,
    /// A share whose contour is drawn over a heat map whose values are all numbers.
    pub contour: Option<SweepContour>,
}

/// A wanted share.
#[derive(Debug, Clone, Copy)]
pub struct SweepContour {
    /// Between 0 and 1.
    pub share: f64,
    /// Whether somebody asked for it: then it is also said where it is not reached.
    pub asked: bool,
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
    /// What each of them sets, as TOML writes it; of several paths, the first.
    pub values: Vec<String>,
}

impl SweepAxis {
    /// Its values as numbers, of dates as Julian days, and whether they are days; none
    /// unless they rise, or fall, from each to the next.
    #[must_use]
    pub fn numbers(&self) -> Option<(Vec<f64>, bool)> {
        let each = || self.values.iter();
        let number = |it: &String| it.parse::<f64>().ok().filter(|it| it.is_finite());
        let (numbers, dates): (Vec<f64>, bool) = match each().map(number).collect() {
            Some(numbers) => (numbers, false),
            None => {
                let days = each().map(|it| Some(series::day(series::read(it)?)));
                (days.collect::<Option<_>>()?, true)
            }
        };
        let rises = numbers.windows(2).all(|it| it[0] < it[1]);
        let falls = numbers.windows(2).all(|it| it[0] > it[1]);
        let whole = numbers.len() == self.levels.len();
        ((rises || falls) && whole).then_some((numbers, dates))
    }
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
pub(super) const LEFT: (f64, f64) = (60.0, 190.0);
/// Height of the plot of a line chart.
const HEIGHT: f64 = 260.0;

/// Draws what a sweep came to; `None` unless one or two parameters were varied.
///
/// The same input gives the same bytes.
pub fn draw_sweep(input: &SweepInput) -> Option<Chart> {
    let (name, svg) = match input.axes.as_slice() {
        [axis] => ("response", lines(input, axis)),
        [across, down] => ("heatmap", heat_map::heat_map(input, [across, down])),
        _ => return None,
    };
    Some(Chart { name, svg })
}

pub(super) fn said(axis: &SweepAxis) -> String {
    text::clean(&format!("the {} {}", axis.role, axis.name.replace(',', ", ")))
}

/// Panels side by side, each with room for names of values at its left.
pub(super) fn panels(input: &SweepInput, left: f64, top: f64, height: f64) -> Vec<Rect> {
    let n = input.outcomes.len().max(1) as f64;
    let whole = theme::ROOM - left - GAP * (n - 1.0);
    let width = whole / n;
    (0..input.outcomes.len())
        .map(|at| {
            let x0 = theme::MARGIN + left + at as f64 * (width + GAP);
            Rect::new(x0, top, x0 + width, top + height)
        })
        .collect()
}

pub(super) fn heading(canvas: &Canvas, outcome: &SweepOutcome, plot: &Rect, beside: f64) {
    canvas.fit(&outcome.name, (plot.x0, plot.y0 - 8.0), plot.width() - beside, &Type::HEAD);
}

/// Names of values below a plot, on two lines where one has no room for them all,
/// and as many as there is room for; gives how many lines there are.
pub(super) fn below(
    canvas: &Canvas,
    axis: &SweepAxis,
    plot: &Rect,
    x: impl Fn(usize) -> f64,
) -> u8 {
    let look = Type::TICK.align(Align::Middle);
    let room = plot.width() / axis.levels.len().max(1) as f64;
    let names: Vec<String> = axis.levels.iter().map(|it| text::clean(it)).collect();
    let fits = |lines: &[String]| lines.iter().all(|it| look.width(it) + 6.0 <= room);
    let split = |name: &String| look.wrap(name, room - 6.0, 2);
    let one = fits(&names);
    let two: Vec<Vec<String>> = names.iter().map(split).collect();
    let whole = |(name, lines): (&String, &Vec<String>)| lines.join(" ") == *name && fits(lines);
    if !one && names.iter().zip(&two).all(whole) {
        for (at, lines) in two.iter().enumerate() {
            canvas.lines(lines, (x(at), plot.y1 + 15.0), 12.0, &look);
        }
        return 2;
    }
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by(|a, b| x(*a).total_cmp(&x(*b)));
    let mut free = f64::NEG_INFINITY;
    for level in order {
        let name = look.cut(&names[level], 110.0);
        let half = look.width(&name) / 2.0;
        let least = plot.x0 + half - 8.0;
        let at = x(level).clamp(least, (plot.x1 - half + 8.0).max(least));
        if at - half >= free {
            canvas.text(&name, (at, plot.y1 + 15.0), &look);
            free = at + half + 6.0;
        }
    }
    1
}

fn lines(input: &SweepInput, axis: &SweepAxis) -> String {
    let subtitle = format!(
        "Outcomes over {}: mean or probability, with its 95 % interval {OVER}.",
        said(axis)
    );
    let page = Page::of(&input.about, &subtitle);
    let top = page.top + 24.0;
    let numbers: Option<Vec<f64>> = axis.levels.iter().map(|it| number(it)).collect();
    let places = panels(input, LEFT.0, top, HEIGHT);
    let mut rows = 1;
    for (at, (outcome, plot)) in input.outcomes.iter().zip(&places).enumerate() {
        heading(&page.canvas, outcome, plot, 0.0);
        let scale = numbers.as_ref().map(|numbers| {
            let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
            let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            // Fourteen pixels of room at both ends.
            let room = 14.0 * (most - least).max(1e-12) / (plot.width() - 28.0);
            Scale::new(least - room, most + room)
        });
        let across = scale.unwrap_or(Scale::new(0.0, axis.levels.len() as f64));
        let plotted = Plot::new(&page.canvas, plot, across, SHARE);
        plotted.values(&[0.0, 0.25, 0.5, 0.75, 1.0], |share| {
            if at == 0 { format!("{:.0} %", share * 100.0) } else { String::new() }
        });
        let value = |level: usize| numbers.as_ref().map_or(level as f64 + 0.5, |it| it[level]);
        let known = |end: f64, own: f64| if end.is_finite() { end } else { own }.clamp(0.0, 1.0);
        let cells = outcome.cells.iter().filter(|(_, values)| values[0].is_finite());
        let points = cells.filter_map(|(at, [own, low, high])| {
            Some((value(*at.first()?), own.clamp(0.0, 1.0), known(*low, *own), known(*high, *own)))
        });
        let mut points: Vec<(f64, f64, f64, f64)> = points.collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        if numbers.is_some() {
            let ribbon = points.iter().map(|(x, _, low, high)| (*x, *low, *high));
            plotted.band(ribbon, theme::TRUE, 0.25);
            let line = points.iter().map(|(x, own, ..)| (*x, *own));
            plotted.line(line, &Pen::new(theme::TRUE, 2.1));
        }
        for (x, own, low, high) in &points {
            if numbers.is_none() {
                plotted.line([(*x, *low), (*x, *high)], &Pen::new(theme::TRUE, 1.6));
            }
            let look = (theme::TRUE, Shape::Circle);
            page.canvas.mark(plotted.place((*x, *own)), 3.2, look, false, 1.0);
        }
        plotted.edge();
        let x = |level: usize| plotted.x(value(level));
        rows = rows.max(below(&page.canvas, axis, plot, x));
    }
    let bottom = top + HEIGHT + 18.0 + 12.0 * f64::from(rows);
    page.close(bottom, OUTCOMES_ARE, &finding(input))
}

/// What outcomes of the whole run are.
pub(super) const OUTCOMES_ARE: &str = "Compliance is the weighted mean of the clauses, as it truly \
    is; whether the agreement is completed (broken later or not), has collapsed or is destroyed: \
    what comes first, by the end of the run.";

/// The number a level begins with: 40 of "40:50".
fn number(level: &str) -> Option<f64> {
    let own = level.split(':').next().unwrap_or_default();
    own.trim().parse::<f64>().ok().filter(|it| it.is_finite())
}

/// The extremes of each outcome in a sentence.
pub(super) fn finding(input: &SweepInput) -> String {
    let each = input.outcomes.iter().filter_map(|outcome| {
        let finite = || outcome.cells.iter().filter(|(_, it)| it[0].is_finite());
        let most = finite().max_by(|a, b| a.1[0].total_cmp(&b.1[0]))?;
        let least = finite().min_by(|a, b| a.1[0].total_cmp(&b.1[0]))?;
        let at = |levels: &[usize]| {
            let each = input.axes.iter().zip(levels).map(|(axis, level)| {
                let level = axis.levels.get(*level).map_or("", String::as_str);
                format!("{} = {level}", axis.name)
            });
            text::clean(&text::joined(each, ", "))
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
    text::joined(each, " ")
}
