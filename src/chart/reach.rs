//! How far each class of weapons still reaches across the line, beside its range and the
//! distance that a clause demands.

use super::canvas::{Align, Canvas, Pen, Type};
use super::distance::demanded;
use super::lines::amount;
use super::page::Page;
use super::plane::{Rect, span};
use super::plot::Plot;
use super::ranged::{SHARE, Scale};
use super::series::{self, spread};
use super::theme::{self, Shape};
use super::{ChartClause, ChartInput, text, ticks};
use crate::record::TurnRow;

/// At most so many clauses are shown, and so many classes of each.
const PANELS: usize = 4;
const ROWS: usize = 12;
/// Room for names left of a plot, and for figures right of it.
const NAMES: f64 = 206.0;
const GUTTER: f64 = 330.0;
/// Where the columns of figures begin, from the right edge of a plot.
const COLUMNS: [f64; 3] = [14.0, 122.0, 216.0];
/// Height of a class's row.
const ROW: f64 = 22.0;

/// A class of weapons under a clause, at the end.
struct Class<'a> {
    title: String,
    range_km: Option<f64>,
    reach: &'a TurnRow,
    within: Option<&'a TurnRow>,
    taken: Option<&'a TurnRow>,
}

/// A clause on distance and its classes, the longest range first.
struct Panel<'a> {
    clause: &'a ChartClause,
    demand: (f64, f64),
    classes: Vec<Class<'a>>,
}

/// Draws the chart; `None` without a clause on distance that binds weapons with a range.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let panels: Vec<Panel<'_>> =
        input.clauses.iter().filter_map(|clause| panel(input, clause)).collect();
    let subtitle = "Reach across the line by weapon class on the last date (true): range less \
                    distance, 0 if it falls short, as a mean over the weapons bound. Dot and bar: \
                    mean and 5–95 % of replicates; pale bar: range of the class; dashed: distance \
                    demanded.";
    let (page, shown) =
        Page::first(&input.about, subtitle, (&panels, PANELS, "clauses on distance"))?;
    let mut top = page.top;
    for panel in shown {
        let rows = panel.classes.len().min(ROWS) as f64;
        let plot = panel.clause.heads(&page.canvas, top, (NAMES, GUTTER), rows * ROW + 6.0);
        draw_panel(&page.canvas, panel, &plot);
        top = plot.y1 + 30.0;
    }
    let mut notes = String::from(
        "A class whose range is longer than the distance demanded still reaches across from there. \
         In brackets 5–95 % of replicates, where they differ; a mean outside of them comes of \
         a few replicates far off. Taken out: share of the weapons in reach on D-day that no longer \
         are, mean over replicates with any. Ranges are the scenario’s.",
    );
    let hidden: usize = shown.iter().map(|it| it.classes.len().saturating_sub(ROWS)).sum();
    if hidden > 0 {
        notes.push_str(&format!(" Not shown: {hidden} classes of shorter range."));
    }
    let finding = text::joined(shown.iter().map(finding), " ");
    Some(page.close(top - 4.0, &notes, &finding))
}

fn panel<'a>(input: &'a ChartInput, clause: &'a ChartClause) -> Option<Panel<'a>> {
    let demand = clause.distance_km?;
    let mut classes: Vec<Class<'a>> = input
        .weapons
        .iter()
        .filter_map(|weapon| {
            let subject = format!("{}/{}", clause.id, weapon.id);
            let row = |measure| {
                let rows = series::of(input, ("clause-class", &subject), measure, "true");
                rows.last().map(|m| m.row)
            };
            let reach = row("residual_reach")?;
            // A share said of an earlier date is not one of the last.
            let of_the_end = |it: &&TurnRow| it.date == reach.date;
            Some(Class {
                title: text::clean(&weapon.title),
                range_km: weapon.range_km,
                reach,
                within: row("within_reach").filter(of_the_end),
                taken: row("taken_out_of_reach").filter(of_the_end),
            })
        })
        .collect();
    let range = |it: &Class<'_>| it.range_km.unwrap_or(0.0);
    classes.sort_by(|a, b| range(b).total_cmp(&range(a)));
    (!classes.is_empty()).then_some(Panel { clause, demand, classes })
}

/// A mean, and what 5–95 % of replicates show.
fn figure(row: &TurnRow, unit: &str) -> String {
    let mean = format!("{}{unit}", amount(row.mean));
    match spread(row) {
        Some((low, high)) => format!("{mean} ({}–{})", amount(low), amount(high)),
        None => mean,
    }
}

