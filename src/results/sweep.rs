//! What the points of a sweep come to: outcomes of the whole run, regret, and the inputs of
//! their charts.

use std::collections::BTreeMap;

use super::ResultsError;
use super::manifest::Manifest;
use crate::analysis::{Regret, regret};
use crate::chart::{Chart, SweepAxis, SweepContour, SweepInput, SweepOutcome, draw_sweep};
use crate::diag::grouped;
use crate::experiment::{Axis, Plan, Point};
use crate::record::PointRow;
use crate::scenario::{ParameterRole, check_point};

/// Outcomes of the whole run: name in the tables, title of a chart.
const OUTCOMES: [(&str, &str); 5] = [
    ("compliance", "Compliance, true"),
    ("completion", "Agreement completed"),
    ("broken", "Agreement later broken"),
    ("collapse", "Agreement collapsed"),
    ("destruction", "Agreement destroyed"),
];

/// Those of these that are told of some points: what is rare only where it came to pass.
pub fn outcomes_of(rows: &[PointRow]) -> Vec<(&'static str, &'static str)> {
    let rare = ["broken", "destruction"];
    let came = |name: &str| {
        let mut own = rows.iter().filter(|row| row.clause.is_empty() && row.outcome == name);
        own.any(|row| row.estimate > 0.0)
    };
    OUTCOMES.into_iter().filter(|(name, _)| !rare.contains(name) || came(name)).collect()
}

/// What the scenario of a plan is called.
pub fn title(plan: &Plan) -> String {
    check_point(&plan.text).0.map_or_else(|| plan.scenario.clone(), |it| it.title)
}

/// What the design of a plan costs in runs, said before they begin; none of designs whose
/// points stand alone.
pub fn cost(plan: &Plan) -> Option<String> {
    let design = plan.first_design()?;
    let cost = design.cost()?;
    let points = design.count().ok()?;
    Some(format!(
        "{}: {cost} = {} points, × {} replicates = {} runs",
        design.arrangement.word(),
        grouped(points),
        grouped(plan.replicates()),
        grouped(points.saturating_mul(plan.replicates())),
    ))
}

/// Rows of the whole run by point and outcome.
pub fn of_the_whole(rows: &[PointRow]) -> BTreeMap<(u32, &str), &PointRow> {
    let whole = rows.iter().filter(|row| row.clause.is_empty());
    whole.map(|row| ((row.point, row.outcome.as_str()), row)).collect()
}

/// The level of a point on an axis.
fn level_of(point: &Point, axis: &Axis) -> Option<String> {
    point.level(&axis.name).map(|level| level.name.clone())
}

/// More choices than this are no table any more.
const MAX_CHOICES: usize = 1000;

/// Choices of levers held against each other.
#[derive(Debug, Clone)]
pub struct Regrets {
    /// What is chosen.
    pub levers: Vec<Axis>,
    /// Each choice over the uncertainties; none where choices cannot be held against each
    /// other.
    pub rows: Vec<Regret>,
}

/// The regret of each choice of levers over the uncertainties, where every choice
/// stands under every combination of them.
///
/// # Errors
/// If the points of the plan cannot be made.
pub fn regrets(plan: &Plan, rows: &[PointRow]) -> Result<Regrets, ResultsError> {
    let points = plan.points()?;
    let (levers, uncertainties): (Vec<Axis>, Vec<Axis>) =
        plan.axes().into_iter().partition(|axis| axis.role == ParameterRole::Lever);
    let choices: usize = levers.iter().map(|axis| axis.levels.len()).product();
    if levers.is_empty() || uncertainties.is_empty() || !(1..=MAX_CHOICES).contains(&choices) {
        return Ok(Regrets { levers, rows: Vec::new() });
    }
    let by_point = of_the_whole(rows);
    let cells: Vec<_> = points
        .iter()
        .filter_map(|point| {
            let row = by_point.get(&(point.number, OUTCOMES[0].0))?;
            let of = |axes: &[Axis]| axes.iter().map(|axis| level_of(&point, axis)).collect();
            let (choice, world): (Option<Vec<_>>, Option<Vec<_>>) =
                (of(&levers), of(&uncertainties));
            Some((choice?, world?, row.estimate))
        })
        .collect();
    let mut rows = regret(&cells);
    if rows.len() < 2 {
        rows.clear();
    }
    Ok(Regrets { levers, rows })
}

/// The share whose contour a heat map has where nobody asks for another.
const HALF: f64 = 0.5;

/// Whether the points of a plan are those of a heat map: the listed values of two parameters.
pub fn has_heat_map(plan: &Plan) -> bool {
    let axes = plan.axes();
    !plan.one_at_a_time() && axes.len() == 2 && axes.iter().all(|axis| !axis.levels.is_empty())
}

/// The chart of a sweep over the values of one parameter or two; none of another sweep.
/// `contour` is the share whose contour is asked for.
///
/// # Errors
/// If it cannot be drawn, or nothing lies between the values that a contour goes through.
pub fn sweep_chart(
    plan: &Plan,
    manifest: &Manifest,
    rows: &[PointRow],
    contour: Option<f64>,
) -> Result<Option<Chart>, ResultsError> {
    let points = plan.points()?;
    let axes = plan.axes();
    if axes.len() > 2 || axes.iter().any(|axis| axis.levels.is_empty()) {
        return Ok(None);
    }
    let by_point = of_the_whole(rows);
    let place = |point: &Point| -> Option<Vec<usize>> {
        let each = axes.iter().map(|axis| {
            let own = level_of(point, axis)?;
            axis.levels.iter().position(|level| *level == own)
        });
        each.collect()
    };
    let outcomes = outcomes_of(rows);
    let outcomes = outcomes.iter().map(|(outcome, title)| SweepOutcome {
        name: (*title).to_owned(),
        cells: points
            .iter()
            .filter_map(|point| {
                let row = by_point.get(&(point.number, *outcome))?;
                Some((place(&point)?, [row.estimate, row.low, row.high]))
            })
            .collect(),
    });
    let all: Vec<Point> = points.iter().collect();
    let axes: Vec<SweepAxis> = axes
        .iter()
        .map(|axis| SweepAxis {
            name: axis.name.clone(),
            role: axis.role.word().to_owned(),
            levels: axis.levels.clone(),
            values: values(axis, &all),
        })
        .collect();
    if let Some(axis) = axes.iter().find(|axis| axis.numbers().is_none())
        && contour.is_some()
    {
        return Err(ResultsError::Refused(format!(
            "--contour: the values of `{}` are not numbers or dates in rising or falling order, so nothing lies between two of them",
            axis.name
        )));
    }
    let input = SweepInput {
        about: manifest.about(&title(plan)),
        outcomes: outcomes.collect(),
        axes,
        contour: Some(SweepContour { share: contour.unwrap_or(HALF), asked: contour.is_some() }),
    };
    Ok(draw_sweep(&input))
}

/// What an axis sets at each of its values; of several paths, the first.
fn values(axis: &Axis, points: &[Point]) -> Vec<String> {
    let value = |name: &String| {
        let own = points.iter().flat_map(|point| &point.settings);
        let mut own = own.filter(|(path, level)| *path == axis.name && level.name == *name);
        own.next().and_then(|(_, level)| level.values.first().cloned())
    };
    axis.levels.iter().filter_map(value).collect()
}
