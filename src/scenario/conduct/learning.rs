//! What moves in a party's party: pressure, trust, and beliefs of being hit.

use disengage_derive::table;

use crate::scenario::quantity::Quantity;

/// Pressure on a party.
#[table(part)]
pub struct Pressure {
    /// Pressure to comply; what it falls back to.
    #[key(default = 0.0, bounds = WORTH)]
    pub pressure: Quantity,
    /// What each report that a force of the party violates a clause which is due
    /// adds to it. With `pressure_half_life_days`.
    #[key(bounds = COST)]
    pub pressure_per_report: Option<Quantity>,
    /// Days in which half of what was added, by reports, rules or outside events,
    /// is gone.
    #[key(bounds = HALF_LIFE)]
    pub pressure_half_life_days: Option<Quantity>,
}

/// Trust in the other side. It moves if its three rates are stated.
#[table(part)]
pub struct Trust {
    /// Trust in the other side; what it starts from and falls back to.
    #[key(default = 0.0, bounds = WORTH)]
    pub trust: Quantity,
    /// The parties whose conduct moves it.
    #[key(default, refers(Party))]
    pub toward: Vec<String>,
    /// How fast it rises toward the share of their strength that is seen
    /// keeping: the part of the way made in a day, as a rate.
    #[key(bounds = A_DAY)]
    pub trust_up_per_day: Option<Quantity>,
    /// How fast it falls toward that share; at least as fast as it rises.
    #[key(bounds = A_DAY)]
    pub trust_down_per_day: Option<Quantity>,
    /// Days in which half of it is gone, back to `trust`, while nothing is seen.
    #[key(bounds = HALF_LIFE)]
    pub trust_half_life_days: Option<Quantity>,
    /// What a claim about a force weighs, against a report, where no report of
    /// it is known. Default 0.
    #[key(bounds = SHARE)]
    pub credence: Option<Quantity>,
}

/// How beliefs of being hit move. Without it they stay as stated.
#[table(part)]
pub struct Belief {
    /// Days of exposure that a belief looks back on. With
    /// `belief_half_life_days`, and a prior for each order in `hits_per_day`.
    #[key(bounds = HALF_LIFE)]
    pub belief_memory_days: Option<Quantity>,
    /// Days without exposure in which half of what was learnt is gone.
    #[key(bounds = HALF_LIFE)]
    pub belief_half_life_days: Option<Quantity>,
}
