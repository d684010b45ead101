//! How far each class of weapons still reaches across the line, beside its range and the
//! distance that a clause demands.

use super::canvas::{Align, Canvas, Pen, Type};
use super::distance::demanded;
use super::page::Page;
use super::plane::Rect;
use super::plot::Plot;
use super::ranged::{SHARE, Scale};
use super::series;
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
    if panels.is_empty() {
        return None;
    }
    let shown = panels.len().min(PANELS);
    let mut subtitle = String::from(
        "Reach across the line by weapon class on the last date (true): range less distance, 0 if \
         it falls short, as a mean over the weapons bound. Dot and bar: mean and 5–95 % of \
         replicates; pale bar: range of the class; dashed: distance demanded.",
    );
    subtitle.push_str(&text::first_of(shown, panels.len(), "clauses on distance"));
    let page = Page::of(&input.about, &subtitle);
    let mut top = page.top;
    for panel in panels.iter().take(shown) {
        let rows = panel.classes.len().min(ROWS) as f64;
        let plot = Rect::new(
            theme::MARGIN + NAMES,
            top + 38.0,
            theme::WIDTH - theme::MARGIN - GUTTER,
            top + 38.0 + rows * ROW + 6.0,
        );
        draw_panel(&page.canvas, panel, &plot);
        top = plot.y1 + 30.0;
    }
    let mut notes = String::from(
        "A class whose range is longer than the distance demanded still reaches across from there. \
         In brackets 5–95 % of replicates, where they differ; a mean outside of them comes of \
         a few replicates far off. Taken out: share of the weapons in reach on D-day that no longer \
         are, mean over replicates with any. Ranges are the scenario’s.",
    );
    let hidden: usize =
        panels.iter().take(shown).map(|it| it.classes.len().saturating_sub(ROWS)).sum();
    if hidden > 0 {
        notes.push_str(&format!(" Not shown: {hidden} classes of shorter range."));
    }
    let finding = text::joined(panels.iter().take(shown).map(finding), " ");
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

/// The ends of what 5–95 % of replicates show, where replicates differ: quantiles are read
/// off bins, and would show a spread that is not there.
fn spread(row: &TurnRow) -> Option<(f64, f64)> {
    let differ = row.sd > 0.0 && row.q05.is_finite() && row.q95.is_finite();
    differ.then_some((row.q05, row.q95))
}

/// A mean, and what 5–95 % of replicates show.
fn figure(row: &TurnRow, unit: &str) -> String {
    let mean = format!("{}{unit}", small(row.mean));
    match spread(row) {
        Some((low, high)) => format!("{mean} ({}–{})", small(low), small(high)),
        None => mean,
    }
}

/// A number in few digits; what is above nothing is not said to be nothing.
fn small(value: f64) -> String {
    if value > 0.0 && value < 0.005 {
        "< 0.01".to_owned()
    } else if value > 0.0 && value < 0.095 {
        format!("{value:.2}")
    } else if value >= 100.0 {
        format!("{value:.0}")
    } else {
        text::number(value)
    }
}

/// A panel in a few sentences.
fn finding(panel: &Panel<'_>) -> String {
    let (out, across): (Vec<&Class<'_>>, Vec<&Class<'_>>) =
        panel.classes.iter().partition(|it| it.reach.mean <= 0.0);
    let date = panel.classes.first().map_or("", |it| &it.reach.date);
    let mut words =
        format!("{} ({}), on {date}:", text::clean(&panel.clause.title), demanded(panel.demand));
    let mut parts: Vec<String> = Vec::new();
    for class in across.iter().take(ROWS) {
        let range =
            class.range_km.map_or(String::new(), |km| format!(" (range {} km)", text::number(km)));
        let mut part = format!(
            "{}{range} reach {} km across the line on average",
            text::brief(&class.title),
            small(class.reach.mean)
        );
        if let Some((low, high)) = spread(class.reach) {
            part.push_str(&format!(
                ", 5–95 % of n = {} replicates {} to {} km",
                text::grouped(class.reach.n),
                small(low),
                small(high)
            ));
        }
        if let Some(within) = class.within {
            part.push_str(&format!(", {} weapons in reach", small(within.mean)));
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
    words.push_str(&format!(" {}.", parts.join("; ")));
    words
}

fn draw_panel(canvas: &Canvas, panel: &Panel<'_>, plot: &Rect) {
    let (min, target) = panel.demand;
    let high = panel
        .classes
        .iter()
        .flat_map(|class| {
            let end = spread(class.reach).map_or(0.0, |it| it.1);
            [class.range_km.unwrap_or(0.0), class.reach.mean, end]
        })
        .chain([min, target, 1.0])
        .filter(|km| km.is_finite())
        .fold(0.0, f64::max)
        * 1.06;
    let plotted = Plot::new(canvas, plot, Scale::new(0.0, high), SHARE);
    let x = |km: f64| plotted.x(km.clamp(0.0, high));

    let heading = Type::new(theme::LABEL + 0.5, theme::INK).bold();
    let title = heading.cut(&panel.clause.title_from(), theme::WIDTH - 2.0 * theme::MARGIN);
    canvas.text(&title, (theme::MARGIN, plot.y0 - 23.0), &heading);
    let head = Type::new(theme::SMALL, theme::SOFT);
    for (column, words) in
        COLUMNS.into_iter().zip(["reach across", "weapons in reach", "taken out of reach"])
    {
        canvas.text(words, (plot.x1 + column, plot.y0 - 5.5), &head);
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
    let name = Type::new(theme::LABEL, theme::INK);
    let range =
        class.range_km.map_or("no range".to_owned(), |km| format!("{} km", text::number(km)));
    let small_look = Type::new(theme::SMALL, theme::SOFT);
    canvas.text(&range, (plot.x0 - 8.0, base), &small_look.align(Align::End));
    let room = NAMES - 16.0 - small_look.width(&range);
    canvas.text(&text::cut(&class.title, name.size, false, room), (theme::MARGIN, base), &name);

    let colour = theme::TRUE;
    if let Some((low, high)) = spread(class.reach) {
        canvas.whisker([x(low), x(high)], middle, 4.5, &Pen::new(colour, 2.0));
    }
    let nothing = class.reach.mean <= 0.0;
    let at = (x(class.reach.mean), middle);
    canvas.mark(at, 4.5, (colour, Shape::Circle), nothing, 1.0);

    let [reach, within, taken] = COLUMNS.map(|it| plot.x1 + it);
    let strong = Type::new(theme::SMALL, theme::TRUE).bold();
    let ink = Type::new(theme::SMALL, theme::INK);
    let words = figure(class.reach, " km");
    let room = within - reach - 6.0;
    let words = text::cut(&words, strong.size, true, room);
    canvas.text(&words, (reach, base), &strong);
    if let Some(row) = class.within {
        let words = text::cut(&figure(row, ""), ink.size, false, taken - within - 6.0);
        canvas.text(&words, (within, base), &ink);
    }
    match class.taken {
        Some(row) => canvas.text(&text::percent(row.mean), (taken, base), &ink),
        None => canvas.text("none in reach on D-day", (taken, base), &small_look),
    }
}
