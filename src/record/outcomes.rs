//! Outcomes over replicates: the rows of `points`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ends::Ends;
use super::runs::{ClauseRun, Run};
use crate::model::{ClauseIndex, Model, SourceIndex, TiVec, ti_vec};
use crate::stats::{
    Bins, Draws, EventTimes, Histogram, Incidence, Stream, bootstrap_mean, mean_interval, wilson,
};

/// One outcome over the replicates of one point.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PointRow {
    /// Number of the point of an experiment; 0 in a run.
    pub point: u32,
    /// The clause; empty for what belongs to the run.
    pub clause: String,
    /// What came out.
    pub outcome: String,
    /// In which unit.
    pub unit: String,
    /// `true`, `recorded` or `claimed`.
    pub register: String,
    /// How the interval is made: `t` (of a mean), `bootstrap` (of a skewed mean,
    /// percentiles), `wilson` (of a probability), `aalen-johansen` (of a
    /// probability by the end of the run, where something else can come first),
    /// `kaplan-meier` (the same where nothing else can) or `quantiles` (median
    /// with quartiles).
    pub interval: String,
    /// Replicates in which it is defined.
    pub n: u64,
    /// Mean, probability or median; NaN where half the replicates never came
    /// to it.
    pub estimate: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The outcomes of one point, growing by replicate. Its size depends on the
/// model alone.
#[derive(Debug, Clone)]
pub struct Outcomes {
    clauses: TiVec<ClauseIndex, ClauseOutcomes>,
    compliance: Histogram,
    /// How the agreement ends.
    ends: Ends,
    /// By source of incidents: replicates in which they ran away.
    runaway: TiVec<SourceIndex, u64>,
}

#[derive(Debug, Clone)]
struct ClauseOutcomes {
    shares: [Histogram; SHARES.len()],
    started: (u64, u64),
    deadline: (u64, u64),
    kept_at_end: (u64, u64),
    deadlocked: (u64, u64),
    milestones: Histogram,
    /// Days after the deadline; those never kept lie above the last bin.
    after_deadline: Histogram,
    /// Days until it was first kept; those never kept lie above the last bin.
    first_kept: Histogram,
    /// The first serious violation, in days from D-day.
    serious: EventTimes<1>,
    /// By days late: replicates whose deadline has passed.
    late: Vec<u64>,
}

type Share = fn(&ClauseRun) -> f64;
const SHARES: [(&str, &str, Share); 9] = [
    ("compliance", "true", |run| run.met),
    ("compliance_with_losses", "true", |run| run.with_losses),
    ("compliance_full", "true", |run| run.full),
    ("compliance_unrestricted", "true", |run| run.unrestricted),
    ("compliance", "recorded", |run| run.seen_keeping),
    ("violating", "recorded", |run| run.seen_violating),
    ("not_observed", "recorded", |run| run.not_observed),
    ("compliance", "claimed", |run| run.claimed_keeping),
    ("compliance_at_end", "true", |run| run.met_at_end),
];

impl Outcomes {
    /// No replicates yet.
    pub fn new(model: &Model) -> Self {
        let days = model.calendar.days;
        let clause = ClauseOutcomes {
            shares: std::array::from_fn(|_| Histogram::new(Bins::SHARE)),
            started: (0, 0),
            deadline: (0, 0),
            kept_at_end: (0, 0),
            deadlocked: (0, 0),
            milestones: Histogram::new(Bins::SHARE),
            after_deadline: Histogram::new(Bins::between(
                -f64::from(days),
                f64::from(days + 1),
                2 * days + 1,
            )),
            first_kept: Histogram::new(Bins::between(0.0, f64::from(days + 1), days + 1)),
            serious: EventTimes::new(days),
            late: vec![0; days as usize + 1],
        };
        Self {
            clauses: ti_vec![clause; model.clauses.len()],
            compliance: Histogram::new(Bins::SHARE),
            ends: Ends::new(days),
            runaway: ti_vec![0; model.incidents.len()],
        }
    }

