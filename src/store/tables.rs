//! `runs`, `turns`, `points`, `twins`, and where forces stood.

use std::path::Path;

use super::error::StoreError;
use super::stored::{Stored, Value, Written, read_parquet_of, stored};
use super::table::{Cell, Column};
use crate::model::Model;
use crate::record::{ClauseRun, PlaceRow, PointRow, Run, TurnRow, TwinRow};

stored! {
    TurnRow, "turns", row,
    "point" = row.point,
    #[date] "date" = row.date,
    "subject_kind" = row.subject_kind,
    "subject" = row.subject,
    "measure" = row.measure,
    "unit" = row.unit,
    "register" = row.register,
    "n" = row.n,
    "mean" = row.mean,
    "sd" = row.sd,
    "q05" = row.q05,
    "q25" = row.q25,
    "q50" = row.q50,
    "q75" = row.q75,
    "q95" = row.q95,
}

stored! {
    PointRow, "points", row,
    "point" = row.point,
    "clause" = row.clause,
    "outcome" = row.outcome,
    "unit" = row.unit,
    "register" = row.register,
    "interval" = row.interval,
    "n" = row.n,
    "estimate" = row.estimate,
    "low" = row.low,
    "high" = row.high,
}

stored! {
    TwinRow, "twins", row,
    "point" = row.point,
    "clause" = row.clause,
    "outcome" = row.outcome,
    "unit" = row.unit,
    "register" = row.register,
    "pairs" = row.pairs,
    "sd" = row.sd,
    "outer_share" = row.share.estimate,
    "low" = row.share.low,
    "high" = row.share.high,
}

stored! {
    PlaceRow, "places", row,
    "force" = row.force,
    "commander" = row.commander,
    "bound" = row.bound,
    "lat" = row.lat,
    "lon" = row.lon,
    "n" = row.n,
    "mean_persons" = row.mean_persons,
}

/// A row of `runs`: one replicate and clause, or one without a clause for what belongs to
/// the run.
struct RunLine<'a> {
    point: u32,
    replicate: u64,
    /// None of one that failed.
    run: Option<&'a Run>,
    clause: Option<(&'a str, &'a ClauseRun)>,
    status: &'a str,
}

impl<'a> RunLine<'a> {
    fn of_clause(&self, of: impl FnOnce(&ClauseRun) -> Cell<'a>) -> Cell<'a> {
        self.clause.map_or(Cell::None, |(_, it)| of(it))
    }

    fn share(&self, of: fn(&ClauseRun) -> f64) -> Cell<'a> {
        self.of_clause(|it| Cell::Float(of(it)))
    }

    fn days(&self, of: fn(&ClauseRun) -> Option<u32>) -> Cell<'a> {
        self.of_clause(|it| int(of(it)))
    }

    /// Of a row without a clause.
    fn of_run(&self, of: impl FnOnce(&Run) -> Cell<'a>) -> Cell<'a> {
        self.run.filter(|_| self.clause.is_none()).map_or(Cell::None, of)
    }
}

fn int(it: Option<u32>) -> Cell<'static> {
    it.map_or(Cell::None, |it| Cell::Int(i64::from(it)))
}

/// What a row has in a column.
type OfLine = for<'a> fn(&RunLine<'a>) -> Cell<'a>;

/// Columns of `runs`.
const RUN_COLUMNS: usize = 29;

