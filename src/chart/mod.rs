//! Charts: the embedded base map and font, and rasterising.
//!
//! Nothing here reads the system's fonts, a file or the network, so a chart
//! comes out the same on every machine.

pub mod basemap;
pub mod font;
