//! `[[conduct]] kind = "quantal-response"`, and what sites are worth to its party.
//!
//! Schema 1 complied with probability logistic(λ·(pressure_weight·pressure + … − value −
//! …)), λ being its precision. λ is the unit now, and pressure at rest is a part of the
//! value: value = λ·(value − pressure_weight·pressure), all other costs and weights × λ,
//! what a hit costs × λ × `review_days`, since it counts by day and no longer by review.

use std::collections::BTreeMap;

use toml::de::DeTable;

use super::amount::{less, mean, product, read, times, written};
use super::entry::Entry;
use super::work::Work;
use crate::scenario::edit::{Assignment, apply};
use crate::stats::Distribution;

const KIND: &str = "quantal-response";

/// Keys of numbers, and what they are if they are not written.
const DEFAULTS: [(&str, f64); 8] = [
    ("value_per_km", 0.0),
    ("concealment_cost", 0.0),
    ("pressure", 0.0),
    ("pressure_weight", 1.0),
    ("pressure_per_report", 0.0),
    ("trust_weight", 1.0),
    ("counter_weight", 1.0),
    ("hit_cost", 0.0),
];

/// Keys that go, or whose numbers are other ones now; a path to one of them leads elsewhere.
pub(super) const CONVERTED: [&str; 11] = [
    "lambda",
    "pressure",
    "pressure_weight",
    "pressure_per_report",
    "pressure_half_life_days",
    "value",
    "value_per_km",
    "concealment_cost",
    "trust_weight",
    "counter_weight",
    "hit_cost",
];

/// The numbers of a conduct as schema 1 has them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Terms {
    lambda: Distribution,
    value: Distribution,
    review_days: f64,
    others: BTreeMap<&'static str, Distribution>,
}

/// A key as it is now.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) is: Distribution,
    /// Whether it has the distribution that it had.
    pub(super) exact: bool,
    /// What it was made of.
    pub(super) why: &'static str,
}

impl Key {
    fn reason(&self) -> String {
        how(self.why, &self.is, self.exact)
    }
}

/// How a number was made, and what it is of a distribution that no file can state.
pub(super) fn how(why: &str, is: &Distribution, exact: bool) -> String {
    match (exact, is) {
        (true, _) => why.to_owned(),
        (false, Distribution::Normal { .. }) => {
            format!("{why}; a normal of the mean, deviation and ends of that")
        }
        (false, _) => format!("{why}, one of two that were drawn by its mean"),
    }
}

impl Terms {
    /// Of a text that holds one conduct; none if it decides otherwise, or lacks a number.
    pub(super) fn of(text: &str) -> Option<Self> {
        let document = DeTable::parse(text).ok()?;
        let entry = Entry::root(text, document.get_ref()).list("conduct", "conduct");
        let entry = entry.first().filter(|entry| entry.word("kind") == Some(KIND))?;
        let of = |key: &str| entry.value(key).map(|value| read(&value));
        let others = DEFAULTS.into_iter().map(|(key, default)| {
            Some((key, of(key).unwrap_or(Some(Distribution::Fixed(default)))?))
        });
        Some(Self {
            lambda: of("lambda")??,
            value: of("value")??,
            review_days: mean(&of("review_days")??),
            others: others.collect::<Option<_>>()?,
        })
    }

    fn other(&self, key: &str) -> &Distribution {
        self.others.get(key).unwrap_or(&Distribution::Fixed(0.0))
    }

    /// What presence is worth where it was `value`, and whether exactly.
    pub(super) fn worth(&self, value: &Distribution) -> (Distribution, bool) {
        let (rest, a) = product(self.other("pressure_weight"), self.other("pressure"));
        let (difference, b) = less(value, &rest);
        let (worth, c) = product(&self.lambda, &difference);
        (worth, a && b && c)
    }

    /// What one more of pressure comes to: λ·pressure_weight, by their means.
    pub(super) fn per_pressure(&self) -> f64 {
        mean(&self.lambda) * mean(self.other("pressure_weight"))
    }

