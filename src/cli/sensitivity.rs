//! `sensitivity`: which parameter matters, from a sweep of a design made for it.

use std::path::Path;

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use super::arguments::SensitivityArguments;
use super::chart::{self, Style, newest};
use super::exit::Failure;
use super::outcome::{OutcomeArguments, Swept, called, swept, typed};
use super::{Done, experiment, terminal};
use crate::analysis::{
    IndexRow, Sample, SensitivityError, morris, ranking, sensitivity_words, sobol,
};
use crate::chart::{Chart, SensitivityInput, draw_sensitivity};
use crate::experiment::{Design, Plan};
use crate::scenario::Arrangement;
use crate::stats::Draws;
use crate::store::{Manifest, read_sensitivity, write_sensitivity};

impl From<SensitivityError> for Failure {
    fn from(error: SensitivityError) -> Self {
        Self::usage(error.to_string())
    }
}

/// Computes indices, prints a ranking and what it says, writes `sensitivity.csv` and the
/// chart.
pub(super) fn sensitivity(arguments: &SensitivityArguments) -> Done {
    let folder = match &arguments.folder {
        Some(folder) => folder.clone(),
        None => newest()?,
    };
    let manifest = chart::opened(&folder, arguments.trust)?;
    let told = analyse(&folder, &arguments.of)?;
    terminal::say(&told.text);
    let drawn = charts(&folder, &experiment::plan_in(&folder)?, &manifest)?;
    chart::write(&folder, &drawn, Style::default())?;
    let picture = drawn.first().map_or("", |it| it.name);
    terminal::say(&format!(
        "\nwritten to {}: sensitivity.csv, charts/{picture}.png",
        folder.display()
    ));
    terminal::say(&told.next(&folder));
    Ok(())
}

/// What the indices come to.
pub(super) struct Told {
    /// The table and what it says.
    pub(super) text: String,
    of: OutcomeArguments,
    /// Mean and standard deviation of the outcome over points.
    moments: (f64, f64),
    unit: String,
}

impl Told {
    /// What to type next.
    pub(super) fn next(&self, folder: &Path) -> String {
        let of = &self.of;
        let clause = match of.clause.as_str() {
            "" => String::new(),
            clause => format!(" --clause {clause}"),
        };
        let register = match of.register.as_str() {
            "true" => String::new(),
            register => format!(" --register {register}"),
        };
        let (mean, sd) = self.moments;
        let low = (mean - 0.5 * sd).max(0.0);
        let low = match self.unit.as_str() {
            "days" => format!("{low:.0}"),
            _ => format!("{:.0}%", 100.0 * low),
        };
        format!(
            "next: disengage discover {}{clause} --outcome {}{register} --under {low} says under which conditions it is low",
            folder.display(),
            of.outcome
        )
    }
}

/// Whether the points of a plan are of a design that indices can be had from.
pub(super) fn applies(plan: &Plan) -> bool {
    let design = plan.first_design();
    design.is_some_and(|it| matches!(it.arrangement, Arrangement::Saltelli | Arrangement::Morris))
}

/// The design that indices are had from, or what to type for one.
fn design_of<'a>(folder: &Path, plan: &'a Plan) -> Result<&'a Design, Failure> {
    let design = plan.first_design();
    match design {
        Some(design) if applies(plan) => Ok(design),
        Some(design) => {
            let vary = design.parameters.iter().map(|it| format!(" --vary {}", typed(it)));
            let vary: String = vary.collect();
            Err(Failure::usage(format!(
                "the points of {} are of the design {}, from which no index can be had: sweep a design made for it\n  \
                 disengage sweep {file}{vary} --design morris --points 20 -n {n}      ({} points: a first look)\n  \
                 disengage sweep {file}{vary} --design saltelli --points 256 -n {n}  ({} points: shares of variance)\n  \
                 with a range (LOW..HIGH) for each parameter that has one; disengage discover reads any design",
                folder.display(),
                design.arrangement.word(),
                20 * (design.parameters.len() + 1),
                256 * (design.parameters.len() + 2),
                file = plan.file,
                n = plan.replicates(),
            )))
        }
        None => Err(Failure::usage(format!(
            "the points of {} are listed one by one, from which no index can be had: sweep a design made for it (--design morris or saltelli)",
            folder.display()
        ))),
    }
}

