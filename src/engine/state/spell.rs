//! Violation spells: the true events that records name.

use crate::model::{Bits, ClauseIndex, ForceIndex, MonitorIndex, indices};

indices! {
    /// Index of a spell in [`World::spells`](super::World::spells).
    SpellId,
}

/// From the day on which a bound force does not meet a clause in force to the
/// day on which it does again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// The clause.
    pub clause: ClauseIndex,
    /// The force.
    pub force: ForceIndex,
    /// Its first day.
    pub began: u32,
    /// The first day on which the clause is met again.
    pub ended: Option<u32>,
    /// The spell of the same clause and force before it.
    pub(in crate::engine) before: Option<SpellId>,
    /// By monitor: whether its records name it.
    pub(in crate::engine) named_by: Bits<MonitorIndex>,
}
