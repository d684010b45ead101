//! Variants against a baseline, pair by pair: differences with their intervals.

use super::about::About;
use super::canvas::{Canvas, Pen, Type};
use super::page::Page;
use super::plane::{Rect, span};
use super::plot::Plot;
use super::ranged::{SHARE, Scale};
use super::{Chart, text, theme, ticks};
use crate::analysis::{FEWEST, PairRow, Verdict};
use crate::stats::OVER;

/// Everything the chart of a comparison needs.
#[derive(Debug, Clone)]
pub struct DifferenceInput {
    /// The scenario and its runs.
    pub about: About,
    /// By number of a variant: what charts call it; the first is the baseline.
    pub variants: Vec<String>,
    /// Id and title of each clause, in the order of the file.
    pub clauses: Vec<(String, String)>,
    /// What is compared.
    pub pairs: Vec<PairRow>,
}

/// Height of a row.
const ROW: f64 = 17.0;
/// Height of an outcome's heading.
const HEAD: f64 = 20.0;
/// At most so many rows are shown.
const ROWS: usize = 48;
/// Room for names, and for numbers.
const NAMES: f64 = 320.0;
const NUMBERS: f64 = 160.0;

/// An outcome and its rows, by variant.
struct Group<'a> {
    title: String,
    rows: Vec<&'a PairRow>,
}

/// Draws the chart of a comparison; `None` without a share or probability that is
/// compared.
pub fn draw_difference(input: &DifferenceInput) -> Option<Chart> {
    let mut groups = groups(input);
    let all = groups.len();
    let mut left = ROWS;
    groups.retain(|group| {
        let fits = group.rows.len() <= left;
        left = left.saturating_sub(group.rows.len());
        fits
    });
    groups.first()?;
    let baseline = name(input, 0);
    let cut = if groups.len() < all {
        format!(" The first {} of {all} outcomes; pairs.csv has them all.", groups.len())
    } else {
        String::new()
    };
    let subtitle = format!(
        "Difference of each variant to “{baseline}” in the same replicates, in percentage points: \
         mean with its 95 % interval (thick), and the interval that holds at 95 % for all variants \
         at once (thin), {OVER}.{cut}"
    );
    let page = Page::of(&input.about, &subtitle);
    let height: f64 = groups.iter().map(|group| HEAD + ROW * group.rows.len() as f64).sum();
    let plot = Rect::inset((NAMES, NUMBERS), page.top + 6.0, height);
    draw_plot(&page.canvas, input, &groups, &plot);
    let notes = format!(
        "Filled: the interval for all variants leaves zero out, so a difference is shown; hollow: none is \
         shown. Compliance: mean over the days since due. Intervals: Student’s over pairs, Bonett and \
         Price’s for probabilities; Bonferroni for several variants. Fewer than {FEWEST} pairs show \
         nothing."
    );
    let finding = text::joined(groups.iter().flat_map(|group| findings(input, group)), " ");
    let svg = page.close(plot.y1 + 26.0, &notes, &finding);
    Some(Chart { name: "difference", svg })
}

fn name(input: &DifferenceInput, variant: u32) -> String {
    let own = input.variants.get(variant as usize);
    text::clean(own.map_or("", String::as_str))
}

/// The value alone where the baseline, named above, is a value of the same path.
fn short(input: &DifferenceInput, variant: u32) -> String {
    let (own, baseline) = (name(input, variant), name(input, 0));
    match (own.rsplit_once(" = "), baseline.rsplit_once(" = ")) {
        (Some((path, value)), Some((same, _))) if path == same => value.to_owned(),
        _ => own,
    }
}

fn groups(input: &DifferenceInput) -> Vec<Group<'_>> {
    let order = |row: &PairRow| {
        let outcomes = ["compliance", "completion", "broken", "collapse", "destruction"];
        outcomes.iter().position(|it| *it == row.outcome)
    };
    let place = |row: &PairRow| {
        let clause = input.clauses.iter().position(|(id, _)| *id == row.clause);
        clause.map_or(0, |at| at + 1)
    };
    let shown = |row: &&PairRow| order(row).is_some() && row.register == "true";
    let mut rows: Vec<&PairRow> = input.pairs.iter().filter(shown).collect();
    // Outcomes of the run first, then clause by clause; stable within.
    rows.sort_by_key(|row| (place(row), order(row), row.point));
    let groups = rows.chunk_by(|a, b| (&a.clause, &a.outcome) == (&b.clause, &b.outcome));
    // What no variant changes is said by the table alone.
    let moving = groups.filter(|rows| rows.iter().any(|row| row.differing > 0));
    moving.map(|rows| Group { title: title(input, rows[0]), rows: rows.to_vec() }).collect()
}

