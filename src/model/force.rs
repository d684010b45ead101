//! Forces and the routes they may take.

use std::sync::Arc;

use super::{
    BandedIndex, Bits, BoundIndex, ClassIndex, ClauseIndex, Contested, Duty, FormationIndex,
    GarrisonIndex, HoldingIndex, MonitorIndex, ObligationIndex, PartyIndex, RouteIndex, SiteIndex,
    TiVec, Uncertain, UnitIndex,
};
use crate::geo::{DistanceTable, Route, WayDistance};

/// A force.
#[derive(Debug, Clone)]
pub struct Force {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// Whose flag it shows.
    pub flag: PartyIndex,
    /// Who commands it.
    pub commander: PartyIndex,
    /// The site where it stands at the start.
    pub home: SiteIndex,
    /// The garrison it belongs to.
    pub garrison: GarrisonIndex,
    /// Persons.
    pub strength: Uncertain,
    /// Weapons by class.
    pub equipment: TiVec<HoldingIndex, Holding>,
    /// The formation it is part of.
    pub formation: FormationIndex,
    /// Kilometres it moves in a day.
    pub mobility_km_per_day: Uncertain,
    /// Multiplies monitors' sighting rates.
    pub signature: Uncertain,
    /// Ways out of its home, in the order it prefers them; it stands at the
    /// start of the first. Empty only for a force that no clause binds and nobody may drive
    /// out.
    pub routes: TiVec<RouteIndex, ForceRoute>,
    /// By line or area: the band of its home, for a force without routes.
    pub home_bands: TiVec<BandedIndex, u8>,
    /// Where it is at sites that others may take from it.
    pub contested: Contested,
    /// What binds it.
    pub obligations: TiVec<ObligationIndex, Obligation>,
    /// The clauses that touch it.
    pub touched: Touched,
    /// The monitors of clauses that bind it: no other looks for it.
    pub looked_for_by: Bits<MonitorIndex>,
    /// Ground on which they would see it violate a clause.
    pub searched: Vec<Searched>,
    /// Its place among all forces by id.
    pub rank: u32,
}

/// Ground on which a monitor sees a force violate a clause, if it does: then to look there and
/// not to see it is to see the clause kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Searched {
    /// The clause.
    pub clause: ClauseIndex,
    /// The monitor.
    pub monitor: MonitorIndex,
    /// The least signed kilometres of the clause at which the monitor sees the force.
    pub seen_km: f64,
    /// The least at which it does not.
    pub blind_km: f64,
}

impl Searched {
    /// Kilometres by which ground that nobody sees may reach inside all the same: how far
    /// beyond an edge a force halts.
    const MARGIN_KM: f64 = 0.05;

    /// Whether the monitor sees it on all ground on its ways where it would violate the clause,
    /// and there is such ground.
    #[inline]
    pub fn covers(&self, min_km: f64) -> bool {
        self.seen_km < min_km && self.blind_km >= min_km - Self::MARGIN_KM
    }
}

/// The clauses that touch a force.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touched {
    /// Those that bind it.
    pub bound: Bits<ClauseIndex>,
    /// Of these, those whose keeping can be seen where it is.
    pub seen: Bits<ClauseIndex>,
    /// Of these, those that it can violate.
    pub answers: Bits<ClauseIndex>,
    /// Of these, those that are no reading of another.
    pub written: Bits<ClauseIndex>,
    /// Those in whose scope it is without being bound.
    pub unbound: Bits<ClauseIndex>,
}

impl Force {
    /// The reading of a clause that the force carries out.
    pub fn carries(&self, clause: ClauseIndex) -> Option<&Obligation> {
        self.obligations.iter().find(|it| it.of == clause && it.carried)
    }
}

/// A clause that binds a force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Obligation {
    /// The clause.
    pub clause: ClauseIndex,
    /// Who decides.
    pub unit: UnitIndex,
    /// What is asked.
    pub duty: Duty,
    /// The force among those that the clause binds.
    pub at: BoundIndex,
    /// The clause that is read, for a reading; else the clause itself.
    pub of: ClauseIndex,
    /// Whether orders on the clause are carried out in this reading of it: its
    /// commander's own, or else the clause as written.
    pub carried: bool,
}

/// Weapons of one class.
#[derive(Debug, Clone)]
pub struct Holding {
    /// The class.
    pub class: ClassIndex,
    /// How many.
    pub number: Uncertain,
}

