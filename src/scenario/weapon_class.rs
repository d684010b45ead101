//! `[[weapon-class]]`: what equipment is counted as.

use schemars::JsonSchema;

use super::clause::Domain;
use super::read::{Spans, Table};
use super::source::Provenance;

/// A class of weapons, named by forces' `equipment` and by clauses.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct WeaponClass {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// Calibre in millimetres.
    pub calibre_mm: Option<f64>,
    /// Range in kilometres.
    pub range_km: Option<f64>,
    /// Whether clauses on heavy weapons mean it. Default false.
    #[schemars(default)]
    pub heavy: bool,
    /// Where it acts; where its force does by default.
    pub domain: Option<Domain>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl WeaponClass {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            calibre_mm: t.opt("calibre_mm"),
            range_km: t.opt("range_km"),
            heavy: t.or("heavy", false),
            domain: t.opt("domain"),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
