//! Charts: drawn once as SVG, rasterised from the same SVG.
//!
//! Nothing here reads the system's fonts, a file or the network, so a chart does
//! not depend on what a machine has installed.

pub mod basemap;
mod canvas;
mod compliance;
mod difference;
mod distance;
mod dress;
mod error;
pub mod font;
mod input;
mod map;
mod page;
mod placer;
mod plane;
mod reach;
mod records;
pub mod render;
mod series;
mod shape;
mod status;
mod sweep;
mod text;
mod theme;
mod ticks;
mod timeline;

pub use difference::{DifferenceInput, draw_difference};
pub use dress::{Sheet, Theme, dark, recoloured, variable, variables};
pub use error::ChartError;
pub use input::{
    ChartClaim, ChartClause, ChartCurve, ChartInput, ChartOutline, ChartParty, ChartPhase,
    ChartSite, ChartSubject, ChartTrack, ChartWeapon,
};
pub use map::{Stage, StageMark, stage};
pub use sweep::{SweepAxis, SweepInput, SweepOutcome, draw_sweep};
pub use text::grouped;

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
    /// The distance from the line over time.
    Distance,
    /// How far each clause is met, as it is, as recorded, as claimed.
    Compliance,
    /// The status of each clause in time.
    Status,
    /// Phases, clauses, deadlines and statements in time.
    Timeline,
    /// How far each weapon class still reaches across the line.
    Reach,
    /// The record of the real agreement beside the simulation.
    Records,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 7] = [
        Kind::Map,
        Kind::Distance,
        Kind::Compliance,
        Kind::Status,
        Kind::Timeline,
        Kind::Reach,
        Kind::Records,
    ];

    /// Its name in commands and files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Map => "map",
            Kind::Distance => "distance",
            Kind::Compliance => "compliance",
            Kind::Status => "status",
            Kind::Timeline => "timeline",
            Kind::Reach => "reach",
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
        Kind::Distance => distance::draw(input)?,
        Kind::Compliance => compliance::draw(input)?,
        Kind::Status => status::draw(input)?,
        Kind::Timeline => timeline::draw(input)?,
        Kind::Reach => reach::draw(input)?,
        Kind::Records => records::draw(input)?,
    };
    Ok(svg.map(|svg| Chart {
        name: kind.word(),
        svg,
    }))
}
