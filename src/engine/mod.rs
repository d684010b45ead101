//! One run of a model, turn by turn. No files, no clock, no printing.

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
mod track;
mod view;
mod world;

pub use assessment::Split;
pub use event::{Event, EventId, EventKind};
pub use step::{begin, step};
pub use view::{Place, Stance, View};
pub use world::{ClauseState, DeliveryState, ForceState, MonitorState, Shares, UnitState, World};
