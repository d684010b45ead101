//! What a sweep of one parameter at a time comes to, and the input of its chart.

use std::collections::BTreeMap;

use super::ResultsError;
use super::manifest::Manifest;
use super::parameter::short;
use super::sweep::{of_the_whole, outcomes_of, title};
use crate::analysis::PairRow;
use crate::chart::{Chart, TornadoBar, TornadoEnd, TornadoInput, TornadoOutcome, draw_tornado};
use crate::experiment::{Plan, Point};
use crate::record::PointRow;
use crate::scenario::{Level, ParameterRole, written};

/// Differences of the whole run to the first point, by point and outcome.
pub fn differences(pairs: &[PairRow]) -> BTreeMap<(u32, &str), &PairRow> {
    let whole = pairs.iter().filter(|row| row.clause.is_empty() && row.against == 0);
    whole.map(|row| ((row.point, row.outcome.as_str()), row)).collect()
}

/// The chart of what each parameter changes alone; none where nothing changes.
///
/// # Errors
/// If it cannot be drawn.
pub fn tornado_chart(
    plan: &Plan,
    manifest: &Manifest,
    rows: &[PointRow],
    pairs: &[PairRow],
) -> Result<Option<Chart>, ResultsError> {
    let points: Vec<Point> = plan.points()?.iter().collect();
    let by_point = of_the_whole(rows);
    let differences = differences(pairs);
    let paired = !pairs.is_empty();
    let axes = plan.axes();
    let outcomes = outcomes_of(rows);
    let outcomes = outcomes.iter().filter_map(|(outcome, title)| {
        let base = by_point.get(&(0, *outcome))?;
        let bars = axes.iter().map(|axis| {
            let ends = points.iter().filter_map(|point| {
                let [(name, level)] = &point.settings[..] else {
                    return None;
                };
                let row = by_point.get(&(point.number, *outcome))?;
                let pair = differences.get(&(point.number, *outcome));
                (*name == axis.name).then(|| TornadoEnd {
                    name: short(&level.name),
                    estimate: row.estimate,
                    interval: match pair {
                        Some(pair) => [pair.difference.low, pair.difference.high]
                            .map(|end| base.estimate + end),
                        None => [row.low, row.high],
                    },
                    same: pair.is_some_and(|pair| pair.differing == 0),
                })
            });
            TornadoBar {
                paths: axis.name.split(',').map(str::to_owned).collect(),
                lever: axis.role == ParameterRole::Lever,
                written: as_written(plan, &axis.name),
                ends: ends.collect(),
            }
        });
        Some(TornadoOutcome {
            name: (*title).to_owned(),
            base: [base.estimate, base.low, base.high],
            bars: bars.collect(),
        })
    });
    let input =
        TornadoInput { about: manifest.about(&title(plan)), paired, outcomes: outcomes.collect() };
    Ok(draw_tornado(&input))
}

/// What the file has where a parameter sets its values; none where a path is not
/// written.
fn as_written(plan: &Plan, name: &str) -> Option<String> {
    let values: Option<Vec<String>> =
        name.split(',').map(|path| written(&plan.text, path)).collect();
    values.map(|values| Level::of(values).name)
}
