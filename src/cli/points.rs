//! The table of a sweep on the terminal.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use super::exit::Failure;
use super::{chart, sensitivity, tornado};
use crate::analysis::{Regret, regret};
use crate::chart::{
    Chart, SweepAxis, SweepContour, SweepInput, SweepOutcome, draw_sweep, draw_tornado,
};
use crate::experiment::{Axis, Plan, Point};
use crate::record::PointRow;
use crate::scenario::ParameterRole;
use crate::store::{Manifest, StoreError, read_pairs, read_points, write_derived};

/// Rows shown; the tables of the folder have them all.
pub(super) const MAX_ROWS: u64 = 40;

/// Outcomes of the whole run: name in the tables, head of a column, title of a chart.
pub(super) const OUTCOMES: [(&str, &str, &str); 3] = [
    ("compliance", "compliance,\ntrue", "Compliance, true"),
    ("completion", "agreement\ncompleted", "Agreement completed"),
    ("collapse", "agreement\ncollapsed", "Agreement collapsed"),
];

/// A row for each point: its parameters, and outcomes of the whole run with their
/// 95 % intervals.
pub(super) fn table(
    plan: &Plan,
    manifest: &Manifest,
    rows: &[PointRow],
) -> Result<String, Failure> {
    let points = plan.points()?;
    let axes = plan.axes();
    let by_point = of_the_whole(rows);
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let mut heads = vec!["point".to_owned()];
    heads.extend(axes.iter().map(|axis| {
        let name = axis.name.replace(',', "\n");
        format!("{name}\n({})", axis.role.word())
    }));
    heads.extend(OUTCOMES.iter().map(|(_, head, _)| (*head).to_owned()));
    table.set_header(heads);
    for number in 0..points.len().min(MAX_ROWS) as u32 {
        let point = points.get(number);
        let mut cells = vec![number.to_string()];
        cells.extend(axes.iter().map(|axis| {
            let own = point.settings.iter().find(|(name, _)| *name == axis.name);
            own.map_or_else(|| "as in the file".to_owned(), |(_, it)| short(&it.name))
        }));
        cells.extend(OUTCOMES.iter().map(|(outcome, ..)| {
            let row = by_point.get(&(number, *outcome));
            row.map_or_else(|| "–".into(), |row| share(row))
        }));
        table.add_row(cells);
    }
    for column in table.column_iter_mut() {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let cut = match points.len().saturating_sub(MAX_ROWS) {
        0 => String::new(),
        more => format!("\n… and {more} more points: see points.csv and parameters.csv"),
    };
    let correlation = points.correlation().map_or_else(String::new, |it| {
        format!("\ngreatest correlation between columns of the hypercube: {it:.3}")
    });
    Ok(format!(
        "{} points × N = {} replicates, seed {} ({}){}\n\n{}{cut}\n\n\
         compliance: weighted mean of the clauses, mean over the days since due; completed and\n\
         collapsed: probability by the end of the run; [95 % interval over replicates]{correlation}{}",
        points.len(),
        manifest.replicates,
        manifest.seed,
        manifest.seeds,
        failed(manifest),
        table.trim_fmt(),
        regrets(plan, rows)?,
    ))
}

/// How many runs failed, if any did.
pub(super) fn failed(manifest: &Manifest) -> String {
    match manifest.failed {
        0 => String::new(),
        failed => format!(", {failed} runs failed"),
    }
}

/// What the scenario of a plan is called.
pub(super) fn title(plan: &Plan) -> String {
    crate::scenario::check_point(&plan.text).0.map_or_else(|| plan.scenario.clone(), |it| it.title)
}

/// A number without digits nobody reads.
pub(super) fn short(name: &str) -> String {
    match name.parse::<f64>() {
        Ok(number) if name.len() > 8 => format!("{number:.4}"),
        _ => name.to_owned(),
    }
}

pub(super) fn share(row: &PointRow) -> String {
    if row.estimate.is_nan() {
        return "–".into();
    }
    let of = |share: f64| format!("{:.1}", 100.0 * share);
    if row.low.is_nan() {
        return format!("{} %", of(row.estimate));
    }
    format!("{} % [{}, {}]", of(row.estimate), of(row.low), of(row.high))
}

/// Rows of the whole run by point and outcome.
pub(super) fn of_the_whole(rows: &[PointRow]) -> BTreeMap<(u32, &str), &PointRow> {
    let whole = rows.iter().filter(|row| row.clause.is_empty());
    whole.map(|row| ((row.point, row.outcome.as_str()), row)).collect()
}

/// The level of a point on an axis.
fn level_of(point: &Point, axis: &Axis) -> Option<String> {
    let own = point.settings.iter().find(|(name, _)| *name == axis.name);
    own.map(|(_, level)| level.name.clone())
}

/// More choices than this are no table any more.
const MAX_CHOICES: usize = 1000;

/// The regret of each choice of levers over the uncertainties, where every choice
/// stands under every combination of them.
fn regrets_of(plan: &Plan, rows: &[PointRow]) -> Result<(Vec<Axis>, Vec<Regret>), Failure> {
    let points = plan.points()?;
    let (levers, uncertainties): (Vec<Axis>, Vec<Axis>) =
        plan.axes().into_iter().partition(|axis| axis.role == ParameterRole::Lever);
    let choices: usize = levers.iter().map(|axis| axis.levels.len()).product();
    if levers.is_empty() || uncertainties.is_empty() || !(1..=MAX_CHOICES).contains(&choices) {
        return Ok((levers, Vec::new()));
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
    let rows = regret(&cells);
    Ok((levers, rows))
}

fn regrets(plan: &Plan, rows: &[PointRow]) -> Result<String, Failure> {
    let (levers, mut found) = regrets_of(plan, rows)?;
    if found.len() < 2 {
        return Ok(String::new());
    }
    found.sort_by(|a, b| a.greatest.total_cmp(&b.greatest));
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let mut heads: Vec<String> = levers.iter().map(|axis| axis.name.replace(',', "\n")).collect();
    let rest = ["mean", "least", "mean\nregret", "greatest\nregret", "at worst where"];
    heads.extend(rest.map(str::to_owned));
    table.set_header(heads);
    let percent = |share: f64| format!("{:.1} %", 100.0 * share);
    for row in found.iter().take(MAX_ROWS as usize) {
        let mut cells = row.choice.clone();
        cells.extend([row.mean, row.least, row.mean_regret, row.greatest].map(percent));
        cells.push(if row.greatest > 0.0 { row.at.join(", ") } else { "nowhere".into() });
        table.add_row(cells);
    }
    for column in table.column_iter_mut() {
        column.set_cell_alignment(CellAlignment::Right);
    }
    Ok(format!(
        "\n\nregret of each choice of levers over the uncertainties: how much true compliance falls\n\
         short of the best choice there; the choice that risks least comes first\n\n{}",
        table.trim_fmt()
    ))
}

/// Writes `regret.csv`, if choices can be held against each other; one of an earlier merge
/// goes otherwise.
pub(super) fn write_regret(folder: &Path, plan: &Plan) -> Result<(), Failure> {
    let (levers, found) = regrets_of(plan, &read_points(folder)?)?;
    let written = write_derived(folder, &["regret"], |folder| {
        if found.len() < 2 {
            return Ok(());
        }
        write_regrets(&folder.join("regret.csv"), &levers, &found)
    });
    Ok(written?)
}

/// Draws the chart of a sweep; gives the files written.
pub(super) fn draw_into(
    folder: &Path,
    plan: &Plan,
    manifest: &Manifest,
    style: chart::Style,
) -> Result<Vec<PathBuf>, Failure> {
    chart::write(folder, &charts(folder, plan, manifest, None)?, style)
}

/// The share whose contour a heat map has where nobody asks for another.
const HALF: f64 = 0.5;

/// The charts of a sweep. `contour` is the share whose contour is asked for.
///
/// # Errors
/// Among others if there is no heat map to have a contour.
pub(super) fn charts(
    folder: &Path,
    plan: &Plan,
    manifest: &Manifest,
    contour: Option<f64>,
) -> Result<Vec<Chart>, Failure> {
    if sensitivity::applies(plan) {
        return sensitivity::charts(folder, plan, manifest);
    }
    let rows = read_points(folder)?;
    let points = plan.points()?;
    let axes = plan.axes();
    let listed = axes.iter().all(|axis| !axis.levels.is_empty());
    if contour.is_some() && (plan.one_at_a_time() || axes.len() != 2 || !listed) {
        return Err(Failure::usage(format!(
            "--contour belongs to the heat map of a sweep that lists the values of two parameters, and {} holds none",
            folder.display()
        )));
    }
    if plan.one_at_a_time() {
        let input = tornado::input(plan, manifest, &rows, &read_pairs(folder)?)?;
        let drawn = draw_tornado(&input).map_err(|error| Failure::fault(error.to_string()))?;
        return Ok(drawn.into_iter().collect());
    }
    if axes.len() > 2 || !listed {
        return Ok(Vec::new());
    }
    let by_point = of_the_whole(&rows);
    let place = |point: &Point| -> Option<Vec<usize>> {
        let each = axes.iter().map(|axis| {
            let own = level_of(point, axis)?;
            axis.levels.iter().position(|level| *level == own)
        });
        each.collect()
    };
    let outcomes = OUTCOMES.iter().map(|(outcome, _, title)| SweepOutcome {
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
        return Err(Failure::usage(format!(
            "--contour: the values of `{}` are not numbers or dates in rising or falling order, so nothing lies between two of them",
            axis.name
        )));
    }
    let input = SweepInput {
        title: title(plan),
        replicates: manifest.replicates,
        seed: manifest.seed,
        version: manifest.version.clone(),
        outcomes: outcomes.collect(),
        axes,
        contour: Some(SweepContour { share: contour.unwrap_or(HALF), asked: contour.is_some() }),
    };
    let drawn = draw_sweep(&input).map_err(|error| Failure::fault(error.to_string()))?;
    Ok(drawn.into_iter().collect())
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

fn write_regrets(path: &Path, levers: &[Axis], rows: &[Regret]) -> Result<(), StoreError> {
    let wrong = |error: csv::Error| StoreError::Damaged {
        path: path.display().to_string(),
        why: error.to_string(),
    };
    let mut table = csv::Writer::from_path(path).map_err(wrong)?;
    let heads = levers.iter().map(|axis| axis.name.as_str());
    let rest = [
        "mean_compliance_true_share",
        "least_compliance_true_share",
        "mean_regret_share",
        "greatest_regret_share",
        "greatest_regret_at",
    ];
    let heads: Vec<&str> = heads.chain(rest).collect();
    table.write_record(&heads).map_err(wrong)?;
    for row in rows {
        let mut cells = row.choice.clone();
        let numbers = [row.mean, row.least, row.mean_regret, row.greatest];
        cells.extend(numbers.map(|number| format!("{number}")));
        cells.push(row.at.join(", "));
        table.write_record(&cells).map_err(wrong)?;
    }
    table.flush().map_err(|error| wrong(error.into()))
}
