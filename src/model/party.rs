//! Parties.

use super::{Bits, MonitorIndex, PartyIndex, Uncertain};

/// A party.
#[derive(Debug, Clone)]
pub struct Party {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// The party whose orders it may follow, and the probability that it does.
    pub patron: Option<(PartyIndex, Uncertain)>,
    /// Persons that may be on the move at once.
    pub lift_persons: Option<Uncertain>,
    /// Its own monitors.
    pub monitors: Bits<MonitorIndex>,
}
