//! Variants against a baseline, pair by pair: differences with their intervals.

use super::about::About;
use super::canvas::{Canvas, Pen, Type};
use super::page::Page;
use super::plane::Rect;
use super::plot::Plot;
use super::ranged::{SHARE, Scale};
use super::{Chart, text, theme, ticks};
use crate::analysis::{FEWEST, PairRow, Verdict};

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
    let all: usize = groups.len();
    let mut left = ROWS;
    groups.retain(|group| {
        let fits = group.rows.len() <= left;
        left = left.saturating_sub(group.rows.len());
        fits
    });
    if groups.is_empty() {
        return None;
    }
    let baseline = name(input, 0);
    let cut = if groups.len() < all {
        format!(" The first {} of {all} outcomes; pairs.csv has them all.", groups.len())
    } else {
        String::new()
    };
    let subtitle = format!(
        "Difference of each variant to “{baseline}” in the same replicates, in percentage points: \
         mean with its 95 % interval (thick), and the interval that holds at 95 % for all variants \
         at once (thin).{cut}"
    );
    let page = Page::of(&input.about, &subtitle);
    let height: f64 = groups.iter().map(|group| HEAD + ROW * group.rows.len() as f64).sum();
    let plot = Rect::new(
        theme::MARGIN + NAMES,
        page.top + 6.0,
        theme::WIDTH - theme::MARGIN - NUMBERS,
        page.top + 6.0 + height,
    );
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
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut last: Option<(&str, &str, &str)> = None;
    let order = |row: &PairRow| {
        let outcomes = ["compliance", "completion", "collapse"];
        outcomes.iter().position(|it| *it == row.outcome)
    };
    // What no variant changes is said by the table alone.
    let moves = |row: &PairRow| {
        let same = |it: &&PairRow| {
            (&it.clause, &it.outcome, &it.register) == (&row.clause, &row.outcome, &row.register)
        };
        input.pairs.iter().filter(same).any(|it| it.differing > 0)
    };
    let shown = |row: &&PairRow| order(row).is_some() && row.register == "true" && moves(row);
    let mut rows: Vec<&PairRow> = input.pairs.iter().filter(shown).collect();
    let place = |row: &PairRow| {
        let clause = input.clauses.iter().position(|(id, _)| *id == row.clause);
        clause.map_or(0, |at| at + 1)
    };
    // Outcomes of the run first, then clause by clause; stable within.
    rows.sort_by(|a, b| {
        let key = |row: &PairRow| (place(row), order(row));
        key(a).cmp(&key(b)).then(a.point.cmp(&b.point))
    });
    for row in rows {
        let key = (row.clause.as_str(), row.outcome.as_str(), row.register.as_str());
        if last != Some(key) {
            last = Some(key);
            groups.push(Group { title: title(input, row), rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row);
        }
    }
    groups
}

fn title(input: &DifferenceInput, row: &PairRow) -> String {
    let outcome = match (row.outcome.as_str(), row.register.as_str()) {
        ("compliance", "recorded") => "recorded as keeping",
        ("compliance", "claimed") => "claimed to keep",
        ("compliance", _) => "true compliance",
        ("completion", _) => "agreement completed",
        ("collapse", _) => "agreement collapsed",
        ("deadline_met", _) => "kept on its deadline",
        (other, _) => other,
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
    let ends = ends.filter(|it| it.is_finite());
    let (mut low, mut high) = ends
        .fold((0.0_f64, 0.0_f64), |(low, high), it| (low.min(points(it)), high.max(points(it))));
    let room = (0.05 * (high - low)).max(0.5);
    (low, high) = (low - room, high + room);
    let plotted = Plot::new(canvas, plot, Scale::new(low, high), SHARE);
    plotted.values_below(&ticks::linear(low, high, 7.0), |at| {
        if at > 0.0 { format!("+{}", text::number(at)) } else { text::number(at) }
    });
    plotted.upright(0.0, &Pen::new(theme::INK, 1.0));
    plotted.edge();
    let head = Type::new(theme::LABEL, theme::INK).bold();
    let look = Type::new(theme::LABEL, theme::INK);
    let soft = Type::new(theme::LABEL, theme::SOFT);
    let mut y = plot.y0;
    for group in groups {
        let words = text::cut(&group.title, head.size, true, NAMES - 8.0);
        canvas.text(&words, (theme::MARGIN, y + 14.0), &head.halo());
        y += HEAD;
        for row in &group.rows {
            let middle = y + ROW / 2.0;
            let words = text::cut(&short(input, row.point), look.size, false, NAMES - 22.0);
            canvas.text(&words, (theme::MARGIN + 12.0, middle + 3.8), &look);
            draw_row(canvas, row, middle, |share| plotted.x(points(share)));
            canvas.text(&numbers(row), (plot.x1 + 10.0, middle + 3.8), &soft);
            y += ROW;
        }
    }
}

fn draw_row(canvas: &Canvas, row: &PairRow, y: f64, x: impl Fn(f64) -> f64) {
    let (colour, shape) = theme::party(row.point as usize - usize::from(row.point > 0));
    let it = &row.difference;
    let span = |low: f64, high: f64, width: f64| {
        let finite = low.is_finite() && high.is_finite();
        finite.then(|| ([(x(low), y), (x(high), y)], Pen::new(colour, width)))
    };
    for (line, pen) in
        [span(row.simultaneous_low, row.simultaneous_high, 1.2), span(it.low, it.high, 3.2)]
            .into_iter()
            .flatten()
    {
        canvas.line(&line, &pen);
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
