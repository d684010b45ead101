//! `kind = "passage"`: a way kept open.

use disengage_derive::table;

/// Kept by a force that lets monitors, civilians and supply through, or does
/// not hold the way. One that holds it and does not comply closes it.
#[table(part)]
pub struct Passage {
    /// The id of a road (`[[route]]`), a site or an area.
    #[key(refers(Route, Site, Area))]
    pub through: String,
    /// A force within so many kilometres of the road or site holds it.
    #[key(default = 5.0, bounds = RADIUS)]
    pub radius_km: f64,
    /// Monitors that see nothing while it is closed.
    #[key(default, refers(Monitor))]
    pub needed_by: Vec<String>,
}
