//! `kind = "inspection"`.

use disengage_derive::table;

use super::{Access, Watch};
use crate::scenario::quantity::Quantity;

/// Visits to sites at regular times. A visit sees every force that stands there
/// in the open; of declared weapons (clauses that deliver or confine) it checks
/// a sample, and finds what is missing by the hypergeometric law.
#[table(part)]
pub struct Inspection {
    /// The sites it visits; all of its area, or everywhere, if left out.
    #[key(default, refers(Site))]
    pub sites: Vec<String>,
    /// A visit sees forces within so many kilometres of a site.
    #[key(default = 5.0, bounds = RADIUS)]
    pub radius_km: f64,
    /// The area it may inspect; everywhere if left out.
    #[key(refers(Area))]
    pub area: Option<String>,
    /// Days between visits.
    #[key(bounds = DAYS, some)]
    pub interval_days: u32,
    /// Days before a visit on which it is announced.
    #[key(default = 0.0, bounds = DAYS)]
    pub notice_days: Quantity,
    /// Mean days that a party that hides takes, once a visit is announced, to put
    /// things back: it has by the visit with probability
    /// 1 − exp(−notice_days ÷ cover_up_days).
    #[key(default = 1.0, bounds = HALF_LIFE)]
    pub cover_up_days: Quantity,
    /// Weapons checked of each force at each visit; all if left out.
    #[key(bounds = COUNT, least = 1)]
    pub sample: Option<u32>,
    /// Duty and errors.
    #[key(part)]
    pub watch: Watch,
    /// What bars its way.
    #[key(part)]
    pub access: Access,
}
