//! `[[variant]]` and `[experiment]`: paths that lead to keys that went, or whose numbers are
//! other ones now. What they set is converted as the file itself is, with it set.

use std::collections::BTreeMap;

use super::amount::{read, times, written};
use super::conduct::{CONVERTED, Conduct, Terms};
use super::entry::{Entry, quoted};
use super::incidents::Openings;
use super::presses::{Parties, Press};
use super::work::Work;
use crate::scenario::edit::Assignment;
use crate::stats::Distribution;

/// Converts every path.
pub(super) fn convert(
    root: &Entry<'_>,
    conducts: &[Conduct<'_>],
    parties: &Parties<'_>,
    presses: &[Press<'_>],
    openings: Option<&Openings>,
    work: &mut Work<'_>,
) {
    let paths = Paths { root, conducts, parties, presses, openings };
    for variant in root.list("variant", "variant") {
        paths.variant(&variant, work);
    }
    let Some(experiment) = root.inner("experiment") else { return };
    let levers = experiment.list("lever", "experiment.lever");
    let uncertainties = experiment.list("uncertainty", "experiment.uncertainty");
    for varied in levers.into_iter().chain(uncertainties) {
        paths.varied(&varied, work);
    }
}

struct Paths<'a, 'd> {
    root: &'a Entry<'d>,
    conducts: &'a [Conduct<'d>],
    parties: &'a Parties<'a>,
    presses: &'a [Press<'d>],
    openings: Option<&'a Openings>,
}

/// What paths and their values come to.
#[derive(Default)]
struct Found {
    /// Which of them are not set any more.
    gone: Vec<usize>,
    /// What is set instead, and whether it differs from the file.
    set: Vec<(String, Distribution, bool)>,
    /// What cannot be converted.
    doubts: Vec<String>,
}

impl Found {
    fn set(&mut self, path: String, is: Distribution, differs: bool) {
        self.set.push((path, is, differs));
    }
}

