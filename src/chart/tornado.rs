//! One parameter at a time: what each moves an outcome by, the others as written.

use super::about::About;
use super::canvas::{Canvas, Pen, Type};
use super::page::Page;
use super::plane::{Rect, span};
use super::plot::Plot;
use super::ranged::{SHARE, Scale};
use super::sweep::OUTCOMES_ARE;
use super::{Chart, text, theme, ticks};
use crate::stats::OVER;

/// Everything the chart of one parameter at a time needs.
#[derive(Debug, Clone)]
pub struct TornadoInput {
    /// The scenario and its runs.
    pub about: About,
    /// Whether points are held against the scenario as written replicate by
    /// replicate; intervals are then those of the difference.
    pub paired: bool,
    /// One panel each.
    pub outcomes: Vec<TornadoOutcome>,
}

/// An outcome that is a share or a probability.
#[derive(Debug, Clone)]
pub struct TornadoOutcome {
    /// What it is called.
    pub name: String,
    /// Of the scenario as written: estimate and 95 % interval.
    pub base: [f64; 3],
    /// One for each parameter.
    pub bars: Vec<TornadoBar>,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct TornadoBar {
    /// The paths that it sets.
    pub paths: Vec<String>,
    /// Whether those who draft the agreement can choose it.
    pub lever: bool,
    /// What the file has there, if it is written.
    pub written: Option<String>,
    /// Its values.
    pub ends: Vec<TornadoEnd>,
}

/// A value of a parameter.
#[derive(Debug, Clone)]
pub struct TornadoEnd {
    /// What it is called.
    pub name: String,
    /// The outcome.
    pub estimate: f64,
    /// Lower and upper end of its 95 % interval.
    pub interval: [f64; 2],
    /// Whether the outcome is that of the scenario as written in every replicate.
    pub same: bool,
}

/// Room for names of parameters.
const NAMES: f64 = 270.0;
/// Height of a lane of bars.
const LANE: f64 = 16.0;
/// Height of a bar.
const BAR: f64 = 10.0;
/// Least height of a parameter, and the space between two.
const ROW: (f64, f64) = (30.0, 6.0);
/// At most so many parameters of an outcome are shown.
const ROWS: usize = 12;
/// Room for the name of a value.
const VALUE: f64 = 110.0;

/// A parameter of an outcome that moves it.
struct Row<'a> {
    bar: &'a TornadoBar,
    /// Values with the lane that each stands in and whether its label is on the right.
    ends: Vec<(&'a TornadoEnd, usize, bool)>,
    lanes: usize,
    swing: f64,
}

impl<'a> Row<'a> {
    fn of(bar: &'a TornadoBar, base: f64) -> Row<'a> {
        let known = bar.ends.iter().filter(|it| it.estimate.is_finite());
        let (low, high) = span(base, bar.ends.iter().map(|it| it.estimate));
        // By lane: whether its left and its right are taken.
        let mut taken: Vec<[bool; 2]> = Vec::new();
        let mut ends = Vec::new();
        for end in known {
            let right = end.estimate >= base;
            // With a whisker across the line it takes both sides.
            let [from, to] = end.interval;
            let sides =
                [end.estimate < base || from < base && !end.same, right || to > base && !end.same];
            let free = |lane: &[bool; 2]| !(lane[0] && sides[0] || lane[1] && sides[1]);
            let lane = taken.iter().position(free).unwrap_or_else(|| {
                taken.push([false; 2]);
                taken.len() - 1
            });
            taken[lane] = [taken[lane][0] || sides[0], taken[lane][1] || sides[1]];
            ends.push((end, lane, right));
        }
        Row { bar, ends, lanes: taken.len(), swing: high - low }
    }

    fn height(&self) -> f64 {
        (LANE * self.lanes as f64).max(ROW.0)
    }
}

/// An outcome with the parameters that move it, the most moving first, and those that
/// do not.
struct Panel<'a> {
    outcome: &'a TornadoOutcome,
    rows: Vec<Row<'a>>,
    more: usize,
    still: Vec<String>,
}

impl<'a> Panel<'a> {
    fn of(outcome: &'a TornadoOutcome) -> Option<Panel<'a>> {
        let base = outcome.base[0];
        if !base.is_finite() {
            return None;
        }
        let known = |bar: &&TornadoBar| bar.ends.iter().any(|it| it.estimate.is_finite());
        let known: Vec<&TornadoBar> = outcome.bars.iter().filter(known).collect();
        known.first()?;
        let still = |bar: &TornadoBar| bar.ends.iter().all(|it| it.same);
        let moving = known.iter().filter(|bar| !still(bar));
        let mut rows: Vec<Row<'_>> = moving.map(|bar| Row::of(bar, base)).collect();
        rows.sort_by(|a, b| b.swing.total_cmp(&a.swing));
        let more = rows.len().saturating_sub(ROWS);
        rows.truncate(ROWS);
        Some(Panel {
            outcome,
            rows,
            more,
            still: known.iter().filter(|bar| still(bar)).map(|bar| name(bar)).collect(),
        })
    }

    /// Which parameters move nothing.
    fn no_effect(&self) -> Option<String> {
        match (self.still.is_empty(), self.rows.is_empty()) {
            (true, _) => None,
            (_, true) => Some("No value of any parameter changes it in any replicate.".into()),
            _ => Some(format!("No effect in any replicate: {}.", self.still.join("; "))),
        }
    }
}

/// Draws the chart; `None` without an outcome of any value.
///
/// The same input gives the same bytes.
pub fn draw_tornado(input: &TornadoInput) -> Option<Chart> {
    let panels: Vec<Panel<'_>> = input.outcomes.iter().filter_map(Panel::of).collect();
    if panels.is_empty() {
        return None;
    }
    let subtitle = "One parameter at a time, the others as written: interactions are not shown. \
                    Each bar goes from the outcome of the scenario as written (line) to that with \
                    the value named at its end.";
    let page = Page::of(&input.about, subtitle);
    let mut y = page.top + 4.0;
    for panel in &panels {
        y = draw_panel(&page.canvas, panel, y) + 16.0;
    }
    let whiskers = if input.paired {
        format!(
            "Every point has the same random numbers, replicate by replicate. Whiskers: 95 % interval \
         {OVER}, of the difference to the scenario as written (Student’s over pairs, of \
         probabilities Bonett and Price’s); pale: it holds zero, so no difference is shown. Signed numbers: \
         difference in percentage points. A parameter has no effect where every replicate ends the \
         same."
        )
    } else {
        format!(
            "Every point has random numbers of its own. Whiskers: 95 % interval {OVER} of the outcome \
         at that value alone; pale: it holds the outcome as written. Signed numbers: difference in \
         percentage points."
        )
    };
    let notes = format!("{whiskers} Swings depend on the ranges chosen. {OUTCOMES_ARE}");
    let said: Vec<String> = panels.iter().map(finding).collect();
    let finding =
        format!("One parameter at a time; interactions are not shown. {}", said.join(" "));
    let svg = page.close(y - 10.0, &notes, &finding);
    Some(Chart { name: "tornado", svg })
}

/// The paths of a parameter, what they share said once.
fn name(bar: &TornadoBar) -> String {
    let mut out = String::new();
    let mut before = "";
    for path in &bar.paths {
        let (table, key) = path.rsplit_once('.').unwrap_or(("", path));
        if out.is_empty() {
            out.push_str(path);
        } else {
            out.push_str(", ");
            out.push_str(if table == before { key } else { path });
        }
        before = table;
    }
    text::clean(&out)
}

/// Draws an outcome below `top`; gives where it ends.
fn draw_panel(canvas: &Canvas, panel: &Panel<'_>, top: f64) -> f64 {
    let head = Type::TITLE;
    let soft = Type::NOTE;
    let [base, low, high] = panel.outcome.base;
    let title = head.cut(&panel.outcome.name, 400.0);
    canvas.text(&title, (theme::MARGIN, top + 12.0), &head);
    let mut note = format!("as written {}", percent(base));
    if low.is_finite() && high.is_finite() {
        note.push_str(&format!(", 95 % interval {} to {}", percent(low), percent(high)));
    }
    let beside = theme::MARGIN + head.width(&title) + 10.0;
    canvas.text(&note, (beside, top + 12.0), &soft);
    let y = top + 22.0;
    let y = if panel.rows.is_empty() { y } else { draw_rows(canvas, panel, y) };
    let mut below = Vec::new();
    if panel.more > 0 {
        below.push(format!("{} more parameters move it less.", panel.more));
    }
    below.extend(panel.no_effect());
    let step = theme::SMALL + 4.0;
    let below = soft.wrap(&below.join(" "), theme::ROOM, 2);
    canvas.lines(&below, (theme::MARGIN, y + step), step, &soft) - step
}

/// A share with one digit.
fn percent(share: f64) -> String {
    format!("{} %", text::number(100.0 * share.clamp(0.0, 1.0)))
}

/// The value, and what changes with it in percentage points.
fn label(end: &TornadoEnd, base: f64) -> (String, String) {
    let look = Type::SMALL;
    let value = look.cut(&end.name, VALUE);
    let change = 100.0 * (end.estimate - base);
    let change = match () {
        () if end.same => "the same".into(),
        () if change.abs() < 0.005 => "0".into(),
        () if change.abs() < 0.05 => format!("{change:+.2}"),
        () => format!("{change:+.1}"),
    };
    (value, change.replace('-', "−"))
}

fn label_width(end: &TornadoEnd, base: f64) -> f64 {
    let (value, change) = label(end, base);
    let look = Type::SMALL;
    look.bold().width(&value) + 5.0 + look.width(&change)
}

fn draw_rows(canvas: &Canvas, panel: &Panel<'_>, top: f64) -> f64 {
    let base = panel.outcome.base[0];
    let heights = panel.rows.iter().map(|row| row.height() + ROW.1);
    let plot = Rect::inset((NAMES, 0.0), top, heights.sum::<f64>() + ROW.1);
    let ends = || panel.rows.iter().flat_map(|row| &row.ends);
    let shares = ends().flat_map(|(end, ..)| [end.estimate, end.interval[0], end.interval[1]]);
    let shares = shares.filter(|it| it.is_finite()).map(|it| it.clamp(0.0, 1.0));
    let (mut low, mut high) = span(base, shares);
    // Half a percentage point is the least that fills a plot.
    let least = 0.005_f64.max(high - low);
    (low, high) = (low.min((low + high - least) / 2.0), high.max((low + high + least) / 2.0));
    let room = |side: bool| {
        let own = ends().filter(|(.., right)| *right == side);
        let widest = own.map(|(end, ..)| label_width(end, base));
        widest.fold(12.0, f64::max) + 14.0
    };
    let (from, to) = (plot.x0 + room(false), plot.x1 - room(true));
    // Labels stand beyond the scale, which goes on as far as a share can be.
    let within = Rect::new(from, plot.y0, to, plot.y1);
    let plotted = Plot::new(canvas, &within, Scale::new(low, high), SHARE);
    let x = |share: f64| plotted.x(share.clamp(0.0, 1.0));
    let scale = (to - from) / (high - low);
    let left = (low - (from - plot.x0) / scale).max(0.0);
    let right = (high + (plot.x1 - to) / scale).min(1.0);
    let marks = ticks::linear(100.0 * left, 100.0 * right, 7.0);
    let marks: Vec<f64> = marks.into_iter().map(|it| it / 100.0).collect();
    plotted.values_below(&marks, |share| format!("{} %", tick_number(100.0 * share)));
    canvas.frame(&plot, &Pen::new(theme::RULE, 0.9));
    let mut y = plot.y0 + ROW.1;
    for row in &panel.rows {
        draw_row(canvas, row, base, y, x);
        y += row.height() + ROW.1;
    }
    plotted.upright(base, &Pen::new(theme::INK, 1.2));
    plot.y1 + 18.0
}

/// A number with the digits that ticks need.
fn tick_number(value: f64) -> String {
    let hundredths = (value * 100.0).round();
    if (hundredths / 10.0 - (hundredths / 10.0).round()).abs() < 1e-9 {
        text::number(value)
    } else {
        format!("{value:.2}").replace('-', "−")
    }
}

fn draw_row(canvas: &Canvas, row: &Row<'_>, base: f64, top: f64, x: impl Fn(f64) -> f64) {
    let height = row.height();
    let soft = Type::NOTE;
    let middle = top + height / 2.0;
    let room = NAMES - 10.0;
    canvas.fit(&name(row.bar), (theme::MARGIN, middle - 2.5), room, &Type::LABEL);
    let role = if row.bar.lever { "lever" } else { "uncertainty" };
    let written = match &row.bar.written {
        Some(value) => format!("{role}, as written {value}"),
        None => format!("{role}, not written in the file"),
    };
    canvas.fit(&written, (theme::MARGIN, middle + 10.0), room, &soft);
    let first = middle - LANE * row.lanes as f64 / 2.0;
    for (end, lane, right) in &row.ends {
        let y = first + LANE * (*lane as f64 + 0.5);
        let (from, to) = (x(base.min(end.estimate)), x(base.max(end.estimate)));
        let [low, high] = end.interval;
        let shown = !end.same && (low > base || high < base);
        if to - from < 0.6 {
            let half = BAR / 2.0;
            let at = x(end.estimate);
            canvas.line(&[(at, y - half), (at, y + half)], &Pen::new(theme::BLUE, 3.0));
        } else {
            let bar = Rect::new(from, y - BAR / 2.0, to, y + BAR / 2.0);
            canvas.block(&bar, theme::BLUE, if shown { 0.8 } else { 0.3 });
            canvas.frame(&bar, &Pen::new(theme::BLUE, 0.9));
        }
        let mut reach = (from, to);
        if low.is_finite() && high.is_finite() && !end.same {
            let (low, high) = (x(low), x(high));
            reach = (reach.0.min(low), reach.1.max(high));
            canvas.whisker([low, high], y, 3.0, &Pen::new(theme::INK, 1.1));
        }
        let (value, change) = label(end, base);
        let bold = Type::SMALL.bold();
        let at = if *right { reach.1 + 6.0 } else { reach.0 - 6.0 - label_width(end, base) };
        canvas.text(&value, (at, y + 3.5), &bold);
        canvas.text(&change, (at + bold.width(&value) + 5.0, y + 3.5), &soft);
    }
}

/// A panel in sentences.
fn finding(panel: &Panel<'_>) -> String {
    let base = panel.outcome.base[0];
    let mut words = format!("{}: {} as written.", text::clean(&panel.outcome.name), percent(base));
    for row in &panel.rows {
        let each = row.ends.iter().map(|(end, ..)| {
            let (value, change) = label(end, base);
            format!("{} at {value} ({change})", percent(end.estimate))
        });
        words.push_str(&format!(" {}: {}.", name(row.bar), text::joined(each, ", ")));
    }
    if let Some(more) = panel.no_effect() {
        words.push(' ');
        words.push_str(&more);
    }
    words
}
