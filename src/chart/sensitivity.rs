//! Which parameter matters: bars of shares of variance, or the plane of elementary
//! effects.

use super::about::About;
use super::canvas::{Align, Canvas, Pen, Type};
use super::label_layout::{Candidate, LabelLayout};
use super::page::Page;
use super::plane::{Pt, Rect, span};
use super::plot::Plot;
use super::ranged::{SHARE, Scale};
use super::theme::Shape;
use super::{Chart, text, theme, ticks};
use crate::analysis::{IndexRow, Ranked, ranking, sensitivity_words};
use crate::stats::OVER;

/// Everything the chart of a sensitivity needs.
#[derive(Debug, Clone)]
pub struct SensitivityInput {
    /// The scenario and its runs.
    pub about: About,
    /// What the outcome is called in the middle of a sentence.
    pub outcome: String,
    /// What the design costs: "256 rows of 12 + 2 points".
    pub cost: String,
    /// The indices.
    pub rows: Vec<IndexRow>,
}

/// At most so many parameters are drawn.
const MOST: usize = 30;
/// Height of a parameter's row.
const ROW: f64 = 32.0;
/// Room for names, at least and at most, and for numbers.
const NAMES: (f64, f64) = (190.0, 330.0);
const NUMBERS: f64 = 130.0;
/// Height of the plane, and room for the list beside it.
const PLANE: f64 = 400.0;
const LIST: f64 = 420.0;

/// Draws the chart; `None` without a ranking.
///
/// The same input gives the same bytes.
pub fn draw_sensitivity(input: &SensitivityInput) -> Option<Chart> {
    let mut ranked = ranking(&input.rows);
    let all = ranked.len();
    ranked.truncate(MOST);
    let (name, svg) = if ranked.first()?.by.index == "size" {
        ("morris", plane(input, &ranked, all))
    } else {
        ("sensitivity", bars(input, &ranked, all))
    };
    Some(Chart { name, svg })
}

/// Whose it is: a colour and a shape.
fn look(row: &IndexRow) -> (plotters::style::RGBColor, Shape) {
    theme::party(usize::from(row.role != "lever"))
}

fn cut_of(shown: usize, all: usize) -> String {
    if shown < all {
        format!(" The first {shown} of {all} parameters; sensitivity.csv has them all.")
    } else {
        String::new()
    }
}

