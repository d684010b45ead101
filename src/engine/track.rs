//! The days of a turn, for what changed in it.

use super::view::Stance;
use crate::model::{ForceIndex, Turn};

/// The days of a turn as the forces lived them whose place or order changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Track {
    from: u32,
    to: u32,
    slots: Vec<Option<usize>>,
    stances: Vec<Vec<Stance>>,
    used: usize,
}

impl Track {
    pub(super) fn begin(&mut self, turn: Turn, forces: usize) {
        self.from = turn.from;
        self.to = turn.to;
        self.used = 0;
        self.slots.clear();
        self.slots.resize(forces, None);
    }

    /// Notes the stance of a force at the end of a day (that is, on `day + 1`);
    /// a later note of the same day replaces it.
    pub(super) fn note(&mut self, force: ForceIndex, day: u32, before: Stance, after: Stance) {
        let slot = *self.slots[force].get_or_insert_with(|| {
            if self.used == self.stances.len() {
                self.stances.push(Vec::new());
            }
            self.stances[self.used].clear();
            self.used += 1;
            self.used - 1
        });
        let stances = &mut self.stances[slot];
        // Days since the last note were like it.
        let same = stances.last().copied().unwrap_or(before);
        stances.resize((day - self.from) as usize + 1, same);
        stances.push(after);
    }

    /// Whether a day belongs to a turn that is being stepped: on day 0, and at
    /// the end of a turn, orders change what comes after it.
    pub(super) fn covers(&self, day: u32) -> bool {
        !self.slots.is_empty() && (self.from..self.to).contains(&day)
    }

    /// Whether the force's place or order changed in the turn.
    pub(super) fn changed(&self, force: ForceIndex) -> bool {
        self.slots.get(force).is_some_and(Option::is_some)
    }

    /// Whether any force's did.
    pub(super) fn any(&self) -> bool {
        self.used > 0
    }

    /// The stance of a force on a day of the turn, if it changed in it.
    pub(super) fn on(&self, force: ForceIndex, day: u32) -> Option<Stance> {
        let slot = (*self.slots.get(force)?)?;
        let stances = &self.stances[slot];
        stances
            .get((day - self.from) as usize)
            .or(stances.last())
            .copied()
    }
}
