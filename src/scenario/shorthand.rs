//! What a file may leave to be written out: ids that nobody names, several forces alike in
//! one table, one conduct for several parties, a clause in stages or with caps by class, one
//! source for all that name none.
//!
//! The document is written out in full before any table is read, so that nothing else knows
//! of it. What is made stands, for messages, where the table stands that it is made of.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};

use super::read::{Sink, number};
use super::refer::Kind;
use super::source::ASSUMPTION;
use crate::diag::{Diagnostic, nearest};

/// Tables that may stand for several alike.
const COUNTED: [&str; 2] = ["force", "installation"];
/// More than this are not written out: so many tables of one kind are not read either.
const MOST: usize = 10_000;

/// More values than this are not added by writing out; of texts, 16 letters are one.
const MOST_VALUES: usize = 500_000;

/// The ids of what one table stands for, by its own.
type Made = BTreeMap<String, Vec<String>>;

/// What may still be written.
struct Room<'s, 'd> {
    left: Cell<usize>,
    told: Cell<bool>,
    sink: &'s Sink<'d>,
}

impl Room<'_, '_> {
    /// Whether there is room for something so many times, which is then taken.
    fn has(&self, value: &Spanned<DeValue<'_>>, times: usize) -> bool {
        let left = size(value.get_ref())
            .checked_mul(times)
            .and_then(|needed| self.left.get().checked_sub(needed));
        if let Some(left) = left {
            self.left.set(left);
        } else if !self.told.replace(true) {
            let message = "the file is too long once it is written out";
            self.sink.push(
                Diagnostic::error(value.span(), message)
                    .label("stands for more than is read")
                    .help("count fewer, or name fewer parties, stages or classes"),
            );
        }
        left.is_some()
    }
}

/// How many values something holds.
fn size(value: &DeValue<'_>) -> usize {
    match value {
        DeValue::String(text) => 1 + text.len() / 16,
        DeValue::Array(items) => 1 + items.iter().map(|it| size(it.get_ref())).sum::<usize>(),
        DeValue::Table(table) => {
            let entries = table.iter();
            1 + entries
                .map(|(key, it)| 1 + key.get_ref().len() / 16 + size(it.get_ref()))
                .sum::<usize>()
        }
        _ => 1,
    }
}

/// Writes a document out in full.
pub(super) fn write_out(document: &mut DeTable<'_>, sink: &Sink<'_>) {
    let room = Room { left: Cell::new(MOST_VALUES), told: Cell::new(false), sink };
    name_all(document);
    let [forces, installations] = COUNTED.map(|key| count(document, key, &room));
    if !forces.is_empty() {
        hold_by(document, &forces, &installations, sink);
        name_one(document, &forces, sink);
        for clause in tables(document, "clause") {
            for key in ["stock", "deploys"] {
                name_each_key(clause, key, &forces, &room);
            }
            for exemption in tables(clause, "exempt") {
                name_each(exemption, "forces", &forces, &room);
            }
        }
    }
    if !installations.is_empty() {
        for clause in tables(document, "clause") {
            name_each(clause, "items", &installations, &room);
        }
    }
    read_whole(document, sink);
    cap_alone(document, sink);
    let stages = part_clauses(document, "stages", &room);
    let mut clauses = part_clauses(document, "cap", &room);
    for (id, stages) in stages {
        let of = |stage: String| clauses.get(&stage).cloned().unwrap_or_else(|| vec![stage]);
        let all = stages.into_iter().flat_map(of).collect();
        clauses.insert(id, all);
    }
    if !clauses.is_empty() {
        for key in ["body", "conduct", "event"] {
            for table in tables(document, key) {
                for key in ["clauses", "counter_clauses"] {
                    name_each(table, key, &clauses, &room);
                }
            }
        }
    }
    share_conduct(document, &room);
    source_all(document, sink);
}

