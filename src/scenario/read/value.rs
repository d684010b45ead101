//! Values, each read from TOML with its own message.

use std::collections::BTreeMap;

use time::{Date, Month};
use toml::Spanned;
use toml::de::DeValue;

use super::At;
use crate::diag::{Diagnostic, nearest};
use crate::scenario::bounds::Bounds;

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
                at.wrong(value.span(), "is empty", "write something between the quotes");
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
            Some(it) if it.is_finite() => {
                Bounds::judge(at, value.span(), (it, it));
                it
            }
            Some(_) => {
                at.wrong(value.span(), "is not a finite number", "write a finite number");
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
            (DeValue::Integer(_), Some(it)) if it >= 0.0 => {
                Bounds::judge(at, value.span(), (it, it));
                it as u32
            }
            (DeValue::Integer(_) | DeValue::Float(_), Some(it)) => {
                let found = match it {
                    it if it < 0.0 => "negative",
                    it if it.fract() > 0.0 => "not whole",
                    _ => "written with a point",
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
                format!("{} must be {}", at.name(), Self::EXPECTED),
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
            at.wrong(value.span(), "is no date of the calendar", "check the day and the month");
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
            DeValue::Array(items) => {
                let each = at.element();
                items.iter().map(|item| T::read(item, &each)).collect()
            }
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
        at.expected(value.span(), "one of the known words", &kind_of(value.get_ref()));
        return None;
    };
    if let Some((_, it)) = words.iter().find(|(word, _)| *word == text.as_ref()) {
        return Some(*it);
    }
    at.sink.error(value.span(), |span| {
        let list = known().collect::<Vec<_>>().join(", ");
        let message = format!("{} cannot be \"{text}\"", at.name());
        let diagnostic = Diagnostic::error(span, message).label("unknown word");
        match nearest(text, known()) {
            Some(near) => diagnostic.help(format!("did you mean \"{near}\"? (one of {list})")),
            None => diagnostic.help(format!("one of {list}")),
        }
    });
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
