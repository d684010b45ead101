//! Charts: drawn once as SVG, rasterised from the same SVG.
//!
//! Nothing here reads the system's fonts, a file or the network, so a chart does
//! not depend on what a machine has installed.

mod about;
pub mod basemap;
mod by_clause;
mod canvas;
mod compliance;
mod contour;
mod counts;
mod difference;
mod discovery;
mod distance;
mod escalation;
mod finished;
pub mod font;
mod heat_map;
mod input;
mod kinds;
mod label_layout;
mod lines;
mod map;
mod monitors;
mod occupancy;
mod page;
mod panels;
mod pen;
mod plane;
mod plot;
mod ranged;
mod reach;
mod records;
#[cfg(feature = "raster")]
pub mod render;
mod risks;
mod sensitivity;
mod series;
mod shape;
mod sheet;
mod status;
mod strip;
mod style;
mod sweep;
mod text;
mod theme;
mod ticks;
mod timeline;
mod tornado;
mod variants;

pub use about::About;
pub use difference::{DifferenceInput, draw_difference};
pub use discovery::{DiscoveryAxis, DiscoveryInput, DiscoveryPoint, draw_discovery};
pub use finished::{Chart, draw};
pub use input::{
    ChartClaim, ChartClause, ChartCurve, ChartDensity, ChartInput, ChartLadder, ChartOutline,
    ChartParty, ChartPhase, ChartSite, ChartSubject, ChartTrack, ChartWeapon,
};
pub use kinds::{KINDS, Kind, KindRow, Of};
pub use map::{Film, Stage, StageMark, film, stage};
pub use sensitivity::{SensitivityInput, draw_sensitivity};
pub use style::{Sheet, Theme, dark, recoloured, variable, variables};
pub use sweep::{SweepAxis, SweepContour, SweepInput, SweepOutcome, draw_sweep};
pub use tornado::{TornadoBar, TornadoEnd, TornadoInput, TornadoOutcome, draw_tornado};
pub use variants::{VariantRun, VariantsInput, draw_variants};
