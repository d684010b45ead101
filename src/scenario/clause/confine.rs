//! `kind = "confine"`: stay within named sites, or where one was.

use schemars::JsonSchema;

use crate::scenario::read::Table;

/// Kept by a force within `radius_km` of one of the sites, or of where it stood
/// at the start. One that is there and does not comply takes what is in scope
/// out, and so does not keep it.
#[derive(Debug, Clone, JsonSchema)]
pub struct Confine {
    /// Ids of sites; each force's own site at the start if left out.
    #[schemars(default)]
    pub sites: Vec<String>,
    /// Kilometres from a site, more than 0. Default 1.
    #[schemars(default, extend("default" = 1))]
    pub radius_km: f64,
    /// A clause to keep a distance: what is out of its site and keeps that one
    /// is beyond the line but outside storage.
    pub beyond: Option<String>,
}

impl Confine {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            sites: t.or("sites", Vec::new()),
            radius_km: t.or("radius_km", 1.0),
            beyond: t.opt("beyond"),
        }
    }
}
