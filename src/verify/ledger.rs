//! A line of the table, and how lines are written.

use std::borrow::Borrow;

use serde::Serialize;

/// How many replicates the engine's rows take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// As many as the tolerances of `verify` ask for.
    Full,
    /// An eighth of them, but twelve where the standard error needs them, for a
    /// build without optimisation; the tolerances grow by √8.
    Quick,
}

/// Where a computed number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// A closed form.
    Formula,
    /// The same number by another way: a recursion, an integration, a chain.
    Solver,
    /// Runs of a scenario by the engine.
    Engine,
    /// An estimator on simulated samples.
    Sample,
}

/// How far the computed number may lie from the expected.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Allowed {
    /// Within so much.
    Within(f64),
    /// Within so many of its own standard errors, which is itself at most a
    /// stated size (or too few runs would pass anything), from n values.
    Errors {
        /// Standard errors.
        errors: f64,
        /// The standard error.
        error: f64,
        /// The greatest standard error allowed.
        at_most: f64,
        /// Values it rests on.
        n: u64,
    },
}

/// One number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The section it belongs to.
    pub section: &'static str,
    /// Its name, unique.
    pub id: String,
    /// What it is.
    pub what: String,
    /// The number of the source, or of the closed form beside a simulation.
    pub expected: f64,
    /// The number that the program finds.
    pub computed: f64,
    /// How far they may lie apart.
    pub allowed: Allowed,
    /// How it was computed.
    pub by: By,
    /// A wrong method's row gives the right number here: the wrong method must
    /// give what is expected of it, and must not come near the right number.
    pub right: Option<f64>,
    /// Where the expected number comes from.
    pub source: &'static str,
}

impl Row {
    /// Whether it passes. A number that is none never does.
    pub fn passes(&self) -> bool {
        let off = (self.computed - self.expected).abs();
        let near = match self.allowed {
            Allowed::Within(most) => off <= most,
            Allowed::Errors { errors, error, at_most, .. } => {
                off <= errors * error.max(1e-12) && error <= at_most
            }
        };
        near && self.right.is_none_or(|right| {
            let width = match self.allowed {
                Allowed::Within(most) => most,
                Allowed::Errors { error, .. } => error,
            };
            (self.computed - right).abs() > 10.0 * width
        })
    }
}

/// The rows so far.
#[derive(Debug)]
pub(super) struct Ledger {
    pub(super) rows: Vec<Row>,
    effort: Effort,
    section: &'static str,
    source: &'static str,
}

impl Ledger {
    pub(super) fn new(effort: Effort) -> Self {
        Self { rows: Vec::new(), effort, section: "", source: "" }
    }

    /// What follows belongs to a section and, until told otherwise, comes from a
    /// source.
    pub(super) fn section(&mut self, name: &'static str, source: &'static str) {
        self.section = name;
        self.source = source;
    }

    /// What follows comes from another source.
    pub(super) fn source(&mut self, source: &'static str) {
        self.source = source;
    }

    /// Replicates of so many that the effort asks for.
    pub(super) fn replicates(&self, full: u64) -> u64 {
        match self.effort {
            Effort::Full => full,
            Effort::Quick => full.div_ceil(8).max(full.min(12)),
        }
    }

    fn add(
        &mut self,
        by: By,
        id: &str,
        what: &str,
        expected: f64,
        computed: f64,
        allowed: Allowed,
    ) {
        self.rows.push(Row {
            section: self.section,
            id: id.to_owned(),
            what: what.to_owned(),
            expected,
            computed,
            allowed,
            by,
            right: None,
            source: self.source,
        });
    }

    /// A number given to so many decimals, by its closed form.
    pub(super) fn formula(&mut self, id: &str, what: &str, expected: f64, found: f64, to: i32) {
        self.add(By::Formula, id, what, expected, found, half_a_unit(to));
    }

    /// The same by another way than the closed form.
    pub(super) fn solver(&mut self, id: &str, what: &str, expected: f64, found: f64, to: i32) {
        self.add(By::Solver, id, what, expected, found, half_a_unit(to));
    }

    /// A number that the engine gives without chance.
    pub(super) fn exact(&mut self, id: &str, what: &str, expected: f64, found: f64, to: i32) {
        self.add(By::Engine, id, what, expected, found, half_a_unit(to));
    }

