//! Text that fits: cleaned, measured, wrapped, cut.

use super::font::width;
use super::theme;
pub(super) use crate::diag::grouped;
use crate::diag::is_unseen;

/// No text is looked at beyond this many characters.
const LONGEST: usize = 2000;

/// One line of plain text: what XML cannot hold, line breaks and marks that turn
/// the direction of what follows are gone; what is too long ends with an ellipsis.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(LONGEST) {
        match c {
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c if c.is_control() || c.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            // Marks of direction would also turn what stands beside the text.
            c if is_unseen(c) => {}
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

/// A text as XML holds it.
pub(super) fn escaped(text: &str) -> String {
    let text = clean(text).replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

/// The text, or as much of its beginning as fits, with an ellipsis.
pub(super) fn cut(text: &str, size: f64, bold: bool, room: f64) -> String {
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let shortened = |n: usize| {
        let head: String = chars.iter().take(n).collect();
        format!("{}…", head.trim_end())
    };
    let (mut fits, mut too_long) = (0, chars.len());
    while fits + 1 < too_long {
        let middle = usize::midpoint(fits, too_long);
        if width(&shortened(middle), size, bold) <= room {
            fits = middle;
        } else {
            too_long = middle;
        }
    }
    shortened(fits)
}

/// The text in at most `lines` lines, broken between words where it can be; the
/// last line is cut.
pub(super) fn wrap(text: &str, size: f64, bold: bool, room: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && out.len() < lines {
        if out.len() + 1 == lines || width(rest, size, bold) <= room {
            out.push(cut(rest, size, bold, room));
            break;
        }
        let mut end = 0;
        for (at, _) in rest.match_indices(' ') {
            if width(rest.get(..at).unwrap_or(""), size, bold) > room {
                break;
            }
            end = at;
        }
        if end == 0 {
            // A word wider than the line is broken where the line ends.
            let whole = cut(rest, size, bold, room);
            let kept = whole.trim_end_matches('…').len().max(1);
            end = (kept..=rest.len()).find(|n| rest.is_char_boundary(*n)).unwrap_or(rest.len());
        }
        let (line, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        out.push(line.trim().to_owned());
        rest = after.trim_start();
    }
    out
}

/// A name as sentences have it: one that is very long is cut.
pub(super) fn brief(name: &str) -> String {
    cut(&clean(name), theme::SMALL, false, 240.0)
}

/// How many more of something there are than are drawn, where there are.
pub(super) fn not_drawn(more: usize, of: &str) -> String {
    if more > 0 { format!(" Not drawn: {more} {of}.") } else { String::new() }
}

/// How many of all are shown, where there are more.
pub(super) fn first_of(shown: usize, all: usize, what: &str) -> String {
    if all > shown { format!(" The first {shown} of {all} {what}.") } else { String::new() }
}

/// Parts of a text, with something between them.
pub(super) fn joined(parts: impl IntoIterator<Item = String>, between: &str) -> String {
    parts.into_iter().collect::<Vec<_>>().join(between)
}

/// A share as whole per cent; between 0 and 100 % never said as either.
pub(super) fn percent(share: f64) -> String {
    if share.is_nan() {
        return "–".to_owned();
    }
    let rounded = (share * 100.0).round();
    if share > 0.0 && rounded < 1.0 {
        "< 1 %".to_owned()
    } else if share < 1.0 && rounded > 99.0 {
        "> 99 %".to_owned()
    } else {
        format!("{rounded:.0} %")
    }
}

/// A number with at most one digit after the point, and a true minus.
pub(super) fn number(value: f64) -> String {
    let text = if (value - value.round()).abs() < 0.05 {
        format!("{:.0}", value.round() + 0.0)
    } else {
        format!("{value:.1}")
    };
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_one_line_without_marks_of_direction() {
        assert_eq!(clean(" a\n\tb\u{202E}c\u{0}d\u{FFFF} "), "a bc d\u{FFFD}".to_owned());
    }

    #[test]
    fn a_cut_text_fits() {
        let long = "withdrawal ".repeat(30);
        let short = cut(&long, 12.0, false, 200.0);
        assert!(short.ends_with('…') && width(&short, 12.0, false) <= 200.0);
        assert_eq!(cut("abc", 12.0, false, 200.0), "abc");
    }

    #[test]
    fn wrapping_loses_nothing_that_fits() {
        let text = "one two three four five six seven eight nine ten";
        let lines = wrap(text, 12.0, true, 90.0, 9);
        assert_eq!(lines.join(" "), text);
        assert!(lines.iter().all(|l| width(l, 12.0, true) <= 90.0));
        let word = "x".repeat(300);
        let lines = wrap(&word, 12.0, true, 90.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|l| width(l, 12.0, true) <= 92.0));
        let emoji = "😀".repeat(100);
        assert_eq!(wrap(&emoji, 12.0, false, 60.0, 3).len(), 3);
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(12), "12");
        assert_eq!(percent(0.995), "> 99 %");
        assert_eq!(percent(0.001), "< 1 %");
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(number(-0.01), "0");
        assert_eq!(number(-2.5), "−2.5");
    }
}