/// Computes indices into the folder; gives the table and what it says.
pub(super) fn analyse(folder: &Path, of: &OutcomeArguments) -> Result<Told, Failure> {
    let swept = swept(folder, of)?;
    let design = design_of(folder, &swept.plan)?;
    if swept.interval == "quantiles" {
        return Err(Failure::usage(format!(
            "`{}` is told by its median, and indices are of means: choose a share or a probability",
            of.outcome
        )));
    }
    let (rows, second_order) = indices(&swept, design, of)?;
    write_sensitivity(folder, &rows)?;
    let outcome = swept.outcome(of);
    let head = head(&swept, design, &rows, &outcome);
    let table = match design.arrangement {
        Arrangement::Morris => effects_table(&rows),
        _ => shares_table(&rows),
    };
    let pairs = if second_order { format!("\n\n{}", pairs_table(&rows)) } else { String::new() };
    let legend = match design.arrangement {
        Arrangement::Morris => {
            "μ*: mean size of the change for a move along the whole range, [95 % interval]; μ: mean change;\n\
             σ: how much it differs with where the others stand"
        }
        _ => {
            "alone (S1): share of the variance over points that goes when it alone becomes known;\n\
             with interactions (ST): share that stays when all others become known; [95 % interval]"
        }
    };
    let words = textwrap::fill(&sensitivity_words(&rows, &outcome), 100);
    let first = rows.first();
    Ok(Told {
        text: format!("{head}\n\n{table}{pairs}\n\n{legend}\n\n{words}"),
        of: of.clone(),
        moments: first.map_or((f64::NAN, f64::NAN), |row| (row.mean, row.sd)),
        unit: swept.unit.clone(),
    })
}

fn indices(
    swept: &Swept,
    design: &Design,
    of: &OutcomeArguments,
) -> Result<(Vec<IndexRow>, bool), Failure> {
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
    let row = |column: usize, index: &str, [estimate, low, high]: [f64; 3]| {
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
            with: String::new(),
            estimate,
            low,
            high,
            n: 0,
            left_out: 0,
            mean: f64::NAN,
            sd: f64::NAN,
            noise: f64::NAN,
        }
    };
    let alone = |value: f64| [value, f64::NAN, f64::NAN];
    let mut rows = Vec::new();
    let (used, left_out, mean, variance, noise);
    if design.arrangement == Arrangement::Morris {
        let found = morris(&sample, draws)?;
        for (column, effect) in found.effects.iter().enumerate() {
            let size = &effect.size;
            rows.push(row(column, "size", [size.estimate, size.low, size.high]));
            rows.push(row(column, "mean", alone(effect.mean)));
            rows.push(row(column, "spread", alone(effect.spread)));
        }
        (used, left_out) = (found.trajectories, found.left_out);
        (mean, variance, noise) = (found.mean, found.variance, found.noise);
    } else {
        let found = sobol(&sample, design.second_order, draws)?;
        for (column, parameter) in design.parameters.iter().enumerate() {
            let (first, total) = (&found.first[column], &found.total[column]);
            rows.push(row(column, "first", [first.estimate, first.low, first.high]));
            rows.push(row(column, "total", [total.estimate, total.low, total.high]));
            if parameter.without_order().is_none() {
                rows.push(row(column, "trend", alone(found.trend[column])));
            }
        }
        for (a, b, it) in &found.second {
            let mut pair = row(*a, "second", [it.estimate, it.low, it.high]);
            pair.with = names[*b].clone();
            rows.push(pair);
        }
        (used, left_out) = (found.rows, found.left_out);
        (mean, variance, noise) = (found.mean, found.variance, found.noise);
    }
    for row in &mut rows {
        row.n = used as u64;
        row.left_out = left_out as u64;
        (row.mean, row.sd, row.noise) = (mean, variance.sqrt(), noise);
    }
    Ok((rows, design.second_order))
}

