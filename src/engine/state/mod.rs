//! The state of a replicate: what each process carries from day to day. Nothing here
//! happens by itself; processes change it, and say so by facts (`changes.rs`).

mod abstain;
mod beliefs;
mod changes;
mod choice;
mod clause;
mod complaints;
mod conflict;
mod delivery;
mod event;
mod force;
mod lately;
mod monitor;
mod resolve;
mod said;
mod spell;
mod store;
mod suppressed;
mod today;
mod unit;
mod verdict;
mod world;

pub use abstain::AbstainState;
pub(in crate::engine) use abstain::ActClock;
pub use beliefs::BeliefState;
pub(in crate::engine) use beliefs::{Exposed, Known, KnownSums, Weighed};
pub(in crate::engine) use changes::Fact;
pub(in crate::engine) use choice::{Anew, ComesTo, Found, OnRecord, Watched};
pub use clause::{
    CapAllocation, Case, ClauseState, MilestoneState, Observation, PartyShares, Register, Shares,
    Split, StepState,
};
pub(in crate::engine) use clause::{Mistakes, Tally};
pub use complaints::BodyState;
pub use conflict::{Books, Conflict, LadderState, RuleState, SourceState};
pub(in crate::engine) use conflict::{Occurrence, Pending};
pub use delivery::{DeliveryState, InstallationState};
pub use event::{Event, EventId, EventKind};
pub use force::{ForceState, Stance, View};
pub use lately::Lately;
pub use monitor::{MonitorState, Sighting};
pub(in crate::engine) use monitor::{Report, next_visit};
pub(in crate::engine) use resolve::{logistic, resolve};
pub use said::{Said, Word};
pub use spell::{Spell, SpellId};
pub use store::{Store, StoreState};
pub use suppressed::Suppressed;
pub use today::{Act, Arrival, Complaint, Record, Ruling, Today};
pub use unit::UnitState;
pub use verdict::Verdict;
pub use world::{ChangeState, ConditionState, World};
