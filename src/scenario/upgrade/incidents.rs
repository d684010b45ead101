//! `[[incident]] per_day`: the rate of two forces within reach of each other in schema 1, of
//! all forces of the two parties as they stand at the start now.
//!
//! The rate at the start stays: per_day × the pairs of forces, each faded with distance and
//! less what interposed forces prevent. From there it goes by persons, no longer by forces.

use std::collections::BTreeMap;

use toml_edit::{Array, DocumentMut, Item};

use super::amount::{read, times, written};
use super::entry::Entry;
use super::work::Work;
use crate::model::{Model, Opening};
use crate::scenario::edit::entries;
use crate::scenario::without_experiments;
use crate::stats::Distribution;

/// What stands at the start, by source.
pub(super) type Openings = BTreeMap<String, Opening>;

/// What stands at the start in a file of this format whose rates are still to be converted;
/// none if no model comes of it, or nothing is asked.
pub(super) fn openings(text: &str, model_of: &dyn Fn(String) -> Option<Model>) -> Option<Openings> {
    let mut document: DocumentMut = without_experiments(text).ok()?.parse().ok()?;
    // Whether somebody is within reach is not to be judged yet.
    let one = Item::Value(Array::from_iter([1, 1]).into());
    for incident in entries(Some(document.get_mut("incident")?)) {
        incident.insert("persons", one.clone());
    }
    let model = model_of(document.to_string())?;
    let each = model.incidents.iter().map(|it| (it.id.clone(), model.opening(it)));
    Some(each.collect())
}

/// Converts every source.
pub(super) fn convert(root: &Entry<'_>, openings: Option<&Openings>, work: &mut Work<'_>) {
    for entry in root.list("incident", "incident") {
        let Some(rate) = entry.value("per_day").and_then(|value| read(&value)) else { continue };
        let opening = openings.and_then(|all| all.get(entry.id()));
        match opening {
            Some(it) if it.contact > 0.0 && it.pairs > 0.0 => {
                let pairs = written(&Distribution::Fixed(it.pairs));
                let why = format!(
                    "the rate of all forces at the start: × {pairs}, the pairs within reach, faded with distance; it goes by persons from there"
                );
                work.replace(&entry, "per_day", &written(&times(&rate, it.pairs)), &why);
            }
            Some(it) if it.forces.iter().all(|forces| *forces > 0) => {
                let each = [0, 1].map(|side| {
                    (it.persons[side] / it.forces[side] as f64).round().max(1.0)
                });
                let persons = format!("persons = [{}, {}]", each[0], each[1]);
                work.decide(&entry, "per_day", "nobody is within reach at the start: `persons` says between how many of each there are `per_day` once they are, and is a force of the mean strength here");
                work.insert(&entry, "per_day", &persons, "a force of either party");
            }
            Some(_) => {}
            None => work.decide(&entry, "per_day", "`per_day` is the rate of all forces of the two parties as they stand at the start, and was that of two forces within reach: multiply it by the pairs within reach (what stands at the start could not be reckoned)"),
        }
    }
}
