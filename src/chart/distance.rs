//! The distance to the line over time, for each clause that demands one.

use super::canvas::{Align, Canvas, Pen, Type};
use super::label_layout::spread;
use super::page::Page;
use super::plane::{Pt, Rect, runs};
use super::plot::{DateAxis, Plot};
use super::ranged::Scale;
use super::series::{self, Moment};
use super::ticks;
use super::{ChartClause, ChartInput, text, theme};

/// At most so many clauses are shown.
const PANELS: usize = 4;
/// Room for labels right of a plot.
const GUTTER: f64 = 96.0;

/// A clause on distance and its rows.
struct Panel<'a> {
    clause: &'a ChartClause,
    demand: (f64, f64),
    rows: Vec<Moment<'a>>,
}

/// Draws the chart; `None` without a clause on distance.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let panels: Vec<Panel<'_>> = input
        .clauses
        .iter()
        .filter_map(|clause| {
            let demand = clause.distance_km?;
            let rows = series::of(input, ("clause", &clause.id), "distance", "true");
            (!rows.is_empty()).then_some(Panel { clause, demand, rows })
        })
        .collect();
    let subtitle = "Distance of bound persons from the line: true position, all replicates \
                    pooled, weighted by persons. Bands: 5–95 % and 25–75 % of persons.";
    let (page, shown) =
        Page::first(&input.about, subtitle, (&panels, PANELS, "clauses on distance"))?;
    let height = [0.0, 400.0, 250.0, 200.0, 180.0].get(shown.len()).copied().unwrap_or(180.0);
    let mut top = page.top;
    for panel in shown {
        let plot = panel.clause.heads(&page.canvas, top, (52.0, GUTTER), height);
        draw_panel(&page.canvas, input, panel, &plot);
        top = plot.y1 + 40.0;
    }
    let finding = panels.first().map_or_else(String::new, finding);
    let persons = panels.first().and_then(|p| p.rows.last()).map_or(0, |m| m.row.n);
    let notes = format!(
        "n = {} persons × replicates on the last date{}. A distance below zero lies beyond the line.",
        text::grouped(persons),
        if shown.len() > 1 { " (first panel)" } else { "" },
    );
    Some(page.close(top - 8.0, &notes, &finding))
}

/// The chart in a sentence.
fn finding(panel: &Panel<'_>) -> String {
    let title = text::clean(&panel.clause.title);
    let Some(last) = panel.rows.last() else {
        return title;
    };
    let first = panel.rows.first().unwrap_or(last);
    let (first, last) = (first.row, last.row);
    let [min, target, from, to] =
        [panel.demand.0, panel.demand.1, first.q50, last.q50].map(text::number);
    let [quarter, twentieth] = [last.q25, last.q05].map(text::number);
    format!(
        "{title}: {min} to {target} km demanded. The median distance of bound persons goes from \
         {from} km on {} to {to} km on {}; on that date a quarter stand nearer than {quarter} km \
         and 5 % nearer than {twentieth} km (n = {} persons in all replicates).",
        first.date,
        last.date,
        text::grouped(last.n),
    )
}

impl ChartClause {
    /// Writes its title, and what its distance is measured from, below `top`; gives the plot
    /// below that, with so much room left and right of it, and so high.
    pub(super) fn heads(&self, canvas: &Canvas, top: f64, room: (f64, f64), height: f64) -> Rect {
        canvas.fit(&self.title_from(), (theme::MARGIN, top + 14.0), theme::ROOM, &Type::TITLE);
        Rect::inset(room, top + 38.0, height)
    }
}

/// What a clause demands, in words.
pub(super) fn demanded((min, target): (f64, f64)) -> String {
    let [least, full] = [min, target].map(text::number);
    match (min - target).abs() < 1e-9 {
        true => format!("{least} km demanded"),
        false => format!("{least}–{full} km demanded"),
    }
}

/// The largest distance on the axis: far away forces must not flatten the rest.
fn limits(panel: &Panel<'_>) -> (f64, f64) {
    let most = |of: fn(&Moment<'_>) -> f64| {
        panel.rows.iter().map(of).filter(|v| v.is_finite()).fold(0.0, f64::max)
    };
    let target = panel.demand.1.max(panel.demand.0).max(1.0);
    let high = (target * 1.25)
        .max(most(|m| m.row.q75) * 1.08)
        .max((most(|m| m.row.q95) * 1.05).min(target * 2.5));
    let low = panel.rows.iter().map(|m| m.row.q05).filter(|v| v.is_finite()).fold(0.0, f64::min);
    (low * 1.1, high)
}

fn draw_panel(canvas: &Canvas, input: &ChartInput, panel: &Panel<'_>, frame: &Rect) {
    let (low, high) = limits(panel);
    let axis = DateAxis::new(input.start, input.end, frame.x0, frame.x1);
    let plot = axis.plot(canvas, (frame.y0, frame.y1), Scale::new(low, high));
    let (min, target) = panel.demand;
    let band = Rect::new(frame.x0, plot.inside(target), frame.x1, plot.inside(min));
    canvas.block(&band, theme::ORANGE, 0.22);
    axis.draw(canvas, frame, true);
    plot.values(&ticks::linear(low, high, frame.height() / 45.0), text::number);
    for km in [min, target] {
        plot.level(km, &Pen::new(theme::DEMANDED, 1.0).dashed(theme::DASHED));
    }
    plot.clip(0.0);
    plot.fan(&panel.rows, |row| (row.q05, row.q95), theme::TRUE, 0.16);
    plot.fan(&panel.rows, |row| (row.q25, row.q75), theme::TRUE, 0.28);
    plot.line(panel.rows.iter().map(|it| (it.day, it.row.q50)), &Pen::new(theme::TRUE, 2.4));
    plot.end_clip();
    if low < 0.0 {
        plot.level(0.0, &Pen::new(theme::INK, 1.0));
    }
    plot.edge();
    canvas.upright(
        "distance from the line, km",
        (theme::MARGIN + 10.0, frame.centre().1),
        &Type::TICK,
    );
    dates(canvas, panel.clause, &axis, frame);
    labels(canvas, panel, &plot, &axis, high);
}

