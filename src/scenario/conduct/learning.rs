//! What moves in a party's party: pressure, trust, and beliefs of being hit.

use schemars::JsonSchema;

use crate::scenario::quantity::Quantity;
use crate::scenario::read::Table;

/// Pressure on a party.
#[derive(Debug, Clone, JsonSchema)]
pub struct Pressure {
    /// Pressure to comply; what it falls back to. Default 0.
    pub pressure: Option<Quantity>,
    /// What each report that a force of the party violates a clause which is due
    /// adds to it. With `pressure_half_life_days`.
    pub pressure_per_report: Option<Quantity>,
    /// Days in which half of what was added, by reports, rules or outside events,
    /// is gone.
    pub pressure_half_life_days: Option<Quantity>,
}

impl Pressure {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            pressure: t.opt("pressure"),
            pressure_per_report: t.opt("pressure_per_report"),
            pressure_half_life_days: t.opt("pressure_half_life_days"),
        }
    }
}

/// Trust in the other side. It moves if its three rates are stated.
#[derive(Debug, Clone, JsonSchema)]
pub struct Trust {
    /// Trust in the other side; what it starts from and falls back to. Default 0.
    pub trust: Option<Quantity>,
    /// The parties whose conduct moves it.
    #[schemars(default)]
    pub toward: Vec<String>,
    /// How fast it rises toward the share of their strength that is seen
    /// keeping: the part of the way made in a day, as a rate.
    pub trust_up_per_day: Option<Quantity>,
    /// How fast it falls toward that share; at least as fast as it rises.
    pub trust_down_per_day: Option<Quantity>,
    /// Days in which half of it is gone, back to `trust`, while nothing is seen.
    pub trust_half_life_days: Option<Quantity>,
    /// What a claim about a force weighs, against a report, where no report of
    /// it is known. Default 0.
    pub credence: Option<Quantity>,
}

impl Trust {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            trust: t.opt("trust"),
            toward: t.or("toward", Vec::new()),
            trust_up_per_day: t.opt("trust_up_per_day"),
            trust_down_per_day: t.opt("trust_down_per_day"),
            trust_half_life_days: t.opt("trust_half_life_days"),
            credence: t.opt("credence"),
        }
    }
}

/// How beliefs of being hit move. Without it they stay as stated.
#[derive(Debug, Clone, JsonSchema)]
pub struct Belief {
    /// Days of exposure that a belief looks back on. With
    /// `belief_half_life_days`, and a prior for each order in `hits_per_day`.
    pub belief_memory_days: Option<Quantity>,
    /// Days without exposure in which half of what was learnt is gone.
    pub belief_half_life_days: Option<Quantity>,
}

impl Belief {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            belief_memory_days: t.opt("belief_memory_days"),
            belief_half_life_days: t.opt("belief_half_life_days"),
        }
    }
}
