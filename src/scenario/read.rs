//! Reading tables of the parsed document key by key.
//!
//! Every getter reports what is wrong and returns a placeholder, so that one
//! pass finds every mistake; a file with an error is never used.

use std::cell::RefCell;
use std::collections::BTreeMap;

use time::{Date, Month};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diag::{Diagnostic, Diagnostics, Span, nearest};

/// Where diagnostics are gathered while a file is read.
#[derive(Debug)]
pub(crate) struct Sink<'d> {
    text: &'d str,
    found: RefCell<Diagnostics>,
}

impl<'d> Sink<'d> {
    pub(crate) fn new(text: &'d str) -> Self {
        Self {
            text,
            found: RefCell::default(),
        }
    }

    pub(crate) fn push(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    pub(crate) fn into_inner(self) -> Diagnostics {
        self.found.into_inner()
    }
}

/// Where a table and its values stand in the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spans {
    header: Span,
    keys: BTreeMap<String, Vec<Span>>,
}

impl Spans {
    /// The table's header, or the whole of an inline table.
    pub fn header(&self) -> Span {
        self.header.clone()
    }

    /// The value of `key`; the header if it is not written.
    pub fn of(&self, key: &str) -> Span {
        self.keys
            .get(key)
            .and_then(|spans| spans.first())
            .cloned()
            .unwrap_or_else(|| self.header.clone())
    }

    /// The `index`-th element of the list at `key`.
    pub fn item(&self, key: &str, index: usize) -> Span {
        self.keys
            .get(key)
            .and_then(|spans| spans.get(index + 1))
            .cloned()
            .unwrap_or_else(|| self.of(key))
    }

    /// Whether `key` is written.
    pub fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// The keys written, in alphabetical order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str)
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
        for (key, value) in table.iter() {
            let mut spans = vec![value.span()];
            if let DeValue::Array(items) = value.get_ref() {
                spans.extend(items.iter().map(Spanned::span));
            }
            keys.insert(key.get_ref().to_string(), spans);
        }
        Self {
            table,
            name,
            asked: Vec::new(),
            spans: Spans { header: span, keys },
            sink,
        }
    }

    pub(crate) fn sink(&self) -> &'d Sink<'d> {
        self.sink
    }

    pub(crate) fn spans(&self) -> &Spans {
        &self.spans
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
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
                let header = self.spans.header();
                self.sink.push(
                    Diagnostic::error(header, format!("{} has no `{key}`", self.name))
                        .label("here")
                        .help(format!("add `{key} = …` ({})", T::EXPECTED)),
                );
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
        At {
            table: self.name,
            key,
            sink: self.sink,
        }
    }

    /// The table's `id`: lower-case letters, digits and hyphens.
    pub(crate) fn id(&mut self) -> String {
        let id: String = self.req("id");
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !id.is_empty() && !id.chars().all(fits) {
            let mend: String = id
                .to_lowercase()
                .chars()
                .map(|c| if fits(c) { c } else { '-' })
                .collect();
            self.at("id").wrong(
                self.spans.of("id"),
                "may hold only a–z, 0–9 and hyphens",
                format!("write \"{mend}\""),
            );
        }
        id
    }

    /// The table's `kind`. After an unknown one the other keys cannot be judged.
    pub(crate) fn kind(&mut self, kinds: &[&'static str]) -> Option<&'static str> {
        let Some(value) = self.raw("kind") else {
            self.sink.push(
                Diagnostic::error(self.spans.header(), format!("{} has no `kind`", self.name))
                    .label("here")
                    .help(format!("add kind = one of \"{}\"", kinds.join("\", \""))),
            );
            return None;
        };
        let words: Vec<(&'static str, &'static str)> =
            kinds.iter().map(|kind| (*kind, *kind)).collect();
        word(value, &self.at("kind"), &words)
    }

    /// Reports keys nobody asked for and gives the spans.
    pub(crate) fn finish(self) -> Spans {
        for (key, _) in self.table.iter() {
            let word = key.get_ref().as_ref();
            if self.asked.iter().any(|asked| *asked == word) {
                continue;
            }
            let mut diagnostic =
                Diagnostic::error(key.span(), format!("{} has no key `{word}`", self.name))
                    .label("unknown key");
            diagnostic = match nearest(word, self.asked.iter().copied()) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => {
                    let mut known = self.asked.clone();
                    known.sort_unstable();
                    known.dedup();
                    diagnostic.help(format!("known keys: {}", known.join(", ")))
                }
            };
            self.sink.push(diagnostic);
        }
        self.spans
    }
}

