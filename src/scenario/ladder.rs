//! `[[ladder]]`: rungs of escalation between two parties.

use std::collections::BTreeMap;

use disengage_derive::table;

use super::quantity::Quantity;

/// Tension between two parties, and the rungs it leads to. Tension rises by the
/// severity of what they do to each other and decays. Below the first rung lies
/// the ground.
#[table(entry(Ladder), titled, sourced)]
pub struct Ladder {
    /// The two parties.
    #[key(items(2, 2), refers(Party))]
    pub between: Vec<String>,
    /// What each act between them adds to the tension, by act.
    #[key(default, bounds = WORTH)]
    pub severity: BTreeMap<String, Quantity>,
    /// Tension on the first day.
    #[key(default = 0.0, bounds = COST)]
    pub tension: Quantity,
    /// Days in which half of the tension is gone; it stays if left out.
    #[key(bounds = HALF_LIFE)]
    pub half_life_days: Option<Quantity>,
    /// Days without an act between them before a step down.
    #[key(default = 0, bounds = DAYS)]
    pub quiet_days: u32,
    /// The rungs, from the lowest.
    #[key(some)]
    pub rungs: Vec<Rung>,
}

/// A rung.
#[table(inline = "a rung", such_as = "a rung such as { id = \"tense\", up = 3, down = 1 }")]
pub struct Rung {
    /// Its name: lower-case letters, digits and hyphens.
    pub id: String,
    /// The tension at which it is reached.
    #[key(bounds = WORTH)]
    pub up: f64,
    /// The tension at which it is left again; below `up`.
    #[key(bounds = WORTH)]
    pub down: f64,
    /// What the rates of incidents between the two are multiplied by on it.
    #[key(default = 1.0, bounds = FACTOR)]
    pub incident_factor: f64,
}