impl<'d> Paths<'_, 'd> {
    /// What paths, each with its value, come to together.
    fn converted(&self, all: &[(&str, String)]) -> Found {
        let mut found = Found::default();
        let mut terms: BTreeMap<&str, Terms> = BTreeMap::new();
        for conduct in self.conducts {
            if let Some(changed) = self.conduct(conduct, all, &mut found) {
                terms.insert(conduct.entry.id(), changed);
            }
        }
        for (at, (path, value)) in all.iter().enumerate() {
            let parts: Vec<&str> = path.split('.').collect();
            match parts.as_slice() {
                ["outcome", "completed_at"] => {
                    found.gone.push(at);
                    found.doubts.push(format!("`{path}` went: set `kept_at` of clauses"));
                }
                ["incident", id, "per_day"] => {
                    let opening = self.openings.and_then(|all| all.get(*id));
                    match (opening.filter(|it| it.contact > 0.0), read(value)) {
                        (Some(it), Some(rate)) => {
                            found.gone.push(at);
                            found.set((*path).to_owned(), times(&rate, it.pairs), true);
                        }
                        _ => found.doubts.push(format!(
                            "`{path}` is the rate of all forces now, and was that of two"
                        )),
                    }
                }
                ["rule" | "event", id, key, ..] => {
                    self.amount(at, (path, id, key, parts.len() == 3), value, &mut found);
                }
                _ => {}
            }
        }
        self.sites(all, &terms, &mut found);
        found
    }

    /// The numbers of a conduct that is set otherwise, and what its keys come to.
    fn conduct(
        &self,
        conduct: &Conduct<'d>,
        all: &[(&str, String)],
        found: &mut Found,
    ) -> Option<Terms> {
        let start = format!("conduct.{}.", conduct.entry.id());
        let own = all.iter().enumerate().filter_map(|(at, (path, value))| {
            let rest = path.strip_prefix(&start)?;
            Some((at, *path, rest.split(['.', '[']).next()?, value))
        });
        let own: Vec<_> = own.collect();
        let touches = |key: &str| own.iter().any(|(_, _, it, _)| *it == key);
        let converted = CONVERTED.into_iter().any(touches);
        if !(converted || touches("review_days") || touches("kind")) {
            return None;
        }
        let set = own.iter().map(|(_, path, _, value)| {
            let value = value.parse().ok()?;
            Some(Assignment { path: (*path).to_owned(), value })
        });
        let set = set.collect::<Option<Vec<_>>>();
        let Some(terms) = set.and_then(|set| conduct.with(&set)) else {
            if converted && conduct.terms.is_some() && !touches("kind") {
                found.doubts.push(format!("what `{start}…` is set to cannot be converted"));
            }
            return None;
        };
        let pressed = self.presses.iter().any(|press| press.on.contains(&conduct.party()));
        for (at, path, key, _) in &own {
            let stays = *key == "pressure_half_life_days" && pressed;
            if CONVERTED.contains(key) && !stays {
                found.gone.push(*at);
            }
            if *key == "pressure_per_report" {
                let doubt = "went: set `pressure`, what a day on record as violating costs";
                found.doubts.push(format!("`{path}` {doubt}"));
            }
            if ["lambda", "pressure_weight"].contains(key) && pressed {
                let party = conduct.party();
                found.doubts.push(format!(
                    "what rules and events press on {party} by does not move with `{path}` any more"
                ));
            }
        }
        let before = conduct.terms.as_ref().map(Terms::keys).unwrap_or_default();
        for key in terms.keys() {
            let path = format!("{start}{}", key.name);
            let before = before.iter().find(|it| it.name == key.name);
            let weight = key.name.ends_with("_weight");
            let matters = !weight || conduct.entry.has(key.name) || conduct.needs(key.name);
            let differs = before.is_none_or(|before| before.is != key.is);
            if matters || touches(key.name) {
                found.set(path, key.is, differs);
            }
        }
        Some(terms)
    }

    /// What a rule or an event presses by, and what a change of position adds.
    fn amount(
        &self,
        at: usize,
        (path, id, key, whole): (&str, &str, &str, bool),
        value: &str,
        found: &mut Found,
    ) {
        let press = self.presses.iter().find(|press| {
            press.entry.id() == id && path.starts_with(press.entry.name) && key == "pressure"
        });
        let factor = press.and_then(|press| self.parties.per_pressure(&press.on));
        let position = || {
            let events = self.root.list("event", "event");
            let event = events.into_iter().find(|event| event.id() == id)?;
            let position = event.word("kind") == Some("position") && path.starts_with("event.");
            let (terms, _) = self.parties.weighing(event.word("party")?)?;
            (position && ["value", "pressure"].contains(&key)).then_some((event, terms))
        };
        let set = match (factor, position(), read(value)) {
            (None, None, _) => return,
            (Some((factor, _)), _, Some(amount)) if whole => {
                Some((path.to_owned(), times(&amount, factor)))
            }
            (None, Some((event, terms)), Some(amount)) if whole => {
                let other = if key == "value" { "pressure" } else { "value" };
                let other = event.value(other).and_then(|value| read(&value));
                let other = other.unwrap_or(Distribution::Fixed(0.0));
                let (added, _) = match key {
                    "value" => terms.added(&amount, &other),
                    _ => terms.added(&other, &amount),
                };
                Some((format!("event.{id}.value"), added))
            }
            _ => None,
        };
        match set {
            Some((path, is)) => {
                found.gone.push(at);
                found.set(path, is, true);
            }
            None => found.doubts.push(format!("what `{path}` is set to cannot be converted")),
        }
    }

    /// What sites are worth to parties whose conduct is set otherwise, or as set themselves.
    fn sites(&self, all: &[(&str, String)], terms: &BTreeMap<&str, Terms>, found: &mut Found) {
        let named = all.iter().any(|(path, _)| path.starts_with("site."));
        if terms.is_empty() && !named {
            return;
        }
        for site in self.root.list("site", "site") {
            let whole = format!("site.{}.value", site.id());
            let values = site.inner("value");
            let parties = values.as_ref().map(Entry::keys).unwrap_or_default();
            for party in parties {
                let Some((id, base)) = self.parties.conducts(party).first() else { continue };
                let path = format!("{whole}.{party}");
                let own = all.iter().position(|(it, _)| *it == path);
                let changed = terms.get(id);
                if own.is_none() && changed.is_none() {
                    continue;
                }
                let written = values.as_ref().and_then(|values| values.value(party));
                let Some(written) = written.and_then(|value| read(&value)) else { continue };
                let value = own.and_then(|at| all.get(at)).and_then(|(_, value)| read(value));
                let new = changed.unwrap_or(base).worth(value.as_ref().unwrap_or(&written)).0;
                let differs = own.is_some() || new != base.worth(&written).0;
                found.gone.extend(own);
                found.set(path, new, differs);
            }
            let deeper = |path: &str| {
                path == whole
                    || path.strip_prefix(&format!("{whole}.")).is_some_and(|rest| {
                        let party = rest.split('.').next().unwrap_or_default();
                        let known = values.as_ref().is_some_and(|values| values.has(party));
                        (party != rest || !known) && self.parties.weighing(party).is_some()
                    })
            };
            for (path, _) in all.iter().filter(|(path, _)| deeper(path)) {
                found.doubts.push(format!("what `{path}` is set to cannot be converted"));
            }
        }
    }

    fn variant(&self, variant: &Entry<'d>, work: &mut Work<'_>) {
        let Some(set) = variant.inner("set") else { return };
        let keys = set.keys();
        let all: Vec<(&str, String)> =
            keys.iter().map(|key| (*key, set.value(key).unwrap_or_default())).collect();
        let found = self.converted(&all);
        for doubt in &found.doubts {
            work.decide(variant, "set", doubt);
        }
        let new: Vec<String> = found
            .set
            .iter()
            .filter(|(_, _, differs)| *differs)
            .map(|(path, is, _)| format!("{} = {}", quoted(path), written(is)))
            .collect();
        if found.gone.is_empty() && new.is_empty() {
            return;
        }
        let mut gone = found.gone.clone();
        gone.sort_unstable();
        let mut at = gone.iter().map(|at| keys[*at]);
        match (at.next(), keys.last()) {
            (Some(first), _) => work.instead(&set, first, &new),
            (None, Some(last)) => {
                new.iter().for_each(|new| work.insert(&set, last, new, "it moves with the others"));
            }
            (None, None) => {}
        }
        at.for_each(|key| work.instead(&set, key, &[]));
        let old: Vec<String> =
            gone.iter().map(|at| format!("{} = {}", quoted(all[*at].0), all[*at].1)).collect();
        if new.is_empty() && old.len() == keys.len() {
            work.decide(variant, "set", "what this variant set went, and it changes nothing now");
        }
        let text = if new.is_empty() { "nothing".to_owned() } else { new.join(", ") };
        work.note_at(variant, "set", format!("sets {text} in place of {}", old.join(", ")));
    }

    fn varied(&self, varied: &Entry<'d>, work: &mut Work<'_>) {
        let paths = varied.words("paths");
        let (key, levels) = match (varied.values("values"), varied.values("range")) {
            (Some(values), _) => ("values", values),
            (None, Some(ends)) => ("range", ends),
            (None, None) => return,
        };
        let each: Vec<Vec<String>> =
            levels.into_iter().map(|level| apart(&level, paths.len())).collect();
        if each.iter().any(|values| values.len() != paths.len()) {
            return;
        }
        let founds: Vec<Found> = each
            .iter()
            .map(|values| {
                let all: Vec<_> = paths.iter().copied().zip(values.iter().cloned()).collect();
                self.converted(&all)
            })
            .collect();
        let Some(first) = founds.first() else { return };
        for doubt in &first.doubts {
            work.decide(varied, "paths", doubt);
        }
        let stay: Vec<usize> = (0..paths.len()).filter(|at| !first.gone.contains(at)).collect();
        let differs = |path: &String| {
            founds.iter().flat_map(|it| &it.set).any(|(it, _, differs)| it == path && *differs)
        };
        let moved: Vec<&String> =
            first.set.iter().map(|(path, ..)| path).filter(|path| differs(path)).collect();
        if first.gone.is_empty() && moved.is_empty() {
            return;
        }
        if stay.is_empty() && moved.is_empty() {
            work.decide(varied, "paths", "nothing of what is varied here is left: take it out");
            return;
        }
        let rows = founds.iter().zip(&each).map(|(found, old)| {
            let kept = stay.iter().map(|at| old[*at].clone());
            let new = moved.iter().map(|path| {
                let set = found.set.iter().find(|(it, ..)| it == *path);
                set.map(|(_, is, _)| written(is)).unwrap_or_default()
            });
            kept.chain(new).collect::<Vec<String>>()
        });
        let rows: Vec<Vec<String>> = rows.collect();
        let why = "as the numbers of the file";
        let new = match key {
            "range" => ends(&rows),
            _ => Some(joined(rows.iter().map(|row| match row.as_slice() {
                [only] => only.clone(),
                several => joined(several.iter().cloned()),
            }))),
        };
        let Some(new) = new else {
            work.decide(
                varied,
                "paths",
                "the ends of this range come to no range of one number now: write values",
            );
            return;
        };
        let new_paths = joined(
            stay.iter().map(|at| quoted(paths[*at])).chain(moved.into_iter().map(|it| quoted(it))),
        );
        work.replace(varied, "paths", &new_paths, why);
        work.replace(varied, key, &new, why);
        if let (Some(step), "range") = (varied.value("step").and_then(|step| read(&step)), key) {
            let width = |rows: &[Vec<String>]| {
                let at = |row: usize| match read(rows.get(row)?.first()?)? {
                    Distribution::Fixed(number) => Some(number),
                    _ => None,
                };
                Some((at(1)? - at(0)?).abs())
            };
            if let (Some(old), Some(new)) = (width(&each), width(&rows)) {
                work.replace(varied, "step", &written(&times(&step, new / old)), why);
            }
        }
    }
}

fn joined(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// A range of one number, the lesser end first.
fn ends(rows: &[Vec<String>]) -> Option<String> {
    let [low, high] = rows else { return None };
    let number = |row: &Vec<String>| match row.as_slice() {
        [only] => match read(only)? {
            Distribution::Fixed(number) => Some(number),
            _ => None,
        },
        _ => None,
    };
    let (a, b) = (number(low)?, number(high)?);
    let [a, b] = [a.min(b), a.max(b)].map(|end| written(&Distribution::Fixed(end)));
    (a != b).then(|| format!("[{a}, {b}]"))
}

/// The value of each path at a level: the level itself, or the elements of its list.
fn apart(level: &str, paths: usize) -> Vec<String> {
    if paths == 1 {
        return vec![level.to_owned()];
    }
    let list = level.parse::<toml_edit::Value>().ok();
    let list = list.as_ref().and_then(toml_edit::Value::as_array);
    let items = list.into_iter().flat_map(|list| list.iter());
    items.map(|item| item.to_string().trim().to_owned()).collect()
}