fn title(input: &DifferenceInput, row: &PairRow) -> String {
    let outcome = match row.outcome.as_str() {
        "compliance" => "true compliance",
        "completion" => "agreement completed",
        "broken" => "agreement later broken",
        "collapse" => "agreement collapsed",
        "destruction" => "agreement destroyed",
        other => other,
    };
    let clause = input.clauses.iter().find(|(id, _)| *id == row.clause);
    match clause {
        Some((_, title)) => format!("{}: {outcome}", text::clean(title)),
        None if row.outcome == "compliance" => "All clauses, weighted: true compliance".into(),
        None => format!("{}{}", outcome[..1].to_uppercase(), &outcome[1..]),
    }
}

fn draw_plot(canvas: &Canvas, input: &DifferenceInput, groups: &[Group<'_>], plot: &Rect) {
    let ends = groups.iter().flat_map(|group| &group.rows).flat_map(|row| {
        let it = &row.difference;
        [it.low, it.high, row.simultaneous_low, row.simultaneous_high, it.estimate]
    });
    let points = |share: f64| 100.0 * share;
    let (mut low, mut high) = span(0.0, ends.map(points));
    let room = (0.05 * (high - low)).max(0.5);
    (low, high) = (low - room, high + room);
    let plotted = Plot::new(canvas, plot, Scale::new(low, high), SHARE);
    plotted.values_below(&ticks::linear(low, high, 7.0), |at| {
        if at > 0.0 { format!("+{}", text::number(at)) } else { text::number(at) }
    });
    plotted.upright(0.0, &Pen::new(theme::INK, 1.0));
    plotted.edge();
    let soft = Type::new(theme::LABEL, theme::SOFT);
    let mut y = plot.y0;
    for group in groups {
        canvas.fit(&group.title, (theme::MARGIN, y + 14.0), NAMES - 8.0, &Type::HEAD.halo());
        y += HEAD;
        for row in &group.rows {
            let middle = y + ROW / 2.0;
            let at = (theme::MARGIN + 12.0, middle + 3.8);
            canvas.fit(&short(input, row.point), at, NAMES - 22.0, &Type::LABEL);
            draw_row(canvas, row, middle, |share| plotted.x(points(share)));
            canvas.text(&numbers(row), (plot.x1 + 10.0, middle + 3.8), &soft);
            y += ROW;
        }
    }
}

fn draw_row(canvas: &Canvas, row: &PairRow, y: f64, x: impl Fn(f64) -> f64) {
    let (colour, shape) = theme::party(row.point as usize - usize::from(row.point > 0));
    let it = &row.difference;
    for (low, high, width) in
        [(row.simultaneous_low, row.simultaneous_high, 1.2), (it.low, it.high, 3.2)]
    {
        if low.is_finite() && high.is_finite() {
            canvas.line(&[(x(low), y), (x(high), y)], &Pen::new(colour, width));
        }
    }
    let hollow = !matches!(row.verdict(), Verdict::More | Verdict::Less);
    canvas.mark((x(it.estimate), y), 4.2, (colour, shape), hollow, 1.0);
}

/// The difference and its interval in percentage points.
fn numbers(row: &PairRow) -> String {
    if row.verdict() == Verdict::Same {
        return "the same in every pair".into();
    }
    let of = |share: f64| format!("{:+.1}", 100.0 * share).replace('-', "−");
    let it = &row.difference;
    format!("{} [{}, {}]", of(it.estimate), of(it.low), of(it.high))
}

fn findings<'a>(
    input: &'a DifferenceInput,
    group: &'a Group<'_>,
) -> impl Iterator<Item = String> + 'a {
    group.rows.iter().map(move |row| {
        let shown = match row.verdict() {
            Verdict::Same => "the same in every pair",
            Verdict::NoneShown => "no difference shown",
            Verdict::More => "more",
            Verdict::Less => "less",
        };
        format!(
            "{}, {}: {} percentage points in {} pairs, {shown}.",
            group.title,
            name(input, row.point),
            numbers(row),
            text::grouped(row.pairs)
        )
    })
}
