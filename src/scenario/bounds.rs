//! What every number of the format may be: a key says the unit, and so it says
//! the bounds. Readers and the JSON Schema both take them from here.

use std::fmt;

use serde_json::{Map, Value, json};

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

const SHARE: Bounds = from(0.0, 1.0, "");
/// A utility, a payoff, a tension.
const WORTH: Bounds = from(-MUCH, MUCH, "");
pub(crate) const COST: Bounds = from(0.0, MUCH, "");
const GAIN: Bounds = above(0.0, MUCH, "");
const COUNT: Bounds = from(0.0, MANY, "");
const SOME: Bounds = above(0.0, MANY, "");
const FACTOR: Bounds = from(0.0, 100.0, "");
const A_DAY: Bounds = from(0.0, 100.0, "a day");
const PASSES: Bounds = above(0.0, 100.0, "a day");
const HOURS: Bounds = from(0.0, 24.0, "");
/// A century.
const DAYS: Bounds = from(0.0, 36_525.0, "days");
/// For ever, if somebody wants that.
const MEMORY: Bounds = from(0.0, MUCH, "days");
const HALF_LIFE: Bounds = above(0.0, 36_525.0, "days");
const REVISIT: Bounds = from(0.01, 36_525.0, "days");
/// Half the earth's circumference.
const KM: Bounds = from(-20_000.0, 20_000.0, "km");
const LENGTH: Bounds = from(0.0, 20_000.0, "km");
const RADIUS: Bounds = above(0.0, 20_000.0, "km");
const SPEED: Bounds = above(0.0, 20_000.0, "");
const CALIBRE: Bounds = from(0.0, 10_000.0, "mm");
const LATITUDE: Bounds = from(-90.0, 90.0, "degrees");
const LONGITUDE: Bounds = from(-180.0, 180.0, "degrees");
const POINTS: Bounds = from(1.0, MUCH, "");
/// Any number whose unit something else says.
pub(crate) const FIGURE: Bounds = from(-1e12, 1e12, "");

const MUCH: f64 = 1_000_000.0;
const MANY: f64 = 10_000_000.0;

/// Every key whose value is a number, or a list or a table of numbers.
#[rustfmt::skip]
const KEYS: &[(Bounds, &[&str])] = &[
    (SHARE, &[
        "accepted_share", "action_error", "at_least", "availability", "believed_effort",
        "bias_to_keeping", "bias_to_violating", "blocks", "collapsed_below", "completed_at",
        "concealment", "consent", "control", "cooperation_at", "credence", "denial",
        "disputed_share", "false_alarm", "forgiveness", "hit_probability", "honesty", "kept_at",
        "lift_share", "loss_share", "min_coverage", "misperception", "missed", "prevents",
        "probabilities", "probability", "serious_below", "settles", "share", "wrong_attribution",
    ]),
    (A_DAY, &[
        "acts_per_day", "false_alarms_per_day", "hits_per_day", "per_day", "sightings_per_day",
        "strategic_per_day", "trust_down_per_day", "trust_up_per_day",
    ]),
    (PASSES, &["revisits_per_day"]),
    (DAYS, &[
        "after_days", "availability_days", "collapsed_days", "completed_days", "confirm_days",
        "cooldown_days", "counts_days", "days", "evidence_days", "for_days", "grace_days",
        "inspection_days", "interval_days", "notice_days", "quiet_days",
        "report_delay_days", "review_days", "ruling_days", "takes_days", "turn_days",
        "within_days",
    ]),
    (MEMORY, &["max_age_days"]),
    (HALF_LIFE, &[
        "belief_half_life_days", "belief_memory_days", "cover_up_days", "half_life_days",
        "pressure_half_life_days", "trust_half_life_days", "unanswered_half_life_days",
    ]),
    (REVISIT, &["revisit_days"]),
    (HOURS, &["hours_per_day"]),
    (KM, &["bands_km", "from_km", "min_km", "target_km", "to_km"]),
    (LENGTH, &["km_along", "min_range_km", "range_km", "reach_km"]),
    (RADIUS, &["fade_km", "km", "radius_km", "sweep_width_km", "width_km"]),
    (SPEED, &["mobility_km_per_day", "speed_km_per_h"]),
    (CALIBRE, &["calibre_mm", "min_calibre_mm"]),
    (LATITUDE, &["lat"]),
    (LONGITUDE, &["lon"]),
    (COUNT, &[
        "at_most", "cap_persons", "cap_posts", "cap_weapons", "count", "equipment",
        "floor_persons", "floor_posts", "floor_weapons", "persons", "sample", "stock", "strength",
        "up_to_persons", "up_to_posts", "up_to_weapons", "upheld_from",
    ]),
    (SOME, &["items_per_day", "lift_persons", "weapons_per_day"]),
    (FACTOR, &["incident_factor", "signature"]),
    (WORTH, &[
        "counter_performance", "down", "pressure", "punishment", "reward", "severity", "sucker",
        "temptation", "trust", "up", "value", "value_per_km",
    ]),
    (COST, &[
        "concealment_cost", "counter_weight", "false_alarm_cost", "hit_cost", "inspection_cost",
        "inspector_detected_cost", "inspector_false_alarm_cost", "inspector_undetected_cost",
        "lambda", "penalty", "per_tension", "per_unanswered", "pressure_per_report",
        "pressure_weight", "tension", "trust_weight", "weight", "weights",
    ]),
    (GAIN, &["gain"]),
    (POINTS, &["points"]),
    // The ends and parameters of a distribution; a record's range; a step of any unit.
    (FIGURE, &["choice", "lognormal", "normal", "range", "step", "triangular", "uniform", "within"]),
];

