//! `kind = "passage"`: a way kept open.

use schemars::JsonSchema;

use crate::scenario::read::Table;

/// Kept by a force that lets monitors, civilians and supply through, or does
/// not hold the way. One that holds it and does not comply closes it.
#[derive(Debug, Clone, JsonSchema)]
pub struct Passage {
    /// The id of a road (`[[route]]`), a site or an area.
    pub through: String,
    /// A force within so many kilometres of the road or site holds it.
    /// Default 5.
    #[schemars(default, extend("default" = 5))]
    pub radius_km: f64,
    /// Monitors that see nothing while it is closed.
    #[schemars(default)]
    pub needed_by: Vec<String>,
}

impl Passage {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            through: t.req("through"),
            radius_km: t.or("radius_km", 5.0),
            needed_by: t.or("needed_by", Vec::new()),
        }
    }
}