    /// Replicates in which a source of incidents ran away, by its id; without those
    /// of which none did.
    pub fn runaway(&self, model: &Model) -> BTreeMap<String, u64> {
        let sources = model.incidents.iter().zip(&self.runaway);
        let ran = sources.filter(|(_, number)| **number > 0);
        ran.map(|(source, number)| (source.id.clone(), *number)).collect()
    }

    /// Adds a replicate.
    pub fn add(&mut self, model: &Model, run: &Run) {
        for source in &run.runaway {
            self.runaway[*source] += 1;
        }
        if run.compliance.is_finite() {
            self.compliance.add(run.compliance);
        }
        self.ends.add(run);
        for (outcome, clause) in self.clauses.iter_mut().zip(&run.clauses) {
            for (histogram, (_, _, share)) in outcome.shares.iter_mut().zip(SHARES) {
                let share = share(clause);
                if share.is_finite() {
                    histogram.add(share);
                }
            }
            let count = |(yes, n): &mut (u64, u64), it: bool| {
                *yes += u64::from(it);
                *n += 1;
            };
            count(&mut outcome.started, clause.started_day.is_some());
            count(&mut outcome.deadlocked, clause.deadlocked_day.is_some());
            if let Some(met) = clause.deadline_met {
                count(&mut outcome.deadline, met);
                let never = f64::from(model.calendar.days + 1);
                let after = clause.days_after_deadline.map_or(never, |it| it as f64);
                outcome.after_deadline.add(after);
            }
            if let Some(met) = clause.milestones_met {
                outcome.milestones.add(met);
            }
            if let Some(days) = clause.days_late {
                outcome.late[days as usize] += 1;
            }
            match (clause.days_to_serious, clause.started_day) {
                (Some(days), _) => outcome.serious.add(days, 0),
                (None, Some(day)) => outcome.serious.add_censored(model.calendar.days - day),
                _ => {}
            }
            if clause.started_day.is_some() {
                count(&mut outcome.kept_at_end, clause.kept_at_end);
                let never = f64::from(model.calendar.days + 1);
                outcome.first_kept.add(clause.days_to_first_kept.map_or(never, f64::from));
            }
        }
    }

    /// Adds what another one of the same model holds.
    pub fn merge(&mut self, other: &Self) {
        self.compliance.merge(&other.compliance);
        self.ends.merge(&other.ends);
        for (mine, theirs) in self.runaway.iter_mut().zip(&other.runaway) {
            *mine += theirs;
        }
        for (mine, theirs) in self.clauses.iter_mut().zip(&other.clauses) {
            for (a, b) in mine.shares.iter_mut().zip(&theirs.shares) {
                a.merge(b);
            }
            mine.first_kept.merge(&theirs.first_kept);
            mine.serious.merge(&theirs.serious);
            for (count, more) in mine.late.iter_mut().zip(&theirs.late) {
                *count += more;
            }
            mine.milestones.merge(&theirs.milestones);
            mine.after_deadline.merge(&theirs.after_deadline);
            for (a, b) in [
                (&mut mine.started, theirs.started),
                (&mut mine.deadline, theirs.deadline),
                (&mut mine.kept_at_end, theirs.kept_at_end),
                (&mut mine.deadlocked, theirs.deadlocked),
            ] {
                a.0 += b.0;
                a.1 += b.1;
            }
        }
    }

    /// Outcomes of a clause that have a distribution over replicates, with units.
    pub const OF_CLAUSE: [(&'static str, &'static str); 9] = [
        ("deadline_met", "probability"),
        ("kept_at_end", "probability"),
        ("ever_kept", "probability"),
        ("serious_violation", "probability"),
        ("days_after_deadline", "days"),
        ("days_to_first_kept", "days"),
        ("days_late", "days"),
        ("days_to_serious_violation", "days"),
        ("milestones_met", "share"),
    ];
    /// The same of the run.
    pub const OF_RUN: [(&'static str, &'static str); 7] = [
        ("completion", "probability"),
        ("broken", "probability"),
        ("collapse", "probability"),
        ("destruction", "probability"),
        ("days_to_agreement_completed", "days"),
        ("days_to_agreement_collapsed", "days"),
        ("days_to_agreement_destroyed", "days"),
    ];

