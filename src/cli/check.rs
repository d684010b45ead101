//! `check`.

use super::arguments::Format;
use super::exit::{Failure, SCENARIO};
use super::{Done, scenario, terminal};
use crate::diag::{Diagnostic, Diagnostics, Source, render, to_json};
use crate::scenario::LoadError;

/// Reads each file and reports everything found in it.
pub(super) fn check(files: &[String], format: Format) -> Done {
    let mut wrong = 0;
    let mut all = Vec::new();
    for file in files {
        let (source, found) = match scenario::with_records(file, &[]) {
            Ok((loaded, _)) => (loaded.source, loaded.warnings),
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
            }
        }
    }
    if format == Format::Json {
        terminal::say_json(&serde_json::Value::Array(all));
    }
    if wrong == 0 { Ok(()) } else { Err(Failure { code: SCENARIO, message: String::new() }) }
}