/// A panel in a few sentences.
fn finding(panel: &Panel<'_>) -> String {
    let (out, across): (Vec<&Class<'_>>, Vec<&Class<'_>>) =
        panel.classes.iter().partition(|it| it.reach.mean <= 0.0);
    let date = panel.classes.first().map_or("", |it| &it.reach.date);
    let (title, demand) = (text::clean(&panel.clause.title), demanded(panel.demand));
    let mut parts: Vec<String> = Vec::new();
    for class in across.iter().take(ROWS) {
        let range =
            class.range_km.map_or(String::new(), |km| format!(" (range {} km)", text::number(km)));
        let mut part = format!(
            "{}{range} reach {} km across the line on average",
            text::brief(&class.title),
            amount(class.reach.mean)
        );
        if let Some((low, high)) = spread(class.reach) {
            let (n, low, high) = (text::grouped(class.reach.n), amount(low), amount(high));
            part.push_str(&format!(", 5–95 % of n = {n} replicates {low} to {high} km"));
        }
        if let Some(within) = class.within {
            part.push_str(&format!(", {} weapons in reach", amount(within.mean)));
        }
        part.push_str(&match class.taken {
            Some(taken) => format!(", {} taken out of reach", text::percent(taken.mean)),
            None => ", none in reach on D-day".to_owned(),
        });
        parts.push(part);
    }
    if !out.is_empty() {
        parts.push(format!("{} of {} classes do not reach across", out.len(), panel.classes.len()));
    }
    format!("{title} ({demand}), on {date}: {}.", parts.join("; "))
}

fn draw_panel(canvas: &Canvas, panel: &Panel<'_>, plot: &Rect) {
    let (min, target) = panel.demand;
    let classes = panel.classes.iter().flat_map(|class| {
        let end = spread(class.reach).map_or(0.0, |it| it.1);
        [class.range_km.unwrap_or(0.0), class.reach.mean, end]
    });
    let high = 1.06 * span(1.0, classes.chain([min, target])).1;
    let plotted = Plot::new(canvas, plot, Scale::new(0.0, high), SHARE);
    let x = |km: f64| plotted.x(km.clamp(0.0, high));

    for (column, words) in
        COLUMNS.into_iter().zip(["reach across", "weapons in reach", "taken out of reach"])
    {
        canvas.text(words, (plot.x1 + column, plot.y0 - 5.5), &Type::NOTE);
    }

    let marks = ticks::linear(0.0, high, plot.width() / 70.0);
    plotted.values_below(&marks, |km| format!("{} km", text::number(km)));
    for (n, class) in panel.classes.iter().take(ROWS).enumerate() {
        let middle = plot.y0 + 3.0 + (n as f64 + 0.5) * ROW;
        if let Some(km) = class.range_km {
            let bar = Rect::new(plot.x0, middle - 6.5, x(km), middle + 6.5);
            canvas.block(&bar, theme::SKY, 0.3);
        }
    }
    for km in [min, target].into_iter().filter(|km| *km >= 0.0) {
        plotted.upright(km, &Pen::new(theme::DEMANDED, 1.1).dashed(theme::DASHED));
    }
    let look = Type::new(theme::SMALL, theme::DEMANDED).bold();
    let words = demanded(panel.demand);
    let half = look.width(&words) / 2.0;
    let at = (x(min) + x(target)) / 2.0;
    let at = at.clamp(plot.x0 + half, plot.x1 - half);
    canvas.text(&words, (at, plot.y0 - 5.5), &look.align(Align::Middle));
    for (n, class) in panel.classes.iter().take(ROWS).enumerate() {
        let middle = plot.y0 + 3.0 + (n as f64 + 0.5) * ROW;
        draw_class(canvas, class, plot, middle, x);
    }
    plotted.edge();
}

/// A class's name, its mark and its figures.
fn draw_class(
    canvas: &Canvas,
    class: &Class<'_>,
    plot: &Rect,
    middle: f64,
    x: impl Fn(f64) -> f64,
) {
    let base = middle + 3.8;
    let range =
        class.range_km.map_or("no range".to_owned(), |km| format!("{} km", text::number(km)));
    let small_look = Type::NOTE;
    canvas.text(&range, (plot.x0 - 8.0, base), &small_look.align(Align::End));
    let room = NAMES - 16.0 - small_look.width(&range);
    canvas.fit(&class.title, (theme::MARGIN, base), room, &Type::LABEL);

    let colour = theme::TRUE;
    if let Some((low, high)) = spread(class.reach) {
        canvas.whisker([x(low), x(high)], middle, 4.5, &Pen::new(colour, 2.0));
    }
    let nothing = class.reach.mean <= 0.0;
    let at = (x(class.reach.mean), middle);
    canvas.mark(at, 4.5, (colour, Shape::Circle), nothing, 1.0);

    let [reach, within, taken] = COLUMNS.map(|it| plot.x1 + it);
    let strong = Type::new(theme::SMALL, theme::TRUE).bold();
    let ink = Type::SMALL;
    canvas.fit(&figure(class.reach, " km"), (reach, base), within - reach - 6.0, &strong);
    if let Some(row) = class.within {
        canvas.fit(&figure(row, ""), (within, base), taken - within - 6.0, &ink);
    }
    match class.taken {
        Some(row) => canvas.text(&text::percent(row.mean), (taken, base), &ink),
        None => canvas.text("none in reach on D-day", (taken, base), &small_look),
    }
}
