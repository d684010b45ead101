//! `[[party]]`: who is bound, who answers, who watches.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use super::quantity::Quantity;
use super::read::{At, Spans, Table, Value, word};
use super::source::Provenance;

/// What a party is to the agreement; one may be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Role {
    /// Signed it.
    Signatory,
    /// Stands for its being kept.
    Guarantor,
    /// Brought it about.
    Mediator,
    /// Watches.
    Monitor,
    /// Answers breaches by force.
    Enforcer,
    /// Stands between.
    InterposedForce,
    /// Has the ground.
    Host,
    /// Directs a proxy.
    Patron,
    /// Follows a patron.
    Proxy,
    /// Is there.
    Bystander,
}

impl Role {
    pub(crate) const WORDS: [(&'static str, Self); 10] = [
        ("signatory", Self::Signatory),
        ("guarantor", Self::Guarantor),
        ("mediator", Self::Mediator),
        ("monitor", Self::Monitor),
        ("enforcer", Self::Enforcer),
        ("interposed-force", Self::InterposedForce),
        ("host", Self::Host),
        ("patron", Self::Patron),
        ("proxy", Self::Proxy),
        ("bystander", Self::Bystander),
    ];
}

impl Value for Role {
    const EXPECTED: &'static str = "a role, such as \"signatory\"";
    fn placeholder() -> Self {
        Self::Bystander
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        word(value, at, &Self::WORDS).unwrap_or_else(Self::placeholder)
    }
}

/// A party to the agreement or around it.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Party {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// What it is to the agreement.
    #[schemars(default)]
    pub roles: Vec<Role>,
    /// The party whose orders it may follow.
    pub patron: Option<String>,
    /// Probability, at each review, of following the patron's standing order
    /// instead of its own. Needs `patron`.
    pub control: Option<Quantity>,
    /// Persons that may be on the move at once; no limit by default.
    pub lift_persons: Option<Quantity>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Party {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            roles: t.or("roles", Vec::new()),
            patron: t.opt("patron"),
            control: t.opt("control"),
            lift_persons: t.opt("lift_persons"),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
