//! How tables are laid out on the terminal.

use std::collections::BTreeMap;

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use crate::record::PointRow;
use crate::results::Manifest;
use crate::stats::OVER;

/// Rows shown; the tables of the folder have them all.
pub(super) const MAX_ROWS: u64 = 40;

/// A table without lines, each cell as wide as it is.
pub(super) fn plain() -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table
}

/// The text of a table whose columns stand to the right, those after the first `from`.
pub(super) fn right(table: &mut Table, from: usize) -> String {
    for column in table.column_iter_mut().skip(from) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}

/// That more points were run than are shown, if so.
pub(super) fn cut_after(points: u64) -> String {
    match points.saturating_sub(MAX_ROWS) {
        0 => String::new(),
        more => format!("\n… and {more} more points: see points.csv and parameters.csv"),
    }
}

/// How many points were run how often, and how many runs failed.
pub(super) fn size_of(points: u64, manifest: &Manifest) -> String {
    let failed = match manifest.failed {
        0 => String::new(),
        failed => format!(", {failed} runs failed"),
    };
    format!(
        "{points} points × N = {} replicates, seed {} ({}){failed}",
        manifest.replicates, manifest.seed, manifest.seeds
    )
}

/// What the columns of outcomes of the whole run say.
pub(super) fn outcomes_say() -> String {
    format!(
        "compliance: weighted mean of the clauses, mean over the days since due; the agreement completed\n\
         (broken later or not), collapsed, destroyed: whichever came first, probability by the end of the\n\
         run; [95 % interval {OVER}]"
    )
}

/// An outcome of a point in its cell.
pub(super) fn outcome(by_point: &BTreeMap<(u32, &str), &PointRow>, of: (u32, &str)) -> String {
    by_point.get(&of).map_or_else(|| "–".into(), |row| percent(row, " "))
}

/// The head of a column for what a chart calls so: small letters, a word a line.
pub(super) fn head(title: &str) -> String {
    title.to_lowercase().replace(' ', "\n")
}

/// An outcome in per cent with its interval, if it has one, after `between`.
pub(super) fn percent(row: &PointRow, between: &str) -> String {
    if row.estimate.is_nan() {
        return "–".into();
    }
    let of = |share: f64| format!("{:.1}", 100.0 * share);
    if row.low.is_nan() {
        return format!("{} %", of(row.estimate));
    }
    format!("{} %{between}[{}, {}]", of(row.estimate), of(row.low), of(row.high))
}
