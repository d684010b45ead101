//! `[[conduct]]`: how a party decides.

mod assurance;
mod fixed;
mod inspection;
mod learning;
mod quantal;
mod reciprocal;
mod scripted;

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use super::quantity::Quantity;
use super::read::{At, Spans, Table, Value, word};
use super::source::Provenance;

pub use assurance::Assurance;
pub use fixed::FixedProbabilities;
pub use inspection::InspectionEquilibrium;
pub use learning::{Belief, Pressure, Trust};
pub use quantal::QuantalResponse;
pub use reciprocal::Reciprocal;
pub use scripted::{Scripted, ScriptedOrder};

/// What a party orders for a clause and a group of sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Order {
    /// Do what the clause asks.
    Comply,
    /// Stay, or come back.
    Defy,
    /// Stay, hidden.
    Conceal,
}

impl Value for Order {
    const EXPECTED: &'static str = "\"comply\", \"defy\" or \"conceal\"";
    fn placeholder() -> Self {
        Self::Defy
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let words = [("comply", Self::Comply), ("defy", Self::Defy), ("conceal", Self::Conceal)];
        word(value, at, &words).unwrap_or_else(Self::placeholder)
    }
}

/// How a party decides on the clauses that bind it. A table that names clauses
/// goes before one that does not.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Conduct {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// The party that decides.
    pub party: String,
    /// The clauses it is about; every clause if left out.
    #[schemars(default)]
    pub clauses: Vec<String>,
    /// How much of its signature a concealed force loses, between 0 and 1.
    /// Default 0.5.
    pub concealment: Option<Quantity>,
    /// How it decides, by `kind`.
    #[schemars(skip)]
    pub policy: Policy,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

/// How a party decides.
#[derive(Debug, Clone)]
pub enum Policy {
    /// `kind = "scripted"`.
    Scripted(Scripted),
    /// `kind = "quantal-response"`.
    QuantalResponse(Box<QuantalResponse>),
    /// `kind = "fixed-probabilities"`.
    FixedProbabilities(FixedProbabilities),
    /// `kind = "reciprocal"`.
    Reciprocal(Box<Reciprocal>),
    /// `kind = "assurance"`.
    Assurance(Box<Assurance>),
    /// `kind = "inspection-equilibrium"`.
    InspectionEquilibrium(Box<InspectionEquilibrium>),
}

impl Policy {
    /// Days between reviews, of a policy that has any.
    pub fn review_days(&self) -> Option<u32> {
        match self {
            Self::Scripted(_) => None,
            Self::QuantalResponse(it) => Some(it.review_days),
            Self::FixedProbabilities(it) => Some(it.review_days),
            Self::Reciprocal(it) => Some(it.review_days),
            Self::Assurance(it) => Some(it.review_days),
            Self::InspectionEquilibrium(it) => Some(it.review_days),
        }
    }

    /// The parties whose conduct it follows, and the trust in them, if it moves.
    pub fn trust(&self) -> Option<&Trust> {
        match self {
            Self::QuantalResponse(it) => Some(&it.trust),
            Self::Assurance(it) => Some(&it.trust),
            _ => None,
        }
    }

    /// The clauses of the other side it looks at by name.
    pub fn counter_clauses(&self) -> &[String] {
        match self {
            Self::QuantalResponse(it) => &it.counter_clauses,
            Self::Reciprocal(it) => &it.counter_clauses,
            _ => &[],
        }
    }

    /// The parties whose conduct it follows.
    pub fn toward(&self) -> &[String] {
        match self {
            Self::Reciprocal(it) => &it.toward,
            _ => self.trust().map_or(&[], |trust| &trust.toward),
        }
    }
}

impl Conduct {
    pub(crate) fn read(mut t: Table<'_>) -> Option<Self> {
        let id = t.id();
        let party = t.req("party");
        let clauses = t.or("clauses", Vec::new());
        let concealment = t.opt("concealment");
        let provenance = Provenance::read(&mut t);
        let kinds = [
            "scripted",
            "quantal-response",
            "fixed-probabilities",
            "reciprocal",
            "assurance",
            "inspection-equilibrium",
        ];
        let policy = match t.kind(&kinds)? {
            "scripted" => Policy::Scripted(Scripted::read(&mut t)),
            "quantal-response" => Policy::QuantalResponse(Box::new(QuantalResponse::read(&mut t))),
            "fixed-probabilities" => Policy::FixedProbabilities(FixedProbabilities::read(&mut t)),
            "reciprocal" => Policy::Reciprocal(Box::new(Reciprocal::read(&mut t))),
            "assurance" => Policy::Assurance(Box::new(Assurance::read(&mut t))),
            _ => Policy::InspectionEquilibrium(Box::new(InspectionEquilibrium::read(&mut t))),
        };
        Some(Self { id, party, clauses, concealment, policy, provenance, spans: t.finish() })
    }
}
