//! Standing orders, and where they send forces.

use super::duties::of_place;
use super::view::renew;
use crate::engine::state::{CapAllocation, EventId, EventKind, Fact, World};
use crate::model::{
    AsTheyStand, Bits, Duty, Force, ForceIndex, Mechanism, Model, Obligation, ObligationIndex,
    Order, Place, UnitIndex,
};

/// What a unit orders from now on follows from an event: its clause has started.
pub(super) fn begin(world: &mut World, index: UnitIndex, cause: EventId) {
    world.units[index].event = Some(cause);
}

/// A unit gives an order, for the sake of its clause or of its patron's order.
pub(super) fn give(
    model: &Model,
    world: &mut World,
    index: UnitIndex,
    order: Order,
    follows_patron: bool,
    day: u32,
) {
    let unit = &model.units[index];
    let cause = match unit.patron {
        Some(patron) if follows_patron => world.units[patron].event,
        _ => world.clauses[unit.clause].started.map(|(_, event)| event),
    };
    give_because(model, world, index, order, (day, cause, follows_patron));
}

/// The same, because something happened.
pub(super) fn give_because(
    model: &Model,
    world: &mut World,
    index: UnitIndex,
    order: Order,
    (day, cause, follows_patron): (u32, Option<EventId>, bool),
) {
    if world.units[index].order == order {
        return;
    }
    let unit = &model.units[index];
    let kind = EventKind::OrderGiven { unit: index, order, follows_patron };
    if world.suppressed.holds(day, kind) {
        return;
    }
    let event = world.happen(day, cause.or(world.units[index].event), kind);
    // What was lived through so far was lived through under the old order.
    for holder in &unit.informs {
        world.settle_beliefs(model, *holder, day);
    }
    world.units[index].order = order;
    for holder in &unit.informs {
        world.beliefs[*holder].hits.exposed = None;
    }
    world.note(model, Fact::Ordered(unit.clause));
    for (_, reading) in &model.clauses[unit.clause].readings {
        world.note(model, Fact::Ordered(*reading));
    }
    world.units[index].event = Some(event);
    for force in &unit.forces {
        world.forces[*force].ordered = Some(event);
        carry_out(model, world, *force, day);
    }
}

/// Sets a force's goal and signature from every standing order that touches it.
pub(super) fn carry_out(model: &Model, world: &mut World, index: ForceIndex, day: u32) {
    let force = &model.forces[index];
    let hides = model.mechanisms.has(Mechanism::Concealment);
    let mut hidden: f64 = 0.0;
    for obligation in &force.obligations {
        let unit = &world.units[obligation.unit];
        if unit.order == Order::Conceal && hides && world.in_force(obligation.clause) {
            hidden = hidden.max(unit.parameters.concealment);
        }
    }
    let goal = goal(model, world, index);
    let departs = departure(model, world, index, goal, day);
    let state = &mut world.forces[index];
    state.goal = goal;
    state.departs = departs;
    if state.place != goal
        && let Err(at) = world.moving.binary_search(&index)
    {
        world.moving.insert(at, index);
    }
    let shown = if state.strength > 0 { state.signature * (1.0 - hidden) } else { 0.0 };
    renew(model, world, index, shown, day);
}

/// Where a force stands that keeps nothing: at home, or where it was found.
fn base(world: &World, index: ForceIndex) -> Place {
    let metre = world.conflict.found_m[index];
    let route = if metre > 0.0 { 0.into() } else { world.forces[index].place.route };
    Place { route, metre }
}

/// Where a force goes that may not stand where it would: to the end of its first way that
/// nobody has taken, or else home; where it stands if that is taken, too.
fn refuge(model: &Model, world: &World, index: ForceIndex) -> Place {
    let open = |place: &Place| !world.conflict.closed_to(model, index, *place);
    let ways = model.forces[index].routes.iter_enumerated();
    let mut ends = ways.map(|(route, way)| Place { route, metre: way.length_m });
    let stands = world.forces[index].place;
    let home = Place { metre: 0.0, ..stands };
    ends.find(open).or(Some(home).filter(open)).unwrap_or(stands)
}

