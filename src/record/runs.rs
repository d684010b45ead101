//! The rows of `runs`: what each replicate came to.

use serde::{Deserialize, Serialize};

use crate::engine::{ClauseState, World};
use crate::model::{ClauseIndex, End, Model, SourceIndex, Starter, TiVec};

/// One replicate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its number; where runs are stored, their order says it.
    #[serde(skip)]
    pub replicate: u64,
    /// By clause.
    pub clauses: TiVec<ClauseIndex, ClauseRun>,
    /// Weighted mean of the clauses' true compliance; NaN if no clause counts
    /// anything.
    pub compliance: f64,
    /// Days of it on which a clause of weight was due or open; 0 if none was.
    pub days_judged: u32,
    /// Days from the first of these to completion of the agreement; none if it
    /// did not come to that.
    pub days_to_agreement_completed: Option<u32>,
    /// The same to the day on which it was broken, after its completion.
    pub days_to_agreement_broken: Option<u32>,
    /// The same to its collapse.
    pub days_to_agreement_collapsed: Option<u32>,
    /// The same to its destruction.
    pub days_to_agreement_destroyed: Option<u32>,
    /// Sources of which a day had more incidents than are let happen: they feed on
    /// themselves.
    pub runaway: Vec<SourceIndex>,
}

/// What one clause came to in one replicate. Shares are means over the days
/// since it fell due, or since D-day for an open clause; NaN where there are no
/// such days or nothing is counted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClauseRun {
    /// D-day, in days from the start of the run.
    pub started_day: Option<u32>,
    /// True compliance: the share by which it was kept on average.
    pub met: f64,
    /// The same with those who died violating it.
    pub with_losses: f64,
    /// Truly in full.
    pub full: f64,
    /// True compliance of all that is bound.
    pub unrestricted: f64,
    /// Recorded as keeping.
    pub seen_keeping: f64,
    /// Recorded as violating.
    pub seen_violating: f64,
    /// Not observed.
    pub not_observed: f64,
    /// Claimed to keep.
    pub claimed_keeping: f64,
    /// Whether it was kept on its deadline; none without one or before it.
    pub deadline_met: Option<bool>,
    /// Days from the deadline until it was kept, negative if it was before;
    /// none without a deadline that has passed, or if it never was.
    pub days_after_deadline: Option<i64>,
    /// The same from the deadline as it was before it was put off.
    pub days_after_first_deadline: Option<i64>,
    /// The share of the milestones that have passed that were met.
    pub milestones_met: Option<f64>,
    /// The day from which it could no longer start.
    pub deadlocked_day: Option<u32>,
    /// Days from D-day until it was first kept; none if it never was.
    pub days_to_first_kept: Option<u32>,
    /// Days from its deadline until it was kept, 0 if it was then, up to the end
    /// of the run if it never was; none without a deadline or before it.
    pub days_late: Option<u32>,
    /// Days from D-day to its first serious violation; none without one.
    pub days_to_serious: Option<u32>,
    /// Whether it was in force and kept at the end.
    pub kept_at_end: bool,
    /// True compliance on the last day; NaN if it is in force no more.
    pub met_at_end: f64,
}

