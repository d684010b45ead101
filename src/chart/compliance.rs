//! How far each clause is met: as it is, as recorded, as claimed.

use super::canvas::{Align, Canvas, Pen, Type};
use super::distance::dates;
use super::label_layout::spread;
use super::page::Page;
use super::panels::heading;
use super::plane::{Pt, Rect};
use super::plot::{DateAxis, Plot};
use super::ranged::SHARE;
use super::series::{self, Moment};
use super::{ChartClause, ChartInput, records, text, theme};
use crate::analysis::RecordRow;
use crate::record::TurnRow;
use crate::stats::mean_interval;

/// A clause in force in fewer replicates than this is not drawn, nor the dates on
/// which it is so (where there are few replicates: in fewer than one in ten).
const FEWEST: u64 = 20;
/// At most so many clauses are shown.
const PANELS: usize = 6;
/// Room for labels right of a plot.
const GUTTER: f64 = 104.0;

/// A clause and its rows.
struct Panel<'a> {
    clause: &'a ChartClause,
    truth: Vec<Moment<'a>>,
    keeping: Vec<Moment<'a>>,
    violating: Vec<Moment<'a>>,
    unseen: Vec<Moment<'a>>,
    claimed: Vec<Moment<'a>>,
    in_force: Vec<Moment<'a>>,
}

impl<'a> Panel<'a> {
    fn of(input: &'a ChartInput, clause: &'a ChartClause) -> Option<Panel<'a>> {
        let all = |measure, register| series::clause(input, &clause.id, measure, register);
        let truth = all("compliance", "true");
        // A mean over a handful of replicates is no picture of a clause.
        let n = truth.iter().map(|m| m.row.n).max().unwrap_or(0);
        if n < FEWEST.min(input.about.replicates).max(1) {
            return None;
        }
        let enough = FEWEST.min((n / 10).max(1));
        let shown = |rows: Vec<Moment<'a>>| -> Vec<Moment<'a>> {
            rows.into_iter().filter(|m| m.row.n >= enough).collect()
        };
        Some(Panel {
            clause,
            truth: shown(truth),
            keeping: shown(all("compliance", "recorded")),
            violating: shown(all("violating", "recorded")),
            unseen: shown(all("not_observed", "recorded")),
            claimed: shown(all("compliance", "claimed")),
            in_force: all("in_force", "true"),
        })
    }

    /// Its lines, each with a name and a look; the truth is drawn on top.
    fn lines(&self) -> [(&[Moment<'a>], &'static str, Pen); 3] {
        let pen = |colour, dash| Pen::new(colour, 1.9).dashed(dash);
        [
            (&self.truth, "true", Pen::new(theme::TRUE, 2.1)),
            (&self.keeping, "seen keeping", pen(theme::RECORDED, theme::DASHED)),
            (&self.claimed, "claimed", pen(theme::CLAIMED, theme::DASH_DOT)),
        ]
    }
}

/// Draws the chart; `None` without a clause that has compliance.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let panels: Vec<Panel<'_>> =
        input.clauses.iter().filter_map(|clause| Panel::of(input, clause)).collect();
    if panels.is_empty() {
        return None;
    }
    let shown = panels.len().min(PANELS);
    let mut subtitle = String::from(
        "Share of the bound strength that meets each clause: as it is (true), as monitors recorded \
         it (seen keeping), as parties claim it. Strip below each plot: recorded shares seen \
         keeping, seen violating and not observed, which sum to 100 %.",
    );
    subtitle.push_str(&text::first_of(shown, panels.len(), "clauses"));
    let page = Page::of(&input.about, &subtitle);
    let columns = if shown == 1 { 1 } else { 2 };
    let gap = 18.0;
    let whole = theme::WIDTH - 2.0 * theme::MARGIN;
    let width = (whole - gap * (columns - 1) as f64) / columns as f64;
    let plot_height = if shown <= 2 { 250.0 } else { 150.0 };
    let height = plot_height + 130.0;
    for (n, panel) in panels.iter().take(shown).enumerate() {
        let (row, column) = (n / columns, n % columns);
        let x0 = theme::MARGIN + column as f64 * (width + gap);
        let y0 = page.top + row as f64 * height;
        let place = Rect::new(x0, y0, x0 + width, y0 + height);
        draw_panel(&page.canvas, input, panel, &place, plot_height);
    }
    let bottom = page.top + shown.div_ceil(columns) as f64 * height - 10.0;
    let finding = text::joined(panels.iter().take(shown).map(finding), " ");
    let mut notes = String::from(
        "True: line = mean over replicates, dark band = its 95 % interval (Student), light band = \
         5–95 % of replicates. Recorded and claimed: means. n: replicates with a value on the last \
         date.",
    );
    let marked =
        panels.iter().take(shown).any(|panel| on_record(input, panel.clause).next().is_some());
    if marked {
        notes.push_str(
            " Marks: figures of the record (diamond: of what happened, square: of what monitors \
             registered, triangle: of what was said; hollow: looked at when numbers were set).",
        );
    }
    let bare: Vec<String> = input
        .clauses
        .iter()
        .filter(|clause| Panel::of(input, clause).is_none())
        .map(|clause| text::cut(&text::clean(&clause.title), theme::SMALL, false, 200.0))
        .collect();
    if !bare.is_empty() {
        notes.push_str(&format!(
            " Not drawn, in force in fewer than {FEWEST} replicates: {}.",
            bare.join(", ")
        ));
    }
    Some(page.close(bottom, &notes, &finding))
}

