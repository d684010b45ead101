//! `[[reading]]`: how one party reads a clause.
//!
//! A reading is written as the terms that differ, and read as a clause of its
//! own: the clause's table with the reading's keys laid over it. So any term of
//! any kind may differ.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::clause::Clause;
use super::read::{Sink, Spans, Table};

/// How a party reads a clause: the keys of the clause that differ, and these.
/// The party carries out its own reading, and its monitors register by it; the
/// clause is judged under each reading.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Reading {
    /// Lower-case letters, digits and hyphens; results show it as a clause.
    pub id: String,
    /// The clause that is read.
    pub reading_of: String,
    /// The party whose reading it is.
    pub read_by: String,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

/// Keys of a clause that belong to the clause and not to a reading of it.
const OF_THE_CLAUSE: [&str; 4] = ["id", "title", "weight", "sources"];
/// Keys of a reading that are none of the clause.
const OF_THE_READING: [&str; 2] = ["reading_of", "read_by"];

/// Reads a reading, and the clause that it makes of the one it reads. Without
/// that clause, or where that could not be read, the reading alone.
pub(super) fn read<'d>(
    table: &'d DeTable<'d>,
    header: crate::diag::Span,
    clauses: Option<&'d Spanned<DeValue<'d>>>,
    sink: &'d Sink<'d>,
) -> (Reading, Option<Clause>) {
    let mut own = Table::new(table, header.clone(), "[[reading]]", sink);
    let reading = Reading {
        id: own.id(),
        reading_of: own.req("reading_of"),
        read_by: own.req("read_by"),
        spans: own.into_spans(),
    };
    let id_is = |it: &DeTable<'_>| {
        let id = it.get("id").and_then(|id| id.get_ref().as_str());
        id == Some(reading.reading_of.as_str())
    };
    let items = clauses.and_then(|it| it.get_ref().as_array());
    let base = items
        .into_iter()
        .flat_map(|items| items.iter())
        .filter_map(|item| item.get_ref().as_table())
        .find(|it| id_is(it));
    let Some(base) = base.filter(|it| it.iter().all(|(_, value)| sink.was_read(&value.span())))
    else {
        return (reading, None);
    };
    let mut merged: DeTable<'_> = DeTable::new();
    for (key, value) in base.iter() {
        if !OF_THE_CLAUSE.contains(&key.get_ref().as_ref()) {
            merged.insert(key.clone(), value.clone());
        }
    }
    for (key, value) in table.iter() {
        if !OF_THE_READING.contains(&key.get_ref().as_ref()) {
            merged.insert(key.clone(), value.clone());
        }
    }
    let clause = Clause::read_reading(Table::new(&merged, header, "[[reading]]", sink), &reading);
    (reading, clause)
}
