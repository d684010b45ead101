//! `[[force]]`: who stands where, with what.

use std::collections::BTreeMap;

use disengage_derive::table;

use super::clause::Domain;
use super::quantity::Quantity;

/// A force at a site: a unit, a garrison, a depot, a group. Not a target list:
/// forces are units at the level of towns and bases.
#[table(entry(Force), titled, sourced)]
pub struct Force {
    /// How many forces alike the table stands for: with 3, `guard` is `guard-1` to `guard-3`,
    /// each with draws of its own. A list of forces that names `guard` names them all.
    #[key(default = 1, bounds = ALIKE)]
    pub count: u32,
    /// The party whose flag it shows.
    #[key(refers(Party))]
    pub flag: String,
    /// The party that commands it; the flag's by default.
    #[key(refers(Party))]
    pub commander: Option<String>,
    /// The site where it stands at the start.
    #[key(refers(Site))]
    pub at: String,
    /// Where it acts.
    #[key(default = Domain::Land)]
    pub domain: Domain,
    /// Persons; a drawn strength is rounded to whole persons.
    #[key(bounds = COUNT)]
    pub strength: Quantity,
    /// Weapons by class; drawn numbers are rounded to whole weapons.
    #[key(default, bounds = COUNT, refers(WeaponClass))]
    pub equipment: BTreeMap<String, Quantity>,
    /// How far it moves in a day.
    #[key(default = 30.0, bounds = SPEED)]
    pub mobility_km_per_day: Quantity,
    /// How easily it is seen, 1 for an open unit: monitors' sighting rates are
    /// multiplied by it.
    #[key(default = 1.0, bounds = FACTOR)]
    pub signature: Quantity,
    /// Sites it falls back toward when it complies, the first that serves; it
    /// halts on the way as soon as every clause it keeps is met.
    #[key(default, refers(Site))]
    pub withdraws_to: Vec<String>,
}

impl Force {
    /// The party that commands it.
    pub fn commander(&self) -> &String {
        self.commander.as_ref().unwrap_or(&self.flag)
    }
}