/// The day it starts and the deadline: lines down the plot, named above it.
pub(super) fn dates(canvas: &Canvas, clause: &ChartClause, axis: &DateAxis, plot: &Rect) {
    let look = Type::SMALL.align(Align::Middle);
    let mut marks: Vec<(f64, String, f64)> = Vec::new();
    for (date, word, dash) in
        [(clause.starts, "starts", theme::DOTTED), (clause.deadline, "deadline", "")]
    {
        let (Some(date), Some(x)) = (date, axis.place(date)) else {
            continue;
        };
        let pen = Pen::new(theme::INK, 1.1).dashed(dash);
        canvas.line(&[(x, plot.y0 - 3.0), (x, plot.y1)], &pen);
        let words = format!("{word} {}", series::brief(date));
        let half = look.width(&words) / 2.0;
        let at = x.clamp(plot.x0 + half, (plot.x1 - half).max(plot.x0 + half));
        marks.push((at, words, half));
    }
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let [first, second] = marks.as_mut_slice() {
        // Labels that would touch move apart, but not beyond the plot.
        let short = first.2 + second.2 + 8.0 - (second.0 - first.0);
        if short > 0.0 {
            first.0 = (first.0 - short / 2.0).max(plot.x0 + first.2);
            second.0 = first.0 + first.2 + second.2 + 8.0;
            let over = (second.0 + second.2 - plot.x1).max(0.0);
            first.0 -= over;
            second.0 -= over;
        }
    }
    for (x, words, _) in marks {
        canvas.text(&words, (x, plot.y0 - 5.5), &look);
    }
}

/// Names of the bands at the right end, and of what is demanded.
fn labels(canvas: &Canvas, panel: &Panel<'_>, plotted: &Plot, axis: &DateAxis, high: f64) {
    let plot = &plotted.frame;
    let demanded = demanded(panel.demand);
    let look = Type::new(theme::LABEL, theme::DEMANDED).bold().halo();
    let at = demand_label(panel, axis, plotted, look.width(&demanded));
    canvas.text(&demanded, at, &look);
    let Some(last) = panel.rows.last() else {
        return;
    };
    let row = last.row;
    let ends = [
        ("95 %", row.q95, false),
        ("75 %", row.q75, false),
        ("median", row.q50, true),
        ("25 %", row.q25, false),
        ("5 %", row.q05, false),
    ];
    let wanted: Vec<f64> = ends.iter().map(|(_, km, _)| plotted.inside(*km)).collect();
    let at = spread(&wanted, 14.0, plot.y0 + 4.0, plot.y1 - 2.0);
    for (((name, km, bold), y), from) in ends.into_iter().zip(at).zip(wanted) {
        if !km.is_finite() {
            continue;
        }
        let beyond = if km > high { " ↑" } else { "" };
        let words = format!("{name}: {} km{beyond}", text::number(km));
        let mut look = Type::new(theme::TICK, theme::TRUE);
        look.bold = bold;
        let pen = Pen::new(theme::TRUE, 0.7).faint(0.7);
        canvas.line(&[(plot.x1, from), (plot.x1 + 8.0, y)], &pen);
        canvas.text(&words, (plot.x1 + 11.0, y + 3.7), &look);
    }
}

/// Where the name of the demand stands: in its band if that is wide enough, else
/// above or below it; off the dates and the median if there is such a place.
fn demand_label(panel: &Panel<'_>, axis: &DateAxis, plotted: &Plot, width: f64) -> Pt {
    let plot = &plotted.frame;
    let (over, under) = (plotted.inside(panel.demand.1), plotted.inside(panel.demand.0));
    let bases = if under - over > 15.0 {
        vec![(over + under) / 2.0 + 4.0]
    } else {
        vec![(over - 5.0).max(plot.y0 + 12.0), (under + 13.0).min(plot.y1 - 4.0)]
    };
    let dates = [panel.clause.starts, panel.clause.deadline];
    let lines: Vec<f64> = dates.into_iter().filter_map(|date| axis.place(date)).collect();
    let last = lines.iter().copied().fold(plot.x0, f64::max);
    let places = [last + 8.0, plot.x0 + 8.0, plot.x1 - 8.0 - width, plot.centre().0 - width / 2.0];
    let clear = |&(x, base): &Pt| {
        let place = Rect::new(x - 4.0, base - 12.0, x + width + 4.0, base + 4.9);
        let median: Vec<Pt> =
            panel.rows.iter().map(|m| (axis.x(m.day), plotted.inside(m.row.q50))).collect();
        place.x1 <= plot.x1
            && !lines.iter().any(|l| (place.x0 + 2.0..place.x1).contains(l))
            && runs(&median, &place).is_empty()
    };
    let mut all = places.iter().flat_map(|x| bases.iter().map(|b| (*x, *b)));
    let fallback = (plot.x0 + 8.0, bases.first().copied().unwrap_or(over));
    all.find(clear).unwrap_or(fallback)
}
