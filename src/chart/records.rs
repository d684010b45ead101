//! The record of the real agreement beside what was simulated.

use super::canvas::{Canvas, Pen, Type};
use super::page::Page;
use super::plane::{Pt, Rect};
use super::plot::{DateAxis, Plot};
use super::ranged::{SHARE, Scale};
use super::series::{self, Moment};
use super::theme::Shape;
use super::ticks;
use super::{ChartInput, text, theme};
use crate::analysis::RecordRow;
use crate::record::TurnRow;

/// At most so many panels are shown.
const PANELS: usize = 12;
/// Between two columns of panels.
const GAP: f64 = 24.0;
/// Height of a plot.
const HEIGHT: f64 = 118.0;
/// Height of a plot without dates.
const LOW: f64 = 54.0;
/// Height of what stands round a plot: heading and dates.
const ROUND: f64 = 72.0;

/// Records of one measure of one subject, and how it went.
struct Panel<'a> {
    records: Vec<&'a RecordRow>,
    moments: Vec<Moment<'a>>,
}

impl<'a> Panel<'a> {
    /// Every measure of which there are records, in the order of the file.
    fn all(input: &'a ChartInput) -> Vec<Panel<'a>> {
        let mut panels: Vec<Panel<'a>> = Vec::new();
        let of = |row: &RecordRow| (row.subject.clone(), row.measure.clone(), row.register.clone());
        for row in input.records.iter().filter(|row| row.n > 0) {
            match panels.iter_mut().find(|it| of(it.records[0]) == of(row)) {
                Some(panel) => panel.records.push(row),
                None => panels.push(Panel {
                    records: vec![row],
                    moments: series::of(
                        input,
                        (&row.subject_kind, &row.subject),
                        &row.measure,
                        &row.register,
                    ),
                }),
            }
        }
        // What has dates comes first.
        panels.sort_by_key(|panel| panel.moments.is_empty());
        panels
    }

    fn height(&self) -> f64 {
        let dated = !self.moments.is_empty();
        ROUND + if dated { HEIGHT } else { LOW }
    }

    fn first(&self) -> &'a RecordRow {
        self.records[0]
    }

    fn title(&self, input: &ChartInput) -> String {
        let row = self.first();
        let subject = input.title_of(&row.subject_kind, &row.subject);
        let measure = row.measure.replace('_', " ");
        let name = if subject.is_empty() { measure } else { format!("{subject}: {measure}") };
        text::clean(&name)
    }
}

/// Draws the chart; `None` without a record.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let panels = Panel::all(input);
    let subtitle = "Figures of the record (marks, with their range where sources differ) beside \
                    the simulation: median, 25–75 % and 5–95 % of replicates; for what is or is \
                    not so, the share of replicates.";
    let (page, shown) = Page::first(&input.about, subtitle, (&panels, PANELS, "measures"))?;
    let columns = shown.len().clamp(1, 2);
    let whole = theme::ROOM;
    let width = (whole - GAP * (columns - 1) as f64) / columns as f64;
    let mut y0 = page.top;
    for row in shown.chunks(columns) {
        let height = row.iter().map(Panel::height).fold(0.0, f64::max);
        for (n, panel) in row.iter().enumerate() {
            let x0 = theme::MARGIN + n as f64 * (width + GAP);
            draw_panel(&page.canvas, input, panel, &Rect::new(x0, y0, x0 + width, y0 + height));
        }
        y0 += height;
    }
    let consulted = input.records.iter().filter(|row| row.consulted).count();
    let notes = format!(
        "Filled mark: not looked at when the scenario’s numbers were set; hollow: looked at ({consulted} \
         of {}). Each figure has its source in the scenario file.",
        input.records.len(),
    );
    let finding = text::joined(input.records.iter().map(finding), " ");
    Some(page.close(y0 - 10.0, &notes, &finding))
}

/// A record in a sentence.
fn finding(row: &RecordRow) -> String {
    let title = text::clean(&row.title);
    if row.is_event() {
        return format!(
            "{title}, {}: {}; so in {} of n = {} replicates.",
            row.date,
            if row.low > 0.5 { "yes" } else { "no" },
            text::percent(row.mean),
            text::grouped(row.n)
        );
    }
    let [from, .., to] = row.quantiles;
    format!(
        "{title}, {}: {} recorded, {} to {} simulated (5 to 95 % of n = {} replicates).",
        row.date,
        figure(row),
        amount(&row.unit, from),
        amount(&row.unit, to),
        text::grouped(row.n)
    )
}

