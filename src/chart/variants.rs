//! Small multiples: how each variant of a comparison keeps the clauses in time.

use time::Date;

use super::about::About;
use super::canvas::{Align, Canvas, Pen, Type};
use super::page::Page;
use super::plane::Rect;
use super::plot::DateAxis;
use super::ranged::SHARE;
use super::series::{self, Moment};
use super::{Chart, text, theme};
use crate::record::TurnRow;

/// Everything the chart of variants over time needs.
#[derive(Debug, Clone)]
pub struct VariantsInput {
    /// The scenario and its runs.
    pub about: About,
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// Variants by number, the baseline first.
    pub variants: Vec<VariantRun>,
    /// Id and title of each clause, those that variants change most first.
    pub clauses: Vec<(String, String)>,
    /// True compliance with clauses, of every point.
    pub turns: Vec<TurnRow>,
}

/// A variant.
#[derive(Debug, Clone)]
pub struct VariantRun {
    /// What charts call it.
    pub name: String,
    /// By clause: its deadline, where a date is all it waits for.
    pub deadlines: Vec<(String, Date)>,
}

impl VariantsInput {
    /// At most so many variants are shown, the first.
    pub const MOST: usize = 9;
}

/// At most so many clauses are shown.
const COLUMNS: usize = 4;
/// Room for names of variants, at least and at most, and for numbers right of a panel.
const NAMES: (f64, f64) = (52.0, 132.0);
const NUMBERS: f64 = 36.0;
/// Room for the marks of an axis left of a panel.
const TICKS: f64 = 40.0;
/// Space between panels, across and down.
const GAP: f64 = 12.0;
const DOWN: f64 = 18.0;

/// One clause under one variant.
struct Panel<'a> {
    moments: Vec<Moment<'a>>,
    /// What is said where nothing is drawn.
    bare: &'static str,
    deadline: Option<Date>,
}