fn head(swept: &Swept, design: &Design, rows: &[IndexRow], outcome: &str) -> String {
    let what = match design.arrangement {
        Arrangement::Morris => "trajectories",
        _ => "rows",
    };
    let left_out = match rows.first().map_or(0, |row| row.left_out) {
        0 => String::new(),
        n => format!(
            "\n{n} {what} are left out whole: a point of theirs has no outcome ({} with failed runs); nothing is put in their place",
            swept.failed
        ),
    };
    let cost = experiment::cost(&swept.plan).unwrap_or_default();
    format!(
        "{}: what moves {outcome}\n{cost}, seed {} ({} seeds){left_out}",
        swept.title(),
        swept.manifest.seed,
        swept.manifest.seeds
    )
}

fn plain() -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table
}

fn right(table: &mut Table, from: usize) -> String {
    for column in table.column_iter_mut().skip(from) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}

/// No wider than a table stands.
fn cut(title: &str) -> String {
    const MOST: usize = 48;
    if title.chars().count() <= MOST {
        return title.to_owned();
    }
    let head: String = title.chars().take(MOST - 1).collect();
    format!("{head}…")
}

fn shares_table(rows: &[IndexRow]) -> String {
    let mut table = plain();
    table.set_header([
        "",
        "parameter",
        "",
        "as it rises,\noutcome",
        "alone (S1)",
        "with interactions\n(ST)",
    ]);
    for (at, it) in ranking(rows).iter().enumerate() {
        table.add_row([
            (at + 1).to_string(),
            cut(&it.by.title),
            it.by.role.clone(),
            it.goes().to_owned(),
            it.beside.share_and_ends(),
            it.by.share_and_ends(),
        ]);
    }
    right(&mut table, 4)
}

fn effects_table(rows: &[IndexRow]) -> String {
    let mut table = plain();
    table.set_header(["", "parameter", "", "μ*", "μ", "σ"]);
    for (at, it) in ranking(rows).iter().enumerate() {
        let mean = it.way.map_or(f64::NAN, |row| row.estimate);
        table.add_row([
            (at + 1).to_string(),
            cut(&it.by.title),
            it.by.role.clone(),
            format!("{} [{}]", it.by.amount(it.by.estimate, true), it.by.amount_ends()),
            it.by.amount(mean, true),
            it.by.amount(it.beside.estimate, true),
        ]);
    }
    right(&mut table, 3)
}

/// Pairs shown.
const PAIRS: usize = 5;

fn pairs_table(rows: &[IndexRow]) -> String {
    let mut pairs: Vec<&IndexRow> = rows.iter().filter(|row| row.index == "second").collect();
    pairs.sort_by(|a, b| b.estimate.total_cmp(&a.estimate));
    let title = |path: &str| {
        let own = rows.iter().find(|row| row.parameter == path);
        own.map_or_else(|| path.to_owned(), |row| cut(&row.title))
    };
    let mut table = plain();
    table.set_header(["two together, beyond each alone", "", "S2"]);
    for pair in pairs.iter().take(PAIRS) {
        table.add_row([cut(&pair.title), title(&pair.with), pair.share_and_ends()]);
    }
    right(&mut table, 2)
}

/// The chart of `sensitivity.csv`; none if the folder holds none.
pub(super) fn charts(
    folder: &Path,
    plan: &Plan,
    manifest: &Manifest,
) -> Result<Vec<Chart>, Failure> {
    let rows = read_sensitivity(folder)?;
    let Some(first) = rows.first() else {
        return Ok(Vec::new());
    };
    let of = OutcomeArguments {
        outcome: first.outcome.clone(),
        clause: first.clause.clone(),
        register: first.register.clone(),
    };
    let swept = swept(folder, &of)?;
    let input = SensitivityInput {
        title: swept.title(),
        replicates: manifest.replicates,
        seed: manifest.seed,
        version: manifest.version.clone(),
        outcome: swept.outcome(&of),
        cost: plan.first_design().and_then(Design::cost).unwrap_or_default(),
        rows,
    };
    let drawn = draw_sensitivity(&input).map_err(|error| Failure::fault(error.to_string()))?;
    Ok(drawn.into_iter().collect())
}
