//! Where a force is, and what follows from it.

use crate::model::{Duty, ForceIndex, Kind, Method, Model};

/// A place on one of a force's routes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Index of the route.
    pub route: usize,
    /// Metres from home.
    pub metre: f64,
}

/// What a place means, as sets of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct View {
    /// By clause: the place meets what is asked of the force.
    pub meets: u64,
    /// By clause: it meets it in full.
    pub full: u64,
    /// By monitor: the place is within its sight.
    pub seen_by: u64,
}

/// What a force is to those who look: what its place means, and the signature
/// it shows under its orders.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stance {
    /// What its place means.
    pub view: View,
    /// The signature it shows.
    pub shown: f64,
}

impl View {
    /// Whether the place meets a clause.
    #[inline]
    pub fn meets(self, clause: usize) -> bool {
        self.meets >> clause & 1 == 1
    }

    /// Whether it meets it in full.
    #[inline]
    pub fn full(self, clause: usize) -> bool {
        self.full >> clause & 1 == 1
    }
}

/// What a place of a force means.
pub(super) fn view(model: &Model, force: ForceIndex, place: Place) -> View {
    let mut view = View::default();
    let force = &model.forces[force];
    let Some(route) = force.routes.get(place.route) else {
        return view;
    };
    for obligation in &force.obligations {
        let Some(table) = &route.clause_km[obligation.clause] else {
            continue;
        };
        let km = table.km_at(place.metre);
        let (meets, full) = match (&model.clauses[obligation.clause].kind, obligation.duty) {
            (Kind::KeepDistance { min_km, target_km }, _) => (km >= *min_km, km >= *target_km),
            (_, Duty::Deploy) => (km < 0.0, km < 0.0),
            _ => (km >= 0.0, km >= 0.0),
        };
        view.meets |= u64::from(meets) << obligation.clause;
        view.full |= u64::from(full) << obligation.clause;
    }
    // What nobody is bound by, nobody looks for.
    if force.obligations.is_empty() {
        return view;
    }
    for (index, monitor) in model.monitors.iter().enumerate() {
        let seen = match (&monitor.method, &route.monitor_km[index]) {
            (Method::Post { radius_km, .. }, Some(table)) => table.km_at(place.metre) <= *radius_km,
            (Method::NationalTechnicalMeans { .. }, Some(table)) => table.km_at(place.metre) < 0.0,
            (Method::NationalTechnicalMeans { within_area, .. }, None) => !within_area,
            _ => false,
        };
        view.seen_by |= u64::from(seen) << index;
    }
    view
}
