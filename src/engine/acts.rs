//! What parties do on a day that others answer to: the one list that clauses on
//! abstaining, rules and monitors read.

use super::event::EventId;
use crate::model::{ActKind, ForceIndex, PartyIndex};

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
    /// The day.
    pub day: u32,
    /// The event of it.
    pub event: EventId,
}
