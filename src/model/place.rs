//! Where a force stands that meets some of its obligations.

use super::{
    Bits, Clause, ClauseIndex, Duty, Force, ForceRoute, Obligation, ObligationIndex, RouteIndex,
    Terms, TiSlice,
};

/// A place on one of a force's routes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The route.
    pub route: RouteIndex,
    /// Metres from home.
    pub metre: f64,
}

impl Place {
    /// Where a force stands at the start.
    pub fn home() -> Self {
        Self { route: RouteIndex::from(0), metre: 0.0 }
    }

    /// Metres between two places of a force, by way of home where they are on different
    /// routes.
    pub fn metres_to(self, other: Self) -> f64 {
        if self.route == other.route {
            (self.metre - other.metre).abs()
        } else {
            self.metre + other.metre
        }
    }
}

/// Clauses and the terms they have on a day.
#[derive(Clone, Copy)]
pub struct AsTheyStand<'m, T> {
    clauses: &'m TiSlice<ClauseIndex, Clause>,
    terms: T,
}

impl<'m, T: Fn(ClauseIndex) -> &'m Terms> AsTheyStand<'m, T> {
    /// Clauses as written, with other terms.
    pub fn new(clauses: &'m TiSlice<ClauseIndex, Clause>, terms: T) -> Self {
        Self { clauses, terms }
    }

    /// The first point of a force's ways that meets some of its obligations in full: on the
    /// way it is on, or else on the first that gets there. Where no point meets all of
    /// them, that which meets most. None where none meets any.
    pub fn place(
        &self,
        force: &Force,
        on: RouteIndex,
        kept: &Bits<ObligationIndex>,
    ) -> Option<Place> {
        let mut several = kept.iter();
        if let (Some(alone), None) = (several.next(), several.next()) {
            return self.place_of_one(force, on, &force.obligations[alone]);
        }
        let kept = || kept.iter().map(|at| &force.obligations[at]);
        let asked = kept().count();
        let mut best: Option<(usize, bool, Place)> = None;
        // Nothing beats a point of the way the force is on that meets all of them.
        let others = force.routes.keys().filter(|route| *route != on);
        for route in std::iter::once(on).chain(others) {
            let Some(way) = force.routes.get(route) else {
                continue;
            };
            let here = route == on;
            let halts = || kept().filter_map(|obligation| self.halt_m(way, obligation));
            let farthest = halts().fold(0.0, f64::max);
            // Where all are met, if that is anywhere; a point short of the farthest
            // halt matters only where that one fails.
            // What no place meets (such as to hold one's fire) has no say in it.
            let placed = || kept().filter(|obligation| self.halt_m(way, obligation).is_some());
            let all = self.together(way, placed, farthest);
            for metre in all.into_iter().chain([farthest]).chain(halts()) {
                let met = kept().filter(|obligation| {
                    self.halt_m(way, obligation).is_some() && self.full_at(way, obligation, metre)
                });
                let met = met.count();
                if met == 0 {
                    continue;
                }
                if best.is_none_or(|(most, at_hand, _)| (met, here) > (most, at_hand)) {
                    best = Some((met, here, Place { route, metre }));
                }
                if met == asked {
                    if here {
                        return Some(Place { route, metre });
                    }
                    break;
                }
            }
        }
        best.map(|(_, _, place)| place)
    }

    /// Any way that gets there will do: the one the force is on, or else the first.
    fn place_of_one(
        &self,
        force: &Force,
        on: RouteIndex,
        obligation: &Obligation,
    ) -> Option<Place> {
        let halts = |route: RouteIndex| {
            let way = force.routes.get(route)?;
            let metre = self.halt_m(way, obligation)?;
            let full = if self.as_written(obligation) {
                way.halts_in_full.contains(obligation.clause)
            } else {
                self.full_at(way, obligation, metre)
            };
            full.then_some(Place { route, metre })
        };
        halts(on).or_else(|| force.routes.keys().find_map(halts))
    }

    /// Whether a place meets an obligation in full.
    pub fn full(&self, force: &Force, obligation: &Obligation, place: Place) -> bool {
        let way = force.routes.get(place.route);
        way.is_some_and(|way| self.full_at(way, obligation, place.metre))
    }

    fn full_at(&self, way: &ForceRoute, obligation: &Obligation, metre: f64) -> bool {
        let table = way.clause_km[obligation.clause].as_ref();
        let terms = (self.terms)(obligation.clause);
        table.is_some_and(|table| terms.meets(obligation.duty, table.km_at(metre)).1)
    }

    /// The first metre of a way, from one on, at which all of these obligations are met
    /// in full.
    fn together<'a, I: Iterator<Item = &'a Obligation>>(
        &self,
        way: &ForceRoute,
        obligations: impl Fn() -> I,
        from_m: f64,
    ) -> Option<f64> {
        let mut metre = from_m;
        loop {
            let before = metre;
            for obligation in obligations() {
                let table = way.clause_km[obligation.clause].as_ref()?;
                let terms = (self.terms)(obligation.clause);
                metre = match obligation.duty {
                    Duty::Deploy => {
                        let km = table.km_at(metre);
                        terms.meets(obligation.duty, km).1.then_some(metre)?
                    }
                    _ => table.halt(metre, terms.target_km, self.margin_km(obligation))?,
                };
            }
            // Each passage moves on to where some distance passes its target, or ends.
            if metre <= before {
                return Some(metre);
            }
        }
    }

    fn margin_km(&self, obligation: &Obligation) -> f64 {
        self.clauses[obligation.clause].halt_margin_km()
    }

    /// Whether where a force halts for a clause is where its terms as written say.
    fn as_written(&self, obligation: &Obligation) -> bool {
        let written = self.clauses[obligation.clause].terms.target_km;
        (self.terms)(obligation.clause).target_km == written || obligation.duty == Duty::Deploy
    }

    /// The metre of a way at which a force that keeps a clause halts: tabulated for
    /// the terms as written, found anew for amended ones.
    fn halt_m(&self, way: &ForceRoute, obligation: &Obligation) -> Option<f64> {
        let clause = obligation.clause;
        if self.as_written(obligation) {
            return way.halt_m[clause];
        }
        let table = way.clause_km[clause].as_ref()?;
        table.halt(0.0, (self.terms)(clause).target_km, self.margin_km(obligation))
    }
}
