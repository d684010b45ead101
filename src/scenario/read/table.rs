//! A table, read key by key.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::{Sink, Spans, Value, Whole, Written, kind_of, word};
use crate::diag::{Diagnostic, Span, nearest};
use crate::scenario::bounds::Bounds;
use crate::scenario::gone::instead_of;
use crate::scenario::refer::Kind;

/// The most tables of one kind. Each rule is held against each.
fn most_tables(key: &str) -> usize {
    if key == "rule" { 1_000 } else { 10_000 }
}

/// Keys that have no source of their own.
pub(crate) const UNSOURCED: [&str; 5] = ["id", "kind", "title", "source", "sources"];

/// A key, and what its numbers may be.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    name: &'static str,
    bounds: Option<Bounds>,
}

impl From<&'static str> for Key {
    fn from(name: &'static str) -> Self {
        Self { name, bounds: None }
    }
}

impl From<(&'static str, Bounds)> for Key {
    fn from((name, bounds): (&'static str, Bounds)) -> Self {
        Self { name, bounds: Some(bounds) }
    }
}

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

    pub(crate) fn spans(&self) -> &Spans {
        &self.spans
    }

    /// The written value of `key`, if any; from now on `key` is a known key.
    pub(crate) fn raw(&mut self, key: &'static str) -> Option<&'d Written<'d>> {
        self.asked.push(key);
        self.table.get(key)
    }

    /// The value of `key`, which must be there.
    pub(crate) fn req<T: Value>(&mut self, key: impl Into<Key>) -> T {
        let key = key.into();
        self.opt(key).unwrap_or_else(|| {
            self.sink.push(self.missing::<T>(key.name));
            T::placeholder()
        })
    }

    fn missing<T: Value>(&self, key: &str) -> Diagnostic {
        let (whole, header) = (self.spans.header().is_empty(), self.spans.header());
        if whole && T::SECTION {
            return Diagnostic::whole_file(format!("the file has no [{key}]"))
                .help(format!("add [{key}] with {}", T::EXPECTED));
        }
        let diagnostic = if whole {
            Diagnostic::whole_file(format!("the file has no `{key}`"))
        } else {
            let message = format!("{} has no `{key}`", self.name);
            Diagnostic::error(header, message).label("in this table")
        };
        diagnostic.help(format!("add `{key} = …`: {}", T::EXPECTED))
    }

    /// The value of `key`, if it is written.
    pub(crate) fn opt<T: Value>(&mut self, key: impl Into<Key>) -> Option<T> {
        let key = key.into();
        let at = At { bounds: key.bounds, ..self.at(key.name) };
        self.raw(key.name).map(|value| T::read(value, &at))
    }

    /// The value of `key`, or `default`.
    pub(crate) fn or<T: Value>(&mut self, key: impl Into<Key>, default: T) -> T {
        self.opt(key).unwrap_or(default)
    }

    /// The array of tables at `key`, which messages call `name`; those that cannot be read
    /// are left out.
    pub(crate) fn tables<T: Whole>(&mut self, key: &'static str, name: &'static str) -> Vec<T> {
        let Some(value) = self.raw(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.sink.push(
                Diagnostic::error(value.span(), format!("`{key}` must be an array of tables"))
                    .label(format!("this is {}", kind_of(value.get_ref())))
                    .help(format!("write {name} with two pairs of brackets")),
            );
            self.sink.lose(key, id_of(value));
            return Vec::new();
        };
        let most = most_tables(key);
        if let Some(item) = items.get(most) {
            let message = format!("the file has {} {name} tables", items.len());
            self.sink.push(
                Diagnostic::error(item.span(), message)
                    .label("the first that is not read")
                    .help(format!("at most {most} of this kind are read: leave some out")),
            );
        }
        let read = items.iter().take(most).filter_map(|item| {
            let table = match item.get_ref() {
                DeValue::Table(inner) => T::whole(Table::new(inner, item.span(), name, self.sink)),
                other => {
                    self.sink.push(
                        Diagnostic::error(item.span(), format!("`{key}` must be a table"))
                            .label(format!("this is {}", kind_of(other)))
                            .help(format!("write {name} on a line of its own, its keys below")),
                    );
                    None
                }
            };
            if table.is_none() {
                self.sink.lose(key, id_of(item));
            }
            table
        });
        read.collect()
    }

    /// The place of `key`.
    pub(crate) fn at(&self, key: &'static str) -> At<'d> {
        At { table: self.name, key, bounds: None, each: false, sink: self.sink }
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
        for (key, value) in self.table.iter() {
            let word = key.get_ref().as_ref();
            if self.asked.contains(&word) {
                continue;
            }
            if self.took(key.span(), word, value) {
                continue;
            }
            self.sink.error(key.span(), |span| {
                let message = format!("{name} has no key `{word}`");
                if let Some(instead) = instead_of(self.name, word) {
                    return Diagnostic::error(span, message).label("a key that went").help(instead);
                }
                let diagnostic = Diagnostic::error(span, message).label("unknown key");
                did_you_mean(diagnostic, word, self.asked.iter().copied())
            });
        }
        self.sourced_keys();
        self.spans
    }

    /// Whether a key is a list of tables of the file that stands below this table's header and
    /// so belongs to it. That is said once; nobody who names one of the list is at fault.
    fn took(&self, span: Span, word: &str, value: &Written<'_>) -> bool {
        let of_tables = |items: &DeArray<'_>| items.iter().all(|it| it.get_ref().is_table());
        let (Some(kind), DeValue::Array(items)) = (Kind::of_key(word), value.get_ref()) else {
            return false;
        };
        if items.is_empty() || !of_tables(items) {
            return false;
        }
        for item in items.iter() {
            self.sink.lose(kind.key(), id_of(item));
        }
        let message = format!("`{word} = […]` stands below {} and so belongs to it", self.name);
        let label = "in TOML, a key belongs to the table above it";
        let help = format!(
            "move the list up, above the first line of the file that begins with `[`, or write \
             each of its tables as [[{word}]]"
        );
        self.sink.push(Diagnostic::error(span, message).label(label).help(help));
        true
    }

    /// `sources` may name only keys of its table.
    fn sourced_keys(&self) {
        if !self.asked.contains(&"sources") {
            return;
        }
        let Some(DeValue::Table(sources)) = self.table.get("sources").map(Spanned::get_ref) else {
            return;
        };
        let known = || {
            let asked = self.asked.iter().copied();
            asked.filter(|key| !UNSOURCED.contains(key))
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

/// The id of a table that could not be read, as far as it is one.
fn id_of(item: &Written<'_>) -> String {
    let table = item.get_ref().as_table();
    let id = table.and_then(|table| table.get("id"));
    let id = id.and_then(|id| id.get_ref().as_str());
    id.unwrap_or_default().to_owned()
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
    /// What its numbers may be.
    pub(crate) bounds: Option<Bounds>,
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

    /// That the value is of another kind than what is expected.
    pub(crate) fn unlike(&self, value: &Written<'_>, expected: &str) -> Diagnostic {
        Diagnostic::error(value.span(), format!("{} must be {expected}", self.name()))
            .label(format!("this is {}", kind_of(value.get_ref())))
    }

    /// The stand-in for a value of another kind than `T`, which is told.
    pub(crate) fn instead<T: Value>(&self, value: &Written<'_>) -> T {
        self.expected(value.span(), T::EXPECTED, &kind_of(value.get_ref()));
        T::placeholder()
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
