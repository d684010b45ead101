//! `kind = "leave"`: be gone from an area.

use disengage_derive::table;

/// Kept by a force outside the area.
#[table(part)]
pub struct Leave {
    /// The id of an area.
    #[key(refers(Area))]
    pub area: String,
}
