//! Incidents between forces, liaison, and where forces stand to each other.

use std::sync::Arc;

use disengage_derive::words;

use super::{
    ActKind, BandedIndex, ForceIndex, LadderIndex, Model, PartyIndex, RouteIndex, TiVec, Uncertain,
};
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
    /// The area in which it is done, if the file says where.
    pub area: Option<BandedIndex>,
    /// Incidents a day as forces stand at the start, or between `persons`.
    pub per_day: Uncertain,
    /// The persons within reach of each other between whom there are `per_day`, where the
    /// file says so.
    pub persons: Option<[f64; 2]>,
    /// Kilometres beyond reach over which the rate falls to 1/e.
    pub fade_km: Uncertain,
    /// Kilometres that forces reach without ranged weapons.
    pub reach_km: Uncertain,
    /// The shape of the factor that the rate is multiplied by, if by one.
    pub dispersion: Option<Uncertain>,
    /// Half-life of that factor, days.
    pub regime_half_life_days: Uncertain,
    /// Draws of it, by number of the regime: the same for all sources of the ordered pair.
    pub regime: Stream,
    /// Added to the rate for each unit of tension, as a share.
    pub per_tension: Uncertain,
    /// Added to the rate for each unanswered incident between the two, as a share.
    pub per_unanswered: Uncertain,
    /// Half-life of unanswered incidents, days.
    pub unanswered_half_life_days: Uncertain,
    /// Forces that keep others apart.
    pub interposed: Vec<ForceIndex>,
    /// The share that one of them prevents.
    pub prevents: Uncertain,
    /// The share of the target, and of those that stand with it as one, that is lost.
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

/// What two parties have within reach of each other at the start, by the means of all
/// numbers that are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opening {
    /// The sum over pairs of their forces of persons × persons, faded with distance, less
    /// what interposed forces prevent: K₀ unless the source states `persons`.
    pub contact: f64,
    /// The same with every force as one.
    pub pairs: f64,
    /// The persons of the two.
    pub persons: [f64; 2],
    /// Forces of the two that have any.
    pub forces: [usize; 2],
    /// The least kilometres beyond reach between two of them; infinite without a pair.
    pub beyond_km: f64,
}

/// What is left of a rate at so many kilometres, of two that reach so far.
#[inline]
pub fn faded(apart_km: f64, reach_km: f64, fade_km: f64) -> f64 {
    let fades = (apart_km - reach_km) / fade_km;
    if fades > 40.0 { 0.0 } else { libm::exp(-fades.max(0.0)) }
}

/// Kilometres between two places of the plane.
#[inline]
pub fn apart_km(a: [f64; 2], b: [f64; 2]) -> f64 {
    libm::hypot(a[0] - b[0], a[1] - b[1])
}

impl Model {
    /// What the two parties of a source have within reach of each other at the start.
    pub fn opening(&self, source: &IncidentSource) -> Opening {
        let home = |force: ForceIndex| self.plots.get(force).map_or([0.0; 2], |it| it.home);
        let of = |forces: &[ForceIndex]| -> Vec<([f64; 2], f64, f64)> {
            let all = forces.iter().map(|index| {
                let force = &self.forces[*index];
                let held = force.equipment.iter().filter(|it| it.number.mean() > 0.0);
                let ranges = held.filter_map(|it| self.classes[it.class].range_km);
                let reach = ranges.fold(source.reach_km.mean(), f64::max);
                (home(*index), reach, force.strength.mean())
            });
            all.filter(|(.., persons)| *persons > 0.0).collect()
        };
        let (ours, theirs) = (of(&source.forces), of(&source.targets));
        let between = of(&source.interposed);
        let (fade, passes) = (source.fade_km.mean(), 1.0 - source.prevents.mean());
        let persons = |of: &[(_, _, f64)]| of.iter().map(|(.., persons)| persons).sum();
        let mut opening = Opening {
            contact: 0.0,
            pairs: 0.0,
            persons: [persons(&ours), persons(&theirs)],
            forces: [ours.len(), theirs.len()],
            beyond_km: f64::INFINITY,
        };
        for (a, reach_a, persons_a) in &ours {
            for (b, reach_b, persons_b) in &theirs {
                let (apart, reach) = (apart_km(*a, *b), reach_a.max(*reach_b));
                opening.beyond_km = opening.beyond_km.min((apart - reach).max(0.0));
                let kept_apart = between
                    .iter()
                    .any(|(c, ..)| apart_km(*a, *c) < apart && apart_km(*b, *c) < apart);
                let share = faded(apart, reach, fade) * if kept_apart { passes } else { 1.0 };
                opening.pairs += share;
                opening.contact += share * persons_a * persons_b;
            }
        }
        opening
    }
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
