//! Diagnostics as people and as editors read them.

use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};
use serde_json::json;

use super::escape::escaped_line;
use super::excerpt::{Cursor, Excerpt};
use super::{Diagnostic, Diagnostics, Level, Source};

/// So many diagnostics are shown to people; the rest is counted.
const SHOWN: usize = 100;

/// Renders diagnostics for a terminal: file, line, column, the offending text
/// underlined, the help; of many the first hundred. With `color`, ANSI escapes, which
/// are the only control characters but line breaks.
pub fn render(diagnostics: &Diagnostics, source: &Source, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    let mut cursor = Cursor::new(&source.text);
    for diagnostic in diagnostics.iter().take(SHOWN) {
        out.push_str(&shown(diagnostic, source, &renderer, &mut cursor));
        out.push_str("\n\n");
    }
    let (errors, warnings) = diagnostics.counts();
    let more = (errors + warnings).saturating_sub(SHOWN);
    if more > 0 {
        out.push_str(&format!("… and {} more\n\n", grouped(more as u64)));
    }
    out
}

fn shown(
    diagnostic: &Diagnostic,
    source: &Source,
    renderer: &Renderer,
    cursor: &mut Cursor<'_>,
) -> String {
    let level = match diagnostic.level {
        Level::Error => Title::ERROR,
        Level::Warning => Title::WARNING,
    };
    let name = escaped_line(&source.name);
    let mut group = Group::with_title(level.primary_title(escaped_line(&diagnostic.message)));
    let places = diagnostic.span.iter().chain(diagnostic.related.iter().map(|(span, _)| span));
    let places: Vec<_> = places.collect();
    let mut labels = vec![(AnnotationKind::Primary, escaped_line(&diagnostic.label))];
    if let Some((_, label)) = &diagnostic.related {
        labels.push((AnnotationKind::Context, escaped_line(label)));
    }
    let excerpts = match diagnostic.span {
        Some(_) => Excerpt::of(source, &places, cursor),
        None => Vec::new(),
    };
    let mut labels = labels.into_iter();
    for excerpt in &excerpts {
        let snippet = Snippet::source(&*excerpt.text).path(&*name).line_start(excerpt.line);
        let spans = excerpt.spans.iter().zip(labels.by_ref());
        group =
            group.element(snippet.annotations(
                spans.map(|(span, (kind, label))| kind.span(span.clone()).label(label)),
            ));
    }
    if excerpts.is_empty() {
        group = group.element(Title::NOTE.message(format!("in {name}")));
    }
    for help in &diagnostic.help {
        group = group.element(Title::HELP.message(escaped_line(help)));
    }
    let mut text = renderer.render(&[group]);
    // Columns are those of the source, not of what is shown of it.
    let mut from = text.find('\n').unwrap_or(0);
    for (line, column, shown) in excerpts.iter().map(|it| it.place) {
        let wrong = format!("{name}:{line}:{shown}");
        if let Some(at) = text[from..].find(&wrong).map(|at| from + at) {
            let right = format!("{name}:{line}:{column}");
            text.replace_range(at..at + wrong.len(), &right);
            from = at + right.len();
        }
    }
    text
}

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

/// The word of `known` that `word` was probably meant to be, if one is near.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_few(word, known).first().copied()
}

/// Up to three words of `known` that `word` may be meant to be, nearest first.
pub fn nearest_few<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut near: Vec<(f64, &str)> = known
        .into_iter()
        .filter(|candidate| may_be_near(word, candidate))
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

/// Whether two words are so alike in length that one may be meant by the other: as many
/// letters as one is longer are wrong in any case. Nobody mistypes a word of a hundred.
pub fn may_be_near(word: &str, candidate: &str) -> bool {
    const LONGEST: usize = 100;
    if word.len().max(candidate.len()) > 4 * LONGEST {
        return false;
    }
    let (a, b) = (word.chars().count(), candidate.chars().count());
    a.max(b) <= LONGEST && a.min(b) * 5 >= a.max(b) * 3
}

/// A whole number with commas: 1,234,567.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
