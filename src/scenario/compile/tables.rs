//! Tables of distances, each made once in a process.
//!
//! They are the slow part of compiling, and the points of an experiment mostly share
//! their ways and lines. What a table holds depends on its key alone, so a result
//! does not depend on what was compiled before.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::geo::{DistanceTable, Position, Route};

/// So many tables are kept; then all are let go.
const MOST: usize = 1 << 15;

static MADE: Mutex<BTreeMap<[u8; 32], Arc<DistanceTable>>> = Mutex::new(BTreeMap::new());

/// What a table is of, to the last bit: everything that its distances depend on.
#[derive(Clone, Default)]
pub(super) struct Key(Sha256);

impl Key {
    pub(super) fn word(mut self, word: &str) -> Self {
        self.0.update((word.len() as u64).to_le_bytes());
        self.0.update(word);
        self
    }

    pub(super) fn number(mut self, number: f64) -> Self {
        self.0.update(number.to_bits().to_le_bytes());
        self
    }

    pub(super) fn places(self, places: &[Position]) -> Self {
        let counted = self.number(places.len() as f64);
        places.iter().fold(counted, |key, p| key.number(p.lat()).number(p.lon()))
    }
}

/// The table of a distance along a way; `of` says which distance. None where it cannot be
/// tabulated.
pub(super) fn table(
    way: &Route,
    of: Key,
    distance_km: impl Fn(Position) -> f64,
) -> Option<Arc<DistanceTable>> {
    let key: [u8; 32] = of.places(way.points()).0.finalize().into();
    let made = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(table) = made().get(&key) {
        return Some(table.clone()).filter(|it| it.is_whole());
    }
    let table = Arc::new(DistanceTable::along(way, distance_km));
    let mut all = made();
    if all.len() >= MOST {
        all.clear();
    }
    let table = all.entry(key).or_insert(table).clone();
    Some(table).filter(|it| it.is_whole())
}
