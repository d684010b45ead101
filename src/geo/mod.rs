//! Places, lines, areas and routes on the WGS84 ellipsoid.
//!
//! All distances are geodesic (Karney's algorithms, through the `geo` crate);
//! all positions are degrees of latitude and longitude. Nothing here knows
//! about agreements or forces.

mod area;
mod area_ops;
mod area_shapes;
mod band;
mod chain;
mod crs;
mod date_line;
mod ecef;
mod error;
mod joined;
mod line;
mod offset;
mod plane;
mod position;
mod read;
mod reference;
mod route;
mod simple;
mod straight;
mod table;
mod way;

pub use area::Area;
pub use date_line::cut_at_date_line;
pub use error::GeoError;
pub use line::Line;
pub use plane::{east_north_km, middle};
pub use position::{Position, azimuth_deg, destination, distance_m};
pub use read::Features;
pub use reference::ReferenceLine;
pub use route::Route;
pub use table::DistanceTable;
pub use way::{WayDistance, from_band_km};
