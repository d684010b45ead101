//! `[[incident]]`: where forces meet, and how often they clash.

use disengage_derive::table;

use super::quantity::Quantity;
use crate::model::ActKind;

pub use crate::model::Cause;

/// A source of incidents: each is an act of a force of `by` at a force of
/// `against`. Between two forces that are within reach of each other it gives
/// `per_day`; beyond reach the rate falls with the distance.
#[table(entry(Incident), titled, sourced)]
pub struct Incident {
    /// The party that does it.
    #[key(refers(Party))]
    pub by: String,
    /// The party that suffers it.
    #[key(refers(Party))]
    pub against: String,
    /// Why.
    #[key(default = Cause::Local)]
    pub cause: Cause,
    /// What is done.
    #[key(default = ActKind::Fire)]
    pub act: ActKind,
    /// Incidents a day between two forces within reach of each other.
    #[key(bounds = A_DAY)]
    pub per_day: Quantity,
    /// Kilometres beyond reach over which the rate falls to 1/e.
    #[key(bounds = RADIUS)]
    pub fade_km: Quantity,
    /// Kilometres within which forces without ranged weapons reach each other.
    #[key(default = 0.0, bounds = LENGTH)]
    pub reach_km: Quantity,
    /// What a unit of tension between the two adds to the rate, as a share of
    /// it.
    #[key(default = 0.0, bounds = COST)]
    pub per_tension: Quantity,
    /// What each incident that nobody answered adds to the rate, as a share of
    /// it.
    #[key(default = 0.0, bounds = COST)]
    pub per_unanswered: Quantity,
    /// Days in which half of the unanswered incidents are forgotten.
    #[key(default = 30.0, bounds = HALF_LIFE)]
    pub unanswered_half_life_days: Quantity,
    /// The parties whose forces, standing between two others, keep them apart.
    #[key(default, refers(Party))]
    pub interposed: Vec<String>,
    /// The share of incidents that such a force prevents.
    #[key(default = 0.5, bounds = SHARE)]
    pub prevents: Quantity,
    /// The share of persons and weapons of the force it hits that is lost.
    #[key(default = 0.0, bounds = SHARE)]
    pub loss_share: Quantity,
}
