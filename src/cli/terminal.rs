//! Printing: results to standard output, all else to standard error. A closed
//! pipe is no error.

use std::io::{IsTerminal, Write};

/// Prints a text and a line break to standard output.
pub(super) fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Prints a text and a line break to standard error.
pub(super) fn complain(text: &str) {
    let text = text.trim_end();
    if !text.is_empty() {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }
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
