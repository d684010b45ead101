//! `[[conduct]]`: how a party decides.

mod assurance;
mod fixed;
mod inspection;
mod learning;
mod quantal;
mod reciprocal;
mod scripted;

use disengage_derive::{kinds, table, words};

use super::quantity::Quantity;

pub use assurance::Assurance;
pub use fixed::FixedProbabilities;
pub use inspection::InspectionEquilibrium;
pub use learning::{Belief, Pressure, Trust};
pub use quantal::QuantalResponse;
pub use reciprocal::Reciprocal;
pub use scripted::{Scripted, ScriptedOrder};

pub use crate::model::Order;

/// How a party decides on the clauses that bind it. A table that names clauses
/// goes before one that does not.
#[table(entry(Conduct), sourced)]
pub struct Conduct {
    /// The party that decides. Of several parties in a list each decides for itself, with draws
    /// of its own: the conduct `both` of `["red", "blue"]` is `both-red` and `both-blue`.
    #[key(refers(Party), schema = one_or_several())]
    pub party: String,
    /// The clauses it is about; every clause if left out.
    #[key(default, refers(Clause))]
    pub clauses: Vec<String>,
    /// How much of its signature a concealed force loses, between 0 and 1.
    #[key(default = 0.5, bounds = SHARE)]
    pub concealment: Quantity,
    /// The order until its first review, or the first date of a script.
    #[key(default = Order::Defy)]
    pub initial: Order,
    /// Days over which the first reviews of its garrisons are spread; all decide on
    /// D-day if left out.
    #[key(default = 0.0, bounds = DAYS)]
    pub first_review_days: Quantity,
    /// When those who comply set out. "by-deadline" by default where a clause has a
    /// deadline, "at-once" where it has none or orders come by script.
    pub timing: Option<Timing>,
    /// Mean days before the deadline at which those who set out for it arrive.
    #[key(default = 2.0, bounds = DAYS)]
    pub slack_days: Quantity,
    /// How it decides, by `kind`.
    #[key(kind)]
    pub policy: Policy,
}

/// An id, or a list of ids.
fn one_or_several() -> serde_json::Value {
    let one = crate::scenario::schema::id();
    serde_json::json!({ "oneOf": [one, { "type": "array", "items": one, "minItems": 1 }] })
}

/// When those who comply set out.
#[words(stand_in = AtOnce, such_as = "when it sets out, such as \"at-once\"")]
pub enum Timing {
    /// When the order is given.
    AtOnce,
    /// So as to arrive before the deadline.
    ByDeadline,
}

/// How a party decides.
#[kinds]
pub enum Policy {
    Scripted(Scripted),
    QuantalResponse(Box<QuantalResponse>),
    FixedProbabilities(FixedProbabilities),
    Reciprocal(Box<Reciprocal>),
    Assurance(Box<Assurance>),
    InspectionEquilibrium(Box<InspectionEquilibrium>),
}

impl Policy {
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
