//! Where forces stood on the last date, over replicates.

use std::collections::BTreeMap;

use crate::engine::World;
use crate::geo::Position;
use crate::model::{ForceIndex, Model, RouteIndex};

/// Length of a stretch of a way within which places are one, metres.
const STRETCH_M: f64 = 5000.0;

/// Persons of a force about one place on the last date, over replicates.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlaceRow {
    /// The force.
    pub force: String,
    /// The party that commands it.
    pub commander: String,
    /// 1 if a clause binds it.
    pub bound: u8,
    /// Degrees, WGS 84.
    pub lat: f64,
    /// Degrees, WGS 84.
    pub lon: f64,
    /// Replicates in which it stood there.
    pub n: u64,
    /// Persons there, mean over all replicates.
    pub mean_persons: f64,
}

/// Counts by force, way and stretch of the way. Its size depends on the model alone.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    replicates: u64,
    at: BTreeMap<(ForceIndex, RouteIndex, u32), Stood>,
}

/// Of a stretch: replicates, persons, and persons times metres along the way.
#[derive(Debug, Clone, Copy, Default)]
struct Stood {
    n: u64,
    persons: u64,
    metres: u64,
}

impl Places {
    /// Adds the end of a replicate.
    pub(super) fn add(&mut self, world: &World) {
        self.replicates += 1;
        for (force, state) in world.forces().iter_enumerated() {
            if state.strength == 0 {
                continue;
            }
            let place = state.place;
            let stretch = (place.metre.max(0.0) / STRETCH_M) as u32;
            let key = (force, place.route, stretch);
            let stood = self.at.entry(key).or_default();
            let persons = u64::from(state.strength);
            stood.n += 1;
            stood.persons += persons;
            stood.metres += persons * place.metre.max(0.0).round() as u64;
        }
    }

    /// Adds what another one of the same model holds.
    pub(super) fn merge(&mut self, other: &Self) {
        self.replicates += other.replicates;
        for (key, theirs) in &other.at {
            let mine = self.at.entry(*key).or_default();
            mine.n += theirs.n;
            mine.persons += theirs.persons;
            mine.metres += theirs.metres;
        }
    }

    /// By force, in the order of the file, then by place along its ways. A row stands at
    /// the mean place of a stretch.
    pub(super) fn rows(&self, model: &Model) -> Vec<PlaceRow> {
        let row = |(&(force, route, _), stood): (&(ForceIndex, RouteIndex, u32), &Stood)| {
            let force = &model.forces[force];
            let metre = stood.metres as f64 / stood.persons as f64;
            let position: Position = match force.routes.get(route) {
                Some(route) => route.path.at_m(metre),
                None => model.sites[force.home].position,
            };
            let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
            PlaceRow {
                force: force.id.clone(),
                commander: model.parties[force.commander].id.clone(),
                bound: u8::from(!force.obligations.is_empty()),
                lat: round(position.lat()),
                lon: round(position.lon()),
                n: stood.n,
                mean_persons: stood.persons as f64 / self.replicates as f64,
            }
        };
        self.at.iter().map(row).collect()
    }
}