    /// Whether something holds.
    pub(super) fn holds(&mut self, id: &str, what: &str, holds: bool) {
        self.add(By::Solver, id, what, 1.0, f64::from(u8::from(holds)), Allowed::Within(0.0));
    }

    /// What a wrong method gives, to four decimals, with the right number.
    pub(super) fn refused(&mut self, id: &str, what: &str, wrong: f64, found: f64, right: f64) {
        self.add(By::Solver, id, what, wrong, found, Allowed::Within(0.000_05));
        self.is_wrong(right);
    }

    /// The last row is a wrong method's; this is the right number.
    pub(super) fn is_wrong(&mut self, right: f64) {
        if let Some(row) = self.rows.last_mut() {
            row.right = Some(right);
        }
    }

    /// The mean of independent values from the engine, held to four standard
    /// errors, which in full may be at most `at_most`.
    pub(super) fn engine(
        &mut self,
        id: &str,
        what: &str,
        expected: f64,
        values: impl IntoIterator<Item: Borrow<f64>>,
        at_most: f64,
    ) {
        let (mean, allowed) = self.simulated(values, 4.0, at_most);
        self.add(By::Engine, id, what, expected, mean, allowed);
    }

    /// As [`engine`](Self::engine), of an estimator on samples; held to three
    /// standard errors.
    pub(super) fn sample(
        &mut self,
        id: &str,
        what: &str,
        expected: f64,
        values: impl IntoIterator<Item: Borrow<f64>>,
        at_most: f64,
    ) {
        let (mean, allowed) = self.simulated(values, 3.0, at_most);
        self.add(By::Sample, id, what, expected, mean, allowed);
    }

    /// The mean of values, and how far off it may be.
    fn simulated(
        &self,
        values: impl IntoIterator<Item: Borrow<f64>>,
        errors: f64,
        at_most: f64,
    ) -> (f64, Allowed) {
        let values: Vec<f64> = values.into_iter().map(|it| *it.borrow()).collect();
        let (mean, squares) = squares(&values);
        let n = values.len() as f64;
        let error = (squares.iter().sum::<f64>() / (n - 1.0) / n).sqrt();
        let at_most = match self.effort {
            Effort::Full => at_most,
            Effort::Quick => at_most * 8f64.sqrt(),
        };
        (mean, Allowed::Errors { errors, error, at_most, n: values.len() as u64 })
    }
}

/// Adds rows to a ledger: by which of its methods, the row's id and what it is (as in `format!`),
/// then what the method takes.
macro_rules! rows {
    ($ledger:ident: $($by:ident $id:literal $what:literal: $($given:expr),+;)+) => {
        $($ledger.$by(&format!($id), &format!($what), $($given),+);)+
    };
}
pub(super) use rows;

/// The mean of values, and the square of each one's distance to it.
pub(super) fn squares(values: &[f64]) -> (f64, Vec<f64>) {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    (mean, values.iter().map(|it| (it - mean) * (it - mean)).collect())
}

/// Half a unit of the last of so many decimals, and a breath for rounding.
fn half_a_unit(decimals: i32) -> Allowed {
    let unit = (0..decimals).fold(1.0, |unit, _| unit / 10.0);
    Allowed::Within(0.5 * unit * (1.0 + 1e-6))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(computed: f64, allowed: Allowed, right: Option<f64>) -> Row {
        Row {
            section: "",
            id: String::new(),
            what: String::new(),
            expected: 0.5,
            computed,
            allowed,
            by: By::Formula,
            right,
            source: "",
        }
    }

    #[test]
    fn what_passes_and_what_does_not() {
        let within = Allowed::Within(0.005);
        assert!(row(0.504, within, None).passes());
        assert!(!row(0.506, within, None).passes());
        assert!(!row(f64::NAN, within, None).passes());
        let errors = |error| Allowed::Errors { errors: 4.0, error, at_most: 0.02, n: 10 };
        assert!(row(0.53, errors(0.01), None).passes());
        assert!(!row(0.55, errors(0.01), None).passes());
        // Too few runs pass nothing.
        assert!(!row(0.5, errors(0.03), None).passes());
        assert!(!row(f64::NAN, errors(f64::NAN), None).passes());
        // A wrong method that comes near the right number is no oracle.
        assert!(row(0.5, within, Some(0.7)).passes());
        assert!(!row(0.5, within, Some(0.52)).passes());
    }
}