    /// What value and pressure that are added to the party's own come to, as one value.
    pub(super) fn added(
        &self,
        value: &Distribution,
        pressure: &Distribution,
    ) -> (Distribution, bool) {
        let own = times(pressure, mean(self.other("pressure_weight")));
        let (difference, exact) = less(value, &own);
        let (added, product) = product(&self.lambda, &difference);
        (added, exact && product)
    }

    /// Whether two conducts weigh alike.
    pub(super) fn weighs_as(&self, other: &Self) -> bool {
        let own = |key| self.other(key) == other.other(key);
        self.lambda == other.lambda && own("pressure") && own("pressure_weight")
    }

    /// Every key that has another number now.
    pub(super) fn keys(&self) -> Vec<Key> {
        let (value, exact) = self.worth(&self.value);
        let why = "lambda × (value − pressure_weight × pressure)";
        let mut keys = vec![Key { name: "value", is: value, exact, why }];
        for name in ["value_per_km", "concealment_cost", "trust_weight", "counter_weight"] {
            let (is, exact) = product(&self.lambda, self.other(name));
            keys.push(Key { name, is, exact, why: "× lambda" });
        }
        let (per_day, exact) =
            product(&self.lambda, &times(self.other("hit_cost"), self.review_days));
        let why = "× lambda × review_days: a hit counts by day now";
        keys.push(Key { name: "hit_cost", is: per_day, exact, why });
        keys
    }
}

/// A conduct of the file.
pub(super) struct Conduct<'d> {
    pub(super) entry: Entry<'d>,
    /// As a text of its own, every number written.
    alone: String,
    pub(super) terms: Option<Terms>,
}

impl<'d> Conduct<'d> {
    pub(super) fn new(entry: Entry<'d>) -> Self {
        let mut alone = entry.alone();
        for (key, default) in DEFAULTS {
            if !entry.has(key) {
                alone += &format!("{key} = {default}\n");
            }
        }
        let terms = Terms::of(&alone);
        Self { entry, alone, terms }
    }

    pub(super) fn party(&self) -> &'d str {
        self.entry.word("party").unwrap_or_default()
    }

    /// Its numbers with values set by path; none if a path leads nowhere.
    pub(super) fn with(&self, set: &[Assignment]) -> Option<Terms> {
        Terms::of(&apply(&self.alone, set).ok()?)
    }

    /// Whether a key matters though it is not written: a weight of something that is.
    pub(super) fn needs(&self, key: &str) -> bool {
        let any = |keys: &[&str]| keys.iter().any(|key| self.entry.has(key));
        match key {
            "trust_weight" => any(&["trust", "toward"]),
            "counter_weight" => any(&["counter_clauses", "counter_performance"]),
            _ => false,
        }
    }

    /// Converts it; `pressed` says whether a rule or an event presses on its party.
    pub(super) fn convert(&self, pressed: bool, work: &mut Work<'_>) {
        let entry = &self.entry;
        if entry.word("kind") != Some(KIND) {
            return;
        }
        let Some(terms) = &self.terms else {
            work.decide(entry, "kind", "lambda, value or review_days is not there or no number: set the numbers anew, as docs/keys.md has them");
            return;
        };
        let drawn = !matches!(terms.lambda, Distribution::Fixed(_));
        if drawn {
            let why = format!(
                "lambda was drawn, {}, once for all it weighed: what it weighed is drawn apart now, and what was drawn itself has its mean, {}",
                written(&terms.lambda),
                written(&Distribution::Fixed(mean(&terms.lambda)))
            );
            work.decide(entry, "value", &why);
        }
        for key in terms.keys() {
            let why = key.reason();
            let new = written(&key.is);
            let changes = entry.value(key.name).is_none_or(|old| read(&old) != read(&new));
            match entry.has(key.name) {
                true if changes => work.replace(entry, key.name, &new, &why),
                true => {}
                false if self.needs(key.name) && new != "1" => {
                    work.insert(entry, "value", &format!("{} = {new}", key.name), &why);
                }
                false => {}
            }
        }
        self.pressure(terms, pressed, work);
        let what = "it is the unit of value, costs and weights now";
        work.remove(entry, "lambda", what);
    }

    /// What becomes of the keys of pressure.
    fn pressure(&self, terms: &Terms, pressed: bool, work: &mut Work<'_>) {
        let entry = &self.entry;
        if entry.has("pressure_per_report") {
            let each = times(terms.other("pressure_per_report"), terms.per_pressure());
            let each = written(&each);
            work.decide(
                entry,
                "pressure_per_report",
                &format!(
                    "state `pressure`: what a day on record as violating costs; a report counts no longer by itself. One report weighed lambda × pressure_weight × pressure_per_report = {each}, and several added up: write pressure = {each} or more, or nothing for 0"
                ),
            );
        }
        work.remove(entry, "pressure", "pressure at rest is a part of `value` now");
        work.remove(entry, "pressure_weight", "pressure is counted in the unit of `value` now");
        work.remove(entry, "pressure_per_report", "what is on record presses by day now");
        let mut gone = vec!["lambda", "pressure", "pressure_weight", "pressure_per_report"];
        if !pressed {
            let why = "nothing presses on the party, by rule or event";
            work.remove(entry, "pressure_half_life_days", why);
            gone.push("pressure_half_life_days");
        }
        without_sources(entry, &gone, work);
    }
}

