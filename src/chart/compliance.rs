//! How far each clause is met: as it is, as recorded, as claimed.

use super::canvas::Type;
use super::lines::{Band, Figures, Line};
use super::panels::{self, Panel};
use super::series::{self, Moment};
use super::strip::Strip;
use super::{ChartClause, ChartInput, records, text};
use crate::stats::{OVER, mean_interval};

/// A clause in force in fewer replicates than this is not drawn, nor the dates on
/// which it is so (where there are few replicates: in fewer than one in ten).
const FEWEST: u64 = 20;

/// At most so many clauses are drawn: what fits on a page.
const MAX_CLAUSES: usize = 6;

/// Draws the chart; `None` without a clause that has compliance.
pub(super) fn draw(input: &ChartInput) -> Option<String> {
    let all = input.clauses.iter().filter_map(|clause| panel(input, clause));
    let all: Vec<Panel<'_>> = all.collect();
    let subtitle = "Share of the bound strength that meets each clause: as it is (true), as \
                    monitors recorded it (seen keeping), as parties claim it. Strip below a plot: \
                    recorded shares seen keeping, seen violating and not observed, which sum to \
                    100 %.";
    let notes = |shown: &[Panel<'_>]| {
        let mut notes = format!(
            "True: line = mean, dark band = its 95 % interval (Student), light band = 5–95 %, each \
             {OVER}. Recorded and claimed: means. n: replicates with a value on the last date.",
        );
        if shown.iter().any(|panel| !panel.records.is_empty()) {
            notes.push_str(
                " Marks: figures of the record (diamond: of what happened, square: of what monitors \
                 registered, triangle: of what was said; hollow: looked at when numbers were set).",
            );
        }
        let bare = input.clauses.iter().filter(|clause| panel(input, clause).is_none());
        let bare = text::joined(bare.map(|it| Type::NOTE.cut(&it.title, 200.0)), ", ");
        if !bare.is_empty() {
            notes.push_str(&format!(
                " Not drawn, in force in fewer than {FEWEST} replicates: {bare}."
            ));
        }
        notes
    };
    let finding = |shown: &[Panel<'_>]| text::joined(shown.iter().map(finding), " ");
    panels::chart(input, subtitle, (&all, MAX_CLAUSES, "clauses"), notes, finding)
}

/// The registers of a clause over time; none of one that is hardly ever in force.
fn panel<'a>(input: &'a ChartInput, clause: &'a ChartClause) -> Option<Panel<'a>> {
    let all = |measure, register| series::of(input, ("clause", &clause.id), measure, register);
    let truth = all("compliance", "true");
    // A mean over a handful of replicates is no picture of a clause.
    let n = truth.iter().map(|it| it.row.n).max().unwrap_or(0);
    if n < FEWEST.min(input.about.replicates).max(1) {
        return None;
    }
    let enough = FEWEST.min((n / 10).max(1));
    let shown = |mut rows: Vec<Moment<'a>>| {
        rows.retain(|it| it.row.n >= enough);
        rows
    };
    let line = |n, register, name, band| {
        let line = Line::nth(n, name, shown(all("compliance", register)), band);
        let (colour, shape) = records::colour(register);
        Line { colour, shape, ..line }
    };
    // The truth lies on top.
    let lines = vec![
        line(2, "claimed", "claimed", Band::None),
        line(1, "recorded", "seen keeping", Band::None),
        line(0, "true", "true", Band::Share),
    ];
    let strip = Strip {
        keeping: lines[1].rows.clone(),
        violating: shown(all("violating", "recorded")),
        unseen: shown(all("not_observed", "recorded")),
    };
    let of_clause = input.records.iter().filter(|row| {
        row.subject_kind == "clause" && row.subject == clause.id && row.measure == "compliance"
    });
    let in_force = all("in_force", "true").last().map_or(1.0, |it| it.row.mean);
    let n = lines[2].last().map_or(0, |row| row.n);
    let note = match in_force < 0.9995 || n < input.about.replicates {
        true => format!("; in force in {} of replicates at the end", text::percent(in_force)),
        false => String::new(),
    };
    Some(Panel {
        note: format!("n = {}{note}", text::grouped(n)),
        clause: Some(clause),
        figures: Figures::Share,
        top: Some(1.0 / 1.06),
        strip: (!strip.keeping.is_empty() && !strip.unseen.is_empty()).then_some(strip),
        records: of_clause.collect(),
        ..Panel::new(&clause.title, "share of bound strength", lines)
    })
}

/// A panel in a sentence.
fn finding(panel: &Panel<'_>) -> String {
    let title = &panel.title;
    let [claimed, keeping, truth] = [0, 1, 2].map(|n| panel.lines[n].last());
    let Some(row) = truth else {
        return title.clone();
    };
    let interval = mean_interval(row.n, row.mean, row.sd);
    let mut words = format!(
        "{title}: on {} {} of the bound strength truly meets it (mean of n = {} replicates",
        row.date,
        text::percent(row.mean),
        text::grouped(row.n),
    );
    if interval.low.is_finite() {
        words.push_str(&format!(
            ", 95 % interval {} to {}",
            text::percent(interval.low.max(0.0)),
            text::percent(interval.high.min(1.0))
        ));
    }
    words.push(')');
    let unseen = panel.strip.as_ref().and_then(|it| it.unseen.last()).map(|it| it.row);
    for (row, name) in [
        (keeping, "recorded as seen keeping"),
        (unseen, "not observed"),
        (claimed, "claimed as keeping"),
    ] {
        if let Some(row) = row {
            words.push_str(&format!("; {} {name}", text::percent(row.mean)));
        }
    }
    words.push('.');
    words
}
