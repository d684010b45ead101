//! Which outcome of a sweep a command is about, and what people call it and the
//! parameters.

use std::collections::BTreeMap;
use std::path::Path;

use super::chart::{SWEEP, manifest_in};
use super::exit::Failure;
use super::experiment::{blocks, look, plan_in};
use crate::experiment::{Plan, Points};
use crate::record::PointRow;
use crate::scenario::{Levels, Parameter, Scenario};
use crate::stats::{normal_quantile, t_quantile};
use crate::store::{Manifest, Progress, read_points};

/// What is asked for.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct OutcomeArguments {
    /// Which outcome: compliance, completion, collapse of the whole run, or with
    /// --clause any that points.csv has for it
    #[arg(long, value_name = "OUTCOME", default_value = "compliance")]
    pub(super) outcome: String,
    /// The clause it is of [default: the whole run]
    #[arg(long, value_name = "ID", default_value = "", hide_default_value = true)]
    pub(super) clause: String,
    /// Its register: true, recorded or claimed
    #[arg(long, value_name = "REGISTER", default_value = "true")]
    pub(super) register: String,
}

impl Default for OutcomeArguments {
    fn default() -> Self {
        Self { outcome: "compliance".into(), clause: String::new(), register: "true".into() }
    }
}

/// A sweep's folder with what it says of one outcome.
#[derive(Debug)]
pub(super) struct Swept {
    pub(super) plan: Plan,
    pub(super) manifest: Manifest,
    pub(super) scenario: Option<Scenario>,
    /// In which unit: share, probability or days.
    pub(super) unit: String,
    /// How its intervals are made.
    pub(super) interval: String,
    /// By point: the mean outcome; NaN where it has none or runs failed.
    pub(super) means: Vec<f64>,
    /// By point: the variance of that mean.
    pub(super) variances: Vec<f64>,
    /// Points at which runs failed.
    pub(super) failed: u64,
}

/// Reads a sweep's folder, which was held against its manifest or has just been written.
pub(super) fn swept(folder: &Path, of: &OutcomeArguments) -> Result<Swept, Failure> {
    let manifest = manifest_in(folder)?;
    if manifest.command != SWEEP {
        return Err(Failure::usage(format!(
            "{} holds the result of `{}`, not of a sweep: name the folder of one, or make it with disengage sweep {} --vary … --design morris --points 20",
            folder.display(),
            manifest.command,
            manifest.scenario
        )));
    }
    let plan = plan_in(folder)?;
    let rows = read_points(folder)?;
    let own: BTreeMap<u32, &PointRow> =
        rows.iter().filter(|row| is(row, of)).map(|row| (row.point, row)).collect();
    let Some(any) = own.values().next() else {
        return Err(unknown(&rows, of));
    };
    let (unit, interval) = (any.unit.clone(), any.interval.clone());
    let points = plan.points()?;
    let failed = failed(folder, &plan, &points, &manifest)?;
    let of_point = |number: u32| {
        let row = own.get(&number);
        row.filter(|_| !failed.contains(&number))
    };
    let numbers = 0..points.len() as u32;
    let means = numbers.clone().map(|it| of_point(it).map_or(f64::NAN, |row| row.estimate));
    let variances = numbers.map(|it| of_point(it).map_or(f64::NAN, |row| variance(row)));
    let (means, variances) = (means.collect(), variances.collect());
    let scenario = crate::scenario::check_point(&plan.text).0;
    let failed = failed.len() as u64;
    drop(points);
    Ok(Swept { plan, manifest, scenario, unit, interval, means, variances, failed })
}

fn is(row: &PointRow, of: &OutcomeArguments) -> bool {
    row.clause == of.clause && row.outcome == of.outcome && row.register == of.register
}