impl Bounds {
    /// The bounds of the numbers of a key. A test finds every key that has none.
    pub(crate) fn of(key: &str) -> Option<Self> {
        let named = KEYS.iter().find(|(_, keys)| keys.contains(&key));
        named.map(|(bounds, _)| *bounds)
    }

    fn holds(&self, x: f64) -> bool {
        x.is_finite() && (x > self.low || (!self.open && x == self.low)) && x <= self.high
    }

    /// Reports a value, or a support, that is not within the bounds of its key.
    pub(crate) fn judge(at: &At<'_>, span: Span, support: (f64, f64)) {
        if let Some(bounds) = Self::of(at.key) {
            bounds.judge_own(at, span, support);
        }
    }

    /// As [`Self::judge`], with bounds that the key does not say.
    pub(crate) fn judge_own(&self, at: &At<'_>, span: Span, (low, high): (f64, f64)) {
        if (self.holds(low) && self.holds(high)) || !at.sink.was_read(&span) {
            return;
        }
        let found = if low == high {
            format!("this is {low}")
        } else {
            format!("this runs from {low} to {high}")
        };
        let message = format!("{} must be {self}", at.name());
        let swapped = at.key == "lat" && low.abs() <= 180.0;
        let help = if swapped {
            "are `lat` and `lon` swapped?".to_owned()
        } else if *self == SHARE && low >= 2.0 && high <= 100.0 {
            "write percent as a share: 95 % is 0.95".to_owned()
        } else if low == high {
            format!("write a value {self}")
        } else {
            format!("choose the numbers so that every value drawn is {self}")
        };
        let diagnostic = Diagnostic::error(span, message).label(found);
        at.sink.push(diagnostic.help(help));
    }

    /// States them in the schema of a number, which may state narrower ones itself.
    pub(crate) fn state(&self, number: &mut Map<String, Value>) {
        let low = if self.open { "exclusiveMinimum" } else { "minimum" };
        let own = |key: &str| number.get(key).and_then(Value::as_f64);
        let least = own(low).map_or(self.low, |it| it.max(self.low));
        let most = own("maximum").map_or(self.high, |it| it.min(self.high));
        number.insert(low.to_owned(), plain(least));
        number.insert("maximum".to_owned(), plain(most));
    }
}

/// A number of JSON, without a point where it is whole.
fn plain(x: f64) -> Value {
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
