//! One run of a model, turn by turn. No files, no clock, no printing.

mod acts;
mod assessment;
mod claims;
mod conduct;
mod delivery;
mod event;
mod gates;
mod movement;
mod orders;
mod self_report;
mod sightings;
mod step;
mod view;
mod world;

pub use acts::{Act, ActKind};
pub use assessment::Split;
pub use event::{Event, EventId, EventKind};
pub use step::{begin, step};
pub use view::{Place, Stance, View};
pub use world::{
    Arrival, ClauseState, DeliveryState, ForceState, MonitorState, Observation, Shares, Sighting,
    Today, UnitState, VerifiedState, World,
};
