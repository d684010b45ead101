//! Offensives, and where forces stand at the sites that are fought for.

use super::{PartyIndex, RouteIndex, SiteIndex, TiVec, Uncertain};
use crate::model::ForceIndex;
use crate::stats::Stream;

/// Kilometres from a site within which a force stands there.
pub const AT_SITE_KM: f64 = 2.0;

/// Sites are taken.
#[derive(Debug, Clone)]
pub struct Offensive {
    /// Which.
    pub sites: Vec<SiteIndex>,
    /// By party: whether it is against it.
    pub against: TiVec<PartyIndex, bool>,
    /// Share lost by those who stand there.
    pub loss_share: Uncertain,
    /// By force: draws of what it loses, by number of the offensive.
    pub losses: TiVec<ForceIndex, Stream>,
}

/// Where a force is at sites that others may take from it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contested {
    /// Those at its home.
    pub home: Vec<SiteIndex>,
    /// Along each of its ways: which, and from which metre to which.
    pub ways: TiVec<RouteIndex, Vec<(SiteIndex, f64, f64)>>,
}

impl Contested {
    /// Whether there is any.
    pub fn is_empty(&self) -> bool {
        self.home.is_empty() && self.ways.iter().all(Vec::is_empty)
    }

    /// Those at a metre of a way.
    pub fn at(&self, way: RouteIndex, metre: f64) -> impl Iterator<Item = SiteIndex> {
        let home = if metre == 0.0 { self.home.as_slice() } else { &[] };
        let along = if metre == 0.0 { None } else { self.ways.get(way) };
        let along = along.into_iter().flatten();
        let here = along.filter(move |(_, from, to)| (*from..=*to).contains(&metre));
        home.iter().copied().chain(here.map(|(site, ..)| *site))
    }
}
