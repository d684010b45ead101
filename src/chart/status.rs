//! The status of each clause in time: as it is, as recorded, as claimed.

use std::collections::{BTreeMap, BTreeSet};

use plotters::style::RGBColor;

use super::canvas::{Align, Canvas, Pen, Type};
use super::page::Page;
use super::plane::Rect;
use super::plot::DateAxis;
use super::series;
use super::theme;
use super::{ChartClause, ChartInput, text};

/// Room for names left of the rows.
const NAMES: f64 = 230.0;
/// Height of the row of a register.
const ROW: f64 = 14.0;
/// Height of a bar that all replicates share.
const BAR: f64 = 12.0;
/// From one clause to the next.
const PITCH: f64 = 3.0 * ROW + 8.0;
/// Room for what holds from the last date on.
const LAST: f64 = 10.0;
/// At most so many clauses.
const CLAUSES: usize = 36;

const REGISTERS: [&str; 3] = ["true", "recorded", "claimed"];

/// Ground, edge and zigzag of a bar.
type Look = (RGBColor, Option<RGBColor>, Option<RGBColor>);

/// Measure, letter, words and look of each status: no two look alike.
const STATUSES: [(&str, &str, &str, Look); 12] = [
    ("status_not_in_force", "–", "not in force", (theme::UNSEEN, None, None)),
    ("status_not_due", "n", "not due", (theme::SKY, None, None)),
    ("status_kept", "K", "kept", (theme::BLUE, None, None)),
    ("status_minimum_met", "M", "minimum met", (theme::GREEN, None, None)),
    ("status_late", "L", "late", (theme::ORANGE, None, None)),
    ("status_violated", "V", "violated", (theme::VERMILION, None, None)),
    ("status_disputed", "D", "disputed", (theme::PURPLE, None, None)),
    ("status_open", "o", "open", (theme::SEA, Some(theme::COAST), None)),
    ("status_suspended", "s", "suspended", (theme::UNSEEN, None, Some(theme::DARK))),
    ("status_ended", "E", "ended", (theme::DARK, None, None)),
    ("status_unverified", "?", "unverified", (theme::PAPER, Some(theme::SOFT), Some(theme::SOFT))),
    ("status_silent", "·", "nothing said", (theme::PAPER, Some(theme::COAST), None)),
];

/// Shares of all replicates by status, by date, of a clause and register.
type Cells<'a> = BTreeMap<(&'a str, usize), BTreeMap<&'a str, [f64; STATUSES.len()]>>;

/// While one status is the most frequent.
struct Run {
    status: usize,
    /// From, to, and the share of all replicates.
    steps: Vec<(f64, f64, f64)>,
}

impl Run {
    fn ends(&self) -> (f64, f64) {
        let from = self.steps.first().map_or(0.0, |step| step.0);
        (from, self.steps.last().map_or(from, |step| step.1))
    }

    /// The bar, as high at each date as the share, on a base.
    fn draw(&self, canvas: &Canvas, base: f64) {
        let (from, to) = self.ends();
        let (.., (ground, edge, zigzag)) = STATUSES[self.status];
        let mut points = vec![(from, base)];
        let mut zigzags = Vec::new();
        let (mut x, mut up) = (from, false);
        for &(a, b, share) in &self.steps {
            let top = base - BAR * share.min(1.0);
            points.extend([(a, top), (b, top)]);
            while x < b {
                zigzags.push((x, if up { top } else { base }));
                (x, up) = (x + 3.0, !up);
            }
        }
        points.push((to, base));
        canvas.fill(&points, ground, 1.0);
        if let Some(colour) = zigzag {
            zigzags.push((to, base));
            canvas.line(&zigzags, &Pen::new(colour, 0.7));
        }
        if let Some(colour) = edge {
            canvas.outline(&points, &Pen::new(colour, 0.8));
        }
    }
}

