//! Coordinates as written: a site's own, or points of a line.

use disengage_derive::table;

/// A point on WGS84, in degrees.
#[table(inline = "a point", such_as = "a point such as { lat = 33.1, lon = 35.8 }")]
#[derive(PartialEq)]
pub struct Point {
    /// Degrees north.
    #[key(bounds = LATITUDE)]
    pub lat: f64,
    /// Degrees east.
    #[key(bounds = LONGITUDE)]
    pub lon: f64,
}
