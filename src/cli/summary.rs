//! The result table on the terminal.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

use super::layout::{percent, plain, right};
use crate::analysis::RecordRow;
use crate::engine::MAX_PER_DAY;
use crate::model::{Clause, Gate, Model};
use crate::record::PointRow;
use crate::results::Manifest;

/// N and seed, then for each clause compliance in three registers with
/// intervals, the probability of meeting the deadline and the time to
/// completion.
pub(super) fn table(model: &Model, manifest: &Manifest, points: &[PointRow]) -> String {
    let mut table = plain();
    let heads = [
        "clause",
        "true",
        "recorded",
        "not\nobserved",
        "claimed",
        "deadline met",
        "completed",
        "days to\ncompletion",
    ];
    table.set_header(heads);
    for clause in &model.clauses {
        let find = |outcome: &str, register: &str| {
            points.iter().find(|row| {
                row.clause == clause.id && row.outcome == outcome && row.register == register
            })
        };
        let share = |outcome, register| {
            find(outcome, register).map_or_else(String::new, |row| percent(row, "\n"))
        };
        let in_force = find("in_force", "true").filter(|row| row.estimate < 1.0);
        let name = in_force.map_or_else(
            || clause.id.clone(),
            |row| format!("{}\n(in force: {})", clause.id, bare_percent(row)),
        );
        table.add_row(vec![
            name,
            share("compliance", "true"),
            share("compliance", "recorded"),
            find("not_observed", "recorded").map_or_else(String::new, bare_percent),
            share("compliance", "claimed"),
            deadline(model, clause, find("deadline_met", "true")),
            share("completed", "true"),
            days(find("days_to_completion", "true"), find("completed", "true")),
        ]);
    }
    let run = points.iter().find(|row| row.clause.is_empty() && row.outcome == "compliance");
    let overall = run.map_or_else(String::new, |row| {
        format!("weighted mean of the clauses, true: {}\n", percent(row, " "))
    });
    let end = |outcome: &str| {
        let row =
            points.iter().find(|row| row.clause.is_empty() && row.outcome == outcome && row.n > 0);
        row.map_or_else(String::new, |row| {
            format!("agreement’s {outcome}: {}; ", percent(row, " "))
        })
    };
    let ends = format!("{}{}", end("completion"), end("collapse"));
    let ends = ends.strip_suffix("; ").map_or_else(String::new, |ends| format!("{ends}\n"));
    format!(
        "{}\nN = {} replicates, seed {}, {} to {}\n\n{}\n\n{overall}{ends}\
         compliance: share of the bound strength (or weapons) inside on D-day that keeps the clause,\n\
         mean over the days since due; recorded: seen keeping; [95 % interval over replicates];\n\
         days from D-day: median [quartiles]",
        model.title,
        manifest.replicates,
        manifest.seed,
        model.calendar.start,
        model.calendar.date(model.calendar.days),
        right(&mut table, 1),
    )
}

/// That incidents of a source feed on themselves.
pub(super) fn runaway(source: &str, number: u64, replicates: u64) -> String {
    format!(
        "warning: in {number} of {replicates} runs incidents of `{source}` reached {MAX_PER_DAY} a day, \
         and the rest was left out: they feed on themselves. Lower per_tension, per_unanswered or the \
         severity of acts, or let tension fade faster (half_life_days)\n"
    )
}

fn bare_percent(row: &PointRow) -> String {
    if row.estimate.is_nan() { "–".into() } else { format!("{:.1} %", 100.0 * row.estimate) }
}

fn deadline(model: &Model, clause: &Clause, row: Option<&PointRow>) -> String {
    match (&clause.deadline, row) {
        (None, _) => "open".into(),
        (Some(Gate::Day(day)), Some(row)) if row.n > 0 => {
            format!("{}\nby {}", percent(row, "\n"), model.calendar.date(*day))
        }
        (_, Some(row)) if row.n > 0 => format!("{} (n = {})", percent(row, "\n"), row.n),
        _ => "not due".into(),
    }
}

fn days(row: Option<&PointRow>, completed: Option<&PointRow>) -> String {
    let (Some(row), Some(completed)) = (row, completed) else {
        return String::new();
    };
    if completed.n == 0 {
        return "–".into();
    }
    let of = |days: f64| {
        if days.is_nan() { "never".into() } else { format!("{days:.0}") }
    };
    if row.estimate.is_nan() && row.low.is_nan() {
        return "never,\nin most".into();
    }
    format!("{}\n[{}, {}]", of(row.estimate), of(row.low), of(row.high))
}

/// Columns of a wide terminal.
const WIDTH: u16 = 130;

/// The record of the real agreement beside what was simulated.
pub(super) fn records(rows: &[RecordRow]) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH);
    table.set_header([
        "date",
        "record",
        "of",
        "recorded",
        "simulated:\nmedian [5–95 %]",
        "stands\nat",
        "score",
    ]);
    for row in rows {
        let of = if row.subject.is_empty() {
            row.measure.clone()
        } else {
            format!("{}, {}", row.subject, row.measure)
        };
        let looked_at = if row.consulted { " *" } else { "" };
        table.add_row(vec![
            row.date.clone(),
            format!("{}{looked_at}", row.title),
            format!("{of}\n({})", row.register),
            row.recorded(),
            row.simulated(),
            row.stands_at(),
            row.scored(),
        ]);
    }
    if let Some(title) = table.column_mut(1) {
        title.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(34)));
    }
    let (met, n) = rows
        .iter()
        .filter_map(RecordRow::within)
        .fold((0, 0), |(met, n), within| (met + u32::from(within), n + 1));
    let met = if n == 0 {
        String::new()
    } else {
        format!("{met} of {n} recorded numbers meet the simulated 5–95 % interval\n")
    };
    let starred = if rows.iter().any(|row| row.consulted) {
        "* looked at when the file's numbers were set; "
    } else {
        ""
    };
    format!(
        "the record beside the simulation\n\n{}\n\n{met}{starred}stands at: the share of replicates \
         below\nthe recorded value; score: CRPS in the unit of the number, Brier for an event; 0 is best",
        right(&mut table, 3),
    )
}
