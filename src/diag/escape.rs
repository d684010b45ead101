//! Text that does nothing to a terminal or a page but to be read.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character is not seen but does something: it controls the terminal or
/// turns the direction of what stands around it.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text with unseen characters as escapes, such as `\u{1b}`; line breaks and tabs
/// stay.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // A line break of Windows is a line break.
        if c == '\r' && rest.peek() == Some(&'\n') {
            continue;
        }
        push_escaped(&mut out, c);
    }
    Cow::Owned(out)
}

/// As [`escaped`], in one line.
pub fn escaped_line(text: &str) -> Cow<'_, str> {
    match escaped(text) {
        text if text.contains('\n') => Cow::Owned(text.replace('\n', "\\n")),
        text => text,
    }
}

/// JSON in which unseen characters are escapes too: they can only stand in its texts.
pub fn escaped_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_escaped(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Appends a character, or its escape.
pub(super) fn push_escaped(out: &mut String, c: char) {
    if is_escaped(c) {
        let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
    } else {
        out.push(c);
    }
}

fn is_escaped(c: char) -> bool {
    is_unseen(c) && !matches!(c, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_escaped() {
        assert_eq!(escaped("plain\ttext\r\nשלום"), "plain\ttext\nשלום");
        let hostile = "\u{1b}]0;x\u{7}\r\u{9b}1m\u{202e}a\u{2066}\u{200f}\u{61c}\u{7f}";
        let shown = escaped(hostile);
        assert_eq!(shown, r"\u{1b}]0;x\u{7}\u{d}\u{9b}1m\u{202e}a\u{2066}\u{200f}\u{61c}\u{7f}");
        assert_eq!(escaped_line("a\nb"), r"a\nb");
        let json = serde_json::json!({ "title": hostile }).to_string();
        let escaped = escaped_json(&json);
        assert!(!escaped.chars().any(is_unseen), "{escaped}");
        let read: serde_json::Value = serde_json::from_str(&escaped).unwrap();
        assert_eq!(read["title"], hostile);
    }
}
