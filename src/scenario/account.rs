//! `[[account]]`: persons and weapons that wait to be sent.

use std::collections::BTreeMap;

use disengage_derive::table;

use super::quantity::Quantity;

/// A source that convoys and reinforcements draw on until it is empty: recruits,
/// stores, a third country.
#[table(entry(Account), titled, sourced)]
pub struct Account {
    /// Persons; drawn numbers are rounded.
    #[key(default = 0.0, bounds = COUNT)]
    pub persons: Quantity,
    /// Weapons by class; drawn numbers are rounded.
    #[key(default, bounds = COUNT, refers(WeaponClass))]
    pub equipment: BTreeMap<String, Quantity>,
}
