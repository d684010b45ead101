//! Incidents between forces, liaison, and where forces stand to each other.

use std::sync::Arc;

use disengage_derive::words;

use super::{ActKind, ForceIndex, LadderIndex, PartyIndex, RouteIndex, TiVec, Uncertain};
use crate::geo::DistanceTable;
use crate::stats::Stream;

/// Why incidents happen.
#[words(stand_in = Local)]
pub enum Cause {
    /// Ordered, for an end of the party's own.
    Strategic,
    /// In return for something.
    Retaliatory,
    /// Meant to break the agreement.
    Spoiling,
    /// Of the place and the moment.
    Local,
}

/// A source of incidents.
#[derive(Debug, Clone)]
pub struct IncidentSource {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// Who does it.
    pub by: PartyIndex,
    /// Who suffers it.
    pub against: PartyIndex,
    /// Why.
    pub cause: Cause,
    /// What is done.
    pub act: ActKind,
    /// Incidents a day between two forces within reach of each other.
    pub per_day: Uncertain,
    /// Kilometres beyond reach over which the rate falls to 1/e.
    pub fade_km: Uncertain,
    /// Kilometres that forces reach without ranged weapons.
    pub reach_km: Uncertain,
    /// Added to the rate for each unit of tension, as a share.
    pub per_tension: Uncertain,
    /// Added to the rate for each unanswered incident, as a share.
    pub per_unanswered: Uncertain,
    /// Half-life of unanswered incidents, days.
    pub unanswered_half_life_days: Uncertain,
    /// Forces that keep others apart.
    pub interposed: Vec<ForceIndex>,
    /// The share that one of them prevents.
    pub prevents: Uncertain,
    /// The share of the target that is lost.
    pub loss_share: Uncertain,
    /// The forces that do it.
    pub forces: Vec<ForceIndex>,
    /// The forces that suffer it.
    pub targets: Vec<ForceIndex>,
    /// The ladders between the two parties.
    pub ladders: Vec<LadderIndex>,
    /// Draws, by number of the incident.
    pub stream: Stream,
    /// Draws of each of `forces`: whether it is the one.
    pub doers: Vec<Stream>,
    /// Draws of each of `targets`.
    pub sufferers: Vec<Stream>,
}

/// A channel that settles incidents.
#[derive(Debug, Clone)]
pub struct Liaison {
    /// Its id in the file.
    pub id: String,
    /// The two parties.
    pub between: [PartyIndex; 2],
    /// The share that it settles.
    pub settles: Uncertain,
    /// First and last day.
    pub open: (u32, u32),
}

/// Where a force can be, in a plane around the middle of the sites: kilometres
/// east and north, so that how far two forces stand from each other is found
/// without a geodesic. Within 600 km of the middle it is right to 0.2 %.
#[derive(Debug, Clone)]
pub struct Plot {
    /// Its home.
    pub home: [f64; 2],
    /// Along each of its ways.
    pub ways: TiVec<RouteIndex, [Arc<DistanceTable>; 2]>,
}

impl Plot {
    /// The point at a metre of a way.
    #[inline]
    pub fn at(&self, way: RouteIndex, metre: f64) -> [f64; 2] {
        self.ways.get(way).map_or(self.home, |[x, y]| [x.km_at(metre), y.km_at(metre)])
    }
}
