//! A chart as it comes out.

use super::input::ChartInput;
use super::kinds::Kind;

/// A finished chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The stem of its file's name.
    pub name: &'static str,
    /// The drawing.
    pub svg: String,
}

/// Draws a chart; `None` if there is nothing of its kind to show.
///
/// The same input gives the same bytes.
#[must_use]
pub fn draw(kind: Kind, input: &ChartInput) -> Option<Chart> {
    kind.draw(input).map(|svg| Chart { name: kind.word(), svg })
}
