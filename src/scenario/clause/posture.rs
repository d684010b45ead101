//! `kind = "posture"`: weapons stay, inactive.

use disengage_derive::table;

/// Kept by a force whose weapons in the clause's scope are inactive: air
/// defence switched off, launchers unmanned.
#[table(part)]
pub struct Posture {}
