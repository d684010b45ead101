//! What parties do on a day that others answer to: the one list that clauses on
//! abstaining, rules and monitors read.

use super::event::EventId;
use super::spell::SpellId;
use crate::model::{
    ActKind, BandedIndex, Bits, BodyIndex, ClauseIndex, ForceIndex, MonitorIndex, PartyIndex,
};

/// Something a party did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Act {
    /// What.
    pub kind: ActKind,
    /// Who.
    pub by: PartyIndex,
    /// With which force, if with one.
    pub force: Option<ForceIndex>,
    /// Against whom, if against someone.
    pub against: Option<PartyIndex>,
    /// At which of their forces.
    pub target: Option<ForceIndex>,
    /// In which area, where that is said; it is where its target or author stands without.
    pub area: Option<BandedIndex>,
    /// The day.
    pub day: u32,
    /// The event of it.
    pub event: EventId,
}

/// What happened on a day that others answer to.
#[derive(Debug, Clone, Default)]
pub struct Today {
    /// What parties did.
    pub acts: Vec<Act>,
    /// How many of these gates have heard of.
    pub(in crate::engine) heard: usize,
    /// Which reports arrived.
    pub arrivals: Vec<Arrival>,
    /// Which violations were recorded.
    pub records: Vec<Record>,
    /// Which complaints were ruled on.
    pub rulings: Vec<(Complaint, Ruling)>,
}

impl Today {
    pub(in crate::engine) fn clear(&mut self) {
        self.acts.clear();
        self.heard = 0;
        self.arrivals.clear();
        self.records.clear();
        self.rulings.clear();
    }
}

/// A report that arrived.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// Whose.
    pub monitor: MonitorIndex,
    /// On which force.
    pub force: ForceIndex,
    /// The number of the word that it is part of: what one look or alarm says of all that it
    /// names.
    pub word: u32,
    /// The day it was seen.
    pub seen: u32,
    /// By clause: in force that day, of place, and asked of the force.
    pub asked: Bits<ClauseIndex>,
    /// By clause: registered as keeping.
    pub keeping: Bits<ClauseIndex>,
}

/// A report of a violation that arrived.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Record {
    /// Whose.
    pub monitor: MonitorIndex,
    /// Of which clause.
    pub clause: ClauseIndex,
    /// By which force, as it says.
    pub force: ForceIndex,
    /// By which force in truth; none of a false alarm.
    pub truly: Option<ForceIndex>,
    /// The day it was seen.
    pub seen: u32,
    /// The true event that it names, if there is one.
    pub event: Option<SpellId>,
}

/// A complaint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Complaint {
    /// The body that hears it.
    pub body: BodyIndex,
    /// Who complains.
    pub by: PartyIndex,
    /// Of a violation of which clause.
    pub clause: ClauseIndex,
    /// By which force.
    pub force: ForceIndex,
    /// The day it was lodged.
    pub lodged: u32,
    /// The event of that.
    pub event: EventId,
}

/// What a body says of a complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// Enough of its monitors have seen the violation.
    Upheld,
    /// None has, and one has seen the force keep the clause.
    Rejected,
    /// Neither.
    Undetermined,
}

impl Ruling {
    /// The word of results.
    pub fn word(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Rejected => "rejected",
            Self::Undetermined => "undetermined",
        }
    }
}
