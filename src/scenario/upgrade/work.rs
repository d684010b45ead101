//! A text being converted: changes of single places, and what is said of each. All else
//! stays as it is, comments, order and layout.

use std::collections::BTreeMap;

use super::entry::Entry;
use crate::diag::Span;

/// How a comment begins that its author has to answer.
const DECIDE: &str = "# DECIDE: ";
/// Letters of a line of comment.
const WIDTH: usize = 92;

/// Something that was done to a file to convert it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The line in the file as it was, from 1.
    pub line: usize,
    /// The table: `[[conduct]] "reds"`.
    pub place: String,
    /// What was done, or what is to be decided.
    pub what: String,
    /// Whether only the author can decide it; a comment in the file says so too.
    pub decide: bool,
}

/// A text being converted.
pub(super) struct Work<'d> {
    text: &'d str,
    /// Where each line begins.
    lines: Vec<usize>,
    /// What stands instead of a stretch of the text.
    edits: Vec<(Span, String)>,
    /// Tables in braces of which keys come or go, by where they begin.
    braces: BTreeMap<usize, Braces>,
    changes: Vec<Change>,
}

/// A table in braces, anew.
struct Braces {
    span: Span,
    /// By where a key stands, and what is written after it: its old stretch, or new text;
    /// none if it goes.
    parts: BTreeMap<(usize, bool), Vec<Part>>,
}

enum Part {
    Kept(Span),
    New(String),
}

