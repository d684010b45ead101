//! Reading tables of the parsed document key by key.
//!
//! Every getter reports what is wrong and returns a placeholder, so that one
//! pass finds every mistake; a file with an error is never used. What keys a table has is
//! declared by `#[table]` at its struct.

mod keys;
mod sink;
mod spans;
mod table;
mod value;

pub(crate) use keys::{Keys, Whole, whole};
pub(crate) use sink::{Lost, Sink};
pub use spans::Spans;
pub(crate) use table::{At, Table, UNSOURCED};
pub(crate) use value::{Value, Written, kind_of, number, word, words_of};

/// What code made by `#[table]`, `#[kinds]` and `#[words]` names. No table of the format
/// may be called like one of these.
pub(crate) mod declared {
    pub(crate) use super::{At, Keys, Spans, Table, Value, Whole, Written, whole, word};
    pub(crate) use crate::scenario::bounds::Bounds;
    pub(crate) use crate::scenario::refer::{Entry, Kind, Place, Reference};
    pub(crate) use crate::scenario::schema::{Key, Outline, Schemas, id};
}