/// The tables of an array of tables, however it is written.
fn tables<'t, 'd>(table: &'t mut DeTable<'d>, key: &str) -> Vec<&'t mut DeTable<'d>> {
    let items = match table.get_mut(key).map(Spanned::get_mut) {
        Some(DeValue::Array(items)) => items.iter_mut(),
        _ => return Vec::new(),
    };
    let tables = items.filter_map(|item| match item.get_mut() {
        DeValue::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}

fn none<'d>() -> DeArray<'d> {
    std::iter::empty().collect()
}

fn word<'t>(table: &'t DeTable<'_>, key: &str) -> Option<&'t str> {
    table.get(key)?.get_ref().as_str()
}

/// Puts a text in place of what a key holds, or where it would stand.
fn put(table: &mut DeTable<'_>, key: &'static str, text: String) {
    let text = DeValue::String(text.into());
    match table.get_mut(key) {
        Some(value) => *value.get_mut() = text,
        None => {
            table.insert(Spanned::new(0..0, key.into()), Spanned::new(0..0, text));
        }
    }
}

/// Gives an id to each table that has none: its title, or else its kind and place.
fn name_all(document: &mut DeTable<'_>) {
    let keys: Vec<String> = document.keys().map(|key| key.get_ref().to_string()).collect();
    for key in keys.iter().filter(|key| Kind::of_key(key).is_some() || *key == "reading") {
        let mut all = tables(document, key);
        let mut known: BTreeSet<String> =
            all.iter().filter_map(|it| word(it, "id")).map(str::to_owned).collect();
        let mut last: BTreeMap<String, usize> = BTreeMap::new();
        for (at, table) in all.iter_mut().enumerate().take(MOST) {
            if table.contains_key("id") {
                continue;
            }
            let title = word(table, "title").map(slug).filter(|it| !it.is_empty());
            let first = title.unwrap_or_else(|| format!("{key}-{}", at + 1));
            let last = last.entry(first.clone()).or_insert(0);
            let id = loop {
                *last += 1;
                let id = if *last == 1 { first.clone() } else { format!("{first}-{last}") };
                if known.insert(id.clone()) {
                    break id;
                }
            };
            put(table, "id", id);
        }
    }
}

/// A text as an id: lower-case letters and digits, with hyphens for all else.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}

/// Writes every table of a kind as often as it counts.
fn count(document: &mut DeTable<'_>, key: &str, room: &Room<'_, '_>) -> Made {
    let mut made = Made::new();
    let Some(DeValue::Array(items)) = document.get_mut(key).map(Spanned::get_mut) else {
        return made;
    };
    let often = |item: &Spanned<DeValue<'_>>| {
        let count = number(item.get_ref().as_table()?.get("count")?.get_ref())?;
        let is_one = count.fract() == 0.0 && count > 1.0 && count <= MOST as f64;
        is_one.then_some(count as usize)
    };
    if !items.iter().any(|item| often(item).is_some()) {
        return made;
    }
    let mut all = none();
    for item in std::mem::replace(items, none()) {
        let times = often(&item).filter(|times| room.has(&item, *times));
        let (Some(times), DeValue::Table(table)) = (times, item.get_ref()) else {
            all.push(item);
            continue;
        };
        let id = word(table, "id").unwrap_or_default().to_owned();
        let title = word(table, "title").map(str::to_owned);
        for n in (1..=times).take(MOST.saturating_sub(all.len()) + 1) {
            let mut one = table.clone();
            one.remove("count");
            put(&mut one, "id", format!("{id}-{n}"));
            if let Some(title) = &title {
                put(&mut one, "title", format!("{title} {n}"));
            }
            made.entry(id.clone()).or_default().push(format!("{id}-{n}"));
            all.push(Spanned::new(item.span(), DeValue::Table(one)));
        }
    }
    *items = all;
    made
}

/// Installations that are counted are held by as many forces, each by its own.
fn hold_by(document: &mut DeTable<'_>, forces: &Made, installations: &Made, sink: &Sink<'_>) {
    let number_of: BTreeMap<&String, (usize, usize)> = installations
        .values()
        .flat_map(|ids| ids.iter().enumerate().map(|(at, id)| (id, (at, ids.len()))))
        .collect();
    for installation in tables(document, "installation") {
        let id = word(installation, "id").unwrap_or_default().to_owned();
        let holders = word(installation, "held_by").and_then(|it| forces.get(it));
        let (Some(holders), Some((at, of))) = (holders, number_of.get(&id)) else {
            continue;
        };
        if holders.len() == *of {
            put(installation, "held_by", holders[*at].clone());
        }
    }
    for key in ["installation", "ground"] {
        for table in tables(document, key) {
            names_one(table, "held_by", forces, sink);
        }
    }
}

/// Where one force is to be named, several are a mistake.
fn name_one(document: &mut DeTable<'_>, forces: &Made, sink: &Sink<'_>) {
    for key in ["event", "rule"] {
        for table in tables(document, key) {
            for key in ["force", "target"] {
                names_one(table, key, forces, sink);
            }
        }
    }
}

fn names_one(table: &mut DeTable<'_>, key: &'static str, forces: &Made, sink: &Sink<'_>) {
    let Some(those) = word(table, key).and_then(|it| forces.get(it)) else { return };
    if let (Some(value), Some(first)) = (table.get(key), those.first()) {
        let message = format!("`{key}` names {} forces", those.len());
        sink.push(
            Diagnostic::error(value.span(), message)
                .label("a table with a `count`")
                .help(format!("name one of them, such as \"{first}\"")),
        );
        put(table, key, first.clone());
    }
}

/// Where a list names what is counted, it names each.
fn name_each(table: &mut DeTable<'_>, key: &str, made: &Made, room: &Room<'_, '_>) {
    let Some(DeValue::Array(items)) = table.get_mut(key).map(Spanned::get_mut) else { return };
    let mut all = none();
    for item in std::mem::replace(items, none()) {
        let each = item.get_ref().as_str().and_then(|it| made.get(it));
        match each.filter(|each| room.has(&item, each.len())) {
            Some(each) => each.iter().for_each(|id| {
                all.push(Spanned::new(item.span(), DeValue::String(id.clone().into())));
            }),
            None => all.push(item),
        }
    }
    *items = all;
}

/// The same of the keys of a table.
fn name_each_key(table: &mut DeTable<'_>, key: &str, made: &Made, room: &Room<'_, '_>) {
    let Some(DeValue::Table(inner)) = table.get_mut(key).map(Spanned::get_mut) else { return };
    for (counted, each) in made {
        if !inner.get(counted.as_str()).is_some_and(|value| room.has(value, each.len())) {
            continue;
        }
        let Some((key, value)) = inner.remove_entry(counted.as_str()) else { continue };
        for id in each {
            inner.insert(Spanned::new(key.span(), id.clone().into()), value.clone());
        }
    }
}

/// What differs between the clauses that one table stands for: by what their ids end in, and what
/// is added to the title.
type Part<'d> = (String, String, DeTable<'d>);

