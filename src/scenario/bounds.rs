//! What numbers of the format may be. Each key says which of these bounds it has;
//! readers and the JSON Schema both take them from there.

use std::fmt;

use serde_json::{Value, json};

use super::read::At;
use crate::diag::{Diagnostic, Span};

/// The least and the greatest value of a number. A machine bears the greatest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    low: f64,
    /// Whether `low` itself is too little.
    open: bool,
    high: f64,
    unit: &'static str,
}

const fn from(low: f64, high: f64, unit: &'static str) -> Bounds {
    Bounds { low, open: false, high, unit }
}

const fn above(low: f64, high: f64, unit: &'static str) -> Bounds {
    Bounds { open: true, ..from(low, high, unit) }
}

pub(crate) const SHARE: Bounds = from(0.0, 1.0, "");
/// A utility, a payoff, a tension.
pub(crate) const WORTH: Bounds = from(-MUCH, MUCH, "");
pub(crate) const COST: Bounds = from(0.0, MUCH, "");
/// Of a gamma distribution.
pub(crate) const SHAPE: Bounds = from(0.01, 1_000.0, "");
pub(crate) const GAIN: Bounds = above(0.0, MUCH, "");
pub(crate) const COUNT: Bounds = from(0.0, MANY, "");
pub(crate) const SOME: Bounds = above(0.0, MANY, "");
pub(crate) const FACTOR: Bounds = from(0.0, 100.0, "");
pub(crate) const A_DAY: Bounds = from(0.0, 100.0, "a day");
pub(crate) const PASSES: Bounds = above(0.0, 100.0, "a day");
pub(crate) const HOURS: Bounds = from(0.0, 24.0, "");
/// A century.
pub(crate) const DAYS: Bounds = from(0.0, 36_525.0, "days");
/// For ever, if somebody wants that.
pub(crate) const MEMORY: Bounds = from(0.0, MUCH, "days");
pub(crate) const HALF_LIFE: Bounds = above(0.0, 36_525.0, "days");
/// Less would be drawn anew without end.
pub(crate) const REGIME: Bounds = from(0.1, 36_525.0, "days");
pub(crate) const REVISIT: Bounds = from(0.01, 36_525.0, "days");
/// Half the earth's circumference.
pub(crate) const KM: Bounds = from(-20_000.0, 20_000.0, "km");
pub(crate) const LENGTH: Bounds = from(0.0, 20_000.0, "km");
pub(crate) const RADIUS: Bounds = above(0.0, 20_000.0, "km");
pub(crate) const SPEED: Bounds = above(0.0, 20_000.0, "");
pub(crate) const CALIBRE: Bounds = from(0.0, 10_000.0, "mm");
pub(crate) const LATITUDE: Bounds = from(-90.0, 90.0, "degrees");
pub(crate) const LONGITUDE: Bounds = from(-180.0, 180.0, "degrees");
pub(crate) const POINTS: Bounds = from(1.0, MUCH, "");
/// How many tables one stands for.
pub(crate) const ALIKE: Bounds = from(1.0, 10_000.0, "");
/// Any number whose unit something else says.
pub(crate) const FIGURE: Bounds = from(-1e12, 1e12, "");

const MUCH: f64 = 1_000_000.0;
const MANY: f64 = 10_000_000.0;

impl Bounds {
    fn holds(&self, x: f64) -> bool {
        x.is_finite() && (x > self.low || (!self.open && x == self.low)) && x <= self.high
    }

    /// Reports a value, or a support, that is not within the bounds of its key.
    pub(crate) fn judge(at: &At<'_>, span: Span, (low, high): (f64, f64)) {
        let Some(bounds) = at.bounds else { return };
        if (bounds.holds(low) && bounds.holds(high)) || !at.sink.was_read(&span) {
            return;
        }
        let found = if low == high {
            format!("this is {low}")
        } else {
            format!("this runs from {low} to {high}")
        };
        let message = format!("{} must be {bounds}", at.name());
        let swapped = at.key == "lat" && low.abs() <= 180.0;
        let help = if swapped {
            "are `lat` and `lon` swapped?".to_owned()
        } else if bounds == SHARE && low >= 2.0 && high <= 100.0 {
            "write percent as a share: 95 % is 0.95".to_owned()
        } else if low == high {
            format!("write a value {bounds}")
        } else {
            format!("choose the numbers so that every value drawn is {bounds}")
        };
        let diagnostic = Diagnostic::error(span, message).label(found);
        at.sink.push(diagnostic.help(help));
    }

    /// The schema of a number, or of a whole one, within the bounds.
    pub(crate) fn schema(bounds: Option<Self>, kind: &str) -> Value {
        let bounds = bounds.unwrap_or(FIGURE);
        let low = if bounds.open { "exclusiveMinimum" } else { "minimum" };
        json!({ "type": kind, low: plain(bounds.low), "maximum": plain(bounds.high) })
    }
}

/// A number of JSON, without a point where it is whole.
pub(crate) fn plain(x: f64) -> Value {
    if x.fract() == 0.0 { json!(x as i64) } else { json!(x) }
}

impl fmt::Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = (grouped(self.low), grouped(self.high));
        if self.open {
            write!(f, "more than {low} and at most {high}")?;
        } else {
            write!(f, "between {low} and {high}")?;
        }
        match self.unit {
            "" => Ok(()),
            unit => write!(f, " {unit}"),
        }
    }
}

/// With commas between thousands.
fn grouped(x: f64) -> String {
    let text = x.to_string();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    if digits.contains('.') {
        return text;
    }
    let first = (digits.len() - 1) % 3 + 1;
    let (head, rest) = digits.split_at(first);
    let groups = rest.as_bytes().chunks(3);
    let rest: String = groups.map(|it| format!(",{}", String::from_utf8_lossy(it))).collect();
    format!("{sign}{head}{rest}")
}