fn bars(input: &SensitivityInput, ranked: &[Ranked<'_>], all: usize) -> String {
    let subtitle = format!(
        "Which share of the variance of {} between points each parameter accounts for, alone and \
         with its interactions, with 95 % intervals.{}",
        input.outcome,
        cut_of(ranked.len(), all)
    );
    let page = Page::of(&input.about, &subtitle);
    let top = page.top + 24.0;
    let label = Type::LABEL;
    let widest = ranked.iter().map(|it| label.width(&text::clean(&it.by.title)));
    let names = (widest.fold(0.0, f64::max) + 18.0).clamp(NAMES.0, NAMES.1);
    let plot = Rect::inset((names, NUMBERS), top, ROW * ranked.len() as f64 + 6.0);
    let rows = ranked.iter().flat_map(|it| [it.beside, it.by]);
    let (least, most) = span(0.0, rows.flat_map(|row| [row.low, row.estimate, row.high]));
    let (low, high) = (least * 1.05, most.max(0.05) * 1.05);
    let canvas = &page.canvas;
    key(canvas, &plot);
    let plotted = Plot::new(canvas, &plot, Scale::new(low, high), SHARE);
    let x = |share: f64| plotted.x(share);
    let marks = ticks::linear(100.0 * low, 100.0 * high, 6.0);
    let marks: Vec<f64> = marks.into_iter().map(|it| it / 100.0).collect();
    plotted.values_below(&marks, |share| format!("{} %", text::number(100.0 * share)));
    for (at, it) in ranked.iter().enumerate() {
        let y = plot.y0 + 3.0 + ROW * at as f64;
        name(canvas, it, y, names - 14.0);
        for (row, from, total) in [(it.beside, 5.0, false), (it.by, 17.0, true)] {
            let (a, b) = (x(0.0), x(row.estimate));
            bar(canvas, &Rect::new(a.min(b), y + from, a.max(b), y + from + 9.0), total);
            if row.low.is_finite() && row.high.is_finite() {
                let (ends, middle) = ([x(row.low), x(row.high)], y + from + 4.5);
                canvas.whisker(ends, middle, 3.0, &Pen::new(theme::INK, 1.1));
            }
            canvas.text(&row.share_and_ends(), (plot.x1 + 10.0, y + from + 8.0), &Type::NOTE);
        }
    }
    plotted.upright(0.0, &Pen::new(theme::INK, 1.0));
    plotted.edge();
    let first = ranked.first().map(|it| it.by);
    let notes = format!(
        "{}: Sobol’ indices of the mean {OVER} (Saltelli 2010, Jansen 1999), intervals by \
         resampling rows. {} “Rises” and “falls”: which way the outcome goes as the parameter rises.",
        input.cost,
        first.map_or(String::new(), IndexRow::noise_said)
    );
    let finding = sensitivity_words(&input.rows, &input.outcome);
    page.close(plot.y1 + 24.0, &notes, &finding)
}

/// A bar of what a parameter accounts for alone, or with its interactions.
fn bar(canvas: &Canvas, place: &Rect, total: bool) {
    let (colour, alpha) = if total { (theme::ORANGE, 0.35) } else { (theme::BLUE, 1.0) };
    canvas.block(place, colour, alpha);
    if total && place.width() > 0.5 {
        canvas.frame(place, &Pen::new(colour, 1.0));
    }
}

/// What both kinds of bar are, above the plot.
fn key(canvas: &Canvas, plot: &Rect) {
    let words = Type::LABEL;
    let y = plot.y0 - 16.0;
    let mut x = plot.x0;
    for (name, total) in [("alone (S1)", false), ("with its interactions (ST)", true)] {
        bar(canvas, &Rect::new(x, y, x + 16.0, y + 9.0), total);
        canvas.text(name, (x + 22.0, y + 8.5), &words);
        x += 22.0 + words.width(name) + 24.0;
    }
}

/// The name of a parameter, and below it what it is and which way the outcome goes.
fn name(canvas: &Canvas, it: &Ranked<'_>, y: f64, room: f64) {
    canvas.fit(&it.by.title, (theme::MARGIN, y + 13.0), room, &Type::LABEL);
    let way = match it.goes() {
        "rises" => " · outcome rises with it",
        "falls" => " · outcome falls with it",
        "mixed" => " · outcome goes either way",
        _ => "",
    };
    let below = format!("{}{way}", text::clean(&it.by.role));
    canvas.text(&below, (theme::MARGIN, y + 26.0), &Type::NOTE);
}

fn plane(input: &SensitivityInput, ranked: &[Ranked<'_>], all: usize) -> String {
    let days = ranked.first().is_some_and(|it| it.by.unit == "days");
    let (scale, unit) = if days { (1.0, "days") } else { (100.0, "percentage points") };
    let subtitle = format!(
        "Elementary effects on {}: how much it shifts for a move along the whole range of a parameter \
         (μ*, across, with its 95 % interval), and how much that differs with where the others stand \
         (σ, up).{}",
        input.outcome,
        cut_of(ranked.len(), all)
    );
    let page = Page::of(&input.about, &subtitle);
    let top = page.top + 10.0;
    let list = 22.0 * ranked.len() as f64 + 30.0;
    let plot = Rect::inset((52.0, LIST), top, PLANE.max(list));
    let value = |it: f64| if it.is_finite() { scale * it } else { 0.0 };
    let most = |of: &dyn Fn(&Ranked<'_>) -> f64| {
        let each = ranked.iter().map(of);
        1.08 * each.fold(1e-9, f64::max)
    };
    let right = most(&|it| value(it.by.high).max(value(it.by.estimate)));
    let up = most(&|it| value(it.beside.estimate)).max(0.25 * right);
    let canvas = &page.canvas;
    let plotted = Plot::new(canvas, &plot, Scale::new(0.0, right), Scale::new(0.0, up));
    let (x, y) = (|at: f64| plotted.x(at), |at: f64| plotted.y(at));
    plotted.values_below(&ticks::linear(0.0, right, 6.0), text::number);
    plotted.values(&ticks::linear(0.0, up, 6.0), text::number);
    let axis = Type::LABEL;
    let words = format!("μ*, {unit}");
    canvas.text(&words, (plot.centre().0, plot.y1 + 33.0), &axis.align(Align::Middle));
    canvas.upright(&format!("σ, {unit}"), (plot.x0 - 38.0, plot.centre().1), &axis);
    let end = right.min(up);
    canvas.line(
        &[(x(0.0), y(0.0)), (x(end), y(end))],
        &Pen::new(theme::RULE, 1.1).dashed(theme::DASHED),
    );
    let mut label_layout = LabelLayout::new(plot.grown(-2.0));
    label_layout.avoid(vec![(x(0.0), y(0.0)), (x(end), y(end))]);
    let places: Vec<Pt> =
        ranked.iter().map(|it| (x(value(it.by.estimate)), y(value(it.beside.estimate)))).collect();
    for at in &places {
        label_layout.take(Rect::around(*at, 5.0));
    }
    for (it, at) in ranked.iter().zip(&places) {
        let ends = [(x(value(it.by.low)), at.1), (x(value(it.by.high)), at.1)];
        canvas.line(&ends, &Pen::new(look(it.by).0, 1.2).faint(0.7));
        label_layout.avoid(ends.to_vec());
    }
    for (it, at) in ranked.iter().zip(&places) {
        canvas.mark(*at, 4.4, look(it.by), false, 1.0);
    }
    diagonal(canvas, &mut label_layout, &plot);
    let ranks = places.iter().zip(1..);
    let placed: Vec<(String, Pt)> =
        ranks.filter_map(|(at, rank)| number(canvas, &mut label_layout, rank, *at)).collect();
    // Over the lines to all of them.
    for (rank, at) in placed {
        canvas.text(&rank, at, &Type::HEAD.halo().align(Align::Middle));
    }
    canvas.frame(&plot, &Pen::new(theme::RULE, 0.9));
    let left = plot.x1 + 26.0;
    let room = theme::RIGHT - left;
    let head = Type::HEAD;
    canvas.text("Parameter", (left + 40.0, plot.y0 + 10.0), &head);
    let end = (left + room, plot.y0 + 10.0);
    canvas.text(
        &format!("μ* [95 %], {}", if days { "days" } else { "points" }),
        end,
        &head.align(Align::End),
    );
    for (at, it) in ranked.iter().enumerate() {
        let base = plot.y0 + 32.0 + 22.0 * at as f64;
        let look_of = Type::LABEL;
        canvas.text(&(at + 1).to_string(), (left + 14.0, base), &look_of.align(Align::End));
        canvas.mark((left + 27.0, base - 4.0), 4.4, look(it.by), false, 1.0);
        let amount = format!(
            "{} [{}]",
            it.by.amount(it.by.estimate, true).replace(" points", "").replace(" days", ""),
            it.by.amount_ends()
        );
        let soft = Type::NOTE.align(Align::End);
        canvas.text(&amount, (left + room, base), &soft);
        let free = room - 40.0 - soft.width(&amount) - 10.0;
        canvas.fit(&it.by.title, (left + 40.0, base), free, &look_of);
    }
    let notes = format!(
        "Circle: a lever; square: an uncertainty. Effects on the mean {OVER}, from {} (Morris 1991, Campolongo 2007), \
         intervals by resampling trajectories. {}",
        input.cost,
        ranked.first().map_or(String::new(), |it| it.by.noise_said())
    );
    let finding = sensitivity_words(&input.rows, &input.outcome);
    page.close(plot.y1 + 42.0, &notes, &finding)
}

/// What the dashed line is, in the corner where it covers least.
fn diagonal(canvas: &Canvas, label_layout: &mut LabelLayout, plot: &Rect) {
    let look = Type::NOTE;
    let words = "dashed: σ = μ*; above it, where the others stand decides";
    let width = look.width(words);
    let corners = [
        (plot.x1 - width - 8.0, plot.y1 - 8.0),
        (plot.x0 + 8.0, plot.y0 + 14.0),
        (plot.x1 - width - 8.0, plot.y0 + 14.0),
    ];
    let hidden = |at: &Pt| label_layout.hidden(&look.extent(words, *at));
    let best = corners.iter().min_by(|a, b| hidden(a).total_cmp(&hidden(b)));
    if let Some(at) = best {
        canvas.text(words, *at, &look.halo());
        label_layout.take(look.extent(words, *at));
    }
}

/// The rank of a parameter and its place beside the mark, with a line to it where it
/// stands apart.
fn number(
    canvas: &Canvas,
    label_layout: &mut LabelLayout,
    rank: usize,
    at: Pt,
) -> Option<(String, Pt)> {
    let look = Type::HEAD.halo();
    let words = rank.to_string();
    let (width, height) = (look.width(&words), theme::LABEL * 0.76);
    let mut candidates = Vec::new();
    for ring in 0..6 {
        let away = 11.0 + 9.0 * f64::from(ring);
        for part in 0..16 {
            let angle = std::f64::consts::TAU * f64::from(part) / 16.0;
            let centre = (at.0 + away * libm::cos(angle), at.1 + away * libm::sin(angle));
            let (x0, y0) = (centre.0 - width / 2.0, centre.1 - height / 2.0);
            candidates.push(Candidate {
                rect: Rect::new(x0, y0, x0 + width, y0 + height).grown(1.5),
                cost: f64::from(ring),
                link: (at, centre),
                what: (centre, ring > 0),
            });
        }
    }
    let found = label_layout.place(&candidates, 60.0)?;
    let (centre, apart) = found.what;
    if apart {
        canvas.line(&[at, centre], &Pen::new(theme::RULE, 0.7));
        label_layout.avoid(vec![at, centre]);
    }
    Some((words, (centre.0, centre.1 + height / 2.0)))
}
