//! A force: where it is, what that means, and what it shows.

use super::clause::ClauseState;
use super::event::EventId;
use crate::model::{
    Bits, ClauseIndex, ForceIndex, HoldingIndex, Model, MonitorIndex, ObligationIndex, Place,
    Searched, TiSlice, TiVec, ti_vec,
};
use crate::stats::Draws;

/// A force.
#[derive(Debug, Clone)]
pub struct ForceState {
    /// Persons.
    pub strength: u32,
    /// Weapons held, in the order of the model's holdings.
    pub equipment: TiVec<HoldingIndex, u32>,
    /// Where it is.
    pub place: Place,
    /// Where it is going.
    pub goal: Place,
    /// By obligation: the signed kilometres the clause judges by; NaN where it
    /// judges no place.
    pub km: TiVec<ObligationIndex, f64>,
    /// What its place means and what it shows.
    pub stance: Stance,
    /// Metres it can move in a day.
    pub metres_per_day: f64,
    /// Signature in the open.
    pub signature: f64,
    /// Whether it is on the move.
    pub moving: bool,
    /// The day on which it sets out for where it is going.
    pub departs: u32,
    /// The order it acts on.
    pub ordered: Option<EventId>,
    /// Whether its place, strength or weapons may have changed in the turn.
    pub shifted: bool,
}

/// What a place means, as sets of bits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// By clause: the place meets what is asked of the force.
    pub meets: Bits<ClauseIndex>,
    /// By clause: it meets it in full.
    pub full: Bits<ClauseIndex>,
    /// By monitor: the place is within its reach.
    pub seen_by: Bits<MonitorIndex>,
    /// By monitor: the place is not, but it would see the force where that violates a clause
    /// which it keeps here.
    pub searched_by: Bits<MonitorIndex>,
}

/// What a force is to those who look: what its place means, and the signature
/// it shows under its orders.
#[derive(Debug, Clone, PartialEq)]
pub struct Stance {
    /// What its place means.
    pub view: View,
    /// The signature it shows.
    pub shown: f64,
}

impl View {
    /// What a place of a force means; the signed kilometres that its clauses judge
    /// by go to `km`, in the order of its obligations (NaN where a clause judges no
    /// place).
    pub(in crate::engine) fn of(
        model: &Model,
        clauses: &TiSlice<ClauseIndex, ClauseState>,
        force: ForceIndex,
        place: Place,
        km: &mut TiSlice<ObligationIndex, f64>,
    ) -> Self {
        let mut view = Self::default();
        let force = &model.forces[force];
        let Some(route) = force.routes.get(place.route) else {
            return view;
        };
        for (obligation, km) in force.obligations.iter().zip(km) {
            let clause = obligation.clause;
            let Some(table) = &route.clause_km[clause] else {
                continue;
            };
            *km = table.km_at(place.metre);
            let (meets, full) = clauses[clause].terms.meets(obligation.duty, *km);
            view.meets.set(clause, meets);
            view.full.set(clause, full);
        }
        // What nobody is bound by, nobody looks for.
        if !force.obligations.is_empty() {
            view.seen_by = route.sight.at(place.metre);
        }
        for it in &force.searched {
            if view.searches(clauses, it) {
                view.searched_by.insert(it.monitor);
            }
        }
        view
    }

    /// Whether a monitor that searches ground sees by not seeing the force there that it keeps
    /// a clause.
    #[inline]
    pub(in crate::engine) fn searches(
        &self,
        clauses: &TiSlice<ClauseIndex, ClauseState>,
        it: &Searched,
    ) -> bool {
        !self.seen_by.contains(it.monitor)
            && self.meets.contains(it.clause)
            && it.covers(clauses[it.clause].terms.min_km)
    }

    /// Whether a monitor looks for the force: where it is, or where it would be.
    #[inline]
    pub fn is_looked_for(&self, monitor: MonitorIndex) -> bool {
        self.seen_by.contains(monitor) || self.searched_by.contains(monitor)
    }

    /// Whether the place meets a clause.
    #[inline]
    pub fn meets(&self, clause: ClauseIndex) -> bool {
        self.meets.contains(clause)
    }

    /// Whether it meets it in full.
    #[inline]
    pub fn full(&self, clause: ClauseIndex) -> bool {
        self.full.contains(clause)
    }
}

impl ForceState {
    /// At home, on day 0.
    pub(in crate::engine) fn new(
        model: &Model,
        clauses: &TiSlice<ClauseIndex, ClauseState>,
        index: ForceIndex,
        draws: Draws,
    ) -> Self {
        let force = &model.forces[index];
        let home = Place { route: 0.into(), metre: 0.0 };
        let signature = force.signature.draw(draws);
        let mut km = ti_vec![f64::NAN; force.obligations.len()];
        let view = View::of(model, clauses, index, home, &mut km);
        Self {
            strength: force.strength.draw(draws).round() as u32,
            equipment: force
                .equipment
                .iter()
                .map(|holding| holding.number.draw(draws).round() as u32)
                .collect(),
            place: home,
            goal: home,
            km,
            stance: Stance { view, shown: signature },
            metres_per_day: force.mobility_km_per_day.draw(draws) * 1000.0,
            signature,
            moving: false,
            departs: 0,
            ordered: None,
            shifted: true,
        }
    }
}