/// Draws the chart; `None` unless there are two variants with the compliance of a
/// clause.
///
/// The same input gives the same bytes.
pub fn draw_variants(input: &VariantsInput) -> Option<Chart> {
    let panel = |variant: usize, clause: &str| {
        let own = || {
            let all = input.turns.iter();
            all.filter(|row| row.point as usize == variant && row.subject == clause)
        };
        // A mean over a handful of replicates is no picture of a clause.
        let few = (input.about.replicates / 10).clamp(1, 20);
        let moments = series::sorted(own().filter(|row| row.n >= few));
        let deadlines = input.variants.get(variant).map(|it| &it.deadlines);
        let deadline = deadlines.into_iter().flatten().find(|(id, _)| id == clause);
        Panel {
            moments,
            bare: match own().any(|row| row.n > 0) {
                true => "in force in too few",
                false => "not in force",
            },
            deadline: deadline.map(|(_, date)| *date),
        }
    };
    // A variant may run longer than the baseline.
    let shown = |row: &&TurnRow| (row.point as usize) < VariantsInput::MOST;
    let dates = input.turns.iter().filter(shown);
    let end = dates.filter_map(|row| series::read(&row.date)).max();
    let end = end.map_or(input.end, |it| it.max(input.end));
    let rows = input.variants.len().min(VariantsInput::MOST);
    let columns: Vec<(&str, Vec<Panel<'_>>)> = input
        .clauses
        .iter()
        .map(|(id, title)| {
            let panels: Vec<Panel<'_>> = (0..rows).map(|at| panel(at, id)).collect();
            (title.as_str(), panels)
        })
        .filter(|(_, panels)| panels.iter().any(|it| it.moments.len() > 1))
        .take(COLUMNS)
        .collect();
    if rows < 2 || columns.is_empty() {
        return None;
    }
    let name = |at: usize| {
        let own = input.variants.get(at);
        text::clean(own.map_or("", |it| it.name.as_str()))
    };
    // Values of the same paths are named by themselves, and the paths once.
    let path = |at: usize| name(at).rsplit_once(" = ").map(|(path, _)| path.to_owned());
    let shared = path(0).filter(|own| (1..rows).all(|at| path(at).as_ref() == Some(own)));
    let called = |at: usize| match (name(at).rsplit_once(" = "), &shared) {
        (Some((_, value)), Some(_)) => value.to_owned(),
        _ => name(at),
    };
    let mut subtitle = format!(
        "Share of the bound strength that truly meets each clause under each variant: mean over \
         replicates and 5–95 % of them; dashed: the mean of “{}” (baseline) in every panel.",
        text::cut(&called(0), theme::SUBTITLE, false, 420.0)
    );
    if let Some(path) = &shared {
        let path = text::cut(&path.replace(',', ", "), theme::SUBTITLE, false, 420.0);
        subtitle.push_str(&format!(" Rows: {path}."));
    }
    if input.clauses.len() > columns.len() {
        subtitle.push_str(&format!(" The {} clauses that differ most.", columns.len()));
    }
    let left_out = input.variants.len() - rows;
    if left_out > 0 {
        let variants = if left_out == 1 { "variant" } else { "variants" };
        subtitle.push_str(&format!(" {left_out} more {variants} in turns.parquet."));
    }
    let page = Page::of(&input.about, &subtitle);
    let n = columns.len() as f64;
    let look = Type::LABEL;
    let widest = (0..rows).map(|at| look.width(&called(at)) + 6.0);
    let names = widest.fold(NAMES.0, f64::max).min(NAMES.1);
    let whole = theme::ROOM - names - TICKS;
    let width = (whole - GAP * (n - 1.0)) / n - NUMBERS;
    let height = if rows <= 4 { 118.0 } else { 78.0 };
    let place = |row: usize, column: usize| {
        let x0 = theme::MARGIN + names + TICKS + column as f64 * (width + NUMBERS + GAP);
        let y0 = page.top + 34.0 + row as f64 * (height + DOWN);
        Rect::new(x0, y0, x0 + width, y0 + height)
    };
    for (column, (title, panels)) in columns.iter().enumerate() {
        head(&page.canvas, title, &place(0, column));
        for (row, panel) in panels.iter().enumerate() {
            let plot = place(row, column);
            let baseline = panels.first().filter(|_| row > 0);
            let axis = DateAxis::new(input.start, end, plot.x0, plot.x1);
            draw_panel(&page.canvas, &axis, panel, baseline, &plot, column == 0);
            if row + 1 == rows {
                axis.draw(&page.canvas, &plot, false);
            }
        }
    }
    for row in 0..rows {
        let plot = place(row, 0);
        named(&page.canvas, &called(row), row == 0, &plot, names);
    }
    let bottom = place(rows - 1, 0).y1 + 32.0;
    let notes = "Light band: 5–95 % of replicates; number: mean on the last date; vertical line: \
                 deadline, where a date is all it waits for; no mean over fewer than a tenth of the \
                 replicates is drawn. All variants have the same random \
                 numbers, replicate by replicate: how sure a difference is stands in the chart of \
                 differences, not in whether bands overlap.";
    let finding =
        text::joined(columns.iter().map(|(title, panels)| finding(title, panels, &name)), " ");
    let svg = page.close(bottom, notes, &finding);
    Some(Chart { name: "variants", svg })
}

/// The clause's title above its column, on up to two lines.
fn head(canvas: &Canvas, title: &str, plot: &Rect) {
    let look = Type::HEAD;
    let room = plot.width() + NUMBERS;
    let mut lines = look.wrap(title, room, 2);
    lines.reverse();
    canvas.lines(&lines, (plot.x0, plot.y0 - 8.0), -13.5, &look);
}

/// The variant's name left of its row.
fn named(canvas: &Canvas, name: &str, baseline: bool, plot: &Rect, room: f64) {
    let look = Type::LABEL;
    let lines = if plot.height() > 100.0 { 5 } else { 3 };
    let lines = look.wrap(name, room - 4.0, lines);
    let y = canvas.lines(&lines, (theme::MARGIN, plot.y0 + 11.0), 13.5, &look);
    if baseline {
        canvas.text("baseline", (theme::MARGIN, y), &Type::NOTE);
    }
}

fn draw_panel(
    canvas: &Canvas,
    axis: &DateAxis,
    panel: &Panel<'_>,
    baseline: Option<&Panel<'_>>,
    plot: &Rect,
    first: bool,
) {
    let plotted = axis.plot(canvas, (plot.y0, plot.y1), SHARE);
    plotted.values(&[0.0, 0.5, 1.0], |value| {
        if first { format!("{:.0} %", value * 100.0) } else { String::new() }
    });
    let mean = |panel: &Panel<'_>, pen: &Pen| {
        plotted.line(panel.moments.iter().map(|it| (it.day, it.row.mean)), pen);
    };
    plotted.fan(&panel.moments, |row| (row.q05, row.q95), theme::TRUE, 0.2);
    if let Some(date) = panel.deadline.filter(|date| axis.has(*date)) {
        plotted.upright(series::day(date), &Pen::new(theme::DEMANDED, 1.2));
    }
    mean(panel, &Pen::new(theme::TRUE, 2.0));
    if let Some(baseline) = baseline {
        mean(baseline, &Pen::new(theme::INK, 1.1).dashed(theme::DASHED));
    }
    plotted.edge();
    match panel.moments.last() {
        Some(last) => {
            let words = text::percent(last.row.mean);
            let at = (plot.x1 + 4.0, plotted.inside(last.row.mean) + 3.6);
            canvas.text(&words, at, &Type::new(theme::SMALL, theme::TRUE).bold());
        }
        None => {
            let (x, y) = plot.centre();
            canvas.text(panel.bare, (x, y + 3.5), &Type::NOTE.align(Align::Middle));
        }
    }
}

/// A clause under every variant in a sentence.
fn finding(title: &str, panels: &[Panel<'_>], name: &impl Fn(usize) -> String) -> String {
    let each = panels.iter().enumerate().map(|(at, panel)| {
        let value = match panel.moments.last() {
            None => panel.bare.to_owned(),
            Some(Moment { row, .. }) => {
                let [mean, low, high] = [row.mean, row.q05, row.q95].map(text::percent);
                format!("{mean} (5–95 % {low} to {high})")
            }
        };
        format!("{value} under {}", name(at))
    });
    let each = text::joined(each, "; ");
    let day = panels.iter().find_map(|it| it.moments.last());
    let on = day.map_or_else(String::new, |it| format!(" on {}", it.row.date));
    format!("{}{on}: {}.", text::clean(title), each)
}
