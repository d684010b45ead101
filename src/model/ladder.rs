//! Ladders of escalation.

use super::{ActKind, PartyIndex, Uncertain};

/// Tension between two parties, and rungs.
#[derive(Debug, Clone)]
pub struct Ladder {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// The two parties.
    pub between: [PartyIndex; 2],
    /// What acts add to the tension.
    pub severity: Vec<(ActKind, Uncertain)>,
    /// Tension on the first day.
    pub tension: Uncertain,
    /// Half-life in days.
    pub half_life_days: Option<Uncertain>,
    /// Days without an act before a step down.
    pub quiet_days: u32,
    /// From the lowest.
    pub rungs: Vec<Rung>,
}

/// A rung; below the first lies the ground.
#[derive(Debug, Clone, PartialEq)]
pub struct Rung {
    /// Its name.
    pub id: String,
    /// Tension at which it is reached.
    pub up: f64,
    /// Tension at which it is left.
    pub down: f64,
    /// Multiplies rates of incidents.
    pub incident_factor: f64,
}
