//! Why a chart could not be drawn.

use super::font::FontError;
use crate::geo::GeoError;

/// Why a chart could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The embedded font is refused.
    #[error(transparent)]
    Font(#[from] FontError),
    /// An element could not be written.
    #[error("the chart could not be drawn: {0}")]
    Drawing(String),
    /// A place of the map is none.
    #[error("the map could not be drawn: {0}")]
    Place(#[from] GeoError),
}
