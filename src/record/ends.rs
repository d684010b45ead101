//! How the agreement ends, over replicates.

use super::outcomes::{PointRow, quartiles_of};
use super::runs::Run;
use crate::model::{End, Words};
use crate::stats::{Bins, EventTimes, Histogram, wilson};

/// The agreement's competing ends: what comes first counts.
const COMPLETION: usize = 0;
const COLLAPSE: usize = 1;
const DESTRUCTION: usize = 2;

/// Their names in tables, with their causes.
const FIRST: [(&str, usize); 3] =
    [("completion", COMPLETION), ("collapse", COLLAPSE), ("destruction", DESTRUCTION)];

/// The ends of the agreement, growing by replicate.
#[derive(Debug, Clone)]
pub(super) struct Ends {
    /// By end, in the order of [`End`].
    ends: [u64; 5],
    /// What comes first, in days from the first on which it was judged.
    first: EventTimes<3>,
    /// Of those completed: the days from completion until it was broken.
    broken: EventTimes<1>,
}

impl Ends {
    pub(super) fn new(days: u32) -> Self {
        Self { ends: [0; 5], first: EventTimes::new(days), broken: EventTimes::new(days) }
    }

    /// Adds a replicate.
    pub(super) fn add(&mut self, run: &Run) {
        self.ends[run.end() as usize] += 1;
        match run.first() {
            Some((End::Completed, day)) => self.first.add(day, COMPLETION),
            Some((End::Collapsed, day)) => self.first.add(day, COLLAPSE),
            Some((_, day)) => self.first.add(day, DESTRUCTION),
            None if run.days_judged > 0 => self.first.add_censored(run.days_judged),
            None => {}
        }
        if let Some((End::Completed, from)) = run.first() {
            match run.days_to_agreement_broken {
                Some(day) => self.broken.add(day.saturating_sub(from), 0),
                None => self.broken.add_censored(run.days_judged.saturating_sub(from)),
            }
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.ends.iter_mut().zip(other.ends) {
            *mine += theirs;
        }
        self.first.merge(&other.first);
        self.broken.merge(&other.broken);
    }

    /// What [`Outcomes::OF_RUN`](super::Outcomes::OF_RUN) names: counts by day and of all,
    /// and whether days are asked for.
    pub(super) fn counts(&self, outcome: &str) -> Option<(Vec<u64>, u64, bool)> {
        let (cause, of_days) = match outcome {
            "completion" => (COMPLETION, false),
            "collapse" => (COLLAPSE, false),
            "destruction" => (DESTRUCTION, false),
            "days_to_agreement_completed" => (COMPLETION, true),
            "days_to_agreement_collapsed" => (COLLAPSE, true),
            "days_to_agreement_destroyed" => (DESTRUCTION, true),
            _ => return None,
        };
        Some((self.first.by_day(cause), self.first.n(), of_days))
    }

    /// Whether it was completed and broken later: 1 or 0.
    pub(super) fn broken(&self) -> Histogram {
        let mut it = Histogram::new(Bins::SHARE);
        let broken = self.ends[End::Broken as usize];
        it.add_weighted(1.0, broken as i64);
        it.add_weighted(0.0, (self.ends.iter().sum::<u64>() - broken) as i64);
        it
    }

    /// The rows: how it ended as shares of all replicates, what came first as competing
    /// risks of those judged, with days.
    pub(super) fn rows(&self, point: u32, last: u32) -> Vec<PointRow> {
        let row =
            |outcome: &str, unit: &str, interval: &str, n, [estimate, low, high]: [f64; 3]| {
                PointRow {
                    point,
                    clause: String::new(),
                    outcome: outcome.into(),
                    unit: unit.into(),
                    register: "true".into(),
                    interval: interval.into(),
                    n,
                    estimate,
                    low,
                    high,
                }
            };
        let all = self.ends.iter().sum();
        let mut rows = Vec::new();
        for ((word, _), count) in End::WORDS.iter().zip(self.ends) {
            let it = wilson(count, all);
            rows.push(row(word, "probability", "wilson", all, [it.estimate, it.low, it.high]));
        }
        for (name, cause) in FIRST {
            let it = self.first.incidence(cause, last);
            let ends = [it.interval.estimate, it.interval.low, it.interval.high];
            rows.push(row(name, "probability", "aalen-johansen", it.n, ends));
            let days = quartiles_of(&self.first, cause);
            rows.push(row(&format!("days_to_{name}"), "days", "quantiles", it.n, days));
        }
        let days = quartiles_of(&self.broken, 0);
        rows.push(row("days_to_break", "days", "quantiles", self.broken.n(), days));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TiVec;

    #[test]
    fn ends_are_shares_of_all_replicates_and_sum_to_one() {
        let run = |days: [Option<u32>; 4], judged| Run {
            replicate: 0,
            clauses: TiVec::new(),
            compliance: f64::NAN,
            days_judged: judged,
            days_to_agreement_completed: days[0],
            days_to_agreement_broken: days[1],
            days_to_agreement_collapsed: days[2],
            days_to_agreement_destroyed: days[3],
            runaway: Vec::new(),
        };
        let mut ends = Ends::new(100);
        for run in [
            run([Some(30), None, None, None], 80),
            run([Some(40), Some(47), Some(70), None], 80),
            run([None, None, Some(20), None], 80),
            run([None, None, None, Some(50)], 80),
            run([None; 4], 80),
            // Nothing ever fell due.
            run([None; 4], 0),
            run([None; 4], 0),
            run([None; 4], 0),
        ] {
            ends.add(&run);
        }
        let rows = ends.rows(0, 100);
        let of = |name: &str| rows.iter().find(|row| row.outcome == name).unwrap();
        for (name, share) in [
            ("completed", 0.125),
            ("broken", 0.125),
            ("collapsed", 0.125),
            ("destroyed", 0.125),
            ("incomplete", 0.5),
        ] {
            assert_eq!((of(name).estimate, of(name).n), (share, 8), "{name}");
        }
        // Of the five judged, two came to completion first, on days 30 and 40.
        assert!((of("completion").estimate - 0.4).abs() < 1e-12 && of("completion").n == 5);
        assert_eq!((of("days_to_break").low, of("days_to_break").n), (7.0, 2));
    }
}
