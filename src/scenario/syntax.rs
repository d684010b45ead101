//! Mistakes of TOML itself, in words that say what to do.

use toml::Spanned;
use toml::de::{DeTable, Error};

use crate::diag::{Diagnostic, Span};

/// Of a longer text than this only the first mistake is looked for, in bytes.
const LONG: usize = 1024 * 1024;
/// More mistakes than this are not told.
const MOST: usize = 10_000;

/// The document of a text, and what of it is no TOML. Of a long text it is the first
/// mistake alone, for there may be as many as letters.
pub(super) fn parsed(text: &str) -> (Spanned<DeTable<'_>>, Vec<Diagnostic>) {
    if text.len() > LONG
        && let Err(error) = DeTable::parse(text)
    {
        let nothing = Spanned::new(0..0, DeTable::new());
        return (nothing, mistakes(&[error], text));
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    (document, mistakes(&errors, text))
}

/// The parser's findings, as far as one does not merely follow from another:
/// the first of a line, and none after a list that is not closed.
fn mistakes(errors: &[Error], text: &str) -> Vec<Diagnostic> {
    if errors.is_empty() {
        return Vec::new();
    }
    let mut out: Vec<Diagnostic> = Vec::new();
    let mut last_line = None;
    let breaks: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    for error in errors {
        let Some(span) = error.span() else {
            let message = format!("not TOML: {}", first_line(error.message()));
            out.push(Diagnostic::whole_file(message).help("see https://toml.io for the syntax"));
            continue;
        };
        let before = text.get(..span.start).unwrap_or(text);
        let line = breaks.partition_point(|at| *at < before.len());
        if last_line == Some(line) {
            continue;
        }
        last_line = Some(line);
        let unclosed = error.message().contains("between array elements")
            && before.ends_with('\n')
            && starts_a_line_of_its_own(&text[before.len()..]);
        if unclosed {
            out.push(
                Diagnostic::error(
                    visible(span, text),
                    "not TOML: the list before this is not closed",
                )
                .label("not an element of it")
                .help("end the list with `]`"),
            );
            break;
        }
        out.push(mistake(error.message(), visible(span, text), text));
        if out.len() == MOST {
            break;
        }
    }
    out
}

/// A header, or a key and its value: nothing that stands in a list.
fn starts_a_line_of_its_own(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let key = line.split('=').next().unwrap_or_default().trim();
    let bare = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    line.starts_with("[[") || (line.contains('=') && !key.is_empty() && key.chars().all(bare))
}

fn mistake(message: &str, span: Span, text: &str) -> Diagnostic {
    let word = text.get(span.clone()).unwrap_or_default();
    let first = first_line(message);
    let bare = word.starts_with(char::is_alphabetic)
        && word.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    let invalid_value = ["must be quoted", "invalid boolean", "invalid float"];
    let error = |message: String| Diagnostic::error(span.clone(), format!("not TOML: {message}"));
    if bare && invalid_value.iter().any(|it| first.contains(it)) {
        return error("a text needs quotes".into())
            .label("a bare word")
            .help(format!("write \"{word}\""));
    }
    if first.contains("duplicate key") {
        return error(format!("`{word}` is written twice"))
            .label("the second time")
            .help("leave one of the two out; another entry of a table starts with its own [[…]]");
    }
    if first.contains("basic string") || first.contains("literal string") {
        return error("this text is not well closed".into())
            .label("here")
            .help("begin and end it with the same quote, on one line; write \\\\ for a backslash");
    }
    if first.contains("key with no value") {
        return error("a key without a value".into())
            .label("`=` is missing")
            .help("write KEY = VALUE");
    }
    if first.contains("array table") || first.contains("unclosed table") {
        return error("this header is not closed".into())
            .label("here")
            .help("write [[name]] for an entry of a list, [time] for the one table of its kind");
    }
    if first.contains("invalid date") {
        return error(format!("`{word}` is no date of the calendar"))
            .label("here")
            .help("check the day and the month; a date is year-month-day, such as 2018-05-31");
    }
    let expected = message.split_once("expected ").map(|(_, it)| it);
    error(first.to_owned())
        .label(match expected {
            Some(expected) => format!("here, {expected} was expected"),
            None => "here".to_owned(),
        })
        .help("see https://toml.io for the syntax")
}

/// The part before what was expected.
fn first_line(message: &str) -> &str {
    let line = message.lines().next().unwrap_or_default();
    line.split(", expected ").next().unwrap_or_default()
}

/// An empty span grows by the letter after it, at the end of a line by the one
/// before it.
fn visible(span: Span, text: &str) -> Span {
    let start = span.start.min(text.trim_end().len());
    if !span.is_empty() && start == span.start {
        return span;
    }
    let next = text[start..].chars().next().filter(|c| !c.is_whitespace());
    match (next, text[..start].chars().next_back()) {
        (Some(next), _) => start..start + next.len_utf8(),
        (None, Some(previous)) => start - previous.len_utf8()..start,
        (None, None) => span,
    }
}
