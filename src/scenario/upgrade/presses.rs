//! What presses on parties, or changes their position: rules, outside events, sites.
//!
//! What presses adds now to what a day on record as violating costs, in the unit of the
//! value; before, to a pressure that stood beside the value, and weighed
//! λ·pressure_weight. A position's pressure was one at rest, and is a part of its value.

use std::collections::{BTreeMap, BTreeSet};

use super::amount::{read, times, written};
use super::conduct::{Conduct, Terms, how};
use super::entry::Entry;
use super::work::Work;
use crate::diag::list;
use crate::stats::Distribution;

/// The quantal conducts of a file by their party.
pub(super) struct Parties<'a>(BTreeMap<&'a str, Vec<(&'a str, &'a Terms)>>);

impl<'a> Parties<'a> {
    pub(super) fn of(conducts: &'a [Conduct<'_>]) -> Self {
        let mut parties: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for conduct in conducts {
            if let Some(terms) = &conduct.terms {
                parties.entry(conduct.party()).or_default().push((conduct.entry.id(), terms));
            }
        }
        Self(parties)
    }

    /// The conducts of a party, by id.
    pub(super) fn conducts(&self, party: &str) -> &[(&'a str, &'a Terms)] {
        self.0.get(party).map_or(&[], Vec::as_slice)
    }

    /// The conduct whose numbers stand for a party, and whether its others weigh alike.
    pub(super) fn weighing(&self, party: &str) -> Option<(&'a Terms, bool)> {
        let (first, others) = self.conducts(party).split_first()?;
        Some((first.1, others.iter().all(|(_, other)| first.1.weighs_as(other))))
    }

    /// λ·pressure_weight of parties together: the mean, and whether all have the same.
    pub(super) fn per_pressure(&self, parties: &[&str]) -> Option<(f64, bool)> {
        let all = parties.iter().flat_map(|party| self.conducts(party));
        let each: Vec<f64> = all.map(|(_, terms)| terms.per_pressure()).collect();
        let first = *each.first()?;
        let mean = each.iter().sum::<f64>() / each.len() as f64;
        Some((mean, each.iter().all(|it| (it - first).abs() <= 1e-9 * first.abs())))
    }

    fn all(&self) -> Vec<&'a str> {
        self.0.keys().copied().collect()
    }
}

/// A rule or an event that presses, and on whom.
pub(super) struct Press<'d> {
    pub(super) entry: Entry<'d>,
    pub(super) on: Vec<&'d str>,
}

/// Every rule and outside event that presses for a time.
pub(super) fn presses<'d>(root: &Entry<'d>, parties: &Parties<'d>) -> Vec<Press<'d>> {
    let rules = root.list("rule", "rule").into_iter();
    let rules = rules.filter(|rule| rule.word("kind") == Some("press")).map(|rule| {
        let stated = [rule.words("on_parties"), rule.words("by")];
        let on = stated.into_iter().find(|on| !on.is_empty());
        let own = rule.word("party");
        let anybody = || parties.all().into_iter().filter(|it| Some(*it) != own).collect();
        Press { on: on.unwrap_or_else(anybody), entry: rule }
    });
    let exits = root.list("event", "event").into_iter();
    let exits = exits.filter(|it| it.word("kind") == Some("exit") && it.has("pressure"));
    rules.chain(exits.map(|exit| Press { on: exit.words("about"), entry: exit })).collect()
}

/// Converts what a rule or an event presses by.
pub(super) fn convert(press: &Press<'_>, parties: &Parties<'_>, work: &mut Work<'_>) {
    let entry = &press.entry;
    let amount = entry.value("pressure").and_then(|value| read(&value));
    let (Some(amount), Some((factor, alike))) = (amount, parties.per_pressure(&press.on)) else {
        return;
    };
    let why = "× lambda × pressure_weight of those it presses on";
    let of_whom = match alike {
        true => "",
        false => {
            " They weighed it unlike each other, and the number is by the mean: write a rule or event for each, or one number that fits."
        }
    };
    work.decide(
        entry,
        "pressure",
        &format!(
            "`pressure` adds for a time to what a day on record as violating costs {}, and no longer to a pressure beside the value; it is scaled as it weighed. Presses do not stack: say what it is now.{of_whom}",
            list(&press.on)
        ),
    );
    work.replace(entry, "pressure", &written(&times(&amount, factor)), why);
}

/// Converts what changes of position come to.
pub(super) fn positions(root: &Entry<'_>, parties: &Parties<'_>, work: &mut Work<'_>) {
    for entry in root.list("event", "event") {
        let party = entry.word("party").unwrap_or_default();
        let Some((terms, alike)) = parties.weighing(party) else { continue };
        if entry.word("kind") != Some("position") || !(entry.has("value") || entry.has("pressure"))
        {
            continue;
        }
        let of = |key: &str| match entry.value(key) {
            Some(value) => read(&value),
            None => Some(Distribution::Fixed(0.0)),
        };
        let (Some(value), Some(pressure)) = (of("value"), of("pressure")) else { continue };
        let key = if entry.has("value") { "value" } else { "pressure" };
        if entry.has("pressure") && entry.has("clauses") {
            work.decide(&entry, key, "`pressure` bore on all clauses and is a part of `value` now, which bears on `clauses` alone: write a second event for the others");
        }
        unlike(alike, party, &entry, key, work);
        let (added, exact) = terms.added(&value, &pressure);
        let (new, why) = (written(&added), "lambda × (value − pressure_weight × pressure)");
        let why = how(why, &added, exact);
        if entry.has("value") {
            work.replace(&entry, "value", &new, &why);
            work.remove(&entry, "pressure", "it is a part of `value` now");
        } else {
            work.insert(&entry, "pressure", &format!("value = {new}"), &why);
            work.remove(&entry, "pressure", "it is a part of `value` now");
        }
        super::conduct::without_sources(&entry, &["pressure"], work);
    }
}

/// Converts what sites are worth to parties that decide by quantal response.
pub(super) fn sites(root: &Entry<'_>, parties: &Parties<'_>, work: &mut Work<'_>) {
    let sites = root.list("site", "site");
    let mut marked = BTreeSet::new();
    for site in &sites {
        let Some(values) = site.inner("value") else { continue };
        for party in values.keys() {
            let value = values.value(party).and_then(|value| read(&value));
            let (Some(value), Some((terms, alike))) = (value, parties.weighing(party)) else {
                continue;
            };
            // Once for all sites.
            unlike(alike || !marked.insert(party), party, site, "value", work);
            let (worth, exact) = terms.worth(&value);
            let why = how("lambda × (value − pressure_weight × pressure)", &worth, exact);
            work.replace(&values, party, &written(&worth), &why);
        }
    }
}

/// Marks that the conducts of a party do not weigh alike.
fn unlike(alike: bool, party: &str, entry: &Entry<'_>, key: &str, work: &mut Work<'_>) {
    if !alike {
        work.decide(
            entry,
            key,
            &format!("the conducts of {party} weighed value or pressure unlike each other, and what it is worth to {party} is by the first of them, here and below: say what fits all"),
        );
    }
}
