//! `[[installation]]`: something built that is held and may be given up.

use disengage_derive::table;

/// A base, a depot, a crossing: held by a force while it stands there, vacated
/// when it has gone, dismantled or transferred by a clause on deliveries.
#[table(entry(Installation), titled, sourced)]
pub struct Installation {
    /// How many installations alike the table stands for, as for forces. If `held_by`
    /// names a table of as many forces, each force holds one.
    #[key(default = 1, bounds = ALIKE)]
    pub count: u32,
    /// The force that holds it, at its own site.
    #[key(refers(Force))]
    pub held_by: String,
}
