//! The table of a sweep on the terminal.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use super::exit::Failure;
use crate::experiment::Plan;
use crate::record::PointRow;
use crate::store::Manifest;

/// Rows shown; the tables of the folder have them all.
const MOST_ROWS: u64 = 40;

/// A row for each point: its parameters, and outcomes of the whole run with their
/// 95 % intervals.
pub(super) fn table(
    plan: &Plan,
    manifest: &Manifest,
    rows: &[PointRow],
) -> Result<String, Failure> {
    let points = plan.points()?;
    let axes = plan.axes();
    let outcomes = [
        ("compliance", "compliance,\ntrue"),
        ("completion", "agreement\ncompleted"),
        ("collapse", "agreement\ncollapsed"),
    ];
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled);
    let mut heads = vec!["point".to_owned()];
    heads.extend(axes.iter().map(|axis| {
        let name = axis.name.replace(',', "\n");
        format!("{name}\n({})", axis.role.word())
    }));
    heads.extend(outcomes.iter().map(|(_, head)| (*head).to_owned()));
    table.set_header(heads);
    for number in 0..points.len().min(MOST_ROWS) as u32 {
        let point = points.get(number);
        let mut cells = vec![number.to_string()];
        cells.extend(axes.iter().map(|axis| {
            let own = point.settings.iter().find(|(name, _)| *name == axis.name);
            own.map_or_else(|| "as in the file".to_owned(), |(_, it)| short(&it.name))
        }));
        cells.extend(outcomes.iter().map(|(outcome, _)| {
            let row = rows.iter().find(|row| {
                row.point == number && row.clause.is_empty() && row.outcome == *outcome
            });
            row.map_or_else(|| "–".into(), share)
        }));
        table.add_row(cells);
    }
    for column in table.column_iter_mut() {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let cut = match points.len().saturating_sub(MOST_ROWS) {
        0 => String::new(),
        more => format!("\n… and {more} more points: see points.csv and parameters.csv"),
    };
    let correlation = points.correlation().map_or_else(String::new, |it| {
        format!("\ngreatest correlation between columns of the hypercube: {it:.3}")
    });
    let failed = match manifest.failed {
        0 => String::new(),
        failed => format!(", {failed} runs failed"),
    };
    Ok(format!(
        "{} points × N = {} replicates, seed {} ({}){failed}\n\n{}{cut}\n\n\
         compliance: weighted mean of the clauses, mean over the days since due; completed and\n\
         collapsed: probability by the end of the run; [95 % interval over replicates]{correlation}",
        points.len(),
        manifest.replicates,
        manifest.seed,
        manifest.seeds,
        table.trim_fmt(),
    ))
}

/// A number without digits nobody reads.
fn short(name: &str) -> String {
    match name.parse::<f64>() {
        Ok(number) if name.len() > 8 => format!("{number:.4}"),
        _ => name.to_owned(),
    }
}

fn share(row: &PointRow) -> String {
    if row.estimate.is_nan() {
        return "–".into();
    }
    let of = |share: f64| format!("{:.1}", 100.0 * share);
    if row.low.is_nan() {
        return format!("{} %", of(row.estimate));
    }
    format!("{} % [{}, {}]", of(row.estimate), of(row.low), of(row.high))
}