fn figure(row: &RecordRow) -> String {
    if row.is_event() {
        return if row.low > 0.5 { "yes" } else { "no" }.into();
    }
    if row.low == row.high {
        amount(&row.unit, row.low)
    } else {
        format!("{} to {}", amount(&row.unit, row.low), amount(&row.unit, row.high))
    }
}

/// A number of a unit, as marks and ticks call it.
fn amount(unit: &str, value: f64) -> String {
    match unit {
        // + 0.0: no negative zero.
        "share" | "probability" => format!("{:.0} %", 100.0 * value + 0.0),
        _ => text::number(value),
    }
}

/// Colour and shape of a register.
pub(super) fn colour(register: &str) -> (plotters::style::RGBColor, Shape) {
    match register {
        "recorded" => (theme::RECORDED, Shape::Square),
        "claimed" => (theme::CLAIMED, Shape::Triangle),
        _ => (theme::TRUE, Shape::Diamond),
    }
}

fn draw_panel(canvas: &Canvas, input: &ChartInput, panel: &Panel<'_>, place: &Rect) {
    let row = panel.first();
    let room = place.width() - 8.0;
    canvas.fit(&panel.title(input), (place.x0, place.y0 + 12.0), room, &Type::HEAD);
    let register = match row.register.as_str() {
        "recorded" => "as monitors recorded it",
        "claimed" => "as parties claim it",
        _ => "as it is (true)",
    };
    let unit = if row.is_event() { "share of replicates" } else { row.unit.as_str() };
    canvas.fit(&format!("{register}; {unit}"), (place.x0, place.y0 + 25.0), room, &Type::NOTE);
    let plot = Rect::new(
        place.x0 + 46.0,
        place.y0 + 34.0,
        place.x1 - 14.0,
        place.y0 + 34.0 + panel.height() - ROUND,
    );
    if panel.moments.is_empty() {
        draw_outcome(canvas, panel, &plot);
    } else {
        draw_series(canvas, input, panel, &plot);
    }
}

/// The least and greatest value of an axis that holds the simulation and the
/// record.
fn limits(panel: &Panel<'_>) -> (f64, f64) {
    let row = panel.first();
    if matches!(row.unit.as_str(), "share" | "probability") && row.measure != "cap_use" {
        return (0.0, 1.0);
    }
    let rows = panel.records.iter();
    let recorded = rows.flat_map(|row| [row.low, row.high, row.quantiles[0], row.quantiles[4]]);
    let simulated = panel.moments.iter().flat_map(|m| [m.row.q05, m.row.q95]);
    let values: Vec<f64> = recorded.chain(simulated).filter(|it| it.is_finite()).collect();
    let low = values.iter().copied().fold(0.0, f64::min);
    let high = values.iter().copied().fold(low, f64::max);
    let room = if high > low { 0.06 * (high - low) } else { 1.0 };
    (if low < 0.0 { low - room } else { 0.0 }, high + room)
}

/// A measure over time.
fn draw_series(canvas: &Canvas, input: &ChartInput, panel: &Panel<'_>, frame: &Rect) {
    let row = panel.first();
    let (colour, _) = colour(&row.register);
    let axis = DateAxis::new(input.start, input.end, frame.x0, frame.x1);
    let (low, high) = limits(panel);
    let plot = axis.plot(canvas, (frame.y0, frame.y1), Scale::new(low, high));
    plot.values(&ticks::linear(low, high, 4.0), |value| amount(&row.unit, value));
    axis.draw(canvas, frame, true);
    plot.clip(1.5);
    if !row.is_event() {
        plot.fan(&panel.moments, |row| (row.q05, row.q95), colour, 0.15);
        plot.fan(&panel.moments, |row| (row.q25, row.q75), colour, 0.3);
    }
    let middle = |it: &TurnRow| if row.is_event() { it.mean } else { it.q50 };
    let line = panel.moments.iter().map(|it| (it.day, middle(it.row)));
    plot.line(line, &Pen::new(colour, 1.8));
    plot.end_clip();
    plot.edge();
    let ends = |record: &RecordRow| {
        let day = series::read(&record.date).map_or(f64::NAN, series::day);
        (plot.place((day, record.low)), plot.place((day, record.high)))
    };
    draw_records(canvas, panel, frame, ends);
}