impl<'d> Work<'d> {
    pub(super) fn new(text: &'d str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            lines: std::iter::once(0).chain(breaks).collect(),
            edits: Vec::new(),
            braces: BTreeMap::new(),
            changes: Vec::new(),
        }
    }

    /// Says what becomes of a place.
    fn say(&mut self, at: usize, entry: &Entry<'_>, what: String, decide: bool) {
        let line = self.lines.partition_point(|start| *start <= at);
        self.changes.push(Change { line, place: entry.called(), what, decide });
    }

    /// Says something of a key that is told of with others.
    pub(super) fn note_at(&mut self, entry: &Entry<'_>, key: &str, what: impl Into<String>) {
        let at = entry.place(key).map_or(entry.span().start, |(key, _)| key.start);
        self.say(at, entry, what.into(), false);
    }

    /// Writes another value to a key.
    pub(super) fn replace(&mut self, entry: &Entry<'_>, key: &str, new: &str, why: &str) {
        let Some((at, value)) = entry.place(key) else { return };
        let old = entry.value(key).unwrap_or_default();
        if !entry.is_plain(key) {
            self.decide(entry, key, &format!("write `{key} = {new}`: {why}"));
            return;
        }
        self.keep_comments(&at, &value);
        self.edits.push((value, new.to_owned()));
        self.say(at.start, entry, format!("`{key}` = {new}, was {old}: {why}"), false);
    }

    /// Comments within a value that is written anew stand above its key from now on.
    fn keep_comments(&mut self, key: &Span, value: &Span) {
        let within = self.text[value.clone()].lines();
        let comments = within.filter_map(|line| line.trim().split_once('#'));
        // A sign in a text is no comment.
        let comments = comments.filter(|(before, _)| before.matches('"').count() % 2 == 0);
        let (start, indent, newline) =
            (self.line_start(key.start), self.indent(key.start), self.newline());
        let lines: String =
            comments.map(|(_, comment)| format!("{indent}# {}{newline}", comment.trim())).collect();
        if !lines.is_empty() {
            self.edits.push((start..start, lines));
        }
    }

    /// Takes a key away; the comment behind it stays, as a line of its own.
    pub(super) fn remove(&mut self, entry: &Entry<'_>, key: &str, why: &str) {
        let Some((at, _)) = entry.place(key) else { return };
        let old = entry.value(key).unwrap_or_default();
        if !entry.is_plain(key) {
            self.decide(entry, key, &format!("leave `{key}` out: {why}"));
            return;
        }
        self.instead(entry, key, &[]);
        self.say(at.start, entry, format!("`{key}` goes, was {old}: {why}"), false);
    }

    /// Writes keys below another one, each as `key = value`.
    pub(super) fn insert(&mut self, entry: &Entry<'_>, below: &str, new: &str, why: &str) {
        let Some((at, value)) = entry.place(below) else { return };
        if entry.is_inline() {
            let new = Part::New(new.to_owned());
            self.braces_of(entry).parts.entry((at.start, true)).or_default().push(new);
        } else {
            let (end, indent) = (self.after(value.end), self.indent(at.start));
            let (before, after) = self.line_breaks(end);
            self.edits.push((end..end, format!("{before}{indent}{new}{after}")));
        }
        self.say(at.start, entry, format!("`{new}` is new: {why}"), false);
    }

    /// Writes other keys in place of one, each as `key = value`; says nothing.
    pub(super) fn instead(&mut self, entry: &Entry<'_>, key: &str, new: &[String]) {
        let Some((at, value)) = entry.place(key) else { return };
        if entry.is_inline() {
            let new = new.iter().map(|new| Part::New(new.clone())).collect();
            self.braces_of(entry).parts.insert((at.start, false), new);
            return;
        }
        let (start, end) = (self.line_start(at.start), self.after(value.end));
        // What was to change within goes with it.
        self.edits
            .retain(|(span, _)| span.is_empty() || span.start < at.start || span.end > value.end);
        let (indent, rest) = (self.indent(at.start), &self.text[value.end..end]);
        let mut lines: Vec<String> = new.iter().map(|new| format!("{indent}{new}")).collect();
        match (lines.last_mut(), rest.trim()) {
            (_, "") => {}
            (Some(last), _) => last.push_str(rest.trim_end()),
            (None, comment) => {
                let old = self.text[at.start..value.end].replace(['\n', '\r'], " ");
                lines.push(format!("{indent}# {old}   {comment}"));
            }
        }
        let newline = self.newline();
        let lines: String = lines.iter().map(|line| format!("{line}{newline}")).collect();
        self.edits.push((start..end, lines));
    }

    /// Marks what only the author can decide: in the file, above the key, and in words.
    pub(super) fn decide(&mut self, entry: &Entry<'_>, above: &str, what: &str) {
        let at = entry.place(above).map_or(entry.span().start, |(key, _)| key.start);
        let start = self.line_start(if entry.is_inline() { entry.span().start } else { at });
        let indent = self.indent(start);
        let (first, next) = (format!("{indent}{DECIDE}"), format!("{indent}#   "));
        let options = textwrap::Options::new(WIDTH)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .initial_indent(&first)
            .subsequent_indent(&next);
        let newline = self.newline();
        let lines: String =
            textwrap::wrap(what, options).iter().map(|line| format!("{line}{newline}")).collect();
        self.edits.push((start..start, lines));
        self.say(at, entry, what.to_owned(), true);
    }

    fn braces_of(&mut self, entry: &Entry<'_>) -> &mut Braces {
        self.braces.entry(entry.span().start).or_insert_with(|| {
            let places = entry.keys().into_iter().filter_map(|key| entry.place(key));
            let parts = places.map(|(key, value)| {
                let part = Part::Kept(key.start..value.end);
                ((key.start, false), vec![part])
            });
            Braces { span: entry.span(), parts: parts.collect() }
        })
    }

    fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// What goes before and after a line that is written at `at`, the end of another.
    fn line_breaks(&self, at: usize) -> (&'static str, &'static str) {
        match self.text[..at].ends_with('\n') {
            true => ("", self.newline()),
            false => (self.newline(), ""),
        }
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |before| before + 1)
    }

    /// The beginning of the line after the one of `at`.
    fn after(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |next| at + next + 1)
    }

    /// The blanks that the line of `at` begins with.
    fn indent(&self, at: usize) -> &'d str {
        let line = &self.text[self.line_start(at)..];
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }

    /// The text with every change made, and what was said, line by line.
    pub(super) fn finish(mut self) -> (String, Vec<Change>) {
        let mut braces: Vec<Braces> = std::mem::take(&mut self.braces).into_values().collect();
        // Those within others first.
        braces.sort_by_key(|it| it.span.len());
        for it in braces {
            let parts: Vec<String> = it
                .parts
                .into_values()
                .flatten()
                .map(|part| match part {
                    Part::Kept(span) => self.applied(span),
                    Part::New(text) => text,
                })
                .collect();
            self.applied(it.span.clone());
            let text = match parts.is_empty() {
                true => "{}".to_owned(),
                false => format!("{{ {} }}", parts.join(", ")),
            };
            self.edits.push((it.span, text));
        }
        let text = self.applied(0..self.text.len());
        self.changes.sort_by_key(|change| change.line);
        (text, self.changes)
    }

    /// A stretch of the text with the changes within it, which are done with then.
    fn applied(&mut self, span: Span) -> String {
        let within = |edit: &(Span, String)| edit.0.start >= span.start && edit.0.end <= span.end;
        let (mut own, others) =
            std::mem::take(&mut self.edits).into_iter().partition::<Vec<_>, _>(within);
        self.edits = others;
        own.sort_by_key(|(span, _)| (span.start, span.end));
        let (mut out, mut at) = (String::new(), span.start);
        for (edited, new) in own {
            if edited.start >= at {
                out.push_str(&self.text[at..edited.start]);
                out.push_str(&new);
                at = edited.end;
            }
        }
        out.push_str(&self.text[at..span.end]);
        out
    }
}
