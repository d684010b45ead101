//! `kind = "inspection-equilibrium"`.

use schemars::JsonSchema;

use super::Order;
use crate::scenario::quantity::Quantity;
use crate::scenario::read::Table;

/// The inspectee of the 2×2 inspection game, at each review anew. Legal conduct
/// without an inspection is worth 0 to both; all else is a gain or a cost
/// against that.
#[derive(Debug, Clone, JsonSchema)]
pub struct InspectionEquilibrium {
    /// Days between reviews; an order stands until the next.
    #[schemars(range(min = 1))]
    pub review_days: u32,
    /// What a violation that is not detected is worth to the party.
    pub gain: Quantity,
    /// What a detected one costs it.
    pub penalty: Quantity,
    /// What a false alarm costs it. Default 0.
    pub false_alarm_cost: Option<Quantity>,
    /// What a detected violation costs the inspector.
    pub inspector_detected_cost: Quantity,
    /// What an undetected one costs the inspector; more than a detected one.
    pub inspector_undetected_cost: Quantity,
    /// What a false alarm costs the inspector. Default 0.
    pub inspector_false_alarm_cost: Option<Quantity>,
    /// What an inspection costs the inspector.
    pub inspection_cost: Quantity,
    /// Probability that an inspection finds a violation where there is none.
    /// Default 0.
    pub false_alarm: Option<Quantity>,
    /// Probability that an inspection misses a violation. Default 0.
    pub missed: Option<Quantity>,
    /// Probability of being inspected that the party counts on. Below what
    /// deters it violates, from there on it complies; without it, it supposes
    /// that the inspector mixes too, and violates with the equilibrium's share.
    pub believed_effort: Option<Quantity>,
    /// The order that is a violation. Default "defy".
    #[schemars(default)]
    pub otherwise: Option<Order>,
}

impl InspectionEquilibrium {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            review_days: t.req("review_days"),
            gain: t.req("gain"),
            penalty: t.req("penalty"),
            false_alarm_cost: t.opt("false_alarm_cost"),
            inspector_detected_cost: t.req("inspector_detected_cost"),
            inspector_undetected_cost: t.req("inspector_undetected_cost"),
            inspector_false_alarm_cost: t.opt("inspector_false_alarm_cost"),
            inspection_cost: t.req("inspection_cost"),
            false_alarm: t.opt("false_alarm"),
            missed: t.opt("missed"),
            believed_effort: t.opt("believed_effort"),
            otherwise: t.opt("otherwise"),
        }
    }
}
