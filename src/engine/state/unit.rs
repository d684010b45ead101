//! A decision unit: its standing order.

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
    /// The event of the standing order.
    pub event: Option<EventId>,
    /// What last hit one of its forces since its last review.
    pub(in crate::engine) hit: Option<EventId>,
    /// An order that its party has taken a position on, and until when it stands.
    pub(in crate::engine) held: Option<(Order, u32)>,
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
            event: None,
            hit: None,
            held: None,
            parameters: UnitParameters::draw(model, unit, forces, draws),
        }
    }
}
