//! The table of a sweep of one parameter at a time on the terminal.

use comfy_table::CellAlignment;

use super::exit::Failure;
use super::layout::{MAX_ROWS, cut_after, head, outcome, outcomes_say, plain, size_of};
use crate::analysis::{FEWEST, PairRow, Verdict};
use crate::experiment::Plan;
use crate::record::PointRow;
use crate::results::{Manifest, differences, of_the_whole, outcomes_of, short};

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
    let mut table = plain();
    let mut heads = vec!["point".to_owned(), "changed".to_owned(), "to".to_owned()];
    let outcomes = outcomes_of(rows);
    for (at, (_, title)) in outcomes.iter().enumerate() {
        heads.push(head(title));
        if at == 0 && !pairs.is_empty() {
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
        for (at, (name, _)) in outcomes.iter().enumerate() {
            cells.push(outcome(&by_point, (point.number, name)));
            if at == 0 && !pairs.is_empty() {
                let row = differences.get(&(point.number, name));
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
    let paired = if pairs.is_empty() {
        String::new()
    } else {
        format!(
            "\nagainst as in the file: percentage points of compliance, over the same replicates with the\n\
             same draws; other outcomes stand in pairs.csv; fewer than {FEWEST} pairs show nothing"
        )
    };
    Ok(format!(
        "{}\n\
         one parameter at a time, the others as written: interactions are not shown\n\n{}{}\n\n{}{paired}",
        size_of(points.len(), manifest),
        table.trim_fmt(),
        cut_after(points.len()),
        outcomes_say(),
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
