//! `kind = "keep-distance"`: stay at least so far from a line, area or site.

use schemars::JsonSchema;

use crate::scenario::quantity::Bounds;
use crate::scenario::read::Table;

/// Kept by a force at a signed distance of at least `min_km` (minimum met), and
/// in full from `target_km`.
#[derive(Debug, Clone, JsonSchema)]
pub struct KeepDistance {
    /// The id of a line, an area or a site.
    pub from: String,
    /// Kilometres, signed toward the line's positive side.
    pub min_km: f64,
    /// Kilometres, at least `min_km`; `min_km` by default.
    #[schemars(default)]
    pub target_km: Option<f64>,
}

impl KeepDistance {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            from: t.req("from"),
            min_km: t.number("min_km", Bounds::KM),
            target_km: t.number_opt("target_km", Bounds::KM),
        }
    }
}