/// A way from a force's home to another site, with every distance that clauses
/// and monitors ask for tabulated along it.
#[derive(Debug, Clone)]
pub struct ForceRoute {
    /// The site it leads to.
    pub to: SiteIndex,
    /// The way itself, to draw.
    pub path: Arc<Route>,
    /// Metres from home to the end.
    pub length_m: f64,
    /// By clause: signed kilometres that the clause judges by; none where the
    /// clause does not bind the force or judges no place.
    pub clause_km: TiVec<ClauseIndex, Option<WayDistance>>,
    /// By clause: the metre at which a force that keeps it halts; none where
    /// this way never gets there.
    pub halt_m: TiVec<ClauseIndex, Option<f64>>,
    /// The clauses that it meets in full where it halts, by their terms as
    /// written.
    pub halts_in_full: Bits<ClauseIndex>,
    /// Which monitors' reach covers which part of the way.
    pub sight: Sight,
    /// By line or area: which band each part of the way is in.
    pub bands: TiVec<BandedIndex, Bands>,
}

/// The band that each part of a way is in: from each metre on, the number of
/// edges at or below its distance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bands(Vec<(u64, u8)>);

impl Bands {
    /// The bands along a way between rising edges in kilometres.
    pub fn new(table: &DistanceTable, edges_km: &[f64]) -> Self {
        // Before the first edge there is nothing where there is no first edge.
        let finite = || edges_km.iter().copied().filter(|km| km.is_finite());
        let band = |metre: f64| {
            let km = table.km_at(metre);
            edges_km.iter().filter(|edge| km >= **edge).count() as u8
        };
        let mut metres: Vec<f64> = finite().flat_map(|km| table.crossings(km)).collect();
        metres.push(0.0);
        metres.sort_by(f64::total_cmp);
        metres.dedup();
        // Crossings are whole millimetres.
        let parts = metres.iter().map(|metre| ((metre * 1e3).round() as u64, band(*metre)));
        Self(parts.collect())
    }

    /// The number of edges at or below the distance at a metre.
    #[inline]
    pub fn at(&self, metre: f64) -> u8 {
        let mm = (metre * 1e3).round() as u64;
        let after = self.0.partition_point(|(from, _)| *from <= mm);
        after.checked_sub(1).map_or(0, |at| self.0[at].1)
    }
}

/// Which monitors' reach covers which part of a way: from each metre on, the set of
/// monitors.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sight(Vec<(f64, Bits<MonitorIndex>)>);

impl Sight {
    /// From what each monitor's reach is: whether it covers the start, and the
    /// metres at which that changes.
    pub fn new(reaches: impl Iterator<Item = (MonitorIndex, (bool, Vec<f64>))>) -> Self {
        let mut covering = Bits::new();
        let mut turns: Vec<(f64, MonitorIndex)> = Vec::new();
        for (monitor, (covered, changes)) in reaches {
            covering.set(monitor, covered);
            turns.extend(changes.into_iter().map(|metre| (metre, monitor)));
        }
        turns.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut parts = vec![(0.0, covering.clone())];
        for (metre, monitor) in turns {
            covering.set(monitor, !covering.contains(monitor));
            if parts.last().is_some_and(|(from, _)| *from == metre) {
                parts.pop();
            }
            parts.push((metre, covering.clone()));
        }
        Self(parts)
    }

    /// The parts of a way of so many metres, from and to, and whether a monitor sees them.
    pub fn parts(
        &self,
        monitor: MonitorIndex,
        length_m: f64,
    ) -> impl Iterator<Item = ((f64, f64), bool)> + '_ {
        let ends = self.0.iter().skip(1).map(|(from, _)| *from).chain([length_m]);
        let parts = self.0.iter().zip(ends);
        parts.map(move |((from, by), to)| ((*from, to.max(*from)), by.contains(monitor)))
    }

    /// Whether a monitor's reach covers any of the way.
    pub fn reaches(&self, monitor: MonitorIndex) -> bool {
        self.0.iter().any(|(_, covering)| covering.contains(monitor))
    }

    /// The monitors whose reach covers a metre of the way.
    #[inline]
    pub fn at(&self, metre: f64) -> Bits<MonitorIndex> {
        let after = self.0.partition_point(|(from, _)| *from <= metre);
        let part = after.checked_sub(1).and_then(|at| self.0.get(at));
        part.map_or_else(Bits::new, |(_, covering)| covering.clone())
    }
}
