//! Outcomes over replicates: the rows of `points`.

use serde::{Deserialize, Serialize};

use super::runs::{ClauseRun, Run};
use crate::model::Model;
use crate::stats::{Bins, Histogram, mean_interval, wilson};

/// One outcome over the replicates of one point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// How the interval is made: `t` (of a mean), `wilson` (of a probability)
    /// or `quantiles` (median with quartiles).
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
    clauses: Vec<ClauseOutcomes>,
    compliance: Histogram,
}

#[derive(Debug, Clone)]
struct ClauseOutcomes {
    shares: [Histogram; SHARES.len()],
    started: (u64, u64),
    deadline: (u64, u64),
    kept_at_end: (u64, u64),
    /// Days to completion; those never complete lie above the last bin.
    completion: Histogram,
}

type Share = fn(&ClauseRun) -> f64;
const SHARES: [(&str, &str, Share); 8] = [
    ("compliance", "true", |run| run.met),
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
            completion: Histogram::new(Bins::between(0.0, f64::from(days + 1), days + 1)),
        };
        Self {
            clauses: vec![clause; model.clauses.len()],
            compliance: Histogram::new(Bins::SHARE),
        }
    }

    /// Adds a replicate.
    pub fn add(&mut self, model: &Model, run: &Run) {
        if run.compliance.is_finite() {
            self.compliance.add(run.compliance);
        }
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
            if let Some(met) = clause.deadline_met {
                count(&mut outcome.deadline, met);
            }
            if clause.started_day.is_some() {
                count(&mut outcome.kept_at_end, clause.kept_at_end);
                let never = f64::from(model.calendar.days + 1);
                outcome
                    .completion
                    .add(clause.days_to_completion.map_or(never, f64::from));
            }
        }
    }

    /// Adds what another one of the same model holds.
    pub fn merge(&mut self, other: &Self) {
        self.compliance.merge(&other.compliance);
        for (mine, theirs) in self.clauses.iter_mut().zip(&other.clauses) {
            for (a, b) in mine.shares.iter_mut().zip(&theirs.shares) {
                a.merge(b);
            }
            mine.completion.merge(&theirs.completion);
            for (a, b) in [
                (&mut mine.started, theirs.started),
                (&mut mine.deadline, theirs.deadline),
                (&mut mine.kept_at_end, theirs.kept_at_end),
            ] {
                a.0 += b.0;
                a.1 += b.1;
            }
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
                add(
                    name,
                    "share",
                    register,
                    "t",
                    histogram.n(),
                    mean_of(histogram),
                );
            }
            let shares = [
                ("in_force", outcome.started),
                ("deadline_met", outcome.deadline),
                ("kept_at_end", outcome.kept_at_end),
            ];
            for (name, (yes, n)) in shares {
                let it = wilson(yes, n);
                add(
                    name,
                    "probability",
                    "true",
                    "wilson",
                    n,
                    [it.estimate, it.low, it.high],
                );
            }
            let never = f64::from(model.calendar.days);
            let quantile = |p| {
                Some(outcome.completion.quantile(p).floor())
                    .filter(|day| *day <= never)
                    .unwrap_or(f64::NAN)
            };
            let quartiles = [quantile(0.5), quantile(0.25), quantile(0.75)];
            let n = outcome.completion.n();
            add(
                "days_to_completion",
                "days",
                "true",
                "quantiles",
                n,
                quartiles,
            );
            let completed =
                n - (outcome.completion.share_from(never + 1.0) * n as f64).round() as u64;
            let it = wilson(completed, n);
            add(
                "completed",
                "probability",
                "true",
                "wilson",
                n,
                [it.estimate, it.low, it.high],
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
        rows
    }
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
