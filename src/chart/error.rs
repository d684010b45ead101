//! Why a chart could not be drawn.

/// Why a chart could not be drawn: there is no such reason left.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {}
