//! The result table on the terminal.

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

use super::layout::{percent, plain, right};
use crate::analysis::{Against, REFERENCES, RecordRow, worse_than_references};
use crate::engine::MAX_PER_DAY;
use crate::model::{Clause, End, Gate, Model, Words};
use crate::record::{PointRow, TwinRow};
use crate::results::Manifest;
use crate::stats::{OVER, REPLICATES};

/// N and seed, then for each clause by how much it was kept on average in three registers
/// with intervals, in which share of runs its deadline was met and it was kept at the end,
/// and after how many days it was first kept; then how the agreement ended.
pub(super) fn table(model: &Model, manifest: &Manifest, points: &[PointRow]) -> String {
    let mut table = plain();
    let heads = [
        "clause",
        "kept on\naverage, true",
        "recorded",
        "not\nobserved",
        "claimed",
        "deadline met",
        "kept at\nthe end",
        "first kept\nafter days",
    ];
    table.set_header(heads);
    for clause in &model.clauses {
        let find = |outcome: &str, register: &str| {
            points.iter().find(|row| {
                row.clause == clause.id && row.outcome == outcome && row.register == register
            })
        };
        // A figure that rests on a part of the replicates says on how many.
        let of_part = |row: &PointRow| match row.n {
            n if n > 0 && n < manifest.replicates => format!("\nn = {n}"),
            _ => String::new(),
        };
        let share = |outcome, register| {
            let of = |row| percent(row, "\n") + &of_part(row);
            find(outcome, register).map_or_else(String::new, of)
        };
        let in_force = find("in_force", "true").filter(|row| row.estimate < 1.0);
        let mut name = clause.id.clone();
        if let Some(row) = in_force {
            name.push_str(&format!("\n(in force: {})", bare_percent(row)));
        }
        if let Some(row) = with_losses(points, &clause.id) {
            name.push_str(&format!("\n(with losses: {})", bare_percent(row)));
        }
        table.add_row(vec![
            name,
            share("compliance", "true"),
            share("compliance", "recorded"),
            find("not_observed", "recorded")
                .map_or_else(String::new, |row| bare_percent(row) + &of_part(row)),
            share("compliance", "claimed"),
            deadline(model, clause, find("deadline_met", "true"), &of_part),
            share("kept_at_end", "true"),
            days(find("days_to_first_kept", "true")),
        ]);
    }
    let run = points.iter().find(|row| row.clause.is_empty() && row.outcome == "compliance");
    let overall = run.map_or_else(String::new, |row| {
        format!("weighted mean of the clauses, true: {}\n", percent(row, " "))
    });
    let ends = ends_of(points).map_or_else(String::new, |ends| format!("the agreement: {ends}\n"));
    format!(
        "{}\nN = {} replicates, seed {}, {} to {}\n\n{}\n\n{overall}{ends}\
         kept on average: share of the bound strength (or weapons) inside that keeps the clause, mean\n\
         over the days since due; recorded: seen keeping; kept at the end: share of runs; first kept\n\
         after: days from D-day, median [quartiles]; n: the replicates that a figure rests on, where\n\
         these are not all; [95 % interval {OVER}]",
        model.title,
        manifest.replicates,
        manifest.seed,
        model.calendar.start,
        model.calendar.date(model.calendar.days),
        right(&mut table, 1),
    )
}

/// Which share of the spread between replicates comes from what the file leaves open: of
/// each clause, of the weighted mean, and of each end that some replicates came to.
pub(super) fn twins(model: &Model, rows: &[TwinRow]) -> String {
    let mut table = plain();
    table.set_header([
        "clause",
        "kept on\naverage, true",
        "recorded",
        "deadline met",
        "kept at\nthe end",
        "first kept\nafter days",
    ]);
    for clause in &model.clauses {
        let of = |outcome, register| {
            let row = TwinRow::find(rows, &clause.id, outcome, register);
            row.map_or_else(|| "–".into(), |row| outer_share(row, "\n"))
        };
        table.add_row([
            clause.id.clone(),
            of("compliance", "true"),
            of("compliance", "recorded"),
            of("deadline_met", "true"),
            of("kept_at_end", "true"),
            of("days_to_first_kept", "true"),
        ]);
    }
    let of_run = |outcome: &str| TwinRow::find(rows, "", outcome, "true");
    let mean = of_run("compliance").map_or_else(|| "–".into(), |row| outer_share(row, " "));
    let ends = End::WORDS.iter().filter_map(|(word, end)| {
        let row = of_run(word).filter(|row| row.shown().is_some())?;
        Some(format!("{} {}", end.said(), outer_share(row, " ")))
    });
    let ends: Vec<String> = ends.collect();
    let ends = match ends.as_slice() {
        [] => String::new(),
        ends => format!("the agreement: {}\n", ends.join(";\n  ")),
    };
    let pairs = rows.iter().map(|row| row.pairs).max().unwrap_or(0);
    format!(
        "\nof the variance between replicates, the share that comes from what the file leaves open\n\n{}\n\n\
         weighted mean of the clauses, true: {mean}\n{ends}\
         the file leaves {} {} open; the rest is chance. From {pairs} replicates and their twins, which\n\
         draw these as they did and all else anew; –: does not vary; cut to 0 and 100 %; [95 % interval\n\
         over such pairs]",
        right(&mut table, 1),
        model.drawn,
        if model.drawn == 1 { "number" } else { "numbers" },
    )
}

