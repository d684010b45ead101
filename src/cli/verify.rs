//! `verify`.

use comfy_table::CellAlignment;

use super::arguments::{Format, VerifyArguments};
use super::exit::Failure;
use super::layout::plain;
use super::{Done, terminal};
use crate::verify::{Allowed, By, Effort, Row, rows};

/// Computes every oracle and prints expected beside computed. Fails if one does.
pub(super) fn verify(arguments: &VerifyArguments) -> Done {
    let effort = if arguments.quick { Effort::Quick } else { Effort::Full };
    let rows = rows(effort);
    match arguments.format {
        Format::Text => terminal::say(&text(&rows)),
        Format::Json => terminal::say(&json(&rows)),
    }
    let failed = rows.iter().filter(|row| !row.passes()).count();
    if failed == 0 {
        return Ok(());
    }
    Err(Failure::fault(format!("{failed} of {} oracles failed", rows.len())))
}

fn json(rows: &[Row]) -> String {
    let rows: Vec<serde_json::Value> = rows
        .iter()
        .map(|row| {
            let mut value = serde_json::json!(row);
            value["pass"] = row.passes().into();
            value
        })
        .collect();
    serde_json::Value::Array(rows).to_string()
}

fn text(rows: &[Row]) -> String {
    let mut out = String::new();
    for section in rows.chunk_by(|a, b| a.section == b.section) {
        let name = section.first().map_or("", |row| row.section);
        out.push_str(&format!("{}\n", name.to_uppercase()));
        for group in section.chunk_by(|a, b| a.source == b.source) {
            let mut table = plain();
            table.set_header(["", "oracle", "expected", "computed", "allowed", "by"]);
            for row in group {
                table.add_row(vec![
                    if row.passes() { "pass" } else { "FAIL" }.to_owned(),
                    what(row),
                    number(row.expected),
                    number(row.computed),
                    allowed(row),
                    by(row.by).to_owned(),
                ]);
            }
            for column in table.column_iter_mut().skip(2).take(2) {
                column.set_cell_alignment(CellAlignment::Right);
            }
            let source = group.first().map_or("", |row| row.source);
            out.push_str(&format!("source: {source}\n{}\n\n", table.trim_fmt()));
        }
    }
    let passed = rows.iter().filter(|row| row.passes()).count();
    out.push_str(&format!("{passed} of {} oracles pass", rows.len()));
    out
}

fn what(row: &Row) -> String {
    match row.right {
        Some(right) => format!(
            "{}: the wrong method gives this,\nand is refused (right is {})",
            row.what,
            number(right)
        ),
        None => row.what.clone(),
    }
}

fn number(x: f64) -> String {
    let text = format!("{x:.6}");
    match text.trim_end_matches('0').trim_end_matches('.') {
        "-0" => "0".to_owned(),
        text => text.to_owned(),
    }
}

fn allowed(row: &Row) -> String {
    match row.allowed {
        Allowed::Within(most) => format!("± {most:.1e}"),
        Allowed::Errors { errors, error, n, .. } => format!("± {errors} × {error:.5} (n = {n})"),
    }
}

fn by(by: By) -> &'static str {
    match by {
        By::Formula => "formula",
        By::Solver => "solver",
        By::Engine => "engine",
        By::Sample => "samples",
    }
}
