//! Numbers that may be drawn per replicate.

use serde_json::json;
use toml::de::DeValue;

use super::bounds::{Bounds, COST, FIGURE, plain};
use super::read::{At, Table, Value, Written};
use super::schema::Schemas;
use crate::diag::{Diagnostic, number};
use crate::stats::Distribution;

/// A number, or a distribution from which each replicate draws one.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity(pub Distribution);

impl Quantity {
    /// A plain number.
    pub fn fixed(value: f64) -> Self {
        Self(Distribution::Fixed(value))
    }

    /// The number, or what it is drawn from: "4", "2 to 6".
    pub fn in_words(&self) -> String {
        match &self.0 {
            Distribution::Fixed(value) => number(*value),
            drawn => {
                let (low, high) = drawn.support();
                format!("{} to {}", number(low), number(high))
            }
        }
    }
}

/// The schema of quantities whose whole support is within bounds.
fn schema_within(bounds: Bounds) -> serde_json::Value {
    let number = |bounds: Bounds| Bounds::schema(Some(bounds), "number");
    let list = |n: usize, bounds| json!({ "type": "array", "items": number(bounds), "minItems": n, "maxItems": n });
    let form = |properties: serde_json::Value, required: &[&str], description: &str| json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false, "description": description });
    let (ends, shape) = (|n| list(n, bounds), list(2, FIGURE));
    let choice = json!({ "type": "array", "items": number(bounds), "minItems": 1 });
    let weights = json!({ "type": "array", "items": number(COST) });
    json!({
        "description": format!("A number, or a distribution from which each replicate draws one: {bounds}."),
        "oneOf": [
            number(bounds),
            form(json!({ "uniform": ends(2) }), &["uniform"], "[low, high]"),
            form(json!({ "triangular": ends(3) }), &["triangular"], "[low, mode, high]"),
            form(json!({ "normal": shape, "within": ends(2) }), &["normal", "within"], "[mean, standard deviation], cut to within = [low, high]"),
            form(json!({ "lognormal": shape, "within": ends(2) }), &["lognormal", "within"], "[median, standard deviation of the logarithm], cut to within = [low, high]"),
            form(json!({ "choice": choice, "weights": weights }), &["choice"], "one of the numbers, evenly or by weights"),
        ]
    })
}

impl Value for Quantity {
    const EXPECTED: &'static str = "a number, or a distribution such as { triangular = [1, 2, 4] }";
    const BOUNDED: bool = true;

    fn placeholder() -> Self {
        Self::fixed(0.0)
    }

    fn read(value: &Written<'_>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::Integer(_) | DeValue::Float(_) => Self::fixed(f64::read(value, at)),
            DeValue::Table(table) => {
                let mut table = Table::new(table, value.span(), "a distribution", at.sink);
                let read = distribution(&mut table, at);
                table.finish();
                let Some(read) = read else {
                    return Self::placeholder();
                };
                Bounds::judge(at, value.span(), read.support());
                Self(read)
            }
            _ => at.instead(value),
        }
    }

    fn schema(schemas: &mut Schemas, bounds: Option<Bounds>) -> serde_json::Value {
        let bounds = bounds.unwrap_or(FIGURE);
        let words = bounds.to_string().replace(',', "").replace(' ', "-");
        schemas.named(&format!("Quantity-{words}"), |_| schema_within(bounds))
    }

    fn drawn(&self) -> u64 {
        let (low, high) = self.0.support();
        u64::from(low < high)
    }

    fn json(&self) -> serde_json::Value {
        match self.0 {
            Distribution::Fixed(number) => plain(number),
            _ => serde_json::Value::Null,
        }
    }
}

/// The distributions: what their numbers must be, and how they are written.
const DISTRIBUTIONS: [(&str, &str, &str); 5] = [
    (
        "uniform",
        "needs two numbers, the low end first",
        "write uniform = [low, high] with low at most high",
    ),
    (
        "triangular",
        "needs three numbers in rising order",
        "write triangular = [low, mode, high] in rising order",
    ),
    (
        "normal",
        "needs a mean and a deviation above 0",
        "write normal = [mean, standard deviation], the deviation above 0",
    ),
    (
        "lognormal",
        "needs a median and a deviation, both above 0",
        "write lognormal = [median, standard deviation of the logarithm], both above 0, within = [0 or more, high]",
    ),
    (
        "choice",
        "is an empty list",
        "write choice = [a, b, …], and weights = [1, 2, …] of the same length, none negative",
    ),
];

