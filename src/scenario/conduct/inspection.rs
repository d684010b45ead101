//! `kind = "inspection-equilibrium"`.

use disengage_derive::table;

use super::Order;
use crate::scenario::quantity::Quantity;

/// The inspectee of the 2×2 inspection game: it violates as often as the equilibrium says,
/// by its resolve. Legal conduct
/// without an inspection is worth 0 to both; all else is a gain or a cost
/// against that.
#[table(part)]
pub struct InspectionEquilibrium {
    /// Days between reviews; an order stands until the next.
    #[key(bounds = DAYS, some)]
    pub review_days: u32,
    /// What a violation that is not detected is worth to the party.
    #[key(bounds = GAIN)]
    pub gain: Quantity,
    /// What a detected one costs it.
    #[key(bounds = COST)]
    pub penalty: Quantity,
    /// What a false alarm costs it.
    #[key(default = 0.0, bounds = COST)]
    pub false_alarm_cost: Quantity,
    /// What a detected violation costs the inspector.
    #[key(bounds = COST)]
    pub inspector_detected_cost: Quantity,
    /// What an undetected one costs the inspector; more than a detected one.
    #[key(bounds = COST)]
    pub inspector_undetected_cost: Quantity,
    /// What a false alarm costs the inspector.
    #[key(default = 0.0, bounds = COST)]
    pub inspector_false_alarm_cost: Quantity,
    /// What an inspection costs the inspector.
    #[key(bounds = COST)]
    pub inspection_cost: Quantity,
    /// Probability that an inspection finds a violation where there is none.
    #[key(default = 0.0, bounds = SHARE)]
    pub false_alarm: Quantity,
    /// Probability that an inspection misses a violation.
    #[key(default = 0.0, bounds = SHARE)]
    pub missed: Quantity,
    /// Probability of being inspected that the party counts on. Below what
    /// deters it violates, from there on it complies; without it, it supposes
    /// that the inspector mixes too, and violates with the equilibrium's share.
    #[key(bounds = SHARE)]
    pub believed_effort: Option<Quantity>,
    /// The order that is a violation.
    #[key(default = Order::Defy)]
    pub otherwise: Order,
}
