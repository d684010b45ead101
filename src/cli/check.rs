//! `check`.

use super::arguments::Format;
use super::exit::{Failure, SCENARIO};
use super::layout::plain;
use super::{Done, scenario, terminal};
use crate::diag::{Diagnostic, Diagnostics, Source, render, to_json};
use crate::scenario::{LoadError, Loaded, distances};
use comfy_table::CellAlignment;

/// Reads each file and reports everything found in it; with where forces stand at the start, if
/// that is asked for.
pub(super) fn check(files: &[String], format: Format, distances: bool) -> Done {
    let mut wrong = 0;
    let mut all = Vec::new();
    for file in files {
        let mut stand = None;
        let (source, found) = match scenario::with_records(file, &[]) {
            Ok((loaded, _)) => {
                stand = distances.then(|| standing(&loaded));
                (loaded.source, loaded.warnings)
            }
            Err(LoadError::Invalid(source, found)) => (source, found),
            Err(error) => {
                let mut found = Diagnostics::default();
                found.push(Diagnostic::whole_file(error.to_string()));
                (Source::new(file, ""), found)
            }
        };
        let (errors, warnings) = found.counts();
        wrong += usize::from(errors > 0);
        match format {
            Format::Json => {
                if let serde_json::Value::Array(items) = to_json(&found, &source) {
                    all.extend(items);
                }
            }
            Format::Text => {
                if !found.is_empty() {
                    terminal::complain(&format!(
                        "{}\n",
                        render(&found, &source, terminal::colour_stderr())
                    ));
                }
                let verdict = match (errors, warnings) {
                    (0, 0) => "valid".to_owned(),
                    (0, _) => format!("valid, {}", terminal::counts(0, warnings)),
                    _ => terminal::counts(errors, warnings),
                };
                terminal::say(&format!("{file}: {verdict}"));
                if let Some(stand) = stand {
                    terminal::say(&stand);
                }
            }
        }
    }
    if format == Format::Json {
        terminal::say_json(&serde_json::Value::Array(all));
    }
    if wrong == 0 { Ok(()) } else { Err(Failure { code: SCENARIO, message: String::new() }) }
}

/// How far each force stands from each line at the start, and which areas it is inside.
fn standing(loaded: &Loaded) -> String {
    let Some(all) = distances(&loaded.scenario, &loaded.geodata) else {
        return String::new();
    };
    let mut table = plain();
    let lines = loaded.scenario.lines.iter().map(|it| format!("{}\nkm", it.id));
    let heads = ["force".to_owned(), "at".to_owned()].into_iter().chain(lines);
    table.set_header(heads.chain(["inside".to_owned()]));
    for it in &all {
        let km = it.lines.iter().map(|(_, km)| format!("{km:.1}"));
        let inside = it.areas.iter().filter(|(_, km)| *km < 0.0).map(|(area, _)| &**area);
        let inside: Vec<&str> = inside.collect();
        let row = [it.force.clone(), it.at.clone()].into_iter().chain(km);
        table.add_row(row.chain([inside.join(", ")]));
    }
    let last = loaded.scenario.lines.len() + 2;
    for (at, column) in table.column_iter_mut().enumerate() {
        if (2..last).contains(&at) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    format!(
        "\nat the start; kilometres are positive on the side of `positive_toward`\n\n{}\n",
        table.trim_fmt()
    )
}