/// The columns of `runs`, and what a row has in each of them.
const RUNS: [(Column<'static>, OfLine); RUN_COLUMNS] = [
    (Column::Int("point"), |row| Cell::Int(i64::from(row.point))),
    (Column::Int("replicate"), |row| Cell::Int(row.replicate as i64)),
    (Column::Text("clause"), |row| Cell::Text(row.clause.map_or("", |(id, _)| id))),
    (Column::Float("compliance_true_share"), |row| match row.clause {
        Some(_) => row.share(|it| it.met),
        None => row.of_run(|run| Cell::Float(run.compliance)),
    }),
    (Column::Float("compliance_with_losses_true_share"), |row| row.share(|it| it.with_losses)),
    (Column::Float("compliance_full_true_share"), |row| row.share(|it| it.full)),
    (Column::Float("compliance_unrestricted_true_share"), |row| row.share(|it| it.unrestricted)),
    (Column::Float("compliance_recorded_share"), |row| row.share(|it| it.seen_keeping)),
    (Column::Float("violating_recorded_share"), |row| row.share(|it| it.seen_violating)),
    (Column::Float("not_observed_recorded_share"), |row| row.share(|it| it.not_observed)),
    (Column::Float("compliance_claimed_share"), |row| row.share(|it| it.claimed_keeping)),
    (Column::Float("compliance_at_end_true_share"), |row| row.share(|it| it.met_at_end)),
    (Column::Int("started_day"), |row| row.days(|it| it.started_day)),
    (Column::Int("deadline_met"), |row| row.days(|it| it.deadline_met.map(u32::from))),
    (Column::Int("days_after_deadline"), |row| {
        row.of_clause(|it| it.days_after_deadline.map_or(Cell::None, Cell::Int))
    }),
    (Column::Int("days_after_first_deadline"), |row| {
        row.of_clause(|it| it.days_after_first_deadline.map_or(Cell::None, Cell::Int))
    }),
    (Column::Float("milestones_met_true_share"), |row| {
        row.share(|it| it.milestones_met.unwrap_or(f64::NAN))
    }),
    (Column::Int("deadlocked_day"), |row| row.days(|it| it.deadlocked_day)),
    (Column::Int("kept_at_end"), |row| {
        row.days(|it| it.started_day.map(|_| u32::from(it.kept_at_end)))
    }),
    (Column::Int("days_to_first_kept"), |row| row.days(|it| it.days_to_first_kept)),
    (Column::Int("days_late"), |row| row.days(|it| it.days_late)),
    (Column::Int("days_to_serious_violation"), |row| row.days(|it| it.days_to_serious)),
    (Column::Int("days_judged"), |row| row.of_run(|run| int(Some(run.days_judged)))),
    (Column::Int("days_to_agreement_completed"), |row| {
        row.of_run(|run| int(run.days_to_agreement_completed))
    }),
    (Column::Int("days_to_agreement_broken"), |row| {
        row.of_run(|run| int(run.days_to_agreement_broken))
    }),
    (Column::Int("days_to_agreement_collapsed"), |row| {
        row.of_run(|run| int(run.days_to_agreement_collapsed))
    }),
    (Column::Int("days_to_agreement_destroyed"), |row| {
        row.of_run(|run| int(run.days_to_agreement_destroyed))
    }),
    (Column::Text("agreement_end"), |row| row.of_run(|run| Cell::Text(run.end().word()))),
    (Column::Text("status"), |row| Cell::Text(row.status)),
];

/// The columns of `runs`: a row for each replicate and clause, and one with an
/// empty clause for what belongs to the run.
pub fn runs_columns() -> [Column<'static>; RUN_COLUMNS] {
    RUNS.map(|(column, _)| column)
}

/// The rows of one run. Its status is `ok`, or `runaway` if incidents of a source
/// came to the most that a day takes.
pub fn run_cells<'a>(model: &'a Model, point: u32, run: &'a Run) -> Vec<[Cell<'a>; RUN_COLUMNS]> {
    let status = if run.runaway.is_empty() { "ok" } else { "runaway" };
    let ids = model.clauses.iter().map(|clause| &*clause.id);
    let clauses = ids.zip(&run.clauses).map(Some).chain([None]);
    let line = |clause| RunLine { point, replicate: run.replicate, run: Some(run), clause, status };
    clauses.map(|clause| RUNS.map(|(_, of)| of(&line(clause)))).collect()
}

/// The row of a run that failed, with what its status says.
pub fn failed_cells<'a>(point: u32, replicate: u64, status: &'a str) -> [Cell<'a>; RUN_COLUMNS] {
    let line: RunLine<'a> = RunLine { point, replicate, run: None, clause: None, status };
    RUNS.map(|(_, of)| of(&line))
}

/// The rows of one measure of one kind of subject in one register, of every point: out
/// of `turns.parquet`, which is there however many rows it has.
///
/// # Errors
/// If the table is missing or damaged.
pub fn read_turns_of(
    folder: &Path,
    (kind, measure, register): (&str, &str, &str),
) -> Result<Vec<TurnRow>, StoreError> {
    read_parquet_of(folder, &[(4, measure), (2, kind), (6, register)])
}
