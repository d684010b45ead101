//! A sweep of one parameter at a time: its table on the terminal, and what its chart
//! is drawn from.

use std::collections::BTreeMap;

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use super::exit::Failure;
use super::points::{MAX_ROWS, OUTCOMES, failed, of_the_whole, share, short, title};
use crate::analysis::{FEWEST, PairRow, Verdict};
use crate::chart::{TornadoBar, TornadoEnd, TornadoInput, TornadoOutcome};
use crate::experiment::{Plan, Point};
use crate::record::PointRow;
use crate::scenario::{Level, ParameterRole, written};
use crate::store::Manifest;

/// A row for the scenario as written and for each value of each parameter, with what
/// changes against the first.
pub(super) fn table(
    plan: &Plan,
    manifest: &Manifest,
    rows: &[PointRow],
    pairs: &[PairRow],
) -> Result<String, Failure> {
    let points = plan.points()?;
    let by_point = of_the_whole(rows);
    let differences = differences(pairs);
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let mut heads = vec!["point".to_owned(), "changed".to_owned(), "to".to_owned()];
    for (outcome, head, _) in OUTCOMES {
        heads.push(head.to_owned());
        if outcome == OUTCOMES[0].0 && !pairs.is_empty() {
            heads.push("against as\nin the file".into());
        }
    }
    table.set_header(heads);
    let mut last = String::new();
    for point in points.iter().take(MAX_ROWS as usize) {
        let names: Vec<&str> = point.settings.iter().map(|it| it.0.as_str()).collect();
        let name = names.join("\n").replace(',', "\n");
        // A parameter is named once.
        let again = !name.is_empty() && name == last;
        let levels: Vec<String> = point.settings.iter().map(|it| short(&it.1.name)).collect();
        let mut cells = vec![
            point.number.to_string(),
            match (name.is_empty(), again) {
                (true, _) => "(as in the file)".to_owned(),
                (_, true) => String::new(),
                _ => name.clone(),
            },
            levels.join(", "),
        ];
        last = name;
        for (outcome, ..) in OUTCOMES {
            let row = by_point.get(&(point.number, outcome));
            cells.push(row.map_or_else(|| "–".into(), |row| share(row)));
            if outcome == OUTCOMES[0].0 && !pairs.is_empty() {
                let row = differences.get(&(point.number, outcome));
                cells.push(row.map_or_else(String::new, |row| change(row)));
            }
        }
        table.add_row(cells);
    }
    for (at, column) in table.column_iter_mut().enumerate() {
        if at != 1 {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let cut = match points.len().saturating_sub(MAX_ROWS) {
        0 => String::new(),
        more => format!("\n… and {more} more points: see points.csv and parameters.csv"),
    };
    let paired = if pairs.is_empty() {
        String::new()
    } else {
        format!(
            "\nagainst as in the file: percentage points of compliance, over the same replicates with the\n\
             same draws; other outcomes stand in pairs.csv; fewer than {FEWEST} pairs show nothing"
        )
    };
    Ok(format!(
        "{} points × N = {} replicates, seed {} ({}){}\n\
         one parameter at a time, the others as written: interactions are not shown\n\n{}{cut}\n\n\
         compliance: weighted mean of the clauses, mean over the days since due; completed and\n\
         collapsed: probability by the end of the run; [95 % interval over replicates]{paired}",
        points.len(),
        manifest.replicates,
        manifest.seed,
        manifest.seeds,
        failed(manifest),
        table.trim_fmt(),
    ))
}

fn change(row: &PairRow) -> String {
    match row.verdict() {
        Verdict::Same => "the same".into(),
        _ => format!(
            "{} {}",
            row.amount(row.difference.estimate, true),
            row.ends(row.difference.low, row.difference.high)
        ),
    }
}

/// Differences of the whole run to the first point, by point and outcome.
fn differences(pairs: &[PairRow]) -> BTreeMap<(u32, &str), &PairRow> {
    let whole = pairs.iter().filter(|row| row.clause.is_empty() && row.against == 0);
    whole.map(|row| ((row.point, row.outcome.as_str()), row)).collect()
}

/// What the chart is drawn from.
pub(super) fn input(
    plan: &Plan,
    manifest: &Manifest,
    rows: &[PointRow],
    pairs: &[PairRow],
) -> Result<TornadoInput, Failure> {
    let points: Vec<Point> = plan.points()?.iter().collect();
    let by_point = of_the_whole(rows);
    let differences = differences(pairs);
    let paired = !pairs.is_empty();
    let axes = plan.axes();
    let outcomes = OUTCOMES.iter().filter_map(|(outcome, _, title)| {
        let base = by_point.get(&(0, *outcome))?;
        let bars = axes.iter().map(|axis| {
            let ends = points.iter().filter_map(|point| {
                let [(name, level)] = &point.settings[..] else {
                    return None;
                };
                let row = by_point.get(&(point.number, *outcome))?;
                let pair = differences.get(&(point.number, *outcome));
                (*name == axis.name).then(|| TornadoEnd {
                    name: called(level),
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
    Ok(TornadoInput {
        title: title(plan),
        replicates: manifest.replicates,
        seed: manifest.seed,
        version: manifest.version.clone(),
        paired,
        outcomes: outcomes.collect(),
    })
}

fn called(level: &Level) -> String {
    short(&level.name)
}

/// What the file has where a parameter sets its values; none where a path is not
/// written.
fn as_written(plan: &Plan, name: &str) -> Option<String> {
    let values: Option<Vec<String>> =
        name.split(',').map(|path| written(&plan.text, path)).collect();
    values.map(|values| Level::of(values).name)
}