    /// The distribution of one of these. Events are 1 where they came and 0
    /// where not; days are the day after the last of the run where it never came
    /// to it. Empty for an unknown name.
    pub fn distribution(&self, clause: Option<ClauseIndex>, outcome: &str, last: u32) -> Histogram {
        let Some(clause) = clause.map(|it| &self.clauses[it]) else {
            return match self.ends.counts(outcome) {
                Some((by_day, n, true)) => days((by_day, n), last),
                Some((by_day, n, false)) => came((by_day, n)),
                None if outcome == "broken" => self.ends.broken(),
                None => Histogram::new(Bins::SHARE),
            };
        };
        let serious = || (clause.serious.by_day(0), clause.serious.n());
        match outcome {
            "deadline_met" => events(clause.deadline),
            "kept_at_end" => events(clause.kept_at_end),
            "ever_kept" => {
                let n = clause.first_kept.n();
                let never = clause.first_kept.share_from(f64::from(last + 1)) * n as f64;
                events((n - libm::round(never) as u64, n))
            }
            "serious_violation" => came(serious()),
            "days_after_deadline" => clause.after_deadline.clone(),
            "days_to_first_kept" => clause.first_kept.clone(),
            "days_late" => {
                let n = clause.late.iter().sum();
                days((clause.late.clone(), n), last)
            }
            "days_to_serious_violation" => days(serious(), last),
            "milestones_met" => clause.milestones.clone(),
            _ => Histogram::new(Bins::SHARE),
        }
    }

    /// The rows, by clause; what belongs to the run comes last.
    pub fn rows(&self, model: &Model, point: u32) -> Vec<PointRow> {
        let mut rows = Vec::new();
        for (clause, outcome) in model.clauses.iter().zip(&self.clauses) {
            let mut add = |name: &str,
                           unit: &str,
                           register: &str,
                           interval: &str,
                           n,
                           [estimate, low, high]: [f64; 3]| {
                rows.push(PointRow {
                    point,
                    clause: clause.id.clone(),
                    outcome: name.to_owned(),
                    unit: unit.to_owned(),
                    register: register.to_owned(),
                    interval: interval.to_owned(),
                    n,
                    estimate,
                    low,
                    high,
                });
            };
            for (histogram, (name, register, _)) in outcome.shares.iter().zip(SHARES) {
                add(name, "share", register, "t", histogram.n(), mean_of(histogram));
            }
            let shares = [
                ("in_force", outcome.started),
                ("deadline_met", outcome.deadline),
                ("kept_at_end", outcome.kept_at_end),
            ];
            for (name, (yes, n)) in shares {
                let it = wilson(yes, n);
                add(name, "probability", "true", "wilson", n, [it.estimate, it.low, it.high]);
            }
            if model.settled_day(&clause.starts).is_none() {
                let (yes, n) = outcome.deadlocked;
                let it = wilson(yes, n);
                let interval = [it.estimate, it.low, it.high];
                add("deadlocked", "probability", "true", "wilson", n, interval);
            }
            if !clause.milestones.is_empty() {
                let it = &outcome.milestones;
                add("milestones_met", "share", "true", "t", it.n(), mean_of(it));
            }
            if clause.deadline.is_some() {
                let it = &outcome.after_deadline;
                let last = f64::from(model.calendar.days);
                let quantile = |p| {
                    Some(it.quantile(p).floor())
                        .filter(|day| it.n() > 0 && *day <= last)
                        .unwrap_or(f64::NAN)
                };
                let quartiles = [quantile(0.5), quantile(0.25), quantile(0.75)];
                let n = it.n();
                add("days_after_deadline", "days", "true", "quantiles", n, quartiles);
            }
            let never = f64::from(model.calendar.days);
            let quantile = |p| {
                Some(outcome.first_kept.quantile(p).floor())
                    .filter(|day| *day <= never)
                    .unwrap_or(f64::NAN)
            };
            let quartiles = [quantile(0.5), quantile(0.25), quantile(0.75)];
            let n = outcome.first_kept.n();
            add("days_to_first_kept", "days", "true", "quantiles", n, quartiles);
            let ever = n - (outcome.first_kept.share_from(never + 1.0) * n as f64).round() as u64;
            let it = wilson(ever, n);
            add("ever_kept", "probability", "true", "wilson", n, [it.estimate, it.low, it.high]);
            let (n, late) = days_late(&clause.id, &outcome.late);
            add("days_late", "days", "true", "bootstrap", n, late);
            let it = outcome.serious.incidence(0, model.calendar.days);
            add("serious_violation", "probability", "true", "kaplan-meier", it.n, ends(&it));
            add(
                "days_to_serious_violation",
                "days",
                "true",
                "quantiles",
                it.n,
                quartiles_of(&outcome.serious, 0),
            );
        }
        let [estimate, low, high] = mean_of(&self.compliance);
        rows.push(PointRow {
            point,
            clause: String::new(),
            outcome: "compliance".into(),
            unit: "share".into(),
            register: "true".into(),
            interval: "t".into(),
            n: self.compliance.n(),
            estimate,
            low,
            high,
        });
        rows.extend(self.ends.rows(point, model.calendar.days));
        rows
    }
}

