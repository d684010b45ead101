//! `kind = "presence"`: who may be in an area, and how many.

use std::collections::BTreeMap;

use disengage_derive::table;

/// The authorised parties between a floor and a cap in an area or a band; of
/// the other bound parties none. Without a floor or cap, exclusive presence.
#[table(part)]
pub struct Presence {
    /// The id of an area; or else a band by the next three keys.
    #[key(refers(Area))]
    pub area: Option<String>,
    /// The line of a band.
    #[key(refers(Line))]
    pub from: Option<String>,
    /// Kilometres from the line where the band begins.
    #[key(bounds = KM)]
    pub from_km: Option<f64>,
    /// Kilometres from the line where it ends.
    #[key(bounds = KM)]
    pub to_km: Option<f64>,
    /// The parties that may be there.
    #[key(default, refers(Party))]
    pub authorised: Vec<String>,
    /// At most so many persons of the authorised parties that are bound.
    #[key(bounds = COUNT)]
    pub cap_persons: Option<f64>,
    /// At least so many persons of the authorised parties that are bound.
    #[key(bounds = COUNT)]
    pub floor_persons: Option<f64>,
    /// At most so many of their weapons in scope.
    #[key(bounds = COUNT)]
    pub cap_weapons: Option<f64>,
    /// At least so many of their weapons in scope.
    #[key(bounds = COUNT)]
    pub floor_weapons: Option<f64>,
    /// At most so many of their forces.
    #[key(bounds = COUNT)]
    pub cap_posts: Option<f64>,
    /// At least so many of their forces.
    #[key(bounds = COUNT)]
    pub floor_posts: Option<f64>,
    /// Which bound force is to deploy to which site in the area.
    #[key(default, refers(Force), values(Site))]
    pub deploys: BTreeMap<String, String>,
}

impl Presence {
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
