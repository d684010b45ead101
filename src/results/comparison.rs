//! Variants against a baseline: the inputs of their charts, and what they are called.

use super::ResultsError;
use super::manifest::Manifest;
use crate::analysis::{FEWEST, PairRow};
use crate::chart::{
    Chart, DifferenceInput, VariantRun, VariantsInput, draw_difference, draw_variants,
};
use crate::experiment::Plan;
use crate::model::Model;
use crate::record::TurnRow;
use crate::scenario::{Level, check_point};

/// What a point is called: the names of its values, with their paths if there are
/// several.
pub fn point_name(settings: &[(String, Level)]) -> String {
    if settings.is_empty() {
        return "as in the file".into();
    }
    let each = settings.iter().map(|(path, level)| match path.as_str() {
        "variant" => level.name.clone(),
        _ => format!("{path} = {}", level.name),
    });
    each.collect::<Vec<_>>().join(", ")
}

/// The charts of a comparison: what differs, and how the clauses that differ most are kept
/// in time. `turns` gives the true compliance with clauses over time, and is asked only
/// where a clause differs.
///
/// # Errors
/// If the points cannot be made, or `turns` has none.
pub fn comparison_charts<E: From<ResultsError>>(
    plan: &Plan,
    manifest: &Manifest,
    pairs: &[PairRow],
    turns: impl FnOnce() -> Result<Vec<TurnRow>, E>,
) -> Result<Vec<Chart>, E> {
    let points = plan.points().map_err(ResultsError::from)?;
    let geodata = plan.geodata();
    let mut clauses: Vec<(String, String)> = Vec::new();
    for point in points.iter() {
        let Ok(text) = plan.text_of(&point) else {
            continue;
        };
        let (scenario, _) = check_point(&text);
        for clause in scenario.iter().flat_map(|it| &it.clauses) {
            if !clauses.iter().any(|(id, _)| *id == clause.id) {
                let title = clause.title.clone().unwrap_or_else(|| clause.id.clone());
                clauses.push((clause.id.clone(), title));
            }
        }
    }
    let baseline = plan.model(&points.get(0), &geodata).ok();
    let title = baseline.as_ref().map_or(&manifest.scenario, |it| &it.title);
    let mut drawn = Vec::new();
    let input = DifferenceInput {
        about: manifest.about(title),
        variants: points.iter().map(|point| point_name(&point.settings)).collect(),
        clauses: clauses.clone(),
        pairs: pairs.to_vec(),
    };
    drawn.extend(draw_difference(&input));
    let most = most_different(&clauses, pairs, manifest.replicates);
    let (Some(baseline), false) = (&baseline, most.is_empty()) else {
        return Ok(drawn);
    };
    let variants = points.iter().enumerate().map(|(at, point)| {
        // Only of those that are shown is more than the name needed.
        let model = (at < VariantsInput::MOST).then(|| plan.model(&point, &geodata).ok());
        VariantRun {
            name: point_name(&point.settings),
            deadlines: model.flatten().map_or_else(Vec::new, |it| deadlines(&it)),
        }
    });
    let calendar = &baseline.calendar;
    let input = VariantsInput {
        about: manifest.about(title),
        start: calendar.start,
        end: calendar.date(calendar.days),
        variants: variants.collect(),
        clauses: most,
        turns: turns()?,
    };
    drawn.extend(draw_variants(&input));
    Ok(drawn)
}

/// Clauses whose true compliance any variant changes, those that change most first;
/// without those in force in too few replicates to tell.
fn most_different(
    clauses: &[(String, String)],
    pairs: &[PairRow],
    replicates: u64,
) -> Vec<(String, String)> {
    let enough = FEWEST.min(replicates / 2);
    let change = |id: &str| {
        let own = pairs.iter().filter(|row| {
            row.clause == id
                && (row.outcome.as_str(), row.register.as_str()) == ("compliance", "true")
                && row.differing > 0
                && row.pairs >= enough
        });
        own.map(|row| row.difference.estimate.abs()).max_by(f64::total_cmp)
    };
    let mut found: Vec<(f64, &(String, String))> =
        clauses.iter().filter_map(|clause| Some((change(&clause.0)?, clause))).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, clause)| clause.clone()).collect()
}

/// By clause: its deadline, where a date is all it waits for.
fn deadlines(model: &Model) -> Vec<(String, time::Date)> {
    let each = model.clauses.iter().filter_map(|clause| {
        let day = model.settled_day(clause.deadline.as_ref()?)?;
        Some((clause.id.clone(), model.calendar.date(day)))
    });
    each.collect()
}