/// Whether a force stands where a clause had it that is in force no more, and nothing in the
/// file says that it goes home with that: the end of an obligation is no order.
fn stays(model: &Model, world: &World, index: ForceIndex) -> bool {
    let state = &world.forces[index];
    let mut obligations = model.forces[index].obligations.iter();
    state.place.metre > 0.0
        && obligations.any(|owed| {
            let clause = &world.clauses[owed.clause];
            let sent = match owed.duty {
                _ if model.clauses[owed.clause].returns_at_end => false,
                Duty::Deploy => !world.in_force(owed.clause),
                Duty::StayOut | Duty::StayIn => clause.ended.is_some(),
                _ => false,
            };
            let meets = owed.duty == Duty::StayIn || state.stance.view.meets(owed.clause);
            sent && owed.carried && clause.started.is_some() && meets
        })
}

/// The base, unless some clause of place is complied with: then the first point of a
/// route that meets all of these clauses in full. Where they pull the force
/// apart, that which meets most of them.
fn goal(model: &Model, world: &World, index: ForceIndex) -> Place {
    place_for(model, world, index, &complied(model, world, index))
}

/// The obligations that a force is ordered to do by where it stands.
fn complied(model: &Model, world: &World, index: ForceIndex) -> Bits<ObligationIndex> {
    those(&model.forces[index], |obligation| {
        asked(world, obligation) && world.units[obligation.unit].order == Order::Comply
    })
}

/// The day on which a force sets out for where it is going: so as to arrive in time for the
/// earliest deadline that is met there, if those who ordered it wait for that.
fn departure(model: &Model, world: &World, index: ForceIndex, goal: Place, day: u32) -> u32 {
    let (force, state) = (&model.forces[index], &world.forces[index]);
    if state.moving {
        return day;
    }
    let standing = AsTheyStand::new(&model.clauses, |clause| &world.clauses[clause].terms);
    let days = libm::ceil(state.place.metres_to(goal) / state.metres_per_day);
    let mut departs = u32::MAX;
    for at in complied(model, world, index).iter() {
        let owed = &force.obligations[at];
        let clause = &world.clauses[owed.clause];
        let due = clause.milestones.iter().filter_map(|it| it.due).filter(|due| *due > day);
        let Some(due) = due.chain(clause.due).min() else {
            return day;
        };
        let unit = &model.units[owed.unit];
        let Some(slack) = world.units[owed.unit].parameters.slack_days else {
            return day;
        };
        if standing.full(force, owed, goal) {
            let arrives = libm::floor(f64::from(due) - slack * world.choices[unit.choice].slack);
            departs = departs.min((arrives - days).max(f64::from(day)) as u32);
        }
    }
    if departs == u32::MAX { day } else { departs }
}

/// The obligations of a force that something holds of, by their place in its list.
pub(super) fn those(force: &Force, holds: impl Fn(&Obligation) -> bool) -> Bits<ObligationIndex> {
    let mut those = Bits::new();
    for (at, obligation) in force.obligations.iter_enumerated() {
        if holds(obligation) {
            those.insert(at);
        }
    }
    those
}

/// Whether a force carries out orders on a clause by where it stands: one that is
/// authorised only where it is in excess of a cap.
pub(super) fn asked(world: &World, obligation: &Obligation) -> bool {
    let in_excess =
        || world.clauses[obligation.clause].allocation[obligation.at] == CapAllocation::Excess;
    obligation.carried
        && world.in_force(obligation.clause)
        && (of_place(obligation.duty) || obligation.duty == Duty::Authorised && in_excess())
}