/// What is on record of a clause's compliance.
fn on_record<'a>(
    input: &'a ChartInput,
    clause: &'a ChartClause,
) -> impl Iterator<Item = &'a RecordRow> {
    input.records.iter().filter(|row| {
        row.subject_kind == "clause" && row.subject == clause.id && row.measure == "compliance"
    })
}

/// A panel in a sentence.
fn finding(panel: &Panel<'_>) -> String {
    let title = text::clean(&panel.clause.title);
    let Some(last) = panel.truth.last() else {
        return title;
    };
    let interval = mean_interval(last.row.n, last.row.mean, last.row.sd);
    let mut words = format!(
        "{title}: on {} {} of the bound strength truly meets it (mean of n = {} replicates",
        last.row.date,
        text::percent(last.row.mean),
        text::grouped(last.row.n),
    );
    if interval.low.is_finite() {
        words.push_str(&format!(
            ", 95 % interval {} to {}",
            text::percent(interval.low.max(0.0)),
            text::percent(interval.high.min(1.0))
        ));
    }
    words.push(')');
    for (rows, name) in [
        (&panel.keeping, "recorded as seen keeping"),
        (&panel.unseen, "not observed"),
        (&panel.claimed, "claimed as keeping"),
    ] {
        if let Some(end) = rows.last() {
            words.push_str(&format!("; {} {name}", text::percent(end.row.mean)));
        }
    }
    words.push('.');
    words
}

fn draw_panel(
    canvas: &Canvas,
    input: &ChartInput,
    panel: &Panel<'_>,
    place: &Rect,
    plot_height: f64,
) {
    let plot = Rect::new(
        place.x0 + 50.0,
        place.y0 + 44.0,
        place.x1 - GUTTER,
        place.y0 + 44.0 + plot_height,
    );
    let strip = Rect::new(plot.x0, plot.y1 + 8.0, plot.x1, plot.y1 + 36.0);
    let has_strip = !panel.unseen.is_empty();
    let axis = DateAxis::new(input.start, input.end, plot.x0, plot.x1);
    heading(canvas, &text::clean(&panel.clause.title), &note(input, panel), place);
    let plotted = axis.plot(canvas, (plot.y0, plot.y1), SHARE);
    plotted.values(&[0.0, 0.25, 0.5, 0.75, 1.0], |share| format!("{:.0} %", share * 100.0));
    let feet = if has_strip { &strip } else { &plot };
    axis.draw(canvas, &Rect::new(plot.x0, plot.y0, plot.x1, feet.y1), true);
    canvas.upright(
        "share of bound strength",
        (place.x0 + 10.0, plot.centre().1),
        &Type::new(theme::SMALL, theme::SOFT),
    );

    let band = |ends: fn(&TurnRow) -> (f64, f64), alpha: f64| {
        let rows = panel.truth.iter().map(|it| (it.day, ends(it.row)));
        let rows = rows.map(|(day, (low, high))| (day, low.clamp(0.0, 1.0), high.clamp(0.0, 1.0)));
        plotted.band(rows, theme::TRUE, alpha);
    };
    plotted.clip(1.5);
    band(|row| (row.q05, row.q95), 0.15);
    band(
        |row| {
            let interval = mean_interval(row.n, row.mean, row.sd);
            let known = |end: f64| if end.is_finite() { end } else { row.mean };
            (known(interval.low), known(interval.high))
        },
        0.4,
    );
    for (rows, _, pen) in panel.lines().into_iter().rev() {
        plotted.line(rows.iter().map(|it| (it.day, it.row.mean)), &pen);
    }
    plotted.end_clip();
    plotted.edge();
    if has_strip {
        draw_strip(canvas, panel, &axis, &strip);
    }
    for record in on_record(input, panel.clause) {
        let Some(day) = series::read(&record.date) else {
            continue;
        };
        let at = |share: f64| plotted.place((series::day(day), share));
        records::draw_mark(canvas, record, at(record.high), at(record.low));
    }
    dates(canvas, panel.clause, &axis, &plot);
    ends(canvas, panel, &plotted);
}

