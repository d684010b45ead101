//! Printing: results to standard output, all else to standard error. A closed
//! pipe is no error.
//!
//! Everything passes here, and what is not seen but does something to a terminal leaves
//! as an escape: texts of files and names of paths are other people's.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};

use crate::diag::{escaped, escaped_json};

/// Prints a text and a line break to standard output.
pub(super) fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{}", escaped(text)).and_then(|()| out.flush());
}

/// Prints a value and a line break to standard output.
pub(super) fn say_json(value: &serde_json::Value) {
    say(&escaped_json(&value.to_string()));
}

/// Prints a text and a line break to standard error; colours of ours stay where
/// there are colours.
pub(super) fn complain(text: &str) {
    let text = text.trim_end();
    if !text.is_empty() {
        let text = if colour_stderr() { coloured(text) } else { escaped(text) };
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }
}

/// Prints what clap says of a command line: help to standard output, mistakes to
/// standard error.
pub(super) fn usage(error: &clap::Error) {
    let text = error.render();
    if !error.use_stderr() {
        // Help and version are ours.
        let _ = error.print();
    } else if colour_stderr() {
        complain(&text.ansi().to_string());
    } else {
        complain(&text.to_string());
    }
}

/// With escapes, but for codes that set a colour, underline or embolden.
fn coloured(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        let (before, code) = rest.split_at(at);
        out.push_str(&escaped(before));
        let numbers = code[2..].find(|c: char| !c.is_ascii_digit() && c != ';');
        let end = numbers.map_or(code.len(), |at| at + 2);
        let ours = code[end..].starts_with('m') && code[2..end].split(';').all(is_colour);
        let length = if ours { end + 1 } else { 1 };
        let (code, after) = code.split_at(length);
        if ours {
            out.push_str(code);
        } else {
            out.push_str(&escaped(code));
        }
        rest = after;
    }
    out.push_str(&escaped(rest));
    Cow::Owned(out)
}

/// Plain, bold, underlined, or a colour of the text.
fn is_colour(number: &str) -> bool {
    matches!(number.parse(), Ok(0_u8 | 1 | 4 | 22 | 24 | 30..=37 | 39 | 90..=97))
}

/// Whether standard error takes colours: a terminal, and no `NO_COLOR`.
pub(super) fn colour_stderr() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty())
}

/// "2 errors, 1 warning".
pub(super) fn counts(errors: usize, warnings: usize) -> String {
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (errors, warnings) {
        (_, 0) => count(errors, "error"),
        (0, _) => count(warnings, "warning"),
        _ => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_stay_and_nothing_else_does() {
        let red = "\u{1b}[1m\u{1b}[91merror\u{1b}[0m: ש\n\tdone";
        assert_eq!(coloured(red), red);
        let hostile = "\u{1b}[8mhidden\u{1b}[2J\u{1b}]0;t\u{7}\u{9b}1m\u{1b}[";
        let shown = r"\u{1b}[8mhidden\u{1b}[2J\u{1b}]0;t\u{7}\u{9b}1m\u{1b}[";
        assert_eq!(coloured(hostile), shown);
    }
}
