//! Forbidden acts under a clause.

use super::event::EventId;
use crate::model::{BoundIndex, Clause, Kind, Model, PartyIndex, TiVec, UnitIndex, ti_vec};
use crate::stats::Draws;

/// What a clause to abstain keeps in view.
#[derive(Debug, Clone)]
pub struct AbstainState {
    /// By bound force: the day from which its last act counts no more.
    pub(in crate::engine) until: TiVec<BoundIndex, u32>,
    /// The first of these days that is still ahead.
    pub(in crate::engine) next_lapse: u32,
    /// By licence and party: the day it last suffered the act.
    pub(in crate::engine) suffered: Vec<TiVec<PartyIndex, Option<u32>>>,
    pub(in crate::engine) clocks: Vec<ActClock>,
    pub(in crate::engine) acts_per_day: f64,
    /// The last act that the clause forbids.
    pub(in crate::engine) last: Option<EventId>,
    /// Acts so far that the clause forbids.
    pub violations: u32,
    /// Of these, by party.
    pub violations_by: TiVec<PartyIndex, u32>,
    /// Acts so far that a licence allowed.
    pub licensed: u32,
}

/// The clock of a unit's acts under a clause to abstain.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::engine) struct ActClock {
    pub(in crate::engine) unit: UnitIndex,
    /// Exposure left until the next act; NaN before any.
    pub(in crate::engine) left: f64,
    pub(in crate::engine) number: u32,
}

impl ActClock {
    pub(in crate::engine) fn new(unit: UnitIndex) -> Self {
        Self { unit, left: f64::NAN, number: 0 }
    }
}

impl AbstainState {
    /// Before any act; none for a clause that forbids none.
    pub(in crate::engine) fn draw(model: &Model, clause: &Clause, draws: Draws) -> Option<Self> {
        let Kind::Abstain(it) = &clause.kind else {
            return None;
        };
        // Acts are those of the clause: in a reading of it they are judged, not done again.
        let acting = clause.bound.iter().filter(|_| clause.reading_of.is_none());
        let mut units: Vec<UnitIndex> = acting.map(|bound| bound.unit).collect();
        units.sort_unstable();
        units.dedup();
        Some(Self {
            until: ti_vec![0; clause.bound.len()],
            next_lapse: u32::MAX,
            suffered: vec![ti_vec![None; model.parties.len()]; it.licences.len()],
            clocks: units.into_iter().map(ActClock::new).collect(),
            acts_per_day: it.acts_per_day.draw(draws),
            last: None,
            violations: 0,
            violations_by: ti_vec![0; model.parties.len()],
            licensed: 0,
        })
    }
}
