//! Who decides what, and how.

use super::{ClauseIndex, ForceIndex, PartyIndex, Uncertain, UnitIndex};
use crate::stats::Stream;

/// What a party orders for a clause and a group of sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// Do what the clause asks.
    Comply,
    /// Stay, or come back.
    Defy,
    /// Stay, hidden.
    Conceal,
}

impl Order {
    /// The word of the scenario file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Comply => "comply",
            Self::Defy => "defy",
            Self::Conceal => "conceal",
        }
    }
}

/// A party, a clause and a group of sites: one standing order.
#[derive(Debug, Clone)]
pub struct DecisionUnit {
    /// Who decides.
    pub party: PartyIndex,
    /// On which clause.
    pub clause: ClauseIndex,
    /// For which group of sites.
    pub group: usize,
    /// The forces the order moves: the party's own, bound, of the group.
    pub forces: Vec<ForceIndex>,
    /// The forces whose presence is weighed: its own, or for a patron without
    /// any its proxies'.
    pub weighed: Vec<ForceIndex>,
    /// How it decides.
    pub policy: Policy,
    /// The share of its signature a concealed force loses.
    pub concealment: Uncertain,
    /// The patron's unit for the same clause and group.
    pub patron: Option<UnitIndex>,
    /// Draws: what it does under a clause to abstain.
    pub acts: Stream,
    /// Draws: when the first review falls.
    pub stagger: Stream,
    /// Draws: the order, by number of the review.
    pub choice: Stream,
    /// Draws: whether the patron is followed, by number of the review.
    pub follows: Stream,
}

/// How a party decides.
#[derive(Debug, Clone)]
pub enum Policy {
    /// Orders on given days.
    Scripted {
        /// The order until the first day.
        initial: Order,
        /// Orders by day.
        orders: Vec<ScriptedOrder>,
    },
    /// P(order) ∝ exp(λU).
    QuantalResponse(Box<QuantalResponse>),
}

/// An order on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScriptedOrder {
    /// The day.
    pub day: u32,
    /// The order.
    pub order: Order,
}

/// The parameters of quantal response; see `docs/model.md` for the equations.
#[derive(Debug, Clone)]
pub struct QuantalResponse {
    /// Days between reviews.
    pub review_days: u32,
    /// Precision λ.
    pub lambda: Uncertain,
    /// By weighed force: the value of its site over one review; where none is
    /// weighed, the value of defying alone.
    pub site_values: Vec<Uncertain>,
    /// Value of each kilometre given up.
    pub value_per_km: Uncertain,
    /// Cost κ of hiding over one review.
    pub concealment_cost: Uncertain,
    /// Pressure and its weight.
    pub pressure: (Uncertain, Uncertain),
    /// Trust and its weight.
    pub trust: (Uncertain, Uncertain),
    /// Counter-performance seen and its weight.
    pub counter: (Uncertain, Uncertain),
    /// Cost S of a hit.
    pub hit_cost: Uncertain,
    /// Believed hits per day: complying, defying, concealing.
    pub hits_per_day: [Uncertain; 3],
}