/// An outer share in per cent with its interval after `between`.
fn outer_share(row: &TwinRow, between: &str) -> String {
    let Some(it) = row.shown() else { return "–".into() };
    let of = |share: f64| format!("{:.0}", 100.0 * share);
    if it.low.is_nan() {
        return format!("{} %", of(it.estimate));
    }
    format!("{} %{between}[{}, {}]", of(it.estimate), of(it.low), of(it.high))
}

/// How the agreement ended, as shares of runs; none of results that do not say.
fn ends_of(points: &[PointRow]) -> Option<String> {
    let ends = End::WORDS.iter().map(|(word, end)| {
        let mut run = points.iter().filter(|row| row.clause.is_empty() && row.n > 0);
        let row = run.find(|row| row.outcome == *word)?;
        Some(format!("{} {}", end.said(), percent(row, " ")))
    });
    Some(ends.collect::<Option<Vec<_>>>()?.join(";\n  "))
}

/// By how much a clause was kept with those who died violating it, where that is less.
fn with_losses<'p>(points: &'p [PointRow], clause: &str) -> Option<&'p PointRow> {
    let of = |outcome: &str| {
        let mut own = points.iter().filter(|row| row.clause == clause && row.register == "true");
        own.find(|row| row.outcome == outcome)
    };
    let (alone, with) = (of("compliance")?, of("compliance_with_losses")?);
    (with.estimate < alone.estimate - 5e-4).then_some(with)
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

fn deadline(
    model: &Model,
    clause: &Clause,
    row: Option<&PointRow>,
    of_part: &dyn Fn(&PointRow) -> String,
) -> String {
    match (&clause.deadline, row) {
        (None, _) => "open".into(),
        (Some(Gate::Day(day)), Some(row)) if row.n > 0 => {
            format!("{}\nby {}{}", percent(row, "\n"), model.calendar.date(*day), of_part(row))
        }
        (_, Some(row)) if row.n > 0 => percent(row, "\n") + &of_part(row),
        _ => "not due".into(),
    }
}

fn days(row: Option<&PointRow>) -> String {
    let Some(row) = row else {
        return String::new();
    };
    if row.n == 0 {
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

/// The record of the real agreement beside what was simulated: what was not looked at when
/// the file's numbers were set, and apart from it what was.
pub(super) fn records(rows: &[RecordRow]) -> String {
    let mut told = String::from("the record beside the simulation\n");
    for (consulted, heading) in [
        (false, "not looked at when the file's numbers were set"),
        (true, "looked at when the file's numbers were set: no test of them"),
    ] {
        let rows: Vec<&RecordRow> = rows.iter().filter(|row| row.consulted == consulted).collect();
        if rows.is_empty() {
            continue;
        }
        let (met, n) = rows
            .iter()
            .filter_map(|row| row.within())
            .fold((0, 0), |(met, n), within| (met + u32::from(within), n + 1));
        told += &format!("\n{heading}\n\n{}\n\n", back_cast(&rows));
        if n > 0 {
            told += &format!(
                "{met} of {n} recorded numbers meet the simulated 5–95 % interval {OVER}\n"
            );
        }
        let worse = worse_than_references(&rows);
        if !worse.is_empty() {
            told += &format!("{}\n", textwrap::fill(&worse, 96));
        }
    }
    let caption = format!(
        "stands at: the share of {REPLICATES} below the recorded value; [5–95 %]: of the same; \
         score: CRPS in the unit of the number, Brier for an event; 0 is best. {REFERENCES}"
    );
    format!("{told}\n{}", textwrap::fill(&caption, 96))
}

/// The back-cast table of some rows.
fn back_cast(rows: &[&RecordRow]) -> String {
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
        "skill against\nbase rate",
        "\npersistence",
    ]);
    for row in rows {
        let of = if row.subject.is_empty() {
            row.measure.clone()
        } else {
            format!("{}, {}", row.subject, row.measure)
        };
        table.add_row(vec![
            row.date.clone(),
            row.title.clone(),
            format!("{of}\n({})", row.register),
            row.recorded(),
            row.simulated(),
            row.stands_at(),
            row.scored(),
            row.skilled(Against::BaseRate),
            row.skilled(Against::Persistence),
        ]);
    }
    if let Some(title) = table.column_mut(1) {
        title.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(30)));
    }
    right(&mut table, 3)
}
