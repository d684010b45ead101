//! `kind = "abstain"`: things that are not to be done.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use crate::model::ActKind;
use crate::scenario::quantity::Quantity;
use crate::scenario::read::{At, Spans, Table, Value, kind_of, word};

impl Value for ActKind {
    const EXPECTED: &'static str = "what is done, such as \"fire\"";
    fn placeholder() -> Self {
        Self::Fire
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        word(value, at, &Self::ALL).unwrap_or_else(Self::placeholder)
    }
}

/// Kept by a force that has done none of the acts within `counts_days`.
#[derive(Debug, Clone, JsonSchema)]
pub struct Abstain {
    /// What is not to be done.
    #[schemars(length(min = 1), with = "Vec<String>")]
    pub acts: Vec<ActKind>,
    /// Against whose forces; anyone's if left out.
    #[schemars(default)]
    pub against: Vec<String>,
    /// How many acts a day a unit does that does not comply. Default 0.
    pub acts_per_day: Option<Quantity>,
    /// For how many days an act counts against its author. Default 1.
    #[schemars(default, range(min = 1), extend("default" = 1))]
    pub counts_days: u32,
    /// Acts that are no violation, for what went before them.
    #[schemars(default)]
    pub licences: Vec<Licence>,
}

impl Abstain {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            acts: t.req("acts"),
            against: t.or("against", Vec::new()),
            acts_per_day: t.opt("acts_per_day"),
            counts_days: t.or("counts_days", 1),
            licences: t.or("licences", Vec::new()),
        }
    }
}

/// Self-defence and the like: an act that follows one suffered is no violation.
#[derive(Debug, Clone, PartialEq, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Licence {
    /// The act that its author suffered.
    #[schemars(with = "String")]
    pub after: ActKind,
    /// For how many days from it.
    pub within_days: u32,
    /// To whom it is given; to every bound party if left out.
    #[schemars(default)]
    pub to: Vec<String>,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Value for Licence {
    const EXPECTED: &'static str = "a table such as { after = \"fire\", within_days = 2 }";
    fn placeholder() -> Self {
        Self { after: ActKind::Fire, within_days: 0, to: Vec::new(), spans: Spans::default() }
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let DeValue::Table(table) = value.get_ref() else {
            at.expected(value.span(), Self::EXPECTED, &kind_of(value.get_ref()));
            return Self::placeholder();
        };
        let mut t = Table::new(table, value.span(), "a licence", at.sink);
        Self {
            after: t.req("after"),
            within_days: t.req("within_days"),
            to: t.or("to", Vec::new()),
            spans: t.finish(),
        }
    }
}