/// Where a force stands that complies with some of its obligations: nowhere that has been
/// taken from it.
pub(super) fn place_for(
    model: &Model,
    world: &World,
    index: ForceIndex,
    complied: &Bits<ObligationIndex>,
) -> Place {
    let place = place_of_terms(model, world, index, complied);
    match world.conflict.closed_to(model, index, place) {
        true => refuge(model, world, index),
        false => place,
    }
}

fn place_of_terms(
    model: &Model,
    world: &World,
    index: ForceIndex,
    complied: &Bits<ObligationIndex>,
) -> Place {
    let stays = stays(model, world, index);
    let here = world.forces[index].place;
    if complied.is_empty() {
        return if stays { here } else { base(world, index) };
    }
    let standing = AsTheyStand::new(&model.clauses, |clause| &world.clauses[clause].terms);
    let force = &model.forces[index];
    // What else it complies with is no reason to move if it does so where it stands.
    if stays && complied.iter().all(|at| standing.full(force, &force.obligations[at], here)) {
        return here;
    }
    let on = here.route;
    let place = standing.place(force, on, complied);
    place.unwrap_or_else(|| base(world, index))
}

#[cfg(test)]
mod tests {
    use super::super::reviews::{hold, review};
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn an_order_by_script_sends_the_force_on_its_day() {
        let script = ordered("red", "defy", &[(3, "comply")]);
        let mut trial = Trial::new(&format!("{BACK}{script}"));
        let guard = trial.force("guard");
        review(&trial.model, &mut trial.world, 2);
        assert_eq!(trial.order("back", "guard"), Order::Defy);
        assert_eq!(trial.world.forces[guard].goal.metre, 0.0);
        review(&trial.model, &mut trial.world, 3);
        assert_eq!(trial.order("back", "guard"), Order::Comply);
        // 50 km from the line are 40 km from where it stands.
        let metre = trial.world.forces[guard].goal.metre;
        assert!((metre - 40_000.0).abs() < 50.0, "{metre}");
    }

    #[test]
    fn an_order_that_is_held_outlasts_the_script_until_its_day() {
        let script = ordered("red", "comply", &[(5, "comply")]);
        let mut trial = Trial::new(&format!("{BACK}{script}"));
        let unit = trial.unit("back", "guard");
        hold(&trial.model, &mut trial.world, unit, (Order::Defy, 10), (2, 0));
        for (day, order) in [(5, Order::Defy), (9, Order::Defy), (10, Order::Comply)] {
            review(&trial.model, &mut trial.world, day);
            assert_eq!(trial.order("back", "guard"), order, "day {day}");
        }
    }

    #[test]
    fn who_complies_arrives_in_time_and_no_sooner() {
        // 40 km at 30 a day are two marches; the deadline is day 10, the slack of this
        // replicate its own.
        for (timing, leaves) in [("", None), ("timing = \"at-once\"", Some(0))] {
            let decides = format!(
                "[[conduct]]\nid = \"red-decides\"\nparty = \"red\"\n\
                 kind = \"fixed-probabilities\"\nreview_days = 30\n\
                 probabilities = {{ comply = 1.0 }}\n{timing}\n"
            );
            let mut trial = Trial::new(&format!("{BACK}{decides}"));
            let guard = trial.force("guard");
            trial.until(1);
            let slack = 2.0 * trial.world.choices.raw[0].slack;
            let in_time = libm::floor(10.0 - slack) as u32 - 2;
            assert_eq!(trial.world.forces[guard].departs, leaves.unwrap_or(in_time));
            trial.until(10);
            assert_eq!(trial.world.forces[guard].place, trial.world.forces[guard].goal);
        }
    }

    #[test]
    fn a_concealed_force_stays_and_shows_less() {
        let trial = Trial::new(&format!("{BACK}{}", ordered("red", "conceal", &[])));
        let guard = &trial.world.forces[trial.force("guard")];
        assert_eq!(guard.goal.metre, 0.0);
        assert!((guard.stance.shown - 0.5 * guard.signature).abs() < 1e-12);
    }
}
