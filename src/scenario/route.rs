//! `[[route]]`: a road between two sites, where a geodesic would mislead.

use disengage_derive::table;

use super::place::Point;

/// A road between two sites, usable both ways. Without one, forces move on the
/// geodesic.
#[table(entry(Route), sourced)]
pub struct Route {
    /// The site at one end.
    #[key(refers(Site))]
    pub from: String,
    /// The site at the other end.
    #[key(refers(Site))]
    pub to: String,
    /// Points passed in order from `from` to `to`.
    #[key(default)]
    pub via: Vec<Point>,
}
