//! One run of a model, turn by turn. No files, no clock, no printing.

mod abstain;
mod assessment;
mod beliefs;
mod caps;
mod choice;
mod claims;
mod complaints;
mod conduct;
mod deadlock;
mod delivery;
mod duties;
mod duty;
mod gates;
mod incidents;
mod inspections;
mod ladders;
mod learning;
mod losses;
mod movement;
mod orders;
mod outside;
mod passages;
mod reactions;
mod records;
mod rules;
mod self_report;
mod sightings;
mod spells;
mod split;
mod state;
mod status;
mod step;
mod steps;
mod stores;
mod tally;
mod terms;
#[cfg(test)]
mod trial;
mod verdict;
mod view;
mod weights;

pub use crate::model::ActKind;
pub use deadlock::blocked;
pub use duty::{withdraw, withdraw_all};
pub use incidents::MAX_PER_DAY;
pub use learning::note_hit;
pub use state::{
    AbstainState, Act, Arrival, BeliefState, BodyState, Books, CapAllocation, Case, ChangeState,
    ClauseState, Complaint, ConditionState, Conflict, DeliveryState, Event, EventId, EventKind,
    ForceState, InstallationState, LadderState, MilestoneState, MonitorState, Observation, Place,
    Record, RuleState, Ruling, Shares, Sighting, SourceState, Spell, SpellId, Split, Stance,
    StepState, Store, StoreState, Suppressed, Today, UnitState, Verdict, View, World,
};
pub use status::{Register, Status, status};
pub use step::{begin, step};
pub use weights::{cap_use, strength};
