//! `kind = "national-technical-means"`.

use disengage_derive::table;

use super::Watch;
use crate::scenario::quantity::Quantity;

/// A party's own satellites, aircraft and listening.
#[table(part)]
pub struct NationalTechnicalMeans {
    /// The id of the area it covers; everywhere if left out.
    #[key(refers(Area))]
    pub area: Option<String>,
    /// Sightings a day of a force of signature 1.
    #[key(bounds = A_DAY)]
    pub sightings_per_day: Quantity,
    /// Duty and errors.
    #[key(part)]
    pub watch: Watch,
}
