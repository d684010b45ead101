//! `[[installation]]`: something built that is held and may be given up.

use disengage_derive::table;

/// A base, a depot, a crossing: held by a force while it stands there, vacated
/// when it has gone, dismantled or transferred by a clause on deliveries.
#[table(entry(Installation), titled, sourced)]
pub struct Installation {
    /// The force that holds it, at its own site.
    #[key(refers(Force))]
    pub held_by: String,
}