/// That there is no such outcome, with those there are.
fn unknown(rows: &[PointRow], of: &OutcomeArguments) -> Failure {
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
        return Failure::usage(format!(
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
    Failure::usage(format!(
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

/// Points at which runs failed, or whose parts cannot say so any more.
fn failed(
    folder: &Path,
    plan: &Plan,
    points: &Points<'_>,
    manifest: &Manifest,
) -> Result<std::collections::BTreeSet<u32>, Failure> {
    if manifest.failed == 0 {
        return Ok(Default::default());
    }
    let all = blocks(plan, points);
    let found = look(folder, points, &all)?;
    let bad = all.iter().zip(found);
    let bad = bad.filter(|(_, it)| !matches!(it, Progress::Done { failed: 0 }));
    Ok(bad.map(|(block, _)| block.point).collect())
}

impl Swept {
    /// What the scenario is called.
    pub(super) fn title(&self) -> String {
        let own = self.scenario.as_ref().map(|it| it.title.clone());
        own.unwrap_or_else(|| self.plan.scenario.clone())
    }

    /// What the outcome is called in the middle of a sentence.
    pub(super) fn outcome(&self, of: &OutcomeArguments) -> String {
        let register = match of.register.as_str() {
            "true" => "true",
            "recorded" => "recorded",
            _ => "claimed",
        };
        let name = match (of.outcome.as_str(), of.clause.as_str()) {
            ("compliance", _) => format!("{register} compliance"),
            ("completion", "") => "the probability that the agreement is completed".to_owned(),
            ("collapse", "") => "the probability that the agreement collapses".to_owned(),
            (outcome, _) => format!("{} ({register})", outcome.replace('_', " ")),
        };
        if of.clause.is_empty() {
            return name;
        }
        let clauses = self.scenario.iter().flat_map(|it| &it.clauses);
        let own = clauses.into_iter().find(|it| it.id == of.clause);
        let title = own.and_then(|it| it.title.clone());
        format!("{name} with “{}”", title.unwrap_or(of.clause.clone()))
    }
}

/// What people call a parameter: its title, or its first path in words.
pub(super) fn called(parameter: &Parameter) -> String {
    if let Some(title) = &parameter.title {
        return title.clone();
    }
    let path = parameter.paths.first().map_or("", String::as_str);
    let mut words = path.splitn(3, '.');
    let (_, id, key) = (words.next(), words.next(), words.next());
    let name = match (id, key) {
        (Some(id), Some(key)) => format!("{id}: {}", bare(key)),
        (Some(key), None) => bare(key),
        _ => path.to_owned(),
    };
    match parameter.paths.len() {
        0 | 1 => name,
        2 => format!("{name} and another"),
        n => format!("{name} and {} others", n - 1),
    }
}

/// Units at the end of keys, with the word for them.
const UNITS: [(&str, &str); 8] = [
    ("_per_km", "per km"),
    ("_km_per_day", "km per day"),
    ("_km_h", "km/h"),
    ("_per_day", "per day"),
    ("_per_week", "per week"),
    ("_days", "days"),
    ("_hours", "hours"),
    ("_km", "km"),
];

fn bare(key: &str) -> String {
    let unit = UNITS.iter().find(|(ending, _)| key.ends_with(ending));
    let key = unit.map_or(key, |(ending, _)| &key[..key.len() - ending.len()]);
    key.replace(['_', '.'], " ")
}

/// The unit of a parameter's numbers, with a space before it; empty where it has none.
pub(super) fn unit_of(parameter: &Parameter) -> String {
    let path = parameter.paths.first().map_or("", String::as_str);
    let unit = UNITS.iter().find(|(ending, _)| path.ends_with(ending));
    unit.map_or_else(String::new, |(_, word)| format!(" {word}"))
}

/// The parameter as `--vary` takes it.
pub(super) fn typed(parameter: &Parameter) -> String {
    let values = match &parameter.levels {
        Levels::Between { low, high } => format!("{low}..{high}"),
        Levels::Listed(levels) => {
            let each = levels.iter().map(|it| it.values.join(":"));
            each.collect::<Vec<_>>().join(",")
        }
    };
    let text = format!("{}={values}", parameter.name());
    if text.contains([' ', '"', '{', '[', '\'', '$']) {
        format!("'{}'", text.replace('\'', "'\\''"))
    } else {
        text
    }
}
