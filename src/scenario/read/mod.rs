//! Reading tables of the parsed document key by key.
//!
//! Every getter reports what is wrong and returns a placeholder, so that one
//! pass finds every mistake; a file with an error is never used.

mod sink;
mod spans;
mod table;
mod value;

pub(crate) use sink::Sink;
pub use spans::Spans;
pub(crate) use table::{At, Table};
pub(crate) use value::{Value, kind_of, number, word};
