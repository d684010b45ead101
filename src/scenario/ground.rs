//! `[[ground]]`: ground with somebody in control of it.

use disengage_derive::table;

/// A piece of ground: controlled by the party of the force that holds it, until
/// a clause on deliveries passes it to another.
#[table(entry(Ground), titled, sourced)]
pub struct Ground {
    /// The force that holds it.
    #[key(refers(Force))]
    pub held_by: String,
    /// The party in control at the start; the commander of `held_by` by default.
    #[key(refers(Party))]
    pub controller: Option<String>,
}
