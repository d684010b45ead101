//! One run of a model, turn by turn. No files, no clock, no printing.

mod abstain;
mod acts;
mod assessment;
mod bits;
mod caps;
mod choice;
mod claims;
mod complaints;
mod conduct;
mod deadlock;
mod delivery;
mod duty;
mod event;
mod gates;
mod incidents;
mod inspections;
mod ladders;
mod learning;
mod losses;
mod minds;
mod monitors;
mod movement;
mod orders;
mod outside;
mod reactions;
mod records;
mod rules;
mod self_report;
mod sightings;
mod spells;
mod status;
mod step;
mod steps;
mod stores;
mod strife;
mod tally;
mod terms;
mod verdict;
mod view;
mod world;

pub use crate::model::ActKind;
pub use abstain::AbstainState;
pub use acts::Act;
pub use assessment::Split;
pub use caps::Room;
pub use complaints::{BodyState, Complaint, Ruling};
pub use deadlock::blocked;
pub use duty::{withdraw, withdraw_all};
pub use event::{Event, EventId, EventKind};
pub use incidents::MOST_PER_DAY;
pub use learning::note_hit;
pub use minds::MindState;
pub use monitors::MonitorState;
pub use records::{Case, Record};
pub use spells::{Spell, SpellId};
pub use status::{Register, Status, status};
pub use step::{begin, step};
pub use steps::StepState;
pub use stores::{Store, StoreState};
pub use strife::{Books, LadderState, RuleState, SourceState, Strife};
pub use verdict::Verdict;
pub use view::{Place, Stance, View};
pub use world::{
    Arrival, ChangeState, ClauseState, ConditionState, DeliveryState, ForceState,
    InstallationState, MilestoneState, Observation, Shares, Sighting, Today, UnitState, World,
};
