//! The embedded base map: coasts, borders and land of Natural Earth 10 m.
//!
//! The map is a set of arcs shared between countries, on a grid of 0.0036° of
//! longitude by 0.0017° of latitude (at most 400 m by 190 m). An arc used by
//! one country is a coast, one used by two or more is a border. Boundaries
//! follow control on the ground as Natural Earth draws it.
//!
//! Longitudes that come out run on eastwards from the view's western edge: a
//! view from 170 to −170 yields 170 to 190, so a line across the date line can
//! be drawn as it is.
//!
//! `assets/make_basemap.py` describes the file and makes it.

mod clip;
mod decode;
mod error;
mod map;
mod read;
mod shape;
mod simplify;
#[cfg(test)]
mod tests;
mod view;

pub use error::BaseMapError;
pub use map::BaseMap;
pub use shape::{LineKind, Polygon, Ring};
pub use view::View;