/// Writes a clause in stages, or with a cap for each of several classes, as one clause for each.
fn part_clauses(document: &mut DeTable<'_>, key: &str, room: &Room<'_, '_>) -> Made {
    let mut made = Made::new();
    let Some(DeValue::Array(items)) = document.get_mut("clause").map(Spanned::get_mut) else {
        return made;
    };
    let mut all = none();
    for mut item in std::mem::replace(items, none()) {
        let parts = match item.get_ref() {
            DeValue::Table(clause) if key == "cap" => caps(clause),
            DeValue::Table(clause) => stages(clause),
            _ => Vec::new(),
        };
        let span = item.span();
        let whole = match item.get_mut() {
            DeValue::Table(clause) if !parts.is_empty() => clause.remove(key),
            _ => None,
        };
        let (Some(_), true) = (&whole, room.has(&item, parts.len())) else {
            all.push(item);
            continue;
        };
        let DeValue::Table(clause) = item.get_ref() else { continue };
        let id = word(clause, "id").unwrap_or_default().to_owned();
        let title = word(clause, "title").unwrap_or(&id).to_owned();
        for (end, words, own) in parts {
            let mut one = clause.clone();
            put(&mut one, "id", format!("{id}-{end}"));
            put(&mut one, "title", format!("{title}{words}"));
            for (key, value) in own {
                one.insert(key, value);
            }
            made.entry(id.clone()).or_default().push(format!("{id}-{end}"));
            all.push(Spanned::new(span.clone(), DeValue::Table(one)));
        }
    }
    *items = all;
    made
}

/// A reading is of one clause: it has no parts of its own.
fn read_whole(document: &mut DeTable<'_>, sink: &Sink<'_>) {
    for reading in tables(document, "reading") {
        for key in ["stages", "cap"] {
            if let Some((key, value)) = reading.remove_entry(key) {
                let message = format!("a reading has no `{}`", key.get_ref());
                sink.push(
                    Diagnostic::error(value.span(), message)
                        .label("this would be several clauses")
                        .help("write a [[reading]] of each of the clauses that it reads"),
                );
            }
        }
    }
}

