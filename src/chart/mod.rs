//! Charts: drawn once as SVG, rasterised from the same SVG.
//!
//! Nothing here reads the system's fonts, a file or the network, so a chart does
//! not depend on what a machine has installed.

pub mod basemap;
pub mod font;
mod input;
pub mod render;

pub use input::{
    ChartClaim, ChartClause, ChartCurve, ChartInput, ChartOutline, ChartParty, ChartPhase,
    ChartSite, ChartTrack,
};
