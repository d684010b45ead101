//! `[[record]]`: what was recorded of the real agreement, to hold beside what is
//! simulated.

use disengage_derive::{table, words};
use time::Date;
use toml::de::DeValue;

use super::bounds::Bounds;
use super::read::{At, Value, Written, kind_of, number};
use super::schema::Schemas;
use super::source::Confidence;

/// In which register a figure is to be compared.
#[words(stand_in = True)]
pub enum Register {
    /// What happened.
    True,
    /// What a monitor registered.
    Recorded,
    /// What a party said.
    Claimed,
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
    const BOUNDED: bool = true;
    fn placeholder() -> Self {
        Self::Event(false)
    }
    fn read(value: &Written<'_>, at: &At<'_>) -> Self {
        if let DeValue::Boolean(it) = value.get_ref() {
            return Self::Event(*it);
        }
        match number(value.get_ref()) {
            Some(it) if it.is_finite() => {
                Bounds::judge(at, value.span(), (it, it));
                Self::Number(it)
            }
            _ => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(value.get_ref()));
                Self::placeholder()
            }
        }
    }
    fn schema(_: &mut Schemas, bounds: Option<Bounds>) -> serde_json::Value {
        let mut schema = Bounds::schema(bounds, "number");
        schema["type"] = serde_json::json!(["number", "boolean"]);
        schema
    }
}

/// A dated figure of the real agreement. It changes nothing in a run: it is held
/// beside the simulated distribution of the same measure on the same day.
#[table(entry(Record), titled, sourced)]
pub struct Record {
    /// The day the figure is of, within the run. The state is recorded on it
    /// too, whatever the length of a turn.
    pub date: Date,
    /// A measure of `turns`, such as "compliance" or "cap_use", or an outcome of
    /// `points` that has no date, such as "deadline_met".
    pub measure: String,
    /// What it is measured of, as in the column `subject` of `turns`; none for
    /// what belongs to the whole run.
    pub subject: Option<String>,
    /// For what is counted by day: the days up to the date over which the figure counts it,
    /// such as 182 for violations in half a year. The unit is then that of the count.
    #[key(bounds = DAYS, some)]
    pub window_days: Option<u32>,
    /// Compared with what happened in the simulated world, with what its
    /// monitors registered or with what its parties said.
    pub register: Register,
    /// The unit, which must be the measure's own.
    pub unit: String,
    /// The value; true or false for what is a probability over replicates.
    #[key(bounds = FIGURE)]
    pub value: Option<Figure>,
    /// The range, where sources give no single value.
    #[key(bounds = FIGURE)]
    pub range: Option<[f64; 2]>,
    /// Whether it was looked at when the file's numbers were set.
    pub consulted: bool,
    /// How sure it is; the source's own confidence by default.
    pub confidence: Option<Confidence>,
    /// What the source counts, and how that maps onto the measure.
    pub note: Option<String>,
}

impl Record {
    /// The name of the measure among those of results.
    pub fn measured(&self) -> String {
        match self.window_days {
            Some(days) => crate::model::windowed(&self.measure, days),
            None => self.measure.clone(),
        }
    }
}

/// Two numbers, the first not above the second.
impl Value for [f64; 2] {
    const EXPECTED: &'static str = "two numbers, such as [0.6, 0.8]";
    const BOUNDED: bool = true;
    fn placeholder() -> Self {
        [0.0, 1.0]
    }
    fn read(value: &Written<'_>, at: &At<'_>) -> Self {
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
                [numbers[0], numbers[1]]
            }
            _ => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(value.get_ref()));
                Self::placeholder()
            }
        }
    }
    fn schema(_: &mut Schemas, bounds: Option<Bounds>) -> serde_json::Value {
        let number = Bounds::schema(bounds, "number");
        serde_json::json!({ "type": "array", "items": number, "minItems": 2, "maxItems": 2 })
    }
}
