//! `kind = "post"`.

use disengage_derive::table;

use super::{Access, Watch};
use crate::scenario::quantity::Quantity;

/// A manned post at a site.
#[table(part)]
pub struct Post {
    /// The site it stands at.
    #[key(refers(Site))]
    pub at: String,
    /// It sees forces within so many kilometres.
    #[key(bounds = RADIUS)]
    pub radius_km: f64,
    /// Sightings a day of a force of signature 1 within the radius.
    #[key(bounds = A_DAY)]
    pub sightings_per_day: Quantity,
    /// Duty and errors.
    #[key(part)]
    pub watch: Watch,
    /// What bars its way.
    #[key(part)]
    pub access: Access,
}