/// The place of a value: what messages call it.
pub(crate) struct At<'d> {
    pub(crate) table: &'static str,
    pub(crate) key: &'static str,
    pub(crate) sink: &'d Sink<'d>,
}

impl At<'_> {
    pub(crate) fn expected(&self, span: Span, expected: &str, found: &str) {
        self.sink.push(
            Diagnostic::error(
                span,
                format!("`{}` of {} must be {expected}", self.key, self.table),
            )
            .label(format!("this is {found}")),
        );
    }

    pub(crate) fn wrong(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.sink.push(
            Diagnostic::error(
                span,
                format!("`{}` of {} {}", self.key, self.table, message.into()),
            )
            .help(help),
        );
    }
}

/// A value that can be read from TOML.
pub(crate) trait Value: Sized {
    /// What a message says is expected.
    const EXPECTED: &'static str;
    /// Stands in for a value that could not be read.
    fn placeholder() -> Self;
    /// Reads it; what is wrong goes to the sink.
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self;
}

/// What a value is called in messages.
pub(crate) fn kind_of(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(_) => "a text".into(),
        DeValue::Integer(_) | DeValue::Float(_) => "a number".into(),
        DeValue::Boolean(_) => "true or false".into(),
        DeValue::Datetime(_) => "a date".into(),
        DeValue::Array(_) => "a list".into(),
        DeValue::Table(_) => "a table".into(),
    }
}

impl Value for String {
    const EXPECTED: &'static str = "a text in quotes";
    fn placeholder() -> Self {
        Self::new()
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                at.wrong(
                    value.span(),
                    "is empty",
                    "write a text, or leave the key out",
                );
                Self::new()
            }
            DeValue::String(text) => text.to_string(),
            other => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(other));
                Self::new()
            }
        }
    }
}

impl Value for bool {
    const EXPECTED: &'static str = "true or false";
    fn placeholder() -> Self {
        false
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::Boolean(it) => *it,
            other => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(other));
                false
            }
        }
    }
}

/// A finite number as written, without bounds.
pub(crate) fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(it) => {
            let text = it.as_str().replace('_', "");
            match it.radix() {
                10 => text.parse::<f64>().ok(),
                radix => i64::from_str_radix(&text, radix).ok().map(|n| n as f64),
            }
        }
        DeValue::Float(it) => it.as_str().replace('_', "").parse::<f64>().ok(),
        _ => None,
    }
}

impl Value for f64 {
    const EXPECTED: &'static str = "a number";
    fn placeholder() -> Self {
        0.0
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        match number(value.get_ref()) {
            Some(it) if it.is_finite() => it,
            Some(_) => {
                at.wrong(
                    value.span(),
                    "is not a finite number",
                    "write a finite number",
                );
                0.0
            }
            None => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(value.get_ref()));
                0.0
            }
        }
    }
}

/// A whole number of at least 0.
impl Value for u32 {
    const EXPECTED: &'static str = "a whole number, 0 or more";
    fn placeholder() -> Self {
        0
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        match (value.get_ref(), number(value.get_ref())) {
            (DeValue::Integer(_), Some(it)) if it >= 0.0 && it <= f64::from(u32::MAX) => it as u32,
            (DeValue::Integer(_) | DeValue::Float(_), Some(it)) => {
                let found = if it < 0.0 {
                    "negative"
                } else {
                    "not a whole number in range"
                };
                at.expected(value.span(), Self::EXPECTED, found);
                0
            }
            (other, _) => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(other));
                0
            }
        }
    }
}

