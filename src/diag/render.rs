//! Diagnostics as people and as editors read them.

use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};
use serde_json::json;

use super::{Diagnostic, Diagnostics, Level, Source};

/// Renders every diagnostic for a terminal: file, line, column, the offending
/// text underlined, the mend. With `color`, ANSI escapes.
pub fn render(diagnostics: &Diagnostics, source: &Source, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    for diagnostic in diagnostics.iter() {
        out.push_str(&renderer.render(&groups(diagnostic, source)));
        out.push_str("\n\n");
    }
    out
}

fn groups<'a>(diagnostic: &'a Diagnostic, source: &'a Source) -> Vec<Group<'a>> {
    let level = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
    };
    let title = level.primary_title(&*diagnostic.message);
    let mut group = match &diagnostic.span {
        Some(span) => {
            let mut snippet = Snippet::source(&*source.text)
                .path(&*source.name)
                .annotation(
                    AnnotationKind::Primary
                        .span(clamp(span.clone(), &source.text))
                        .label(&*diagnostic.label),
                );
            if let Some((span, label)) = &diagnostic.related {
                snippet = snippet.annotation(
                    AnnotationKind::Context
                        .span(clamp(span.clone(), &source.text))
                        .label(&**label),
                );
            }
            title.element(snippet)
        }
        None => title.element(Title::NOTE.message(format!("in {}", source.name))),
    };
    for help in &diagnostic.help {
        group = group.element(Title::HELP.message(&**help));
    }
    vec![group]
}

/// An empty or overlong span cannot be underlined: one character is.
fn clamp(span: super::Span, text: &str) -> super::Span {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// Every diagnostic as one JSON value, for editors: an array of objects with
/// `file`, `level`, `line`, `column`, `end_line`, `end_column` (from 1),
/// `message`, `label`, `help`.
pub fn to_json(diagnostics: &Diagnostics, source: &Source) -> serde_json::Value {
    diagnostics
        .iter()
        .map(|d| {
            let span = d.span.clone().unwrap_or(0..0);
            let (line, column) = source.line_column(span.start);
            let (end_line, end_column) = source.line_column(span.end);
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

/// The word of `known` that `word` was probably meant to be, if one is near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_few(word, known).first().copied()
}

/// Up to three words of `known` that `word` may be meant to be, nearest first.
pub fn nearest_few<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut near: Vec<(f64, &str)> = known
        .into_iter()
        .map(|candidate| {
            let likeness = strsim::normalized_damerau_levenshtein(word, candidate);
            (likeness, candidate)
        })
        .filter(|(likeness, _)| *likeness >= 0.6)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.truncate(3);
    near.into_iter().map(|(_, candidate)| candidate).collect()
}
