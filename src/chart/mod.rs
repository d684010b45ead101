//! Charts: drawn once as SVG, rasterised from the same SVG.
//!
//! Nothing here reads the system's fonts, a file or the network, so a chart does
//! not depend on what a machine has installed.

pub mod basemap;
mod canvas;
mod caps;
mod compliance;
mod contour;
mod deliveries;
mod difference;
mod discovery;
mod distance;
mod error;
mod escalation;
pub mod font;
mod input;
mod label_layout;
mod map;
mod monitors;
mod occupancy;
mod page;
mod panels;
mod plane;
mod reach;
mod records;
#[cfg(feature = "raster")]
pub mod render;
mod risks;
mod sensitivity;
mod series;
mod shape;
mod status;
mod style;
mod sweep;
mod text;
mod theme;
mod ticks;
mod timeline;
mod tornado;
mod variants;

pub use difference::{DifferenceInput, draw_difference};
pub use discovery::{DiscoveryAxis, DiscoveryInput, DiscoveryPoint, draw_discovery};
pub use error::ChartError;
pub use input::{
    ChartClaim, ChartClause, ChartCurve, ChartDensity, ChartInput, ChartLadder, ChartOutline,
    ChartParty, ChartPhase, ChartSite, ChartSubject, ChartTrack, ChartWeapon,
};
pub use map::{Film, Stage, StageMark, film, stage};
pub use sensitivity::{SensitivityInput, draw_sensitivity};
pub use style::{Sheet, Theme, dark, recoloured, variable, variables};
pub use sweep::{SweepAxis, SweepContour, SweepInput, SweepOutcome, draw_sweep};
pub use text::grouped;
pub use tornado::{TornadoBar, TornadoEnd, TornadoInput, TornadoOutcome, draw_tornado};
pub use variants::{VariantRun, VariantsInput, draw_variants};

/// A finished chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The stem of its file's name.
    pub name: &'static str,
    /// The drawing.
    pub svg: String,
}

/// What a chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Where forces stand and go, with lines and distances.
    Map,
    /// Where forces stand at the end, over all replicates.
    Density,
    /// The distance from the line over time.
    Distance,
    /// Who stands in which band of distance.
    Occupancy,
    /// How far each clause is met, as it is, as recorded, as claimed.
    Compliance,
    /// The status of each clause in time.
    Status,
    /// How much of each limit is used.
    Caps,
    /// Phases, clauses, deadlines and statements in time.
    Timeline,
    /// How far each weapon class still reaches across the line.
    Reach,
    /// What has been handed over and accepted.
    Deliveries,
    /// What monitors register, and for how much effort.
    Monitors,
    /// Tension, rungs, incidents and reactions.
    Escalation,
    /// Completion and collapse, with the numbers at risk.
    Risks,
    /// The record of the real agreement beside the simulation.
    Records,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 14] = [
        Kind::Map,
        Kind::Density,
        Kind::Distance,
        Kind::Occupancy,
        Kind::Compliance,
        Kind::Status,
        Kind::Caps,
        Kind::Timeline,
        Kind::Reach,
        Kind::Deliveries,
        Kind::Monitors,
        Kind::Escalation,
        Kind::Risks,
        Kind::Records,
    ];

    /// Its name in commands and files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Map => "map",
            Kind::Density => "density",
            Kind::Distance => "distance",
            Kind::Compliance => "compliance",
            Kind::Status => "status",
            Kind::Timeline => "timeline",
            Kind::Reach => "reach",
            Kind::Occupancy => "occupancy",
            Kind::Caps => "caps",
            Kind::Deliveries => "deliveries",
            Kind::Monitors => "monitors",
            Kind::Escalation => "escalation",
            Kind::Risks => "risks",
            Kind::Records => "records",
        }
    }
}

/// Draws a chart; `None` if there is nothing of its kind to show.
///
/// The same input gives the same bytes.
///
/// # Errors
///
/// If the embedded font or a place on the map is refused.
pub fn draw(kind: Kind, input: &ChartInput) -> Result<Option<Chart>, ChartError> {
    font::register()?;
    let svg = match kind {
        Kind::Map => map::draw(input)?,
        Kind::Density => map::draw_density(input)?,
        Kind::Distance => distance::draw(input)?,
        Kind::Compliance => compliance::draw(input)?,
        Kind::Status => status::draw(input)?,
        Kind::Timeline => timeline::draw(input)?,
        Kind::Reach => reach::draw(input)?,
        Kind::Occupancy => occupancy::draw(input)?,
        Kind::Caps => caps::draw(input)?,
        Kind::Deliveries => deliveries::draw(input)?,
        Kind::Monitors => monitors::draw(input)?,
        Kind::Escalation => escalation::draw(input)?,
        Kind::Risks => risks::draw(input)?,
        Kind::Records => records::draw(input)?,
    };
    Ok(svg.map(|svg| Chart { name: kind.word(), svg }))
}
