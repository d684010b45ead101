//! Which parameter of a sweep matters: the indices of a design that was made for it.

use super::ResultsError;
use super::outcome::Swept;
use super::parameter::{called, typed};
use crate::analysis::{IndexRow, Sample, morris, sensitivity_words, sobol};
use crate::chart::{Chart, SensitivityInput, draw_sensitivity};
use crate::experiment::{Design, Plan};
use crate::scenario::Arrangement;
use crate::stats::{Draws, Interval};

/// Which parameter matters, and how much.
#[derive(Debug)]
pub struct Sensitivity {
    /// The indices of each parameter.
    pub rows: Vec<IndexRow>,
    /// Of which design.
    pub arrangement: Arrangement,
    /// Whether pairs of parameters have indices too.
    pub second_order: bool,
    /// What they say.
    pub words: String,
}

/// Whether the points of a plan are of a design that indices can be had from.
pub fn has_indices(plan: &Plan) -> bool {
    let design = plan.first_design();
    design.is_some_and(|it| matches!(it.arrangement, Arrangement::Saltelli | Arrangement::Morris))
}

/// The design that indices are had from, or what to type for one.
fn design_of<'a>(plan: &'a Plan, place: &str) -> Result<&'a Design, ResultsError> {
    let design = plan.first_design();
    match design {
        Some(design) if has_indices(plan) => Ok(design),
        Some(design) => {
            let vary = design.parameters.iter().map(|it| format!(" --vary {}", typed(it)));
            let vary: String = vary.collect();
            Err(ResultsError::Refused(format!(
                "the points of {place} are of the design {}, from which no index can be had: sweep a design made for it\n  \
                 disengage sweep {file}{vary} --design morris --points 20 -n {n}      ({} points: a first look)\n  \
                 disengage sweep {file}{vary} --design saltelli --points 256 -n {n}  ({} points: shares of variance)\n  \
                 with a range (LOW..HIGH) for each parameter that has one; disengage discover reads any design",
                design.arrangement.word(),
                20 * (design.parameters.len() + 1),
                256 * (design.parameters.len() + 2),
                file = plan.file,
                n = plan.replicates(),
            )))
        }
        None => Err(ResultsError::Refused(format!(
            "the points of {place} are listed one by one, from which no index can be had: sweep a design made for it (--design morris or saltelli)"
        ))),
    }
}

/// Computes the indices of a sweep, whose results are in a place that people call `place`.
///
/// # Errors
/// If its design has none, or the outcome has no mean.
pub fn sensitivity(swept: &Swept, place: &str) -> Result<Sensitivity, ResultsError> {
    let design = design_of(&swept.plan, place)?;
    if swept.interval == "quantiles" {
        return Err(ResultsError::Refused(format!(
            "`{}` is told by its median, and indices are of means: choose a share or a probability",
            swept.of.outcome
        )));
    }
    let rows = indices(swept, design)?;
    Ok(Sensitivity {
        words: sensitivity_words(&rows, &swept.outcome()),
        rows,
        arrangement: design.arrangement,
        second_order: design.second_order,
    })
}

fn indices(swept: &Swept, design: &Design) -> Result<Vec<IndexRow>, ResultsError> {
    let of = &swept.of;
    let points = swept.plan.points()?;
    let n = design.count()? as usize;
    let positions: Vec<Vec<f64>> =
        (0..n as u32).map(|number| design.positions(&points.get(number).settings)).collect();
    let names: Vec<String> = design.parameters.iter().map(|it| it.name()).collect();
    let sample = Sample {
        parameters: &names,
        positions: &positions,
        means: swept.means.get(..n).unwrap_or(&swept.means),
        variances: swept.variances.get(..n).unwrap_or(&swept.variances),
    };
    let draws = Draws::new(swept.plan.seed, 0);
    let row = |column: usize, index: &str, Interval { estimate, low, high }: Interval| {
        let parameter = &design.parameters[column];
        IndexRow {
            clause: of.clause.clone(),
            outcome: of.outcome.clone(),
            unit: swept.unit.clone(),
            register: of.register.clone(),
            design: design.arrangement.word().into(),
            parameter: parameter.name(),
            title: called(parameter),
            role: parameter.role.word().into(),
            index: index.into(),
            estimate,
            low,
            high,
            ..IndexRow::default()
        }
    };
    let mut rows = Vec::new();
    let rest = if design.arrangement == Arrangement::Morris {
        let found = morris(&sample, draws)?;
        for (column, effect) in found.effects.iter().enumerate() {
            rows.push(row(column, "size", effect.size));
            rows.push(row(column, "mean", Interval::alone(effect.mean)));
            rows.push(row(column, "spread", Interval::alone(effect.spread)));
        }
        found.rest
    } else {
        let found = sobol(&sample, design.second_order, draws)?;
        for (column, parameter) in design.parameters.iter().enumerate() {
            rows.push(row(column, "first", found.first[column]));
            rows.push(row(column, "total", found.total[column]));
            if parameter.without_order().is_none() {
                rows.push(row(column, "trend", Interval::alone(found.trend[column])));
            }
        }
        for (a, b, it) in &found.second {
            rows.push(IndexRow { with: names[*b].clone(), ..row(*a, "second", *it) });
        }
        found.rest
    };
    for row in &mut rows {
        (row.n, row.left_out) = (rest.used as u64, rest.left_out as u64);
        (row.mean, row.sd, row.noise) = (rest.mean, rest.variance.sqrt(), rest.noise);
    }
    Ok(rows)
}

/// The chart of indices; none where there are none.
pub fn sensitivity_chart(swept: &Swept, rows: Vec<IndexRow>) -> Option<Chart> {
    let input = SensitivityInput {
        about: swept.manifest.about(&swept.title()),
        outcome: swept.outcome(),
        cost: swept.plan.first_design().and_then(Design::cost).unwrap_or_default(),
        rows,
    };
    draw_sensitivity(&input)
}
