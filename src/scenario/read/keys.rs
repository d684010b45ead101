//! What a declared table gives: `#[table]` and `#[kinds]` implement it.

use toml::de::DeValue;

use super::{At, Spans, Table, Value, Written, kind_of};
use crate::diag::Diagnostic;
use crate::scenario::refer::Reference;
use crate::scenario::schema::{Outline, Schemas};

/// Keys that stand together.
pub(crate) trait Keys: Sized {
    /// What the schema calls the table.
    const NAME: &'static str = "";
    /// What the table means.
    const DOC: &'static str;

    /// Reads every key; none after an unknown kind.
    fn read(table: &mut Table<'_>) -> Option<Self>;

    /// Adds every key to the outline of a table.
    fn describe(schemas: &mut Schemas, outline: &mut Outline);

    /// Finds every id that the keys name.
    fn refer<'s>(&'s self, spans: &'s Spans, found: &mut Vec<Reference<'s>>);

    /// How many numbers of it are drawn per replicate.
    fn drawn(&self) -> u64;
}

impl<T: Keys> Keys for Box<T> {
    const NAME: &'static str = T::NAME;
    const DOC: &'static str = T::DOC;

    fn read(table: &mut Table<'_>) -> Option<Self> {
        T::read(table).map(Self::new)
    }

    fn describe(schemas: &mut Schemas, outline: &mut Outline) {
        T::describe(schemas, outline);
    }

    fn refer<'s>(&'s self, spans: &'s Spans, found: &mut Vec<Reference<'s>>) {
        (**self).refer(spans, found);
    }

    fn drawn(&self) -> u64 {
        (**self).drawn()
    }
}

/// The keys of a whole table.
pub(crate) trait Whole: Keys {
    /// What messages call the table.
    const HEADER: &'static str;

    /// Keeps where the keys stand, once no further one is asked for.
    fn close(&mut self, table: Table<'_>);

    /// Reads a table to its end.
    fn whole(mut table: Table<'_>) -> Option<Self> {
        let mut read = Self::read(&mut table)?;
        read.close(table);
        Some(read)
    }
}

/// Reads a value that is a table.
pub(crate) fn whole<T: Whole + Value>(value: &Written<'_>, at: &At<'_>) -> Option<T> {
    match value.get_ref() {
        DeValue::Table(inner) => T::whole(Table::new(inner, value.span(), T::HEADER, at.sink)),
        other if T::SECTION => {
            let message = format!("`{}` must be a table", at.key);
            at.sink.push(
                Diagnostic::error(value.span(), message)
                    .label(format!("this is {}", kind_of(other)))
                    .help(format!("write {} on a line of its own, its keys below", T::HEADER)),
            );
            None
        }
        other => {
            at.expected(value.span(), T::EXPECTED, &kind_of(other));
            None
        }
    }
}
