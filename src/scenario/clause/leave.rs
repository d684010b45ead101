//! `kind = "leave"`: be gone from an area.

use schemars::JsonSchema;

use crate::scenario::read::Table;

/// Kept by a force outside the area.
#[derive(Debug, Clone, JsonSchema)]
pub struct Leave {
    /// The id of an area.
    pub area: String,
}

impl Leave {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self { area: t.req("area") }
    }
}
