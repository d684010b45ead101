//! The lines of a text that a diagnostic shows, and where they stand.

use std::ops::Range;

use super::escape::push_escaped;
use super::{Source, Span};

/// So much of a line is shown before and after what is underlined, in bytes.
const BESIDE: usize = 400;
/// Of a longer stretch only the first line is underlined, in bytes.
const LONGEST: usize = 4000;
/// Places farther apart than this are shown apart, in bytes.
const APART: usize = 64_000;

/// A place in a text that only moves on, so that many places are found in one pass.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1, column: 1 }
    }

    /// Line and column of a byte offset, both from 1; columns count characters.
    /// Going back means to begin again.
    pub(super) fn line_column(&mut self, offset: usize) -> (usize, usize) {
        let offset = floor(self.text, offset);
        if offset < self.at {
            *self = Self::new(self.text);
        }
        let passed = self.text.get(self.at..offset).unwrap_or_default();
        if let Some(last) = passed.rfind('\n') {
            self.line += breaks(passed);
            self.column = 1 + passed[last + 1..].chars().count();
        } else {
            self.column += passed.chars().count();
        }
        self.at = offset;
        (self.line, self.column)
    }
}

/// Lines of a source with what is underlined in them, unseen characters as escapes.
pub(super) struct Excerpt {
    pub(super) text: String,
    /// The number of its first line.
    pub(super) line: usize,
    /// Where the underlined places stand in it.
    pub(super) spans: Vec<Span>,
    /// Line of the first place, and its column in the source and in the excerpt.
    pub(super) place: (usize, usize, usize),
}

impl Excerpt {
    /// Of the first place, and of the second one too where that is near.
    pub(super) fn of(source: &Source, places: &[&Span], cursor: &mut Cursor<'_>) -> Vec<Self> {
        let places: Vec<Span> = places.iter().map(|it| shown(it, &source.text)).collect();
        let start = places.iter().map(|it| it.start).min().unwrap_or(0);
        let end = places.iter().map(|it| it.end).max().unwrap_or(0);
        if end - start <= APART {
            return vec![Self::around(source, places, cursor)];
        }
        let each = places.into_iter();
        each.map(|place| Self::around(source, vec![place], cursor)).collect()
    }

    fn around(source: &Source, places: Vec<Span>, cursor: &mut Cursor<'_>) -> Self {
        let text = source.text.as_str();
        let first = places.first().cloned().unwrap_or(0..0);
        let (line, column) = cursor.line_column(first.start);
        let whole = lines(text, &places);
        let mut spans: Vec<Span> = places.iter().map(|_| 0..0).collect();
        let mut out = String::with_capacity(whole.len() + 16);
        let mut rest = text[whole.clone()].char_indices().peekable();
        let mut mark = |at: usize, out: &String| {
            for (span, place) in spans.iter_mut().zip(&places) {
                if place.start == at {
                    span.start = out.len();
                }
                if place.end == at {
                    span.end = out.len();
                }
            }
        };
        while let Some((at, c)) = rest.next() {
            mark(whole.start + at, &out);
            if c == '\r' && rest.peek().is_some_and(|(_, next)| *next == '\n') {
                out.push(c);
            } else {
                push_escaped(&mut out, c);
            }
        }
        mark(whole.end, &out);
        let shown = spans.first().map_or(0, |it| it.start);
        let from = out[..shown].rfind('\n').map_or(0, |at| at + 1);
        Self {
            line: line - breaks(&text[whole.start..first.start]),
            place: (line, column, out[from..shown].chars().count() + 1),
            text: out,
            spans,
        }
    }
}

/// The lines that places stand in, long ones cut.
fn lines(text: &str, places: &[Span]) -> Range<usize> {
    let start = places.iter().map(|it| it.start).min().unwrap_or(0);
    let end = places.iter().map(|it| it.end).max().unwrap_or(0);
    let near = floor(text, start.saturating_sub(BESIDE));
    let from = text[near..start].rfind('\n').map_or(near, |at| near + at + 1);
    let far = floor(text, end.saturating_add(BESIDE));
    let to = text[end..far].find('\n').map_or(far, |at| end + at + 1);
    from..to
}

/// A place that can be underlined: within the text, at characters, and of a long one
/// the first line.
fn shown(span: &Span, text: &str) -> Span {
    let start = floor(text, span.start);
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    if end - start > LONGEST {
        let cut = floor(text, start + LONGEST);
        end = text[start..cut].find('\n').map_or(cut, |at| start + at);
    }
    start..end
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn breaks(text: &str) -> usize {
    text.bytes().filter(|it| *it == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_in_any_order() {
        let text = "ab\ncé\r\n\nx";
        let mut cursor = Cursor::new(text);
        let places: Vec<_> = [0, 1, 3, 4, 5, 6, 9, 2, 100].map(|at| cursor.line_column(at)).into();
        let right = [(1, 1), (1, 2), (2, 1), (2, 2), (2, 2), (2, 3), (4, 1), (1, 3), (4, 2)];
        assert_eq!(places, right);
    }

    #[test]
    fn a_long_line_is_cut_and_keeps_its_column() {
        let text = format!("a\n{}bad{}\nb", "x".repeat(9000), "y".repeat(9000));
        let source = Source::new("f", text);
        let span = 9002..9005;
        let mut cursor = Cursor::new(&source.text);
        let excerpts = Excerpt::of(&source, &[&span], &mut cursor);
        let [it] = excerpts.as_slice() else { unreachable!("one place") };
        assert!(it.text.len() < 1000 && it.line == 2);
        assert_eq!(&it.text[it.spans[0].clone()], "bad");
        assert_eq!(it.place, (2, 9001, BESIDE + 1));
    }
}
