//! Which outcome of a sweep is asked about, and what the sweep says of it.

use std::collections::{BTreeMap, BTreeSet};

use super::ResultsError;
use super::manifest::Manifest;
use crate::experiment::Plan;
use crate::record::PointRow;
use crate::scenario::{Scenario, check_point};
use crate::stats::{normal_quantile, t_quantile};

/// An outcome by its names in the table of points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeName {
    /// The clause it is of; empty for the whole run.
    pub clause: String,
    /// Its name.
    pub outcome: String,
    /// Its register: true, recorded or claimed.
    pub register: String,
}

impl Default for OutcomeName {
    fn default() -> Self {
        Self { clause: String::new(), outcome: "compliance".into(), register: "true".into() }
    }
}

impl OutcomeName {
    fn names(&self, row: &PointRow) -> bool {
        row.clause == self.clause && row.outcome == self.outcome && row.register == self.register
    }
}

/// A sweep with what it says of one outcome.
#[derive(Debug)]
pub struct Swept {
    /// What was planned.
    pub plan: Plan,
    /// What the results are of.
    pub manifest: Manifest,
    /// The scenario that points change.
    pub scenario: Option<Scenario>,
    /// Which outcome.
    pub of: OutcomeName,
    /// In which unit: share, probability or days.
    pub unit: String,
    /// How its intervals are made.
    pub interval: String,
    /// By point: the mean outcome; NaN where it has none or runs failed.
    pub means: Vec<f64>,
    /// By point: whether the outcome is days until something that in most replicates never
    /// comes, so that there is no mean, nor median, but it is over any number of days.
    pub never: Vec<bool>,
    /// By point: the variance of that mean.
    pub variances: Vec<f64>,
    /// Points at which runs failed.
    pub failed: u64,
}

impl Swept {
    /// What the rows of `points` of a sweep say of an outcome. `failed` are the points at
    /// which runs failed.
    ///
    /// # Errors
    /// If there is no such outcome, with those there are.
    pub fn new(
        plan: Plan,
        manifest: Manifest,
        rows: &[PointRow],
        failed: &BTreeSet<u32>,
        of: OutcomeName,
    ) -> Result<Self, ResultsError> {
        let own: BTreeMap<u32, &PointRow> =
            rows.iter().filter(|row| of.names(row)).map(|row| (row.point, row)).collect();
        let Some(any) = own.values().next() else {
            return Err(unknown(rows, &of));
        };
        let (unit, interval) = (any.unit.clone(), any.interval.clone());
        let of_point = |number: u32| {
            let row = own.get(&number);
            row.filter(|_| !failed.contains(&number))
        };
        let numbers = 0..plan.points()?.len() as u32;
        let means = numbers.clone().map(|it| of_point(it).map_or(f64::NAN, |row| row.estimate));
        let until = of.outcome.starts_with("days_to_") || of.outcome == "days_after_deadline";
        let never = numbers
            .clone()
            .map(|it| of_point(it).is_some_and(|row| until && row.n > 0 && row.estimate.is_nan()));
        let never = never.collect();
        let variances = numbers.map(|it| of_point(it).map_or(f64::NAN, |row| variance(row)));
        let (means, variances) = (means.collect(), variances.collect());
        let scenario = check_point(&plan.text).0;
        let failed = failed.len() as u64;
        Ok(Self { plan, manifest, scenario, of, unit, interval, means, never, variances, failed })
    }

    /// What the scenario is called.
    pub fn title(&self) -> String {
        let own = self.scenario.as_ref().map(|it| it.title.clone());
        own.unwrap_or_else(|| self.plan.scenario.clone())
    }

    /// What the outcome is called in the middle of a sentence.
    pub fn outcome(&self) -> String {
        let of = &self.of;
        let register = match of.register.as_str() {
            "true" => "true",
            "recorded" => "recorded",
            _ => "claimed",
        };
        let name = match (of.outcome.as_str(), of.clause.as_str()) {
            ("compliance", _) => format!("{register} compliance"),
            ("completion", "") => "the probability that the agreement is completed".to_owned(),
            ("collapse", "") => "the probability that the agreement collapses".to_owned(),
            ("destruction", "") => "the probability that the agreement is destroyed".to_owned(),
            ("completed" | "broken" | "collapsed" | "destroyed" | "incomplete", "") => {
                let end = if of.outcome == "broken" { "later broken" } else { &of.outcome };
                format!("the share of runs whose agreement ends {end}")
            }
            ("kept_at_end", _) => "the share of runs in which it is kept at the end".to_owned(),
            ("days_to_first_kept", _) => "the days until it is first kept".to_owned(),
            (outcome, _) => format!("{} ({register})", outcome.replace('_', " ")),
        };
        if of.clause.is_empty() {
            return name;
        }
        let clauses = self.scenario.iter().flat_map(|it| &it.clauses);
        let own = clauses.into_iter().find(|it| it.id == of.clause);
        let title = own.and_then(|it| it.title.clone());
        format!("{name} with “{}”", title.unwrap_or_else(|| of.clause.clone()))
    }
}

/// That there is no such outcome, with those there are.
fn unknown(rows: &[PointRow], of: &OutcomeName) -> ResultsError {
    let distinct = |of: &dyn Fn(&PointRow) -> Option<String>| {
        let mut all: Vec<String> = Vec::new();
        for word in rows.iter().filter_map(of) {
            if !all.contains(&word) {
                all.push(word);
            }
        }
        all
    };
    let clauses = distinct(&|row| Some(row.clause.clone()).filter(|it| !it.is_empty()));
    if !of.clause.is_empty() && !clauses.contains(&of.clause) {
        return ResultsError::Refused(format!(
            "no clause of this sweep is called \"{}\": one of {}",
            of.clause,
            clauses.join(", ")
        ));
    }
    let known = distinct(&|row| {
        let register = match row.register.as_str() {
            "true" => String::new(),
            register => format!(" --register {register}"),
        };
        (row.clause == of.clause).then(|| format!("{}{register}", row.outcome))
    });
    let whose = match of.clause.as_str() {
        "" => "the whole run (add --clause ID for those of a clause)".to_owned(),
        clause => format!("clause `{clause}`"),
    };
    ResultsError::Refused(format!(
        "there is no outcome \"{}\" in register {} of {whose}: one of {}",
        of.outcome,
        of.register,
        known.join(", ")
    ))
}

/// The variance of the mean of a point, from its interval; NaN where it says none.
///
/// Student's interval gives it back exactly, and so does a probability that nothing cut
/// short: p(1 − p)/n.
fn variance(row: &PointRow) -> f64 {
    let n = row.n as f64;
    let half = (row.high - row.low) / 2.0;
    let error = match row.interval.as_str() {
        "t" if row.n > 1 => half / t_quantile(0.975, n - 1.0),
        "wilson" | "aalen-johansen" | "kaplan-meier" if row.n > 1 => {
            (row.estimate * (1.0 - row.estimate) / n).max(0.0).sqrt()
        }
        "bootstrap" => half / normal_quantile(0.975),
        _ => f64::NAN,
    };
    error * error
}
