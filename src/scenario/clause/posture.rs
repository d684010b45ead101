//! `kind = "posture"`: weapons stay, inactive.

use schemars::JsonSchema;

/// Kept by a force whose weapons in the clause's scope are inactive: air
/// defence switched off, launchers unmanned.
#[derive(Debug, Clone, JsonSchema)]
pub struct Posture {}