/// The marks of a panel, then their values where there is room.
fn draw_records(
    canvas: &Canvas,
    panel: &Panel<'_>,
    plot: &Rect,
    ends: impl Fn(&RecordRow) -> (Pt, Pt),
) {
    let mut taken: Vec<Rect> = Vec::new();
    for record in &panel.records {
        let (low, high) = ends(record);
        draw_mark(canvas, record, low, high);
        taken.push(Rect::around(low, 5.0));
        taken.push(Rect::around(high, 5.0));
        taken.push(Rect::around(middle(low, high), 6.0));
    }
    for record in &panel.records {
        let (low, high) = ends(record);
        label(canvas, record, middle(low, high), plot, &mut taken);
    }
}

fn middle(a: Pt, b: Pt) -> Pt {
    ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0)
}

/// The value beside its mark, where it meets no other one.
fn label(canvas: &Canvas, record: &RecordRow, at: Pt, plot: &Rect, taken: &mut Vec<Rect>) {
    let look = Type::SMALL.bold().halo();
    let words = figure(record);
    let width = look.width(&words);
    let half = width / 2.0;
    let places = [
        (at.0 + 8.0, at.1 + 3.5),
        (at.0 - 8.0 - width, at.1 + 3.5),
        (at.0 - half, at.1 - 9.0),
        (at.0 - half, at.1 + 16.0),
        (at.0 + 8.0, at.1 - 9.0),
        (at.0 - 8.0 - width, at.1 - 9.0),
        (at.0 + 8.0, at.1 + 16.0),
        (at.0 - 8.0 - width, at.1 + 16.0),
    ];
    let free = places.into_iter().find(|at| {
        let rect = look.extent(&words, *at);
        plot.holds(&rect) && !taken.iter().any(|it| it.meets(&rect))
    });
    if let Some(at) = free {
        taken.push(look.extent(&words, at));
        canvas.text(&words, at, &look);
    }
}

/// A record's mark and its range from one end to the other.
pub(super) fn draw_mark(canvas: &Canvas, record: &RecordRow, from: Pt, to: Pt) {
    let (_, shape) = colour(&record.register);
    if from != to {
        canvas.line(&[from, to], &Pen::new(theme::INK, 1.6));
        let across = if from.0 == to.0 { (4.0, 0.0) } else { (0.0, 4.0) };
        for end in [from, to] {
            let cap = [(end.0 - across.0, end.1 - across.1), (end.0 + across.0, end.1 + across.1)];
            canvas.line(&cap, &Pen::new(theme::INK, 1.6));
        }
    }
    canvas.mark(middle(from, to), 5.0, (theme::INK, shape), record.consulted, 1.0);
}

/// An outcome of whole runs, which has no date: one bar for all of its records.
fn draw_outcome(canvas: &Canvas, panel: &Panel<'_>, plot: &Rect) {
    let row = panel.first();
    let (colour, _) = colour(&row.register);
    let (low, high) = limits(panel);
    let plotted = Plot::new(canvas, plot, Scale::new(low, high), SHARE);
    let x = |value: f64| plotted.x(value);
    plotted.values_below(&ticks::linear(low, high, 6.0), |value| amount(&row.unit, value));
    let middle = plot.centre().1;
    let bar = |from: f64, to: f64| Rect::new(x(from), middle - 9.0, x(to), middle + 9.0);
    let tip = if row.is_event() {
        canvas.block(&bar(0.0, row.mean), colour, 0.3);
        row.mean
    } else {
        let [q05, q25, q50, q75, q95] = row.quantiles;
        canvas.block(&bar(q05, q95), colour, 0.15);
        canvas.block(&bar(q25, q75), colour, 0.3);
        q50
    };
    canvas.line(&[(x(tip), middle - 9.0), (x(tip), middle + 9.0)], &Pen::new(colour, 2.0));
    plotted.edge();
    let ends = |record: &RecordRow| ((x(record.low), middle), (x(record.high), middle));
    draw_records(canvas, panel, plot, ends);
}
