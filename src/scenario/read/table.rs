//! A table, read key by key.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Sink, Spans, Value, word};
use crate::diag::{Diagnostic, Span, nearest};

/// A table being read.
pub(crate) struct Table<'d> {
    table: &'d DeTable<'d>,
    /// What messages call this table: `[[clause]]`.
    name: &'static str,
    asked: Vec<&'static str>,
    spans: Spans,
    sink: &'d Sink<'d>,
}

impl<'d> Table<'d> {
    pub(crate) fn new(
        table: &'d DeTable<'d>,
        span: Span,
        name: &'static str,
        sink: &'d Sink<'d>,
    ) -> Self {
        let mut keys = BTreeMap::new();
        let mut entries = BTreeMap::new();
        for (key, value) in table.iter() {
            let mut spans = vec![value.span()];
            match value.get_ref() {
                DeValue::Array(items) => spans.extend(items.iter().map(Spanned::span)),
                DeValue::Table(inner) => {
                    entries.extend(inner.iter().map(|(inner, value)| {
                        let names = (key.get_ref().to_string(), inner.get_ref().to_string());
                        (names, (inner.span(), value.span()))
                    }));
                }
                _ => {}
            }
            keys.insert(key.get_ref().to_string(), spans);
        }
        Self { table, name, asked: Vec::new(), spans: Spans { header: span, keys, entries }, sink }
    }

    pub(crate) fn sink(&self) -> &'d Sink<'d> {
        self.sink
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn spans(&self) -> &Spans {
        &self.spans
    }

    /// The written value of `key`, if any; from now on `key` is a known key.
    pub(crate) fn raw(&mut self, key: &'static str) -> Option<&'d Spanned<DeValue<'d>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    /// The value of `key`, which must be there.
    pub(crate) fn req<T: Value>(&mut self, key: &'static str) -> T {
        match self.raw(key) {
            Some(value) => T::read(value, &self.at(key)),
            None => {
                let diagnostic = match self.spans.header() {
                    header if header.is_empty() => {
                        Diagnostic::whole_file(format!("the file has no `{key}`"))
                    }
                    header => {
                        let message = format!("{} has no `{key}`", self.name);
                        Diagnostic::error(header, message).label("in this table")
                    }
                };
                self.sink.push(diagnostic.help(format!("add `{key} = …`: {}", T::EXPECTED)));
                T::placeholder()
            }
        }
    }

    /// The value of `key`, if it is written.
    pub(crate) fn opt<T: Value>(&mut self, key: &'static str) -> Option<T> {
        self.raw(key).map(|value| T::read(value, &self.at(key)))
    }

    /// The value of `key`, or `default`.
    pub(crate) fn or<T: Value>(&mut self, key: &'static str, default: T) -> T {
        self.opt(key).unwrap_or(default)
    }

    pub(crate) fn at(&self, key: &'static str) -> At<'d> {
        At { table: self.name, key, each: false, sink: self.sink }
    }

    /// The table's `id`: lower-case letters, digits and hyphens.
    pub(crate) fn id(&mut self) -> String {
        let id: String = self.req("id");
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !id.is_empty() && !id.chars().all(fits) {
            let right: String =
                id.to_lowercase().chars().map(|c| if fits(c) { c } else { '-' }).collect();
            self.at("id").wrong(
                self.spans.of("id"),
                "may hold only a–z, 0–9 and hyphens",
                format!("write \"{right}\""),
            );
        }
        id
    }

    /// The table's `kind`. After an unknown one the other keys cannot be judged.
    pub(crate) fn kind(&mut self, kinds: &[&'static str]) -> Option<&'static str> {
        let Some(value) = self.raw("kind") else {
            self.sink.push(
                Diagnostic::error(self.spans.header(), format!("{} has no `kind`", self.name))
                    .label("in this table")
                    .help(format!("add kind = one of \"{}\"", kinds.join("\", \""))),
            );
            return None;
        };
        let words: Vec<(&'static str, &'static str)> =
            kinds.iter().map(|kind| (*kind, *kind)).collect();
        word(value, &self.at("kind"), &words)
    }

    /// The spans alone: for a table whose other keys another reader asks for.
    pub(crate) fn into_spans(self) -> Spans {
        self.spans
    }

    /// Reports keys nobody asked for and gives the spans.
    pub(crate) fn finish(self) -> Spans {
        let kind = self.table.get("kind").and_then(|kind| kind.get_ref().as_str());
        let name = match kind.filter(|_| self.asked.contains(&"kind")) {
            Some(kind) => format!("{} of kind \"{kind}\"", self.name),
            None => self.name.to_owned(),
        };
        for (key, _) in self.table.iter() {
            let word = key.get_ref().as_ref();
            if self.asked.contains(&word) {
                continue;
            }
            self.sink.error(key.span(), |span| {
                let message = format!("{name} has no key `{word}`");
                let diagnostic = Diagnostic::error(span, message).label("unknown key");
                did_you_mean(diagnostic, word, self.asked.iter().copied())
            });
        }
        self.sourced_keys();
        self.spans
    }

    /// `sources` may name only keys of its table.
    fn sourced_keys(&self) {
        if !self.asked.contains(&"sources") {
            return;
        }
        let Some(DeValue::Table(sources)) = self.table.get("sources").map(Spanned::get_ref) else {
            return;
        };
        let unsourced = ["id", "kind", "title", "source", "sources"];
        let known = || {
            let asked = self.asked.iter().copied();
            asked.filter(|key| !unsourced.contains(key))
        };
        for (key, _) in sources.iter() {
            let word = key.get_ref().as_ref();
            if known().any(|known| known == word) {
                continue;
            }
            let diagnostic = Diagnostic::error(
                key.span(),
                format!("`sources` names `{word}`, which is no key of {}", self.name),
            )
            .label("no such key to give a source for");
            self.sink.push(did_you_mean(diagnostic, word, known()));
        }
    }
}

/// With the nearest key, or else with all of them.
fn did_you_mean<'k>(
    diagnostic: Diagnostic,
    word: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Diagnostic {
    if let Some(near) = nearest(word, known.clone()) {
        return diagnostic.help(format!("did you mean `{near}`?"));
    }
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    diagnostic.help(format!("known keys: {}", known.join(", ")))
}

/// The place of a value: what messages call it.
pub(crate) struct At<'d> {
    pub(crate) table: &'static str,
    pub(crate) key: &'static str,
    /// Whether the value is an element of the list at `key`.
    pub(super) each: bool,
    pub(crate) sink: &'d Sink<'d>,
}

impl<'d> At<'d> {
    /// What messages call the value.
    pub(crate) fn name(&self) -> String {
        let each = if self.each { "each element of " } else { "" };
        format!("{each}`{}` of {}", self.key, self.table)
    }

    /// The place of an element of a list.
    pub(super) fn element(&self) -> Self {
        Self { each: true, ..*self }
    }

    pub(crate) fn expected(&self, span: Span, expected: &str, found: &str) {
        self.sink.error(span, |span| {
            let message = format!("{} must be {expected}", self.name());
            let diagnostic = Diagnostic::error(span, message).label(format!("this is {found}"));
            if found == "a text" && !expected.contains("quotes") {
                return diagnostic.help("write it without quotes, if it is one");
            }
            diagnostic
        });
    }

    pub(crate) fn wrong(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.sink.error(span, |span| {
            let message = format!("{} {}", self.name(), message.into());
            Diagnostic::error(span, message).help(help)
        });
    }
}
