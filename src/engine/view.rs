//! Where a force is, and what follows from it.

use super::world::{ClauseState, World};
use super::{sightings, spells, tally};
use crate::model::{Duty, ForceIndex, Model, Order, Terms};

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
    /// By monitor: the place is within its reach.
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

/// Whether a distance meets a duty, and meets it in full.
#[inline]
pub(super) fn meets(terms: &Terms, duty: Duty, km: f64) -> (bool, bool) {
    match duty {
        Duty::Deploy => (km < 0.0, km < 0.0),
        _ => (km >= terms.min_km, km >= terms.target_km),
    }
}

/// What a place of a force means; the signed kilometres that its clauses judge
/// by go to `km`, in the order of its obligations (NaN where a clause judges no
/// place).
pub(super) fn view(
    model: &Model,
    clauses: &[ClauseState],
    force: ForceIndex,
    place: Place,
    km: &mut [f64],
) -> View {
    let mut view = View::default();
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
        let (meets, full) = meets(&clauses[clause].terms, obligation.duty, *km);
        view.meets |= u64::from(meets) << clause;
        view.full |= u64::from(full) << clause;
    }
    // What nobody is bound by, nobody looks for.
    if !force.obligations.is_empty() {
        view.seen_by = route.sight.at(place.metre);
    }
    view
}

/// Puts a force where it is now and tells those whom that touches: clauses whose
/// truth it may change, monitors whose rate of sightings it changes.
pub(super) fn place(model: &Model, world: &mut World, force: ForceIndex, place: Place, day: u32) {
    let mut km = std::mem::take(&mut world.forces[force].km);
    let mut view = view(model, &world.clauses, force, place, &mut km);
    let state = &mut world.forces[force];
    state.km = km;
    state.place = place;
    state.shifted = true;
    let touched = model.forces[force].touched;
    world.moved |= touched.bound;
    world.shifted_outside |= touched.unbound;
    by_orders(model, world, force, &mut view);
    // Who keeps a clause lacks nothing of it, wherever it is.
    let keeps = world.forces[force].stance.view.meets & view.meets;
    world.shifted |= touched.bound & !keeps;
    let stance = Stance { view, ..world.forces[force].stance };
    show(model, world, force, stance, day);
}

/// Judges a force anew where it stands, for what its orders or acts mean, and for
/// the signature it shows.
pub(super) fn renew(model: &Model, world: &mut World, force: ForceIndex, shown: f64, day: u32) {
    let mut view = world.forces[force].stance.view;
    by_orders(model, world, force, &mut view);
    show(model, world, force, Stance { view, shown }, day);
}

/// Duties that a place alone does not settle: a force does them, or not, by its
/// standing order, or by what it did of late.
fn by_orders(model: &Model, world: &World, force: ForceIndex, view: &mut View) {
    let obligations = model.forces[force].obligations.iter();
    for (obligation, km) in obligations.zip(&world.forces[force].km) {
        let clause = obligation.clause;
        let terms = &world.clauses[clause].terms;
        let in_force = world.in_force(clause);
        let complies = || in_force && world.units[obligation.unit].order == Order::Comply;
        let meets = match obligation.duty {
            // One that is to stay at its own place takes out what is in scope
            // when it does not comply; another one has never come.
            Duty::StayIn => *km >= terms.min_km && (complies() || !in_force),
            Duty::Inactive => complies(),
            Duty::Open => *km >= terms.min_km || complies(),
            Duty::Abstain => {
                let acts = world.clauses[clause].abstain.as_ref();
                acts.is_none_or(|it| it.until[obligation.at] <= world.day + 1)
            }
            _ => continue,
        };
        let bit = 1 << clause;
        view.meets = if meets { view.meets | bit } else { view.meets & !bit };
        view.full = if meets { view.full | bit } else { view.full & !bit };
    }
}

/// Gives a force the stance it has now.
fn show(model: &Model, world: &mut World, force: ForceIndex, stance: Stance, day: u32) {
    let before = std::mem::replace(&mut world.forces[force].stance, stance);
    let changed = (before.view.meets ^ stance.view.meets) | (before.view.full ^ stance.view.full);
    if changed != 0 {
        tally::follow(model, world, force, (before.view, stance.view), changed);
        spells::follow(model, world, force, changed, day + 1);
    }
    let by = if before.shown == stance.shown {
        before.view.seen_by ^ stance.view.seen_by
    } else {
        before.view.seen_by | stance.view.seen_by
    };
    if by != 0 {
        sightings::follow(model, world, force, by, day);
    }
}
