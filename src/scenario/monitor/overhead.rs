//! `kind = "overhead"`.

use disengage_derive::table;

use super::Watch;
use crate::scenario::quantity::Quantity;

/// Satellites or aircraft that pass at regular times.
#[table(part)]
pub struct Overhead {
    /// The id of the area it covers; everywhere if left out.
    #[key(refers(Area))]
    pub area: Option<String>,
    /// Days between passes; or `revisits_per_day`.
    #[key(bounds = REVISIT)]
    pub revisit_days: Option<Quantity>,
    /// Passes a day; or `revisit_days`.
    #[key(bounds = PASSES)]
    pub revisits_per_day: Option<Quantity>,
    /// Probability that a pass sees a force of signature 1; one of signature s
    /// with 1 − (1 − p)^s.
    #[key(bounds = SHARE)]
    pub probability: Quantity,
    /// Duty and errors.
    #[key(part)]
    pub watch: Watch,
}
