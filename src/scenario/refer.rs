//! References: which tables have ids, and which ids a table names.

use super::read::Spans;
use crate::diag::Span;

/// Declares the tables with ids: variant, key of the file, and how a sentence names one
/// and several of its entries.
macro_rules! kinds_of_tables {
    ($($kind:ident: $key:literal, $one:literal, $many:literal;)*) => {
        /// A table whose entries have ids.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Kind {
            $($kind,)*
        }

        impl Kind {
            /// The table of a key of the file.
            pub(crate) fn of_key(key: &str) -> Option<Self> {
                match key {
                    $($key => Some(Self::$kind),)*
                    _ => None,
                }
            }

            /// The table's key in the file.
            pub(crate) fn key(self) -> &'static str {
                match self {
                    $(Self::$kind => $key,)*
                }
            }

            /// What a sentence calls one entry: "weapon class".
            pub(crate) fn one(self) -> &'static str {
                match self {
                    $(Self::$kind => $one,)*
                }
            }

            /// What a sentence calls several.
            pub(crate) fn many(self) -> &'static str {
                match self {
                    $(Self::$kind => $many,)*
                }
            }
        }
    };
}

impl Kind {
    /// What a sentence calls one entry, with its article.
    pub(crate) fn a(self) -> String {
        let one = self.one();
        let article = if one.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        format!("{article} {one}")
    }
}

kinds_of_tables! {
    Source: "source", "source", "sources";
    Line: "line", "line", "lines";
    Area: "area", "area", "areas";
    Site: "site", "site", "sites";
    Route: "route", "route", "routes";
    WeaponClass: "weapon-class", "weapon class", "weapon classes";
    Party: "party", "party", "parties";
    Force: "force", "force", "forces";
    Installation: "installation", "installation", "installations";
    Ground: "ground", "piece of ground", "pieces of ground";
    Agreement: "agreement", "agreement", "agreements";
    Phase: "phase", "phase", "phases";
    Clause: "clause", "clause", "clauses";
    Change: "change", "change", "changes";
    Monitor: "monitor", "monitor", "monitors";
    Body: "body", "body", "bodies";
    Conduct: "conduct", "conduct", "conducts";
    Claim: "claim", "claim", "claims";
    Account: "account", "account", "accounts";
    Incident: "incident", "incident", "incidents";
    Liaison: "liaison", "liaison", "liaisons";
    Ladder: "ladder", "ladder", "ladders";
    Rule: "rule", "rule", "rules";
    Event: "event", "event", "events";
    Record: "record", "record", "records";
    Variant: "variant", "variant", "variants";
}

/// A table with an id.
pub(crate) trait Entry {
    /// Which table it is.
    fn kind(&self) -> Kind;
    /// Its id.
    fn id(&self) -> &str;
    /// What a sentence calls it: "clause `pullback`".
    fn called(&self) -> String {
        format!("{} `{}`", self.kind().one(), self.id())
    }
    /// Where its keys stand.
    fn spans(&self) -> &Spans;
    /// Every id that it names.
    fn references(&self) -> Vec<Reference<'_>>;
}

/// The table of a list that has an id, if one is named.
pub(crate) fn named<T: Entry>(tables: &[T], id: Option<impl AsRef<str>>) -> Option<&T> {
    let id = id?;
    tables.iter().find(|table| table.id() == id.as_ref())
}

/// An id that a key names.
#[derive(Debug)]
pub(crate) struct Reference<'s> {
    /// What messages call the key.
    pub(crate) key: &'static str,
    /// The id.
    pub(crate) id: &'s str,
    /// Where it stands.
    pub(crate) span: Span,
    /// What must be there.
    pub(crate) wanted: Wanted,
    /// Where the same list has named it before.
    pub(crate) earlier: Option<Span>,
}

/// What must be there, where a key names an id or says nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wanted {
    /// A table of one of these.
    Tables(&'static [Kind]),
    /// An element of a list, which is empty.
    Element,
    /// A day: there are 0.
    Day,
}

/// A place of a table where ids may stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'s> {
    key: &'static str,
    /// What messages call the key.
    called: &'static str,
    spans: &'s Spans,
    kinds: &'static [Kind],
    /// Those of the values of a table in braces.
    values: &'static [Kind],
    spot: Spot<'s>,
}

/// Which part of a key's value.
#[derive(Debug, Clone, Copy)]
enum Spot<'s> {
    Whole,
    Item(usize),
    InnerKey(&'s str),
    Inner(&'s str),
}

impl<'s> Place<'s> {
    pub(crate) fn new(
        key: &'static str,
        called: &'static str,
        spans: &'s Spans,
        kinds: &'static [Kind],
        values: &'static [Kind],
    ) -> Self {
        Self { key, called, spans, kinds, values, spot: Spot::Whole }
    }

    /// An element of the list there.
    pub(crate) fn item(self, index: usize) -> Self {
        Self { spot: Spot::Item(index), ..self }
    }

    /// A key of the table in braces there.
    pub(crate) fn inner_key(self, key: &'s str) -> Self {
        Self { spot: Spot::InnerKey(key), ..self }
    }

    /// The value of a key of the table in braces there.
    pub(crate) fn inner(self, key: &'s str) -> Self {
        Self { spot: Spot::Inner(key), kinds: self.values, ..self }
    }

    /// What messages call the key.
    pub(crate) fn called(&self) -> &'static str {
        self.called
    }

    /// Where it is.
    pub(crate) fn span(&self) -> Span {
        match self.spot {
            Spot::Whole => self.spans.of(self.key),
            Spot::Item(index) => self.spans.item(self.key, index),
            Spot::InnerKey(key) => self.spans.inner_key(self.key, key),
            Spot::Inner(key) => self.spans.inner(self.key, key),
        }
    }

    /// That here, where something must be said, nothing is.
    pub(crate) fn nothing(&self, wanted: Wanted) -> Reference<'s> {
        Reference { key: self.called, id: "", span: self.span(), wanted, earlier: None }
    }

    /// The reference from here to `id`; none where texts are no ids.
    pub(crate) fn to(&self, id: &'s str, earlier: Option<Span>) -> Option<Reference<'s>> {
        let Self { called: key, kinds, .. } = *self;
        let wanted = Wanted::Tables(kinds);
        (!kinds.is_empty()).then(|| Reference { key, id, span: self.span(), wanted, earlier })
    }
}
