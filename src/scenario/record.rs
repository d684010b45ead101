//! `[[record]]`: what was recorded of the real agreement, to hold beside what is
//! simulated.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use time::Date;
use toml::Spanned;
use toml::de::DeValue;

use super::bounds::{Bounds, FIGURE};
use super::read::{At, Spans, Table, Value, kind_of, number, word};
use super::source::{Confidence, Provenance};

/// In which register a figure is to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Register {
    /// What happened.
    True,
    /// What a monitor registered.
    Recorded,
    /// What a party said.
    Claimed,
}

impl Register {
    const WORDS: [(&'static str, Self); 3] =
        [("true", Self::True), ("recorded", Self::Recorded), ("claimed", Self::Claimed)];

    /// Its word in tables.
    pub fn word(self) -> &'static str {
        let found = Self::WORDS.iter().find(|(_, it)| *it == self);
        found.map_or("", |(word, _)| word)
    }
}

impl Value for Register {
    const EXPECTED: &'static str = "\"true\", \"recorded\" or \"claimed\"";
    fn placeholder() -> Self {
        Self::True
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        word(value, at, &Self::WORDS).unwrap_or_else(Self::placeholder)
    }
}

/// A recorded value: a number, or whether something was so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Figure {
    /// A number.
    Number(f64),
    /// Whether it was so.
    Event(bool),
}

impl Value for Figure {
    const EXPECTED: &'static str = "a number, or true or false";
    fn placeholder() -> Self {
        Self::Event(false)
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        if let DeValue::Boolean(it) = value.get_ref() {
            return Self::Event(*it);
        }
        match number(value.get_ref()) {
            Some(it) if it.is_finite() => {
                FIGURE.judge_own(at, value.span(), (it, it));
                Self::Number(it)
            }
            _ => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(value.get_ref()));
                Self::placeholder()
            }
        }
    }
}

impl JsonSchema for Figure {
    fn schema_name() -> Cow<'static, str> {
        "Figure".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = json_schema!({ "type": ["number", "boolean"] });
        FIGURE.state(schema.ensure_object());
        schema
    }
}

/// A dated figure of the real agreement. It changes nothing in a run: it is held
/// beside the simulated distribution of the same measure on the same day.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Record {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// The day the figure is of, within the run. The state is recorded on it
    /// too, whatever the length of a turn.
    #[schemars(with = "String", extend("format" = "date"))]
    pub date: Date,
    /// A measure of `turns`, such as "compliance" or "cap_use", or an outcome of
    /// `points` that has no date, such as "deadline_met".
    pub measure: String,
    /// What it is measured of, as in the column `subject` of `turns`; none for
    /// what belongs to the whole run.
    pub subject: Option<String>,
    /// Compared with what happened in the simulated world, with what its
    /// monitors registered or with what its parties said.
    pub register: Register,
    /// The unit, which must be the measure's own.
    pub unit: String,
    /// The value; true or false for what is a probability over replicates.
    pub value: Option<Figure>,
    /// The range, where sources give no single value.
    pub range: Option<[f64; 2]>,
    /// Whether it was looked at when the file's numbers were set.
    pub consulted: bool,
    /// How sure it is; the source's own confidence by default.
    pub confidence: Option<Confidence>,
    /// What the source counts, and how that maps onto the measure.
    pub note: Option<String>,
    /// Where the figure comes from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Record {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            date: t.req("date"),
            measure: t.req("measure"),
            subject: t.opt("subject"),
            register: t.req("register"),
            unit: t.req("unit"),
            value: t.opt("value"),
            range: t.opt::<Range>("range").map(|it| it.0),
            consulted: t.req("consulted"),
            confidence: t.opt("confidence"),
            note: t.opt("note"),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}

/// Two numbers, the first not above the second.
struct Range([f64; 2]);

impl Value for Range {
    const EXPECTED: &'static str = "two numbers, such as [0.6, 0.8]";
    fn placeholder() -> Self {
        Self([0.0, 1.0])
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let items = value.get_ref().as_array().map(|items| {
            let numbers = items.iter().filter_map(|item| number(item.get_ref()));
            (items.len(), numbers.collect::<Vec<_>>())
        });
        match items {
            Some((2, numbers)) if numbers.len() == 2 && numbers.iter().all(|it| it.is_finite()) => {
                if numbers[0] > numbers[1] {
                    at.wrong(
                        value.span(),
                        "falls from its first number to its second",
                        "write the lower end first",
                    );
                }
                Bounds::judge(at, value.span(), (numbers[0], numbers[1]));
                Self([numbers[0], numbers[1]])
            }
            _ => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(value.get_ref()));
                Self::placeholder()
            }
        }
    }
}
