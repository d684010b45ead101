//! What has been handed over under a clause.

use crate::model::{BoundIndex, Deliver, TiVec, ti_vec};
use crate::stats::Draws;

/// What has been delivered under a clause.
#[derive(Debug, Clone)]
pub struct DeliveryState {
    /// By bound force: what it held on D-day.
    pub held: TiVec<BoundIndex, u32>,
    /// By bound force: handed over: accepted, rejected and pending.
    pub handed: TiVec<BoundIndex, u32>,
    /// By bound force: accepted.
    pub accepted: TiVec<BoundIndex, u32>,
    /// By bound force: rejected.
    pub rejected: TiVec<BoundIndex, u32>,
    /// By bound force: ruled on, and disputed between receiver and verifier.
    pub disputed: TiVec<BoundIndex, u32>,
    /// By bound force: accepted, and the report has arrived.
    pub reported: TiVec<BoundIndex, u32>,
    /// By bound force: days on which it complied.
    pub(in crate::engine) days: TiVec<BoundIndex, u32>,
    /// Handed over and not yet ruled on: ruling day, bound force, ordinal.
    pub(in crate::engine) pending: std::collections::VecDeque<(u32, BoundIndex, u32)>,
    /// Ruled and not yet reported: arrival, bound force.
    pub(in crate::engine) unreported: Vec<(f64, BoundIndex)>,
    pub(in crate::engine) per_day: f64,
    pub(in crate::engine) accepted_share: f64,
    pub(in crate::engine) disputed_share: f64,
}

impl DeliveryState {
    /// Before anything is handed over, of so many bound forces.
    pub(in crate::engine) fn draw(deliver: &Deliver, n: usize, draws: Draws) -> Self {
        Self {
            held: ti_vec![0; n],
            handed: ti_vec![0; n],
            accepted: ti_vec![0; n],
            rejected: ti_vec![0; n],
            disputed: ti_vec![0; n],
            reported: ti_vec![0; n],
            days: ti_vec![0; n],
            pending: Default::default(),
            unreported: Vec::new(),
            per_day: deliver.per_day.draw(draws),
            accepted_share: deliver.accepted_share.draw(draws),
            disputed_share: deliver.disputed_share.as_ref().map_or(0.0, |share| share.draw(draws)),
        }
    }

    /// Handed over and not ruled on yet.
    pub fn pending(&self) -> u32 {
        self.pending.len() as u32
    }
}

/// What has become of an installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstallationState {
    /// Neither handed over nor taken down.
    Held,
    /// Taken down.
    Dismantled,
    /// In the hands of the receiver.
    Transferred,
}
