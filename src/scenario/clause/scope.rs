//! What a clause looks at: weapons of some kind, forces of a domain.

use disengage_derive::{table, words};

/// Where a force or weapon acts.
#[words(stand_in = Land)]
pub enum Domain {
    /// On land.
    Land,
    /// In the air.
    Air,
    /// At sea.
    Sea,
}

/// The scope of a clause. With `classes`, `min_calibre_mm`, `min_range_km` or
/// `heavy` it is one of weapons: the clause binds forces that hold weapons in
/// scope, and counts these weapons instead of persons.
#[table(part)]
#[derive(PartialEq)]
pub struct Scope {
    /// Ids of weapon classes.
    #[key(default, refers(WeaponClass))]
    pub classes: Vec<String>,
    /// Weapons of at least this calibre, in millimetres.
    #[key(bounds = CALIBRE)]
    pub min_calibre_mm: Option<f64>,
    /// Weapons of at least this range, in kilometres.
    #[key(bounds = LENGTH)]
    pub min_range_km: Option<f64>,
    /// Heavy weapons alone.
    #[key(default = false)]
    pub heavy: bool,
    /// Forces, or weapons, of this domain alone.
    pub domain: Option<Domain>,
}

impl Scope {
    /// Whether the clause counts weapons.
    pub fn of_weapons(&self) -> bool {
        !self.classes.is_empty()
            || self.min_calibre_mm.is_some()
            || self.min_range_km.is_some()
            || self.heavy
    }
}
