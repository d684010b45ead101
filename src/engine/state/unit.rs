//! A decision unit: its standing order and when it reviews it.

use super::event::EventId;
use super::force::ForceState;
use crate::engine::conduct::UnitParameters;
use crate::model::{DecisionUnit, ForceIndex, Model, Order, TiSlice};
use crate::stats::Draws;

/// A decision unit.
#[derive(Debug, Clone)]
pub struct UnitState {
    /// The standing order.
    pub order: Order,
    /// The day of its next review; the greatest number if it has none.
    pub next_review: u32,
    /// Reviews so far.
    pub reviews: u32,
    /// The event of the standing order.
    pub event: Option<EventId>,
    /// What last hit one of its forces since its last review.
    pub(in crate::engine) hit: Option<EventId>,
    /// An order that its party has taken a position on, and until when it stands.
    pub(in crate::engine) held: Option<(Order, u32)>,
    /// How many of its forces have persons.
    pub(in crate::engine) standing: u32,
    /// What complying was worth over defying at its last review.
    pub worth: f64,
    pub(in crate::engine) parameters: UnitParameters,
}

impl UnitState {
    /// Before its first review.
    pub(in crate::engine) fn new(
        model: &Model,
        unit: &DecisionUnit,
        forces: &TiSlice<ForceIndex, ForceState>,
        draws: Draws,
    ) -> Self {
        Self {
            order: Order::Defy,
            next_review: u32::MAX,
            reviews: 0,
            event: None,
            hit: None,
            held: None,
            standing: unit.forces.iter().filter(|force| forces[**force].strength > 0).count()
                as u32,
            worth: 1.0,
            parameters: UnitParameters::draw(model, unit, forces, draws),
        }
    }
}