impl Run {
    /// Reads a run off its world at the end.
    pub fn of(model: &Model, world: &World, replicate: u64) -> Self {
        let mut clauses = TiVec::with_capacity(model.clauses.len());
        let (mut sum, mut weight) = (0.0, 0.0);
        for ((index, clause), state) in model.clauses.iter_enumerated().zip(world.clauses()) {
            let means = state.sums.zip(&state.days, |sum, days| sum / days);
            let run = ClauseRun {
                started_day: state.started.map(|(day, _)| day),
                met: means.met,
                with_losses: means.with_losses,
                full: means.full,
                unrestricted: means.unrestricted,
                seen_keeping: means.seen_keeping,
                seen_violating: means.seen_violating,
                not_observed: means.not_observed,
                claimed_keeping: means.claimed_keeping,
                deadline_met: state.deadline_met,
                days_after_deadline: days_after(state, state.due),
                days_after_first_deadline: days_after(state, state.first_due),
                milestones_met: milestones_met(state),
                deadlocked_day: world
                    .deadlocks()
                    .iter()
                    .find(|(it, _)| *it == Starter::Clause(index))
                    .map(|(_, day)| *day),
                days_to_first_kept: state
                    .first_kept
                    .zip(state.started)
                    .map(|(kept, (started, _))| kept.saturating_sub(started)),
                days_late: state.deadline_met.map(|met| match (met, state.due) {
                    (false, Some(due)) => {
                        state.caught_up.unwrap_or(model.calendar.days).saturating_sub(due)
                    }
                    _ => 0,
                }),
                days_to_serious: state
                    .first_serious
                    .zip(state.started)
                    .map(|(day, (started, _))| day.saturating_sub(started)),
                kept_at_end: state.kept.is_some() && world.in_force(index),
                met_at_end: if world.in_force(index) { state.shares.met } else { f64::NAN },
            };
            if run.met.is_finite() {
                sum += clause.weight * run.met;
                weight += clause.weight;
            }
            clauses.push(run);
        }
        let from = world.verdict().judged_from;
        let sources = world.conflict().sources.iter_enumerated();
        let since = |day: Option<u32>| day.zip(from).map(|(day, from)| day + 1 - from);
        Self {
            replicate,
            clauses,
            compliance: sum / weight,
            days_judged: since(Some(model.calendar.days)).unwrap_or(0),
            days_to_agreement_completed: since(world.verdict().completed),
            days_to_agreement_broken: since(world.verdict().broken),
            days_to_agreement_collapsed: since(world.verdict().collapsed),
            days_to_agreement_destroyed: since(world.verdict().destroyed),
            runaway: sources.filter(|(_, it)| it.runaway).map(|(source, _)| source).collect(),
        }
    }
}

impl Run {
    /// How the agreement ended.
    pub fn end(&self) -> End {
        End::of(self.days_to_ends())
    }

    /// What came first of its completion, collapse and destruction, after how many days.
    pub fn first(&self) -> Option<(End, u32)> {
        End::first(self.days_to_ends())
    }

    fn days_to_ends(&self) -> [Option<u32>; 4] {
        [
            self.days_to_agreement_completed,
            self.days_to_agreement_broken,
            self.days_to_agreement_collapsed,
            self.days_to_agreement_destroyed,
        ]
    }
}

/// What a run of a model can hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    clauses: usize,
    sources: usize,
    days: u32,
}

impl Bounds {
    pub(super) fn of(model: &Model) -> Self {
        Self {
            clauses: model.clauses.len(),
            sources: model.incidents.len(),
            days: model.calendar.days,
        }
    }

    /// Whether a run that was read back can be one of the model.
    pub(super) fn hold(&self, run: &Run) -> bool {
        let day = |it: Option<u32>| it.is_none_or(|it| it <= self.days);
        let days = i64::from(self.days);
        let clause = |it: &ClauseRun| {
            let after = [it.days_after_deadline, it.days_after_first_deadline];
            it.shares().into_iter().all(is_share)
                && is_share(it.milestones_met.unwrap_or(0.0))
                && day(it.started_day)
                && day(it.days_late)
                && after.into_iter().flatten().all(|it| (-days..=days).contains(&it))
        };
        run.clauses.len() == self.clauses
            && run.clauses.iter().all(clause)
            && is_share(run.compliance)
            && run.runaway.iter().all(|source| usize::from(*source) < self.sources)
    }
}

/// Whether it is none, or a share as far as rounding lets it be one.
fn is_share(x: f64) -> bool {
    x.is_nan() || (-0.5..=1.5).contains(&x)
}

impl ClauseRun {
    fn shares(&self) -> [f64; 9] {
        [
            self.met,
            self.with_losses,
            self.full,
            self.unrestricted,
            self.seen_keeping,
            self.seen_violating,
            self.not_observed,
            self.claimed_keeping,
            self.met_at_end,
        ]
    }
}

fn days_after(state: &ClauseState, due: Option<u32>) -> Option<i64> {
    let started = state.started.map_or(0, |(day, _)| day);
    let due = i64::from(due?.max(started));
    let kept = match state.deadline_met? {
        true => state.first_kept,
        false => state.caught_up,
    };
    kept.map(|kept| i64::from(kept) - due)
}

fn milestones_met(state: &ClauseState) -> Option<f64> {
    let passed = state.milestones.iter().filter_map(|it| it.met);
    let (met, all) = passed.fold((0_u32, 0_u32), |(met, all), it| (met + u32::from(it), all + 1));
    (all > 0).then(|| f64::from(met) / f64::from(all))
}
