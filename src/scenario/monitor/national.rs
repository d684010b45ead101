//! `kind = "national-technical-means"`.

use schemars::JsonSchema;

use super::Watch;
use crate::scenario::quantity::Quantity;
use crate::scenario::read::Table;

/// A party's own satellites, aircraft and listening.
#[derive(Debug, Clone, JsonSchema)]
pub struct NationalTechnicalMeans {
    /// The id of the area it covers; everywhere if left out.
    pub area: Option<String>,
    /// Sightings a day of a force of signature 1.
    pub sightings_per_day: Quantity,
    /// Duty and errors.
    #[schemars(flatten)]
    pub watch: Watch,
}

impl NationalTechnicalMeans {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            area: t.opt("area"),
            sightings_per_day: t.req("sightings_per_day"),
            watch: Watch::read(t),
        }
    }
}
