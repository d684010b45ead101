//! Where the tables of a file and their values stand in its text.

use std::collections::BTreeMap;

use crate::diag::Span;

/// Where a table and its values stand in the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spans {
    pub(super) header: Span,
    pub(super) keys: BTreeMap<String, Vec<Span>>,
    /// Of inline tables: key and value by the names of both keys.
    pub(super) entries: BTreeMap<(String, String), (Span, Span)>,
}

impl Spans {
    /// The table's header, or the whole of an inline table.
    pub fn header(&self) -> Span {
        self.header.clone()
    }

    /// The value of `key`; the header if it is not written.
    pub fn of(&self, key: &str) -> Span {
        self.keys
            .get(key)
            .and_then(|spans| spans.first())
            .cloned()
            .unwrap_or_else(|| self.header.clone())
    }

    /// The `index`-th element of the list at `key`.
    pub fn item(&self, key: &str, index: usize) -> Span {
        self.keys
            .get(key)
            .and_then(|spans| spans.get(index + 1))
            .cloned()
            .unwrap_or_else(|| self.of(key))
    }

    /// The key `inner` of the table at `key`: the `tank` of `{ tank = 3 }`.
    pub fn inner_key(&self, key: &str, inner: &str) -> Span {
        self.entries
            .get(&(key.to_owned(), inner.to_owned()))
            .map_or_else(|| self.of(key), |(span, _)| span.clone())
    }

    /// The value of `inner` in the table at `key`: the 3 of `{ tank = 3 }`.
    pub fn inner(&self, key: &str, inner: &str) -> Span {
        self.entries
            .get(&(key.to_owned(), inner.to_owned()))
            .map_or_else(|| self.of(key), |(_, span)| span.clone())
    }

    /// Whether `key` is written.
    pub fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// The keys written, in alphabetical order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.keys().map(String::as_str)
    }
}
