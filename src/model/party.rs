//! Parties.

use super::{Bits, MonitorIndex, PartyIndex, Uncertain};
use crate::stats::Stream;

/// A party.
#[derive(Debug, Clone)]
pub struct Party {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// The party whose orders it may follow, and the probability that it does.
    pub patron: Option<(PartyIndex, Uncertain)>,
    /// ρ: the share of the variance of its garrisons' resolve that they have in common.
    pub cohesion: Uncertain,
    /// l: the share of that variance that is never thought over.
    pub lasting: Uncertain,
    /// H: days in which half of the rest is thought over.
    pub rethink_half_life_days: Uncertain,
    /// Draws: whether it follows its patron.
    pub follows: Stream,
    /// Draws: what all its garrisons have in common.
    pub resolve: Stream,
    /// Persons that may be on the move at once.
    pub lift_persons: Option<Uncertain>,
    /// Its own monitors.
    pub monitors: Bits<MonitorIndex>,
}
