//! `[[reading]]`: how one party reads a clause.
//!
//! A reading is written as the terms that differ, and read as a clause of its
//! own: the clause's table with the reading's keys laid over it. So any term of
//! any kind may differ.

use disengage_derive::table;
use toml::de::DeTable;

use super::clause::Clause;
use super::read::{Sink, Table};

/// How a party reads a clause: the keys of the clause that differ, and these.
/// The party carries out its own reading, and its monitors register by it; the
/// clause is judged under each reading.
#[table(entry(Clause), open)]
pub struct Reading {
    /// The clause that is read.
    #[key(refers(Clause))]
    pub reading_of: String,
    /// The party whose reading it is.
    #[key(refers(Party))]
    pub read_by: String,
}

/// Keys of a clause that belong to the clause and not to a reading of it.
const OF_THE_CLAUSE: [&str; 4] = ["id", "title", "weight", "sources"];
/// Keys of a reading that are none of the clause.
const OF_THE_READING: [&str; 2] = ["reading_of", "read_by"];

/// The clauses that readings make of those they read: none of a reading whose clause is
/// not there or could not be read.
pub(super) fn clauses<'d>(
    readings: &[Reading],
    document: &'d DeTable<'d>,
    sink: &'d Sink<'d>,
) -> Vec<Clause> {
    let made = readings.iter().zip(tables(document, "reading")).filter_map(|(reading, own)| {
        let clause = clause(reading, own, document, sink);
        if clause.is_none() {
            sink.lose("clause", reading.id.clone());
        }
        clause
    });
    made.collect()
}

fn tables<'d>(
    document: &'d DeTable<'d>,
    key: &str,
) -> impl Iterator<Item = &'d DeTable<'d>> + use<'d> {
    let items = document.get(key).and_then(|written| written.get_ref().as_array());
    items.into_iter().flat_map(|items| items.iter()).filter_map(|item| item.get_ref().as_table())
}

fn clause<'d>(
    reading: &Reading,
    own: &'d DeTable<'d>,
    document: &'d DeTable<'d>,
    sink: &Sink<'_>,
) -> Option<Clause> {
    let is_read = |table: &&DeTable<'_>| {
        let id = table.get("id").and_then(|id| id.get_ref().as_str());
        id == Some(reading.reading_of.as_str())
    };
    let base = tables(document, "clause").find(is_read)?;
    if !base.iter().all(|(_, value)| sink.was_read(&value.span())) {
        return None;
    }
    let mut merged: DeTable<'_> = DeTable::new();
    let of_the_clause =
        base.iter().filter(|(key, _)| !OF_THE_CLAUSE.contains(&key.get_ref().as_ref()));
    let of_the_reading =
        own.iter().filter(|(key, _)| !OF_THE_READING.contains(&key.get_ref().as_ref()));
    merged.extend(
        of_the_clause.chain(of_the_reading).map(|(key, value)| (key.clone(), value.clone())),
    );
    let table = Table::new(&merged, reading.spans.header(), "[[reading]]", sink);
    Clause::read_reading(table, reading)
}
