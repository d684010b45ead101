//! `kind = "presence"`: who may be in an area, and how many.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use crate::scenario::read::Table;

/// The authorised parties between a floor and a cap in an area or a band; of
/// the other bound parties none. Without a floor or cap, exclusive presence.
#[derive(Debug, Clone, JsonSchema)]
pub struct Presence {
    /// The id of an area; or else a band by the next three keys.
    pub area: Option<String>,
    /// The line of a band.
    pub from: Option<String>,
    /// Kilometres from the line where the band begins.
    pub from_km: Option<f64>,
    /// Kilometres from the line where it ends.
    pub to_km: Option<f64>,
    /// The parties that may be there.
    #[schemars(default)]
    pub authorised: Vec<String>,
    /// At most so many persons of the authorised parties that are bound.
    pub cap_persons: Option<f64>,
    /// At least so many persons of the authorised parties that are bound.
    pub floor_persons: Option<f64>,
    /// At most so many of their weapons in scope.
    pub cap_weapons: Option<f64>,
    /// At least so many of their weapons in scope.
    pub floor_weapons: Option<f64>,
    /// At most so many of their forces.
    pub cap_posts: Option<f64>,
    /// At least so many of their forces.
    pub floor_posts: Option<f64>,
    /// Which bound force is to deploy to which site in the area.
    #[schemars(default)]
    pub deploys: BTreeMap<String, String>,
}

impl Presence {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            area: t.opt("area"),
            from: t.opt("from"),
            from_km: t.opt("from_km"),
            to_km: t.opt("to_km"),
            authorised: t.or("authorised", Vec::new()),
            cap_persons: t.opt("cap_persons"),
            floor_persons: t.opt("floor_persons"),
            cap_weapons: t.opt("cap_weapons"),
            floor_weapons: t.opt("floor_weapons"),
            cap_posts: t.opt("cap_posts"),
            floor_posts: t.opt("floor_posts"),
            deploys: t.or("deploys", BTreeMap::new()),
        }
    }

    /// The limits by what they count: `persons`, `weapons`, `posts`, each with
    /// its cap and floor.
    pub fn limits(&self) -> [(&'static str, Option<f64>, Option<f64>); 3] {
        [
            ("persons", self.cap_persons, self.floor_persons),
            ("weapons", self.cap_weapons, self.floor_weapons),
            ("posts", self.cap_posts, self.floor_posts),
        ]
    }
}
