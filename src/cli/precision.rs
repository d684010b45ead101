//! `run --precision`: replicates until an interval is narrow enough.

use super::arguments::RunArguments;
use super::exit::Failure;
use crate::diag::nearest;
use crate::experiment::Ensemble;
use crate::model::Model;
use crate::record::{Outcomes, PointRow};
use crate::stats::OVER;

/// An outcome and how wide its interval may be.
#[derive(Debug, Clone)]
pub(super) struct Precision {
    width: f64,
    clause: String,
    outcome: String,
    /// As it was asked for.
    of: String,
}

impl Precision {
    /// What the command line asks for, if it does.
    pub(super) fn read(arguments: &RunArguments, model: &Model) -> Result<Option<Self>, Failure> {
        let Some(width) = arguments.precision else {
            return Ok(None);
        };
        if !(width.is_finite() && width > 0.0) {
            return Err(Failure::usage(format!(
                "--precision {width}: write the width of an interval, such as 0.02"
            )));
        }
        let of = &arguments.of;
        let (clause, outcome) = of.split_once('.').unwrap_or(("", of));
        let it =
            Self { width, clause: clause.to_owned(), outcome: outcome.to_owned(), of: of.clone() };
        let rows = Outcomes::new(model).rows(model, 0);
        match it.row(&rows) {
            Some(row) if row.interval == "quantiles" => Err(Failure::usage(format!(
                "--of {of}: its interval is of quartiles, which more replicates do not narrow; take a mean or a probability"
            ))),
            Some(_) => Ok(Some(it)),
            None => {
                let names: Vec<String> = rows
                    .iter()
                    .filter(|row| row.interval != "quantiles" && row.register == "true")
                    .map(|row| match row.clause.as_str() {
                        "" => row.outcome.clone(),
                        clause => format!("{clause}.{}", row.outcome),
                    })
                    .collect();
                let near = nearest(of, names.iter().map(String::as_str));
                let hint = near.map_or_else(
                    || {
                        "name one as in points.csv: OUTCOME of the whole run, or CLAUSE.OUTCOME"
                            .into()
                    },
                    |near| format!("did you mean {near}?"),
                );
                Err(Failure::usage(format!("--of {of}: there is no such outcome; {hint}")))
            }
        }
    }

    /// What of it decides the result.
    pub(super) fn said(&self) -> String {
        format!("precision {} of {}", self.width, self.of)
    }

    fn row<'a>(&self, rows: &'a [PointRow]) -> Option<&'a PointRow> {
        rows.iter().find(|row| {
            row.clause == self.clause && row.outcome == self.outcome && row.register == "true"
        })
    }

    fn found(&self, model: &Model, ensemble: &Ensemble) -> Option<f64> {
        let rows = ensemble.outcomes.rows(model, 0);
        let row = self.row(&rows).filter(|row| row.n >= FEWEST)?;
        Some(row.high - row.low)
    }

    /// Whether the interval is narrow enough. An outcome that is defined in fewer
    /// than 200 replicates has no interval to trust yet.
    pub(super) fn enough(&self, model: &Model, ensemble: &Ensemble) -> bool {
        self.found(model, ensemble).is_some_and(|width| width <= self.width)
    }

    /// Why the ensemble ended, and by which rule.
    pub(super) fn why(&self, model: &Model, ensemble: &Ensemble, n: u64) -> String {
        let found = self.found(model, ensemble);
        let width = found.map_or_else(|| "not known".into(), |width| format!("{width:.4} wide"));
        let verb = if found.is_some_and(|width| width <= self.width) {
            "stopped at"
        } else {
            "not reached by"
        };
        format!(
            "precision {verb} N = {n}: the 95 % interval of {} {OVER} is {width}, {} was asked for\n\
             (looked at after 256 replicates and every tenth more, in the order of their numbers, once it is\n\
             defined in {FEWEST}; an interval found by looking covers slightly less than 95 %)",
            self.of, self.width
        )
    }
}

/// Fewer values than this say nothing of an interval's width.
const FEWEST: u64 = 200;
