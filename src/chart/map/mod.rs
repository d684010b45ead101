//! The map: lines, distances, forces and where they go.

mod density;
mod film;
mod forces;
mod ground;
mod labels;
mod legend;
mod lines;
mod picture;
mod stage;
mod view;

pub(super) use density::draw as draw_density;
pub use film::{Film, film};
pub(super) use picture::draw;
pub use stage::{Stage, StageMark, stage};