fn distribution(table: &mut Table<'_>, at: &At<'_>) -> Option<Distribution> {
    let numbers: [Option<Vec<f64>>; 5] = DISTRIBUTIONS.map(|(name, ..)| table.opt((name, FIGURE)));
    let within: Option<Vec<f64>> = table.opt(("within", FIGURE));
    let weights: Option<Vec<f64>> = table.opt(("weights", COST));
    let spans = table.spans();
    let mut written = DISTRIBUTIONS.iter().zip(numbers).filter_map(|it| Some((it.0, it.1?)));
    let (Some(((name, needs, help), numbers)), None) = (written.next(), written.next()) else {
        let names: Vec<&str> =
            DISTRIBUTIONS.iter().map(|it| it.0).filter(|name| spans.has(name)).collect();
        // A misspelt name is reported as an unknown key.
        if !names.is_empty() || spans.keys().all(|key| ["within", "weights"].contains(&key)) {
            let found = match names.as_slice() {
                [] => "names no distribution".to_owned(),
                several => format!("is several distributions: {}", several.join(" and ")),
            };
            let help = "write one of uniform, triangular, normal, lognormal or choice";
            at.wrong(spans.header(), found, help);
        }
        return None;
    };
    let wrong = |key: &str, needs: &str, help: &str| {
        let span = spans.of(key);
        // A number that could not be read is reported already.
        if at.sink.was_read(&span) {
            let message = format!("`{key}` in `{}` of {} {needs}", at.key, at.table);
            at.sink.push(Diagnostic::error(span, message).help(help));
        }
        None
    };
    let is_cut = ["normal", "lognormal"].contains(name);
    if within.is_some() && !is_cut {
        let help = "`within` belongs to normal and lognormal; leave it out here";
        return wrong("within", "has nothing to cut", help);
    }
    if weights.is_some() && *name != "choice" {
        let help = "`weights` belongs to choice; leave it out here";
        return wrong("weights", "has nothing to weigh", help);
    }
    let ends = match within.as_deref() {
        None if is_cut => {
            let help = "add within = [low, high]: the whole support of a distribution is checked";
            at.wrong(spans.header(), "has no ends", help);
            return None;
        }
        None => (0.0, 0.0),
        Some(&[low, high]) if low < high => (low, high),
        Some(_) => {
            let help = "write within = [low, high] with low below high";
            return wrong("within", "needs two numbers, the low end first", help);
        }
    };
    let read = match (*name, numbers.as_slice(), ends) {
        ("uniform", &[low, high], _) if low <= high => Some(Distribution::Uniform { low, high }),
        ("triangular", &[low, mode, high], _) if low <= mode && mode <= high => {
            Some(Distribution::Triangular { low, mode, high })
        }
        ("normal", &[mean, sd], (low, high)) if sd > 0.0 => {
            Some(Distribution::Normal { mean, sd, low, high })
        }
        ("lognormal", &[median, sigma], (low, high))
            if median > 0.0 && sigma > 0.0 && low >= 0.0 =>
        {
            Some(Distribution::Lognormal { median, sigma, low, high })
        }
        ("choice", ..) => {
            let even = vec![1.0; numbers.len()];
            let own = weights.as_ref().unwrap_or(&even);
            let total: f64 = own.iter().sum();
            let fit = own.len() == numbers.len() && own.iter().all(|weight| *weight >= 0.0);
            if numbers.is_empty() || !fit || total <= 0.0 {
                return match weights {
                    Some(_) => {
                        wrong("weights", "needs a weight for each number, not all of them 0", help)
                    }
                    None => wrong(name, needs, help),
                };
            }
            Some(Distribution::choice(numbers, own))
        }
        _ => None,
    };
    read.or_else(|| wrong(name, needs, help))
}
