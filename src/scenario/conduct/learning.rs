//! What a party feels, trusts and believes: pressure, trust, and beliefs of being hit.

use disengage_derive::table;

use crate::scenario::quantity::Quantity;

/// Pressure on a party.
#[table(part)]
pub struct Pressure {
    /// What a day on record as violating costs, where the record is certain. Such a
    /// word is on record for `record_days`.
    #[key(default = 0.0, bounds = COST)]
    pub pressure: Quantity,
    /// Days in which half of what rules and outside events add to it is gone.
    #[key(bounds = HALF_LIFE)]
    pub pressure_half_life_days: Option<Quantity>,
    /// Parties whose monitors press by what they report: those that report to one of
    /// them. All that report to somebody else if left out.
    #[key(default, refers(Party))]
    pub pressed_by: Vec<String>,
    /// Days for which the newest word of a monitor stands.
    #[key(default = 30.0, bounds = HALF_LIFE)]
    pub record_days: Quantity,
    /// By what factor it misjudges how often monitors see it.
    #[key(default = 1.0, bounds = FACTOR)]
    pub believed_watch: Quantity,
}

/// Trust in the other side. It moves if its three rates are stated.
#[table(part)]
pub struct Trust {
    /// Trust in the other side: how likely it thinks it to keep what it owes. What it
    /// starts from, and falls back to.
    #[key(default = 0.0, bounds = SHARE)]
    pub trust: Quantity,
    /// The parties whose conduct moves it.
    #[key(default, refers(Party))]
    pub toward: Vec<String>,
    /// How fast it rises toward what the newest reports make likely: the part of the
    /// way made in a day, as a rate.
    #[key(bounds = A_DAY)]
    pub trust_up_per_day: Option<Quantity>,
    /// How fast it falls toward that; at least as fast as it rises.
    #[key(bounds = A_DAY)]
    pub trust_down_per_day: Option<Quantity>,
    /// Days in which half of it is gone, back to `trust`, while nothing is seen.
    #[key(bounds = HALF_LIFE)]
    pub trust_half_life_days: Option<Quantity>,
    /// What a claim about a force weighs, against a report, where no report of
    /// it is known. Default 0.
    #[key(bounds = SHARE)]
    pub credence: Option<Quantity>,
    /// By what factor a refusal of access raises the odds that the other side
    /// violates.
    #[key(default = 2.0, bounds = FACTOR)]
    pub refusal_odds: Quantity,
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