/// A cap by class says which classes, and how many of each: what else says so would be lost.
fn cap_alone(document: &mut DeTable<'_>, sink: &Sink<'_>) {
    for clause in tables(document, "clause").into_iter().filter(|it| !caps(it).is_empty()) {
        for key in ["classes", "cap_weapons"] {
            if let Some(value) = clause.get(key) {
                sink.push(
                    Diagnostic::error(value.span(), format!("`{key}` and `cap` say the same"))
                        .label("stands beside a `cap` by class")
                        .help(format!("leave `{key}` out, or write a clause for each class")),
                );
            }
        }
    }
}

/// The stages of a clause: each states what it has of its own.
fn stages<'d>(clause: &DeTable<'d>) -> Vec<Part<'d>> {
    let Some(DeValue::Array(stages)) = clause.get("stages").map(Spanned::get_ref) else {
        return Vec::new();
    };
    let tables = stages.iter().map(|stage| stage.get_ref().as_table().cloned());
    let Some(tables) = tables.collect::<Option<Vec<_>>>() else { return Vec::new() };
    // Ids are made.
    if tables.iter().any(|own| own.contains_key("id")) {
        return Vec::new();
    }
    let named = tables.into_iter().enumerate();
    named.map(|(at, own)| ((at + 1).to_string(), format!(", stage {}", at + 1), own)).collect()
}

/// The caps of a clause on presence, by class.
fn caps<'d>(clause: &DeTable<'d>) -> Vec<Part<'d>> {
    let cap = clause.get("cap").filter(|_| word(clause, "kind") == Some("presence"));
    let Some(DeValue::Table(cap)) = cap.map(Spanned::get_ref) else { return Vec::new() };
    let of = |(class, most): (&Spanned<DeString<'d>>, &Spanned<DeValue<'d>>)| {
        let class = (class.span(), class.get_ref().clone());
        let mut classes = none();
        classes.push(Spanned::new(class.0.clone(), DeValue::String(class.1.clone())));
        let mut own = DeTable::new();
        let key = |key: &'static str| Spanned::new(class.0.clone(), key.into());
        own.insert(key("classes"), Spanned::new(class.0.clone(), DeValue::Array(classes)));
        own.insert(key("cap_weapons"), most.clone());
        (class.1.to_string(), format!(": {}", class.1), own)
    };
    cap.iter().map(of).collect()
}

/// Writes a conduct of several parties once for each.
fn share_conduct(document: &mut DeTable<'_>, room: &Room<'_, '_>) {
    let Some(DeValue::Array(items)) = document.get_mut("conduct").map(Spanned::get_mut) else {
        return;
    };
    let mut all = none();
    for item in std::mem::replace(items, none()) {
        let parties = item.get_ref().as_table().and_then(|it| it.get("party"));
        let Some(DeValue::Array(parties)) = parties.map(Spanned::get_ref) else {
            all.push(item);
            continue;
        };
        let parties: Vec<_> = parties.iter().cloned().collect();
        let several = !parties.is_empty() && room.has(&item, parties.len());
        let Some(table) = item.get_ref().as_table().filter(|_| several) else {
            all.push(item);
            continue;
        };
        let id = word(table, "id").unwrap_or_default().to_owned();
        for party in parties {
            let mut one = table.clone();
            if let Some(party) = party.get_ref().as_str() {
                put(&mut one, "id", format!("{id}-{party}"));
            }
            one.insert(Spanned::new(party.span(), "party".into()), party);
            all.push(Spanned::new(item.span(), DeValue::Table(one)));
        }
    }
    *items = all;
}

/// The source of the whole file stands for that of each table that names none.
fn source_all(document: &mut DeTable<'_>, sink: &Sink<'_>) {
    let Some(stated) = document.get("default_source").cloned() else { return };
    // What is no text is told where it is read.
    let Some(id) = stated.get_ref().as_str() else { return };
    let sources = tables(document, "source");
    let mut known: Vec<&str> = sources.iter().filter_map(|it| word(it, "id")).collect();
    known.push(ASSUMPTION);
    if !known.contains(&id) {
        let message = format!("`default_source` names `{id}`, which is no source");
        let diagnostic =
            Diagnostic::error(stated.span(), message).label("no [[source]] has this id");
        sink.push(diagnostic.help(match nearest(id, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name one of the file's sources, or \"assumption\"".to_owned(),
        }));
        return;
    }
    sink.source_all(id);
}
