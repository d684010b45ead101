//! `[[incident]]`: where forces meet, and how often they clash.

use disengage_derive::table;

use super::quantity::Quantity;
use crate::model::ActKind;

pub use crate::model::Cause;

/// A source of incidents: each is an act of a force of `by` at a force of `against`.
/// Between two forces the rate goes by the product of their persons, and beyond reach
/// falls with the distance. `per_day` is the rate of all of them together as they stand
/// at the start of the run.
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
    /// The area in which it is done, wherever its author stands.
    #[key(refers(Area))]
    pub area: Option<String>,
    /// Incidents a day between the two parties as their forces stand at the start;
    /// with `persons`, between so many persons of each within reach.
    #[key(bounds = A_DAY)]
    pub per_day: Quantity,
    /// The persons of `by` and of `against`, within reach of each other, between whom
    /// there are `per_day`; as they stand at the start if left out, which needs
    /// somebody within reach then.
    #[key(bounds = COUNT)]
    pub persons: Option<Vec<f64>>,
    /// Kilometres beyond reach over which the rate falls to 1/e.
    #[key(bounds = RADIUS)]
    pub fade_km: Quantity,
    /// Kilometres within which forces without ranged weapons reach each other.
    #[key(default = 0.0, bounds = LENGTH)]
    pub reach_km: Quantity,
    /// How bursty incidents are: the rate is multiplied by a factor of mean 1 that is drawn
    /// anew from time to time, from a gamma distribution of this shape. The smaller, the
    /// more they come in bursts; without it the rate does not change by itself.
    #[key(bounds = SHAPE)]
    pub dispersion: Option<Quantity>,
    /// Days in which the factor is drawn anew with probability one half. All sources of one
    /// party against another draw it together.
    #[key(default = 30.0, bounds = REGIME)]
    pub regime_half_life_days: Quantity,
    /// What a unit of tension between the two adds to the rate, as a share of
    /// it.
    #[key(default = 0.0, bounds = COST)]
    pub per_tension: Quantity,
    /// What each incident between the two that nobody answered, of whichever source, adds
    /// to the rate, as a share of it.
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
    /// The share of persons and weapons that is lost by the force it hits and those that
    /// stand with it as one.
    #[key(default = 0.0, bounds = SHARE)]
    pub loss_share: Quantity,
}