/// Draws the chart; `None` without a status.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let (x0, x1) = (theme::MARGIN + NAMES, theme::RIGHT);
    let axis = DateAxis::new(input.start, input.end, x0, x1 - LAST);
    let cells = cells(input);
    let rows: Vec<(&ChartClause, [Vec<Run>; 3])> = input
        .clauses
        .iter()
        .map(|clause| {
            let of = |register| {
                let dates = cells.get(&(clause.id.as_str(), register));
                dates.map_or_else(Vec::new, |dates| runs(dates, &axis, x1))
            };
            (clause, [0, 1, 2].map(of))
        })
        .filter(|(_, runs)| runs.iter().any(|own| !own.is_empty()))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let shown = &rows[..rows.len().min(CLAUSES)];
    let page = Page::of(
        &input.about,
        "Most frequent status of each clause by date, in rows: as it is (true), as recorded by \
         monitors, as claimed by parties. A bar is as high as the share of replicates with that \
         status; in the others the clause has another. Diamonds: deadlines.",
    );
    let bottom = key(&page, shown, x1);
    let canvas = &page.canvas;
    let top = bottom + 12.0;
    let plot = Rect::new(x0, top, x1, top + 6.0 + shown.len() as f64 * PITCH);
    axis.draw(canvas, &plot, false);
    for (n, (clause, runs)) in shown.iter().enumerate() {
        let y = top + 7.0 + n as f64 * PITCH;
        let look = Type::LABEL;
        let lines = look.wrap(&clause.title, NAMES - 62.0, 2);
        canvas.lines(&lines, (theme::MARGIN, y + 10.5), 14.0, &look);
        for (register, own) in runs.iter().enumerate() {
            let base = y + register as f64 * ROW + ROW - 1.0;
            canvas.text(REGISTERS[register], (x0 - 5.0, base - 2.5), &Type::NOTE.align(Align::End));
            let track = Rect::new(x0, base - BAR, x1, base);
            canvas.block(&track, theme::GRID, 0.5);
            for run in own {
                run.draw(canvas, base);
            }
        }
        if let Some(x) = axis.place(clause.deadline) {
            canvas.line(&[(x, y), (x, y + 3.0 * ROW)], &Pen::new(theme::INK, 1.2));
            canvas.mark((x, y), 4.0, (theme::INK, theme::Shape::Diamond), false, 1.0);
        }
        for (register, own) in runs.iter().enumerate() {
            let base = y + register as f64 * ROW + ROW - 1.0;
            for run in own {
                let (from, to) = run.ends();
                if to - from >= 12.0 {
                    let look = Type::SMALL.align(Align::Middle).halo();
                    let at = ((from + to) / 2.0, base - 2.5);
                    canvas.text(STATUSES[run.status].1, at, &look);
                }
            }
        }
    }
    canvas.frame(&plot, &Pen::new(theme::RULE, 0.9));
    let mut notes = format!(
        "Shares are of all n = {} replicates. A letter stands where a status lasts. Claimed: by what \
         parties say; nothing said: too little is said to tell.",
        text::grouped(input.about.replicates)
    );
    match rows.len() - shown.len() {
        0 => {}
        1 => notes.push_str(" Not shown: the last clause."),
        hidden => notes.push_str(&format!(" Not shown: the last {hidden} clauses.")),
    }
    Some(page.close(plot.y1 + 32.0, &notes, &finding(input, shown)))
}

/// Draws what the statuses that occur look like; gives where it ends.
fn key(page: &Page, shown: &[(&ChartClause, [Vec<Run>; 3])], x1: f64) -> f64 {
    let all = shown.iter().flat_map(|(_, runs)| runs.iter().flatten());
    let occur: BTreeSet<usize> = all.map(|run| run.status).collect();
    let mut at = (theme::MARGIN, page.top + 10.0);
    let look = Type::SMALL;
    for status in occur {
        let (_, letter, words, _) = STATUSES[status];
        let words = format!("{letter} {words}");
        let wide = look.width(&words) + 36.0;
        if at.0 + wide > x1 {
            at = (theme::MARGIN, at.1 + 16.0);
        }
        let steps = vec![(at.0, at.0 + 16.0, 0.9)];
        Run { status, steps }.draw(&page.canvas, at.1 + 1.5);
        page.canvas.text(&words, (at.0 + 20.0, at.1), &look);
        at.0 += wide;
    }
    at.1
}

/// The last date's statuses in words.
fn finding(input: &ChartInput, shown: &[(&ChartClause, [Vec<Run>; 3])]) -> String {
    let mut words = format!(
        "Most frequent status of {} of the scenario's clauses at the end, {}, with its share of n = {} replicates.",
        shown.len(),
        series::long(input.end),
        text::grouped(input.about.replicates)
    );
    for (clause, runs) in shown {
        let own = runs.iter().zip(REGISTERS).filter_map(|(runs, register)| {
            let run = runs.last()?;
            let share = text::percent(run.steps.last()?.2);
            Some(format!("{register} {} ({share})", STATUSES[run.status].2))
        });
        let own: Vec<String> = own.collect();
        words.push_str(&format!(" {}: {}.", text::clean(&clause.title), own.join(", ")));
    }
    words
}

/// The most frequent statuses of a clause and register in turn.
fn runs(dates: &BTreeMap<&str, [f64; STATUSES.len()]>, axis: &DateAxis, x1: f64) -> Vec<Run> {
    let mut tops: Vec<(f64, usize, f64)> = dates
        .iter()
        .filter_map(|(date, shares)| {
            let (status, share) = most(shares)?;
            Some((axis.at(series::read(date)?), status, share))
        })
        .collect();
    tops.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut runs: Vec<Run> = Vec::new();
    for (k, &(x, status, share)) in tops.iter().enumerate() {
        let step = (x, tops.get(k + 1).map_or(x1, |next| next.0), share);
        match runs.last_mut().filter(|run| run.status == status) {
            Some(run) => run.steps.push(step),
            None => runs.push(Run { status, steps: vec![step] }),
        }
    }
    runs
}

fn cells(input: &ChartInput) -> Cells<'_> {
    let all = input.about.replicates.max(1) as f64;
    let mut cells = Cells::new();
    for row in &input.turns {
        if row.subject_kind != "clause" || !row.mean.is_finite() {
            continue;
        }
        let status = STATUSES.iter().position(|it| it.0 == row.measure);
        let register = REGISTERS.iter().position(|it| *it == row.register);
        if let (Some(status), Some(register)) = (status, register) {
            let dates = cells.entry((row.subject.as_str(), register)).or_default();
            let shares = dates.entry(&row.date).or_insert([0.0; STATUSES.len()]);
            // A row over fewer replicates speaks of those alone.
            shares[status] = row.mean.clamp(0.0, 1.0) * (row.n as f64 / all).min(1.0);
        }
    }
    cells
}

/// The most frequent status and its share; of equals, the first.
fn most(shares: &[f64; STATUSES.len()]) -> Option<(usize, f64)> {
    let best = shares.iter().copied().enumerate().rev();
    best.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|it| it.1 > 0.0)
}
