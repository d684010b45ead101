//! `[[site]]`: a named place where forces and monitors stand.

use std::collections::BTreeMap;

use disengage_derive::table;

use super::quantity::Quantity;

/// A named place. Orders are given for a group of sites.
#[table(entry(Site), titled, sourced)]
pub struct Site {
    /// Degrees north, WGS84.
    #[key(bounds = LATITUDE)]
    pub lat: f64,
    /// Degrees east, WGS84.
    #[key(bounds = LONGITUDE)]
    pub lon: f64,
    /// Sites that share a group share their parties' orders; the id by default.
    pub group: Option<String>,
    /// What presence here is worth to a party over one review, by party id;
    /// instead of the `value` of the party's conduct.
    #[key(default, bounds = WORTH, refers(Party))]
    pub value: BTreeMap<String, Quantity>,
}