impl Value for Date {
    const EXPECTED: &'static str = "a date, such as 2018-05-31";
    fn placeholder() -> Self {
        Self::MIN
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let DeValue::Datetime(written) = value.get_ref() else {
            let mut diagnostic = Diagnostic::error(
                value.span(),
                format!("`{}` of {} must be {}", at.key, at.table, Self::EXPECTED),
            )
            .label(format!("this is {}", kind_of(value.get_ref())));
            if value.get_ref().is_str() {
                diagnostic = diagnostic.help("write the date without quotes");
            }
            at.sink.push(diagnostic);
            return Self::placeholder();
        };
        let Some(date) = written.date else {
            at.expected(value.span(), Self::EXPECTED, "a time of day");
            return Self::placeholder();
        };
        if written.time.is_some() {
            at.wrong(
                value.span(),
                "has a time of day",
                "write the date alone: everything is in days",
            );
            return Self::placeholder();
        }
        let read = Month::try_from(date.month)
            .ok()
            .and_then(|month| Date::from_calendar_date(i32::from(date.year), month, date.day).ok());
        read.unwrap_or_else(|| {
            at.wrong(
                value.span(),
                "is no date of the calendar",
                "check the day and the month",
            );
            Self::placeholder()
        })
    }
}

impl<T: Value> Value for Vec<T> {
    const EXPECTED: &'static str = "a list in brackets";
    fn placeholder() -> Self {
        Self::new()
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| T::read(item, at)).collect(),
            other => {
                at.sink.push(
                    Diagnostic::error(
                        value.span(),
                        format!("`{}` of {} must be {}", at.key, at.table, Self::EXPECTED),
                    )
                    .label(format!("this is {}", kind_of(other)))
                    .help(format!(
                        "write `{} = [ … ]`, each {}",
                        at.key,
                        T::EXPECTED
                    )),
                );
                Self::new()
            }
        }
    }
}

impl<T: Value> Value for BTreeMap<String, T> {
    const EXPECTED: &'static str = "a table in braces";
    fn placeholder() -> Self {
        Self::new()
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::Table(table) => table
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), T::read(value, at)))
                .collect(),
            other => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(other));
                Self::new()
            }
        }
    }
}

/// Reads one of a fixed set of words.
pub(crate) fn word<T: Copy>(
    value: &Spanned<DeValue<'_>>,
    at: &At<'_>,
    words: &[(&'static str, T)],
) -> Option<T> {
    let known = || words.iter().map(|(word, _)| *word);
    let DeValue::String(text) = value.get_ref() else {
        at.expected(
            value.span(),
            "one of the known words",
            &kind_of(value.get_ref()),
        );
        return None;
    };
    if let Some((_, it)) = words.iter().find(|(word, _)| *word == text.as_ref()) {
        return Some(*it);
    }
    let list = known().collect::<Vec<_>>().join(", ");
    let mut diagnostic = Diagnostic::error(
        value.span(),
        format!("`{}` of {} cannot be \"{text}\"", at.key, at.table),
    )
    .label("unknown word");
    diagnostic = match nearest(text, known()) {
        Some(near) => diagnostic.help(format!("did you mean \"{near}\"? (one of {list})")),
        None => diagnostic.help(format!("one of {list}")),
    };
    at.sink.push(diagnostic);
    None
}

/// A value kept as written, to be put into another place of the file.
impl Value for toml_edit::Value {
    const EXPECTED: &'static str = "a value";
    fn placeholder() -> Self {
        Self::from(false)
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let text = at.sink.text.get(value.span()).unwrap_or_default();
        text.parse().unwrap_or_else(|_| {
            at.expected(value.span(), Self::EXPECTED, "not one");
            Self::placeholder()
        })
    }
}