/// 1 where something came and 0 where not, of `n`.
fn events((yes, n): (u64, u64)) -> Histogram {
    let mut it = Histogram::new(Bins::SHARE);
    if n > 0 {
        it.add_weighted(1.0, yes as i64);
        it.add_weighted(0.0, (n - yes) as i64);
    }
    it
}

/// The same from counts by day.
fn came((by_day, n): (Vec<u64>, u64)) -> Histogram {
    events((by_day.iter().sum(), n))
}

/// Days, from counts by day; the rest of `n` on the day after the last.
fn days((by_day, n): (Vec<u64>, u64), last: u32) -> Histogram {
    let mut it = Histogram::new(Bins::between(0.0, f64::from(last + 1), last + 1));
    let found: u64 = by_day.iter().sum();
    for (day, count) in by_day.iter().enumerate().filter(|(_, count)| **count > 0) {
        it.add_weighted(day as f64, *count as i64);
    }
    if n > found {
        it.add_weighted(f64::from(last + 1), (n - found) as i64);
    }
    it
}

fn ends(it: &Incidence) -> [f64; 3] {
    [it.interval.estimate, it.interval.low, it.interval.high]
}

/// Median and quartiles of the days to something, over all replicates; none
/// where fewer come to it.
pub(super) fn quartiles_of<const CAUSES: usize>(
    times: &EventTimes<CAUSES>,
    cause: usize,
) -> [f64; 3] {
    [0.5, 0.25, 0.75].map(|p| times.day_of(cause, p).map_or(f64::NAN, f64::from))
}

/// How many deadlines passed, and the mean days late with its interval.
fn days_late(clause: &str, counts: &[u64]) -> (u64, [f64; 3]) {
    let found: Vec<(f64, u64)> = counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .map(|(days, count)| (days as f64, *count))
        .collect();
    let stream = Stream::new("bootstrap", &[clause, "days_late"]);
    let it = bootstrap_mean(&found, Draws::new(0, 0), stream);
    let n = found.iter().map(|(_, count)| count).sum();
    (n, [it.estimate, it.low, it.high])
}

fn mean_of(histogram: &Histogram) -> [f64; 3] {
    if histogram.n() == 0 {
        return [f64::NAN; 3];
    }
    let it = mean_interval(histogram.n(), histogram.mean(), histogram.sd());
    // clamp keeps the NaN of an interval that there is not.
    [it.estimate, it.low.clamp(0.0, 1.0), it.high.clamp(0.0, 1.0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_has_no_interval() {
        let mut it = Histogram::new(Bins::SHARE);
        it.add(0.25);
        let [estimate, low, high] = mean_of(&it);
        assert_eq!(estimate, 0.25);
        assert!(low.is_nan() && high.is_nan());
    }
}