/// How many replicates a panel is of, and whether the clause is in force in all of them.
fn note(input: &ChartInput, panel: &Panel<'_>) -> String {
    let n = panel.truth.last().map_or(0, |m| m.row.n);
    let in_force = panel.in_force.last().map_or(1.0, |m| m.row.mean);
    let note = format!("n = {}", text::grouped(n));
    if in_force < 0.9995 || n < input.about.replicates {
        return format!("{note}; in force in {} of replicates at the end", text::percent(in_force));
    }
    note
}

/// Names and last values of the lines, right of the plot.
fn ends(canvas: &Canvas, panel: &Panel<'_>, plotted: &Plot) {
    let plot = &plotted.frame;
    let lines = panel.lines().into_iter();
    let shown = lines.filter_map(|(rows, name, pen)| Some((rows.last()?.row.mean, name, pen)));
    let shown: Vec<(f64, &str, Pen)> = shown.collect();
    let wanted: Vec<f64> = shown.iter().map(|(share, _, _)| plotted.y(*share)).collect();
    let at = spread(&wanted, 14.0, plot.y0 + 3.0, plot.y1 - 3.0);
    for (((share, name, pen), y), from) in shown.into_iter().zip(at).zip(wanted) {
        let thin = Pen::new(pen.colour, 0.8);
        canvas.line(&[(plot.x1 + 1.0, from), (plot.x1 + 8.0, y)], &thin);
        let words = format!("{name} {}", text::percent(share));
        let look = Type::new(theme::SMALL, pen.colour).bold();
        canvas.text(&words, (plot.x1 + 11.0, y + 3.6), &look);
    }
}

/// What is recorded, as shares that sum to one.
fn draw_strip(canvas: &Canvas, panel: &Panel<'_>, axis: &DateAxis, strip: &Rect) {
    let y = |share: f64| strip.y1 - share.clamp(0.0, 1.0) * strip.height();
    let mut low: Vec<Pt> = Vec::new();
    let mut mid: Vec<Pt> = Vec::new();
    for moment in &panel.keeping {
        let keeping = moment.row.mean;
        let violating = series::at(&panel.violating, moment.day).map_or(0.0, |m| m.row.mean);
        let x = axis.x(moment.day);
        low.push((x, y(keeping)));
        mid.push((x, y(keeping + violating)));
    }
    let (Some(first), Some(last)) = (low.first().copied(), low.last().copied()) else {
        return;
    };
    let base = [(last.0, strip.y1), (first.0, strip.y1)];
    let top = [(last.0, strip.y0), (first.0, strip.y0)];
    let area =
        |edge: &[Pt], back: &[Pt]| -> Vec<Pt> { edge.iter().chain(back.iter()).copied().collect() };
    let back: Vec<Pt> = low.iter().rev().copied().collect();
    canvas.fill(&area(&mid, &top), theme::UNSEEN, 1.0);
    canvas.fill(&area(&mid, &back), theme::VIOLATING, 0.75);
    canvas.fill(&area(&low, &base), theme::RECORDED, 0.6);
    canvas.line(&mid, &Pen::new(theme::PAPER, 0.8));
    canvas.line(&low, &Pen::new(theme::PAPER, 0.8));
    canvas.frame(strip, &Pen::new(theme::RULE, 0.8));
    let tick = Type::new(theme::SMALL, theme::SOFT).align(Align::End);
    canvas.text("recorded", (strip.x0 - 7.0, strip.centre().1 + 3.5), &tick);

    let value = |rows: &[Moment<'_>]| rows.last().map_or(f64::NAN, |m| m.row.mean);
    let rows = [
        ("not observed", value(&panel.unseen), theme::UNSEEN, 1.0),
        ("violating", value(&panel.violating), theme::VIOLATING, 0.75),
        ("keeping", value(&panel.keeping), theme::RECORDED, 0.6),
    ];
    let look = Type::new(theme::SMALL - 0.5, theme::INK);
    for (n, (name, share, colour, alpha)) in rows.into_iter().enumerate() {
        let y = strip.y0 + 1.0 + n as f64 * 12.5;
        let swatch = Rect::new(strip.x1 + 6.0, y - 2.0, strip.x1 + 13.0, y + 5.0);
        canvas.block(&swatch, colour, alpha);
        let words = format!("{name} {}", text::percent(share));
        canvas.text(&words, (strip.x1 + 17.0, y + 5.0), &look);
    }
}
