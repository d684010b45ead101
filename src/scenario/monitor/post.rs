//! `kind = "post"`.

use schemars::JsonSchema;

use super::{Access, Watch};
use crate::scenario::quantity::Quantity;
use crate::scenario::read::Table;

/// A manned post at a site.
#[derive(Debug, Clone, JsonSchema)]
pub struct Post {
    /// The site it stands at.
    pub at: String,
    /// It sees forces within so many kilometres.
    pub radius_km: f64,
    /// Sightings a day of a force of signature 1 within the radius.
    pub sightings_per_day: Quantity,
    /// Duty and errors.
    #[schemars(flatten)]
    pub watch: Watch,
    /// What bars its way.
    #[schemars(flatten)]
    pub access: Access,
}

impl Post {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            at: t.req("at"),
            radius_km: t.req("radius_km"),
            sightings_per_day: t.req("sightings_per_day"),
            watch: Watch::read(t),
            access: Access::read(t),
        }
    }
}
