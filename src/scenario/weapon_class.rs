//! `[[weapon-class]]`: what equipment is counted as.

use disengage_derive::table;

use super::clause::Domain;

/// A class of weapons, named by forces' `equipment` and by clauses.
#[table(entry(WeaponClass), titled, sourced)]
pub struct WeaponClass {
    /// Calibre in millimetres.
    #[key(bounds = CALIBRE)]
    pub calibre_mm: Option<f64>,
    /// Range in kilometres.
    #[key(bounds = LENGTH)]
    pub range_km: Option<f64>,
    /// Whether clauses on heavy weapons mean it.
    #[key(default = false)]
    pub heavy: bool,
    /// Where it acts; where its force does by default.
    pub domain: Option<Domain>,
}
