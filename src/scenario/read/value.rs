//! Values, each read from TOML with its own message.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use time::{Date, Month};
use toml::Spanned;
use toml::de::DeValue;

use super::At;
use crate::diag::{Diagnostic, nearest};
use crate::model::Words;
use crate::scenario::bounds::{Bounds, plain};
use crate::scenario::refer::{Place, Reference, Wanted};
use crate::scenario::schema::Schemas;

/// A value of the file, with where it stands.
pub(crate) type Written<'d> = Spanned<DeValue<'d>>;

/// A value that can be read from TOML.
pub(crate) trait Value: Sized {
    /// What a message says is expected.
    const EXPECTED: &'static str;
    /// Whether it holds numbers, which have bounds.
    const BOUNDED: bool = false;
    /// Whether it is a table with a header of its own.
    const SECTION: bool = false;

    /// Stands in for a value that could not be read.
    fn placeholder() -> Self;
    /// Reads it; what is wrong goes to the sink.
    fn read(value: &Written<'_>, at: &At<'_>) -> Self;
    /// Its JSON Schema; numbers within bounds.
    fn schema(schemas: &mut Schemas, bounds: Option<Bounds>) -> Json;
    /// As the schema writes a default; null for what has none there.
    fn json(&self) -> Json {
        Json::Null
    }
    /// What it lacks where it must say something.
    fn lacks(&self) -> Option<Wanted> {
        None
    }
    /// Finds the ids that it names.
    fn refer<'s>(&'s self, _: Place<'s>, _: &mut Vec<Reference<'s>>) {}
    /// How many numbers of it are drawn per replicate.
    fn drawn(&self) -> u64 {
        0
    }
    /// Finds the ids that a list of them names.
    fn refer_each<'s>(items: &'s [Self], place: Place<'s>, found: &mut Vec<Reference<'s>>) {
        for (index, item) in items.iter().enumerate() {
            item.refer(place.item(index), found);
        }
    }
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
    fn read(value: &Written<'_>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::String(text) if text.trim().is_empty() => {
                at.wrong(value.span(), "is empty", "write something between the quotes");
                Self::new()
            }
            DeValue::String(text) => text.to_string(),
            _ => at.instead(value),
        }
    }
    fn schema(_: &mut Schemas, _: Option<Bounds>) -> Json {
        json!({ "type": "string", "pattern": "\\S" })
    }
    fn refer<'s>(&'s self, place: Place<'s>, found: &mut Vec<Reference<'s>>) {
        found.extend(place.to(self, None));
    }
    /// Each of a list, and none of them twice.
    fn refer_each<'s>(items: &'s [Self], place: Place<'s>, found: &mut Vec<Reference<'s>>) {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, id) in items.iter().enumerate() {
            let earlier = *first.entry(id).or_insert(index);
            let again = (earlier < index).then(|| place.item(earlier).span());
            found.extend(place.item(index).to(id, again));
        }
    }
}

impl Value for bool {
    const EXPECTED: &'static str = "true or false";
    fn placeholder() -> Self {
        false
    }
    fn read(value: &Written<'_>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::Boolean(it) => *it,
            _ => at.instead(value),
        }
    }
    fn schema(_: &mut Schemas, _: Option<Bounds>) -> Json {
        json!({ "type": "boolean" })
    }
    fn json(&self) -> Json {
        json!(self)
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
    const BOUNDED: bool = true;
    fn placeholder() -> Self {
        0.0
    }
    fn read(value: &Written<'_>, at: &At<'_>) -> Self {
        match number(value.get_ref()) {
            Some(it) if it.is_finite() => {
                Bounds::judge(at, value.span(), (it, it));
                it
            }
            Some(_) => {
                at.wrong(value.span(), "is not a finite number", "write a finite number");
                0.0
            }
            None => at.instead(value),
        }
    }
    fn schema(_: &mut Schemas, bounds: Option<Bounds>) -> Json {
        Bounds::schema(bounds, "number")
    }
    fn json(&self) -> Json {
        plain(*self)
    }
}

/// A whole number of at least 0.
impl Value for u32 {
    const EXPECTED: &'static str = "a whole number, 0 or more";
    const BOUNDED: bool = true;
    fn placeholder() -> Self {
        0
    }
    fn read(value: &Written<'_>, at: &At<'_>) -> Self {
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
            _ => at.instead(value),
        }
    }
    fn schema(_: &mut Schemas, bounds: Option<Bounds>) -> Json {
        Bounds::schema(bounds, "integer")
    }
    fn lacks(&self) -> Option<Wanted> {
        (*self == 0).then_some(Wanted::Day)
    }
    fn json(&self) -> Json {
        json!(self)
    }
}

