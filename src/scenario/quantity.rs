//! Numbers that may be drawn per replicate, and the bounds of every number.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::Spanned;
use toml::de::DeValue;

use super::read::{At, Table, Value, kind_of};
use crate::diag::{Diagnostic, Span};
use crate::stats::Distribution;

/// What a number may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    low: f64,
    low_open: bool,
    high: f64,
    words: &'static str,
}

impl Bounds {
    pub(crate) const ANY: Self = Self::new(f64::MIN, false, f64::MAX, "finite");
    pub(crate) const NOT_NEGATIVE: Self = Self::new(0.0, false, f64::MAX, "0 or more");
    pub(crate) const POSITIVE: Self = Self::new(0.0, true, f64::MAX, "more than 0");
    pub(crate) const SHARE: Self = Self::new(0.0, false, 1.0, "between 0 and 1");
    pub(crate) const HOURS: Self = Self::new(0.0, false, 24.0, "between 0 and 24");
    pub(crate) const LATITUDE: Self = Self::new(-90.0, false, 90.0, "between -90 and 90 degrees");
    pub(crate) const LONGITUDE: Self =
        Self::new(-180.0, false, 180.0, "between -180 and 180 degrees");
    pub(crate) const COUNT: Self = Self::new(0.0, false, 10_000_000.0, "between 0 and 10,000,000");
    pub(crate) const KM: Self =
        Self::new(-20_000.0, false, 20_000.0, "between -20,000 and 20,000 km");

    const fn new(low: f64, low_open: bool, high: f64, words: &'static str) -> Self {
        Self {
            low,
            low_open,
            high,
            words,
        }
    }

    fn holds(&self, x: f64) -> bool {
        x.is_finite() && (x > self.low || (!self.low_open && x == self.low)) && x <= self.high
    }
}

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
        let numbers = |n: usize| json_schema!({ "type": "array", "items": { "type": "number" }, "minItems": n, "maxItems": n });
        json_schema!({
            "description": "A number, or a distribution from which each replicate draws one.",
            "oneOf": [
                { "type": "number" },
                { "type": "object", "properties": { "uniform": numbers(2) }, "required": ["uniform"], "additionalProperties": false, "description": "[low, high]" },
                { "type": "object", "properties": { "triangular": numbers(3) }, "required": ["triangular"], "additionalProperties": false, "description": "[low, mode, high]" },
                { "type": "object", "properties": { "normal": numbers(2), "within": numbers(2) }, "required": ["normal", "within"], "additionalProperties": false, "description": "[mean, standard deviation], cut to within = [low, high]" },
                { "type": "object", "properties": { "lognormal": numbers(2), "within": numbers(2) }, "required": ["lognormal", "within"], "additionalProperties": false, "description": "[median, standard deviation of the logarithm], cut to within = [low, high]" },
                { "type": "object", "properties": { "choice": { "type": "array", "items": { "type": "number" }, "minItems": 1 }, "weights": { "type": "array", "items": { "type": "number", "minimum": 0 } } }, "required": ["choice"], "additionalProperties": false, "description": "one of the numbers, evenly or by weights" }
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
                read.map_or_else(Self::placeholder, Self)
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
        if !names.is_empty()
            || table
                .spans()
                .keys()
                .all(|key| ["within", "weights"].contains(&key))
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
            let key = if table.spans().has("weights") {
                "weights"
            } else {
                "choice"
            };
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
            [mean, sd] if sd > 0.0 => Some(Distribution::Normal {
                mean,
                sd,
                low,
                high,
            }),
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
            Some(Distribution::Lognormal {
                median,
                sigma,
                low,
                high,
            })
        }
        _ => wrong(
            "lognormal",
            "needs a median and a deviation, both above 0",
            "write lognormal = [median, standard deviation of the logarithm], both above 0, within = [0 or more, high]",
        ),
    }
}

impl Table<'_> {
    /// A number within bounds, which must be there.
    pub(crate) fn number(&mut self, key: &'static str, bounds: Bounds) -> f64 {
        let value = self.req(key);
        self.bounded(key, value, (value, value), bounds)
    }

    /// A number within bounds, or `default`.
    pub(crate) fn number_or(&mut self, key: &'static str, default: f64, bounds: Bounds) -> f64 {
        self.number_opt(key, bounds).unwrap_or(default)
    }

    /// A number within bounds, if written.
    pub(crate) fn number_opt(&mut self, key: &'static str, bounds: Bounds) -> Option<f64> {
        let value: f64 = self.opt(key)?;
        Some(self.bounded(key, value, (value, value), bounds))
    }

    /// A quantity whose whole support is within bounds, which must be there.
    pub(crate) fn quantity(&mut self, key: &'static str, bounds: Bounds) -> Quantity {
        let value: Quantity = self.req(key);
        let support = value.0.support();
        self.bounded(key, value, support, bounds)
    }

    /// A quantity whose whole support is within bounds, if written.
    pub(crate) fn quantity_opt(&mut self, key: &'static str, bounds: Bounds) -> Option<Quantity> {
        let value: Quantity = self.opt(key)?;
        let support = value.0.support();
        Some(self.bounded(key, value, support, bounds))
    }

    /// Quantities by name, such as `{ tank = 3 }`, each within bounds.
    pub(crate) fn quantities(
        &mut self,
        key: &'static str,
        bounds: Bounds,
    ) -> std::collections::BTreeMap<String, Quantity> {
        let map = self.or(key, Default::default());
        self.each_bounded(key, map, bounds)
    }

    /// As [`Self::quantities`], which must be there.
    pub(crate) fn quantities_req(
        &mut self,
        key: &'static str,
        bounds: Bounds,
    ) -> std::collections::BTreeMap<String, Quantity> {
        let map = self.req(key);
        self.each_bounded(key, map, bounds)
    }

    fn each_bounded(
        &self,
        key: &'static str,
        map: std::collections::BTreeMap<String, Quantity>,
        bounds: Bounds,
    ) -> std::collections::BTreeMap<String, Quantity> {
        for (name, quantity) in &map {
            let span = self.spans().inner(key, name);
            self.judge(key, span, quantity.0.support(), bounds);
        }
        map
    }

    fn bounded<T>(
        &self,
        key: &'static str,
        value: T,
        (low, high): (f64, f64),
        bounds: Bounds,
    ) -> T {
        if self.spans().has(key) {
            self.judge(key, self.spans().of(key), (low, high), bounds);
        }
        value
    }

    fn judge(&self, key: &'static str, span: Span, (low, high): (f64, f64), bounds: Bounds) {
        if (bounds.holds(low) && bounds.holds(high)) || !self.sink().was_read(&span) {
            return;
        }
        let found = if low == high {
            format!("this is {low}")
        } else {
            format!("this runs from {low} to {high}")
        };
        let message = format!("`{key}` of {} must be {}", self.name(), bounds.words);
        let diagnostic = Diagnostic::error(span, message).label(found);
        let swapped = key == "lat" && low.abs() <= 180.0;
        self.sink().push(diagnostic.help(if swapped {
            "are `lat` and `lon` swapped?".to_owned()
        } else if bounds == Bounds::SHARE && low >= 2.0 && high <= 100.0 {
            "write percent as a share: 95 % is 0.95".to_owned()
        } else if low == high {
            format!("write a value {}", bounds.words)
        } else {
            format!(
                "choose the numbers so that every value drawn is {}",
                bounds.words
            )
        }));
    }
}
