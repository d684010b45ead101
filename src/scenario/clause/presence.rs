//! `kind = "presence"`: who may be in an area, and how many.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use crate::scenario::quantity::Bounds;
use crate::scenario::read::Table;

/// The authorised parties between a floor and a cap in an area; of the other
/// bound parties none. Without a floor or cap, exclusive presence.
#[derive(Debug, Clone, JsonSchema)]
pub struct Presence {
    /// The id of an area.
    pub area: String,
    /// The parties that may be there.
    #[schemars(default)]
    pub authorised: Vec<String>,
    /// At most so many persons of the authorised parties that are bound.
    #[schemars(range(min = 0))]
    pub cap_persons: Option<f64>,
    /// At least so many persons of the authorised parties that are bound.
    #[schemars(range(min = 0))]
    pub floor_persons: Option<f64>,
    /// Which bound force is to deploy to which site in the area.
    #[schemars(default)]
    pub deploys: BTreeMap<String, String>,
}

impl Presence {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            area: t.req("area"),
            authorised: t.or("authorised", Vec::new()),
            cap_persons: t.number_opt("cap_persons", Bounds::NOT_NEGATIVE),
            floor_persons: t.number_opt("floor_persons", Bounds::NOT_NEGATIVE),
            deploys: t.or("deploys", BTreeMap::new()),
        }
    }
}
