//! What studies of past agreements say of their failing. Observational, named,
//! and used by nothing unless asked for: none of them is an effect of a clause.

/// A hazard ratio found in a study, with what it is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// Its name.
    pub name: &'static str,
    /// What was compared.
    pub about: &'static str,
    /// The hazard ratio; none where the study gives a direction only.
    pub hazard_ratio: Option<f64>,
    /// Where it stands.
    pub source: &'static str,
}

/// Peacekeeping after civil wars that ended since 1989.
pub const FORTNA_2004: Prior = Prior {
    name: "peacekeeping",
    about: "hazard of another war with peacekeepers, against without, civil wars after 1989",
    hazard_ratio: Some(0.32),
    source: "Fortna, International Studies Quarterly 48(2), 2004, second-hand",
};

/// Truces imposed from outside fail more often.
pub const WERNER_YUEN_2005: Prior = Prior {
    name: "imposed truce",
    about: "truces imposed by third parties fail more often",
    hazard_ratio: None,
    source: "Werner & Yuen, International Organization 59(2), 2005",
};

/// Recommitments in Donbas.
pub const HUG_2018: Prior = Prior {
    name: "recommitment",
    about: "recommitments to the cease-fire in Donbas held about two weeks each",
    hazard_ratio: None,
    source: "Hug, OSCE Yearbook, 2018",
};

/// The probability of failing by a time under a constant hazard: 1 − exp(−HR·λt).
pub fn failure_by(hazard_ratio: f64, rate_times_time: f64) -> f64 {
    -libm::expm1(-hazard_ratio * rate_times_time)
}
