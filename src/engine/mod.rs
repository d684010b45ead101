//! One run of a model, turn by turn. No files, no clock, no printing.

mod conduct;
mod state;
mod step;
#[cfg(test)]
mod trial;

pub use crate::model::ActKind;
pub use state::{
    AbstainState, Act, Arrival, BeliefState, BodyState, Books, CapAllocation, Case, ChangeState,
    ClauseState, Complaint, ConditionState, Conflict, DeliveryState, Event, EventId, EventKind,
    ForceState, InstallationState, LadderState, Lately, MilestoneState, MonitorState, Observation,
    PartyShares, Record, Register, RuleState, Ruling, Said, Shares, Sighting, SourceState, Spell,
    SpellId, Split, Stance, StepState, Store, StoreState, Suppressed, Today, UnitState, Verdict,
    View, Word, World,
};
pub use step::{
    MAX_PER_DAY, Status, begin, blocked, cap_use, note_hit, status, step, strength, walk, withdraw,
    withdraw_all,
};
