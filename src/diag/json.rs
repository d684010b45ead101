//! Diagnostics as editors read them.

use serde_json::json;

use super::excerpt::Cursor;
use super::{Diagnostics, Level, Source};

/// Every diagnostic as one JSON value, for editors: an array of objects with
/// `file`, `level`, `line`, `column`, `end_line`, `end_column` (from 1),
/// `message`, `label`, `help`.
pub fn to_json(diagnostics: &Diagnostics, source: &Source) -> serde_json::Value {
    let mut cursor = Cursor::new(&source.text);
    diagnostics
        .iter()
        .map(|d| {
            let span = d.span.clone().unwrap_or(0..0);
            let (line, column) = cursor.line_column(span.start);
            let (end_line, end_column) = cursor.clone().line_column(span.end);
            json!({
                "file": source.name,
                "level": match d.level { Level::Error => "error", Level::Warning => "warning" },
                "line": line,
                "column": column,
                "end_line": end_line,
                "end_column": end_column,
                "message": d.message,
                "label": d.label,
                "help": d.help,
            })
        })
        .collect()
}