/// Takes keys that went out of `sources`.
pub(super) fn without_sources(entry: &Entry<'_>, gone: &[&str], work: &mut Work<'_>) {
    let Some(sources) = entry.inner("sources") else { return };
    let found: Vec<&str> = gone.iter().copied().filter(|key| sources.has(key)).collect();
    for key in &found {
        let source = sources.value(key).unwrap_or_default();
        work.note_at(&sources, key, format!("`sources` names {source} for `{key}` no more"));
    }
    if found.len() == sources.keys().len() && !found.is_empty() && sources.is_inline() {
        work.instead(entry, "sources", &[]);
        return;
    }
    for key in found {
        work.instead(&sources, key, &[]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "[[conduct]]\nkind = \"quantal-response\"\nreview_days = 10\nlambda = 3\n\
        value = 0.7\nvalue_per_km = 0.02\nconcealment_cost = 0.3\npressure = 0.4\n\
        pressure_weight = 1.5\ntrust_weight = 0.6\ncounter_weight = 0.9\nhit_cost = 2\n";

    /// λ·(U(comply) − U(order)) of schema 1, and what U(comply) − U(order) is of the keys of
    /// this, resting pressure being a part of the value, hits counted by day.
    #[test]
    fn a_choice_weighs_as_it_did() {
        let terms = Terms::of(OLD).unwrap();
        let (km, trust, counter, hits) = (35.0, 0.8, 0.25, [0.001, 0.01, 0.004]);
        let document = DeTable::parse(OLD).unwrap();
        let entry = &Entry::root(OLD, document.get_ref()).list("conduct", "conduct")[0];
        let old = |key: &str| mean(&read(&entry.value(key).unwrap()).unwrap());
        let comply = old("pressure_weight") * old("pressure")
            + old("trust_weight") * trust
            + old("counter_weight") * counter
            - old("hit_cost") * hits[0] * old("review_days");
        let worth = old("value") + old("value_per_km") * km;
        let defy = worth - old("hit_cost") * hits[1] * old("review_days");
        let conceal =
            worth - old("concealment_cost") - old("hit_cost") * hits[2] * old("review_days");

        let keys = terms.keys();
        let new = |name: &str| mean(&keys.iter().find(|key| key.name == name).unwrap().is);
        let gain = |hits_of: f64, hiding: f64| {
            new("trust_weight") * trust + new("counter_weight") * counter
                - new("value")
                - new("value_per_km") * km
                + hiding * new("concealment_cost")
                + new("hit_cost") * (hits_of - hits[0])
        };
        for (before, now) in [(defy, gain(hits[1], 0.0)), (conceal, gain(hits[2], 1.0))] {
            let before = old("lambda") * (comply - before);
            assert!((before - now).abs() < 1e-12, "{before} {now}");
        }
    }
}
