//! Completion and collapse as competing risks, with the numbers at risk.

use super::canvas::{Align, Canvas, Type};
use super::lines::{Band, Figures, Line, probability};
use super::page::Page;
use super::panels::{self, Panel};
use super::plane::Rect;
use super::plot::DateAxis;
use super::series::{self, Moment};
use super::ticks;
use super::{ChartInput, text, theme};

/// Height of the plot, and of a row of numbers below it.
const HEIGHT: f64 = 270.0;
const ROW: f64 = 16.0;

/// Draws the chart; `None` where no agreement is ever judged.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let of = |measure| series::of(input, ("agreement", ""), measure, "true");
    let (judged, completed, collapsed) =
        (of("agreement_judged"), of("agreement_completed"), of("agreement_collapsed"));
    let ever = judged.last().map_or(0.0, |it| it.row.mean);
    let (Some(last), true) = (completed.last(), ever > 0.0) else {
        return None;
    };
    let (n, date) = (last.row.n, &last.row.date);
    let page = Page::of(
        &input.about,
        "Probability that the agreement has been completed, or has collapsed, by each date, \
         whichever came first (cumulative incidence; by true compliance). Band: 95 % interval \
         (Wilson).",
    );
    let mut panel = Panel::new(
        "The agreement as a whole",
        "share of replicates",
        vec![
            Line::nth(0, "completed", completed.clone(), Band::Wilson),
            Line::nth(1, "collapsed", collapsed.clone(), Band::Wilson),
        ],
    );
    panel.figures = Figures::Share;
    panel.note = format!("n = {} replicates", text::grouped(n));
    let most = panel.greatest();
    // Small probabilities are shown in full, others on the whole scale.
    panel.top = Some(if most > 0.4 { 1.0 / 1.06 } else { most.max(0.1) });
    let place = (page.top, HEIGHT);
    let plot = panels::alone(&page.canvas, input, &panel, place);
    let bottom = numbers(&page.canvas, input, (&completed, &collapsed), &plot);
    let mut notes = String::from(
        "At risk: neither completed nor collapsed. Completion and collapse are those of the \
         scenario’s thresholds on the weighted mean of the clauses, held for some days. No replicate \
         is cut short: all are followed to the last date.",
    );
    if ever < 0.9995 {
        notes.push_str(&format!(
            " In {} of replicates no clause of weight ever came due, so that neither could come.",
            text::percent(1.0 - ever)
        ));
    }
    let part = |name: &str, rows: &[Moment<'_>]| {
        let row = rows.last().map(|it| it.row);
        let share = row.map_or(f64::NAN, |it| it.mean);
        let (low, high) = row.and_then(probability).unwrap_or((0.0, 1.0));
        let [share, low, high] = [share, low, high].map(text::percent);
        format!("{name} in {share} (95 % interval {low} to {high})")
    };
    let neither = (1.0 - ends(&completed) - ends(&collapsed)).max(0.0);
    let finding = format!(
        "By {date} the agreement is {} and {} of n = {} replicates; in {} neither.",
        part("completed", &completed),
        part("has collapsed", &collapsed),
        text::grouped(n),
        text::percent(neither)
    );
    Some(page.close(bottom, &notes, &finding))
}

fn ends(rows: &[Moment<'_>]) -> f64 {
    rows.last().map_or(0.0, |it| it.row.mean)
}

/// Numbers of replicates below the dates; gives where they end.
fn numbers(
    canvas: &Canvas,
    input: &ChartInput,
    (completed, collapsed): (&[Moment<'_>], &[Moment<'_>]),
    plot: &Rect,
) -> f64 {
    let axis = DateAxis::new(input.start, input.end, plot.x0, plot.x1);
    let count = |rows: &[Moment<'_>], day: f64| {
        let it = series::at(rows, day).map_or(0.0, |it| it.row.mean * it.row.n as f64);
        it.round() as u64
    };
    let all = |day: f64| series::at(completed, day).map_or(0, |it| it.row.n);
    let rows: [(&str, &dyn Fn(f64) -> u64); 3] = [
        ("at risk", &|day| all(day).saturating_sub(count(completed, day) + count(collapsed, day))),
        ("completed", &|day| count(completed, day)),
        ("collapsed", &|day| count(collapsed, day)),
    ];
    let colours = [theme::INK, theme::BLUE, theme::VERMILION];
    let mut y = plot.y1 + 36.0;
    y += ROW;
    canvas.text("number of replicates", (theme::MARGIN, y), &Type::NOTE);
    let widest = text::grouped(all(f64::INFINITY)).len() as f64 * 6.5 + 10.0;
    for ((name, value), colour) in rows.into_iter().zip(colours) {
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
            let words = text::grouped(value(tick.day));
            canvas.text(&words, (x, y), &look.align(Align::Middle));
        }
    }
    y + 8.0
}
