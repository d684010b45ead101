//! What an experiment varies, as a sweep wants it.

use super::document::read_experiment;
use super::edit::{EditError, Level, Levels, Parameter, ParameterRole, Spread, between};
use super::experiment::{Experiment, Spreading, Varied};
use super::validate::check_experiment;
use crate::diag::Diagnostics;

impl Experiment {
    /// What is varied, levers first; each with where it stands.
    pub fn varied(&self) -> impl Iterator<Item = (ParameterRole, &Varied)> {
        let levers = self.levers.iter().map(|it| (ParameterRole::Lever, it));
        levers.chain(self.uncertainties.iter().map(|it| (ParameterRole::Uncertainty, it)))
    }

    /// Reads the experiment of a file of its own, and judges each value on the text of a
    /// scenario. There is none if there is an error.
    pub fn of_file(own: &str, scenario: &str) -> (Option<Self>, Diagnostics) {
        let (read, found) = read_experiment(own);
        let Some(read) = read else {
            return (None, found);
        };
        let found = check_experiment(&read, scenario).sorted();
        (Some(read).filter(|_| !found.has_errors()), found)
    }

    /// What is varied, as a sweep wants it.
    ///
    /// # Errors
    /// The first that does not hold together.
    pub fn parameters(&self) -> Result<Vec<Parameter>, EditError> {
        self.varied().map(|(role, it)| it.parameter(role)).collect()
    }
}

impl Varied {
    /// How its values are spread over its range.
    fn spreading(&self) -> Result<Spread, EditError> {
        let needs = |number: Option<f64>, key: &str, word: &str| {
            number.map(|it| format!("{it:?}")).ok_or_else(|| {
                EditError::new(format!("`{}`: a {word} spread needs `{key}`", self.paths.join(",")))
                    .with_help(format!("add {key} = …"))
            })
        };
        let said = [("mode", self.mode), ("mean", self.mean), ("sd", self.sd)];
        let (spread, own): (_, &[&str]) = match self.spread {
            None | Some(Spreading::Even) => (Spread::Even, &[]),
            Some(Spreading::Log) => (Spread::Log, &[]),
            Some(Spreading::Triangular) => {
                (Spread::Triangular { mode: needs(self.mode, "mode", "triangular")? }, &["mode"])
            }
            Some(Spreading::Normal) => {
                let mean = needs(self.mean, "mean", "normal")?;
                (Spread::Normal { mean, sd: needs(self.sd, "sd", "normal")? }, &["mean", "sd"])
            }
        };
        match said.iter().find(|(key, number)| number.is_some() && !own.contains(key)) {
            None => Ok(spread),
            Some((key, _)) => {
                let why =
                    format!("`{}`: `{key}` has no meaning for its spread", self.paths.join(","));
                Err(EditError::new(why)
                    .with_help(format!("leave `{key}` out, or write its spread")))
            }
        }
    }

    /// What it says, as a sweep wants it.
    ///
    /// # Errors
    /// If it does not hold together.
    pub fn parameter(&self, role: ParameterRole) -> Result<Parameter, EditError> {
        let name = self.paths.join(",");
        let wrong =
            |why: &str, help: &str| Err(EditError::new(format!("`{name}`: {why}")).with_help(help));
        if self.paths.is_empty() {
            return wrong("no path is varied", "write paths = [\"clause.….min_km\"]");
        }
        let text = |value: &toml_edit::Value| value.to_string().trim().to_owned();
        let either = "write values = [40, 70], or range = [40, 100]";
        let levels = match (&self.values, self.range.as_deref()) {
            (Some(values), None) if values.is_empty() || self.step.is_some() => {
                let step = self.step.is_some();
                let why = if step { "a step belongs to a range" } else { "no value is given" };
                return wrong(why, &format!("{either} and step = 20"));
            }
            (Some(values), None) => {
                let level = |value: &toml_edit::Value| match (self.paths.len(), value.as_array()) {
                    (1, _) => Some(Level::of(vec![text(value)])),
                    (n, Some(values)) if values.len() == n => {
                        Some(Level::of(values.iter().map(text).collect()))
                    }
                    _ => None,
                };
                let Some(levels) = values.iter().map(level).collect::<Option<Vec<_>>>() else {
                    let help = "write a list with one for each: values = [[40, 50], [70, 80]]";
                    return wrong("there is not a value for each path", help);
                };
                Levels::Listed(levels)
            }
            (None, Some([low, high])) => {
                let step = self.step.map(|it| it.to_string());
                let each = |end: &toml_edit::Value| match end.as_array() {
                    Some(all) => all.iter().map(text).collect(),
                    None => vec![text(end)],
                };
                let (lows, highs): (Vec<String>, Vec<String>) = (each(low), each(high));
                let lows: Vec<&str> = lows.iter().map(String::as_str).collect();
                let highs: Vec<&str> = highs.iter().map(String::as_str).collect();
                let levels = between(&self.paths, &lows, &highs, step.as_deref())?;
                match self.spreading()? {
                    Spread::Even => levels,
                    spread => levels.spread(spread)?,
                }
            }
            _ => return wrong("either values or a range of two are needed", either),
        };
        let levels = match (levels, &self.names) {
            (levels, None) => levels,
            (Levels::Listed(mut levels), Some(names)) if levels.len() == names.len() => {
                for (level, name) in levels.iter_mut().zip(names) {
                    level.name.clone_from(name);
                }
                Levels::Listed(levels)
            }
            _ => {
                let help = "write as many names as values";
                return wrong("there is not a name for each value", help);
            }
        };
        Ok(Parameter {
            title: self.title.clone(),
            ..Parameter::new(role, self.paths.clone(), levels)?
        })
    }
}
