//! Numbers that may be drawn per replicate.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::json;
use toml::Spanned;
use toml::de::DeValue;

use super::bounds::{Bounds, COST, FIGURE};
use super::read::{At, Table, Value, kind_of};
use crate::diag::Diagnostic;
use crate::stats::Distribution;

/// A number, or a distribution from which each replicate draws one.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity(pub Distribution);

impl Quantity {
    /// A plain number.
    pub fn fixed(value: f64) -> Self {
        Self(Distribution::Fixed(value))
    }
}

impl JsonSchema for Quantity {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Quantity".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Self::schema_within(&FIGURE)
    }
}

impl Quantity {
    /// The schema of quantities whose whole support is within bounds.
    pub(crate) fn schema_within(bounds: &Bounds) -> Schema {
        let number = |bounds: &Bounds| {
            let mut number = json!({ "type": "number" });
            number.as_object_mut().into_iter().for_each(|it| bounds.state(it));
            number
        };
        let list = |n: usize, bounds: &Bounds| json!({ "type": "array", "items": number(bounds), "minItems": n, "maxItems": n });
        let (ends, shape) = (|n| list(n, bounds), list(2, &FIGURE));
        let weight = number(&COST);
        json_schema!({
            "description": format!("A number, or a distribution from which each replicate draws one: {bounds}."),
            "oneOf": [
                number(bounds),
                { "type": "object", "properties": { "uniform": ends(2) }, "required": ["uniform"], "additionalProperties": false, "description": "[low, high]" },
                { "type": "object", "properties": { "triangular": ends(3) }, "required": ["triangular"], "additionalProperties": false, "description": "[low, mode, high]" },
                { "type": "object", "properties": { "normal": shape, "within": ends(2) }, "required": ["normal", "within"], "additionalProperties": false, "description": "[mean, standard deviation], cut to within = [low, high]" },
                { "type": "object", "properties": { "lognormal": shape, "within": ends(2) }, "required": ["lognormal", "within"], "additionalProperties": false, "description": "[median, standard deviation of the logarithm], cut to within = [low, high]" },
                { "type": "object", "properties": { "choice": { "type": "array", "items": number(bounds), "minItems": 1 }, "weights": { "type": "array", "items": weight } }, "required": ["choice"], "additionalProperties": false, "description": "one of the numbers, evenly or by weights" }
            ]
        })
    }
}

impl Value for Quantity {
    const EXPECTED: &'static str = "a number, or a distribution such as { triangular = [1, 2, 4] }";

    fn placeholder() -> Self {
        Self::fixed(0.0)
    }

    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
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
            other => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(other));
                Self::placeholder()
            }
        }
    }
}

fn distribution(table: &mut Table<'_>, at: &At<'_>) -> Option<Distribution> {
    let uniform: Option<Vec<f64>> = table.opt("uniform");
    let triangular: Option<Vec<f64>> = table.opt("triangular");
    let normal: Option<Vec<f64>> = table.opt("normal");
    let lognormal: Option<Vec<f64>> = table.opt("lognormal");
    let choice: Option<Vec<f64>> = table.opt("choice");
    let within: Option<Vec<f64>> = table.opt("within");
    let weights: Option<Vec<f64>> = table.opt("weights");
    let header = table.spans().header();
    let written = [&uniform, &triangular, &normal, &lognormal, &choice];
    let names: Vec<&str> = ["uniform", "triangular", "normal", "lognormal", "choice"]
        .into_iter()
        .filter(|name| table.spans().has(name))
        .collect();
    if names.len() != 1 || written.iter().all(|it| it.is_none()) {
        // A misspelt name is reported as an unknown key.
        if !names.is_empty() || table.spans().keys().all(|key| ["within", "weights"].contains(&key))
        {
            let found = match names.as_slice() {
                [] => "names no distribution".to_owned(),
                several => format!("is several distributions: {}", several.join(" and ")),
            };
            at.wrong(
                header,
                found,
                "write one of uniform, triangular, normal, lognormal or choice",
            );
        }
        return None;
    }
    let wrong = |key: &str, needs: &str, help: &str| {
        let span = table.spans().of(key);
        // A number that could not be read is reported already.
        if at.sink.was_read(&span) {
            let message = format!("`{key}` in `{}` of {} {needs}", at.key, at.table);
            at.sink.push(Diagnostic::error(span, message).help(help));
        }
        None
    };
    if within.is_some() && normal.is_none() && lognormal.is_none() {
        return wrong(
            "within",
            "has nothing to cut",
            "`within` belongs to normal and lognormal; leave it out here",
        );
    }
    if weights.is_some() && choice.is_none() {
        return wrong(
            "weights",
            "has nothing to weigh",
            "`weights` belongs to choice; leave it out here",
        );
    }
    if let Some(it) = uniform {
        return match it[..] {
            [low, high] if low <= high => Some(Distribution::Uniform { low, high }),
            _ => wrong(
                "uniform",
                "needs two numbers, the low end first",
                "write uniform = [low, high] with low at most high",
            ),
        };
    }
    if let Some(it) = triangular {
        return match it[..] {
            [low, mode, high] if low <= mode && mode <= high => {
                Some(Distribution::Triangular { low, mode, high })
            }
            _ => wrong(
                "triangular",
                "needs three numbers in rising order",
                "write triangular = [low, mode, high] in rising order",
            ),
        };
    }
    if let Some(it) = choice {
        let weights = weights.unwrap_or_else(|| vec![1.0; it.len()]);
        let total: f64 = weights.iter().sum();
        if it.is_empty()
            || weights.len() != it.len()
            || weights.iter().any(|w| *w < 0.0)
            || total <= 0.0
        {
            let key = if table.spans().has("weights") { "weights" } else { "choice" };
            return wrong(
                key,
                if key == "choice" {
                    "is an empty list"
                } else {
                    "needs a weight for each number, not all of them 0"
                },
                "write choice = [a, b, …], and weights = [1, 2, …] of the same length, none negative",
            );
        }
        return Some(Distribution::choice(it, &weights));
    }
    let Some(within) = within else {
        at.wrong(
            header,
            "has no ends",
            "add within = [low, high]: the whole support of a distribution is checked",
        );
        return None;
    };
    let (low, high) = match within[..] {
        [low, high] if low < high => (low, high),
        _ => {
            return wrong(
                "within",
                "needs two numbers, the low end first",
                "write within = [low, high] with low below high",
            );
        }
    };
    if let Some(it) = normal {
        return match it[..] {
            [mean, sd] if sd > 0.0 => Some(Distribution::Normal { mean, sd, low, high }),
            _ => wrong(
                "normal",
                "needs a mean and a deviation above 0",
                "write normal = [mean, standard deviation], the deviation above 0",
            ),
        };
    }
    let it = lognormal?;
    match it[..] {
        [median, sigma] if median > 0.0 && sigma > 0.0 && low >= 0.0 => {
            Some(Distribution::Lognormal { median, sigma, low, high })
        }
        _ => wrong(
            "lognormal",
            "needs a median and a deviation, both above 0",
            "write lognormal = [median, standard deviation of the logarithm], both above 0, within = [0 or more, high]",
        ),
    }
}