impl Value for Date {
    const EXPECTED: &'static str = "a date, such as 2018-05-31";
    fn placeholder() -> Self {
        Self::MIN
    }
    fn read(value: &Written<'_>, at: &At<'_>) -> Self {
        let DeValue::Datetime(written) = value.get_ref() else {
            let mut diagnostic = at.unlike(value, Self::EXPECTED);
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
    fn schema(_: &mut Schemas, _: Option<Bounds>) -> Json {
        json!({ "type": "string", "format": "date" })
    }
}

impl<T: Value> Value for Vec<T> {
    const EXPECTED: &'static str = "a list in brackets";
    const BOUNDED: bool = T::BOUNDED;
    fn placeholder() -> Self {
        Self::new()
    }
    fn read(value: &Written<'_>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::Array(items) => {
                let each = at.element();
                items.iter().map(|item| T::read(item, &each)).collect()
            }
            _ => {
                let help = format!("write `{} = [ … ]`, each {}", at.key, T::EXPECTED);
                at.sink.push(At { each: false, ..*at }.unlike(value, Self::EXPECTED).help(help));
                Self::new()
            }
        }
    }
    fn schema(schemas: &mut Schemas, bounds: Option<Bounds>) -> Json {
        json!({ "type": "array", "items": T::schema(schemas, bounds) })
    }
    fn json(&self) -> Json {
        self.iter().map(T::json).collect()
    }
    fn lacks(&self) -> Option<Wanted> {
        self.is_empty().then_some(Wanted::Element)
    }
    fn refer<'s>(&'s self, place: Place<'s>, found: &mut Vec<Reference<'s>>) {
        T::refer_each(self, place, found);
    }
    fn drawn(&self) -> u64 {
        self.iter().map(T::drawn).sum()
    }
}

impl<T: Value> Value for BTreeMap<String, T> {
    const EXPECTED: &'static str = "a table in braces";
    const BOUNDED: bool = T::BOUNDED;
    fn placeholder() -> Self {
        Self::new()
    }
    fn read(value: &Written<'_>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::Table(table) => table
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), T::read(value, at)))
                .collect(),
            _ => at.instead(value),
        }
    }
    fn schema(schemas: &mut Schemas, bounds: Option<Bounds>) -> Json {
        json!({ "type": "object", "additionalProperties": T::schema(schemas, bounds) })
    }
    fn json(&self) -> Json {
        json!({})
    }
    /// Its keys are of the kinds of the place, its values of those for values.
    fn refer<'s>(&'s self, place: Place<'s>, found: &mut Vec<Reference<'s>>) {
        for (key, value) in self {
            found.extend(place.inner_key(key).to(key, None));
            value.refer(place.inner(key), found);
        }
    }
    fn drawn(&self) -> u64 {
        self.values().map(T::drawn).sum()
    }
}

/// Reads one of a fixed set of words.
pub(crate) fn word<T: Copy>(
    value: &Written<'_>,
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

impl<T: Words> Value for T {
    const EXPECTED: &'static str = T::EXPECTED;
    fn placeholder() -> Self {
        T::STAND_IN
    }
    fn read(value: &Written<'_>, at: &At<'_>) -> Self {
        word(value, at, T::WORDS).unwrap_or(T::STAND_IN)
    }
    fn schema(schemas: &mut Schemas, _: Option<Bounds>) -> Json {
        schemas.words::<T>()
    }
    fn json(&self) -> Json {
        let own = T::WORDS.iter().find(|(_, value)| value == self);
        own.map_or(Json::Null, |(word, _)| json!(word))
    }
}

/// Makes a value of a type that lists its words itself.
macro_rules! words_of {
    ($kind:ty, $words:expr, $expected:literal, $stand_in:expr) => {
        const _: () = {
            use crate::scenario::read::declared::*;

            impl Value for $kind {
                const EXPECTED: &'static str = $expected;

                fn placeholder() -> Self {
                    $stand_in
                }

                fn read(value: &Written<'_>, at: &At<'_>) -> Self {
                    word(value, at, &$words).unwrap_or($stand_in)
                }

                fn schema(_: &mut Schemas, _: Option<Bounds>) -> serde_json::Value {
                    let words: Vec<&str> = $words.iter().map(|(word, _)| *word).collect();
                    serde_json::json!({ "type": "string", "enum": words })
                }

                fn json(&self) -> serde_json::Value {
                    let own = $words.into_iter().find(|(_, value)| value == self);
                    own.map_or(serde_json::Value::Null, |(word, _)| word.into())
                }
            }
        };
    };
}
pub(crate) use words_of;

/// A value kept as written, to be put into another place of the file.
impl Value for toml_edit::Value {
    const EXPECTED: &'static str = "a value";
    fn placeholder() -> Self {
        Self::from(false)
    }
    fn read(value: &Written<'_>, at: &At<'_>) -> Self {
        let text = at.sink.text.get(value.span()).unwrap_or_default();
        text.parse().unwrap_or_else(|_| {
            at.expected(value.span(), Self::EXPECTED, "not one");
            Self::placeholder()
        })
    }
    fn schema(_: &mut Schemas, _: Option<Bounds>) -> Json {
        json!({})
    }
}
