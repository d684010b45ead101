//! Stages of a clause: one clause each.

use disengage_derive::table;

use crate::scenario::gate::Gate;

/// What one stage has of its own. Everything else is as in the clause.
#[table(
    inline = "a stage",
    such_as = "a stage such as { area = \"near-strip\", starts = 2018-07-01 }"
)]
pub struct Stage {
    /// Its title; the clause's with the number of the stage by default.
    pub title: Option<String>,
    /// The id of an area.
    #[key(refers(Area))]
    pub area: Option<String>,
    /// The line that distances are measured from.
    #[key(refers(Line))]
    pub from: Option<String>,
    /// The least distance, in kilometres.
    #[key(bounds = KM)]
    pub min_km: Option<f64>,
    /// The distance to go to, in kilometres.
    #[key(bounds = KM)]
    pub target_km: Option<f64>,
    /// When it starts.
    pub starts: Option<Gate>,
    /// By when it must be kept.
    pub deadline: Option<Gate>,
    /// When it ends.
    pub expires: Option<Gate>,
}
