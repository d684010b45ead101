//! How the agreement ends, and would have ended on each date: completed, later broken,
//! collapsed, destroyed, or none of these.

use super::canvas::{Align, Canvas, Type};
use super::lines::{Band, Figures, Line, probability};
use super::page::Page;
use super::panels::{self, Panel};
use super::plane::Rect;
use super::plot::DateAxis;
use super::series::{self, Moment};
use super::ticks;
use super::{ChartInput, text, theme};
use crate::stats::OVER;

/// Height of the plot, and of a row of numbers below it.
const HEIGHT: f64 = 270.0;
const ROW: f64 = 16.0;

/// An end that has a line, and whether it has one where it never comes.
struct Ended<'a> {
    name: &'static str,
    colour: usize,
    always: bool,
    rows: Vec<Moment<'a>>,
}

const ENDS: [(&str, &str, bool); 4] = [
    ("agreement_completed", "completed", true),
    ("agreement_collapsed", "collapsed", true),
    ("agreement_broken", "later broken", false),
    ("agreement_destroyed", "destroyed", false),
];

/// Draws the chart; `None` where no agreement is ever judged.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let of = |measure| series::of(input, ("agreement", ""), measure, "true");
    let judged = of("agreement_judged");
    let each = ENDS.iter().enumerate().map(|(colour, (measure, name, always))| Ended {
        name,
        colour,
        always: *always,
        rows: of(measure),
    });
    let ends: Vec<Ended<'_>> = each.filter(|end| end.always || end_of(&end.rows) > 0.0).collect();
    let ever = end_of(&judged);
    let (Some(last), true) = (ends.first().and_then(|it| it.rows.last()), ever > 0.0) else {
        return None;
    };
    let (n, date) = (last.row.n, &last.row.date);
    let page = Page::of(
        &input.about,
        &format!(
            "Share of replicates in which the agreement is, by each date, completed, completed and \
             later broken, collapsed, or destroyed (by true compliance). Band: 95 % interval (Wilson) \
             {OVER}."
        ),
    );
    let lines = ends.iter().map(|it| Line::nth(it.colour, it.name, it.rows.clone(), Band::Wilson));
    let mut panel = Panel::new("The agreement as a whole", "share of replicates", lines.collect());
    panel.figures = Figures::Share;
    panel.note = format!("n = {} replicates", text::grouped(n));
    let most = panel.greatest();
    // Small probabilities are shown in full, others on the whole scale.
    panel.top = Some(if most > 0.4 { 1.0 / 1.06 } else { most.max(0.1) });
    let place = (page.top, HEIGHT);
    let plot = panels::alone(&page.canvas, input, &panel, place);
    let bottom = numbers(&page.canvas, input, &ends, &plot);
    let mut notes = String::from(
        "Completed: every clause of weight was due and kept, each by its own share, for some days; \
         later broken: one was seriously violated for a week after that. Destroyed: what was asked \
         is there, because most of those who owed it are dead. Incomplete: none of these so far. No \
         replicate is cut short: all are followed to the last date.",
    );
    if ever < 0.9995 {
        notes.push_str(&format!(
            " In {} of replicates no clause of weight ever came due, so that nothing could come.",
            text::percent(1.0 - ever)
        ));
    }
    let part = |it: &Ended<'_>| {
        let row = it.rows.last().map(|it| it.row);
        let (low, high) = row.and_then(probability).unwrap_or((0.0, 1.0));
        let [share, low, high] = [end_of(&it.rows), low, high].map(text::percent);
        format!("{} in {share} (95 % interval {low} to {high})", it.name)
    };
    let none = (1.0 - ends.iter().map(|it| end_of(&it.rows)).sum::<f64>()).max(0.0);
    let finding = format!(
        "By {date} the agreement is {} of n = {} replicates; in {} it is incomplete.",
        text::joined(ends.iter().map(part), ", "),
        text::grouped(n),
        text::percent(none)
    );
    Some(page.close(bottom, &notes, &finding))
}

/// The share at the last date.
fn end_of(rows: &[Moment<'_>]) -> f64 {
    rows.last().map_or(0.0, |it| it.row.mean)
}

/// Numbers of replicates below the dates; gives where they end.
fn numbers(canvas: &Canvas, input: &ChartInput, ends: &[Ended<'_>], plot: &Rect) -> f64 {
    let axis = DateAxis::new(input.start, input.end, plot.x0, plot.x1);
    let count = |rows: &[Moment<'_>], day: f64| {
        let it = series::at(rows, day).map_or(0.0, |it| it.row.mean * it.row.n as f64);
        it.round() as u64
    };
    let all =
        |day: f64| ends.first().and_then(|it| series::at(&it.rows, day)).map_or(0, |it| it.row.n);
    let incomplete = |day: f64| {
        let ended: u64 = ends.iter().map(|it| count(&it.rows, day)).sum();
        all(day).saturating_sub(ended)
    };
    let mut rows = vec![("incomplete", theme::INK, None)];
    rows.extend(ends.iter().map(|it| (it.name, theme::party(it.colour).0, Some(it))));
    let mut y = plot.y1 + 36.0;
    y += ROW;
    canvas.text("number of replicates", (theme::MARGIN, y), &Type::NOTE);
    let widest = text::grouped(all(f64::INFINITY)).len() as f64 * 6.5 + 10.0;
    for (name, colour, end) in rows {
        y += ROW;
        let look = Type::new(theme::TICK, colour);
        // Names stand right of the plot, where those of the lines do.
        canvas.text(name, (plot.x1 + panels::BEFORE, y), &look.bold());
        let mut free = f64::NEG_INFINITY;
        for tick in ticks::dates(input.start, input.end, plot.width()) {
            let x = axis.x(tick.day);
            if x - widest / 2.0 < free {
                continue;
            }
            free = x + widest / 2.0;
            let number = end.map_or_else(|| incomplete(tick.day), |it| count(&it.rows, tick.day));
            let words = text::grouped(number);
            canvas.text(&words, (x, y), &look.align(Align::Middle));
        }
    }
    y + 8.0
}
