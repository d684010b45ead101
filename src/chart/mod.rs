//! Charts: the embedded base map and font, and rasterising.
//!
//! Nothing here reads the system's fonts, a file or the network, so a chart does
//! not depend on what a machine has installed.

pub mod basemap;
pub mod font;
pub mod render;
