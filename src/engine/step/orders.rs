//! Reviews, standing orders, and where they send forces.

use super::duties::of_place;
use super::learning;
use super::view::renew;
use crate::engine::conduct::Situation;
use crate::engine::state::{CapAllocation, EventId, EventKind, Fact, Place, World, meets};
use crate::model::{
    Bits, ClauseIndex, Duty, Force, ForceIndex, ForceRoute, Mechanism, Model, Obligation,
    ObligationIndex, Order, Policy, RouteIndex, UnitIndex,
};

/// Sets the first review of every unit that decides on a clause which starts.
/// Each falls on its own day of the first `review_days`.
pub(super) fn schedule(
    model: &Model,
    world: &mut World,
    clause: ClauseIndex,
    day: u32,
    cause: EventId,
) {
    for index in model.units.keys() {
        let unit = &model.units[index];
        if unit.clause != clause {
            continue;
        }
        world.units[index].event = Some(cause);
        let held = world.units[index].held.filter(|(_, until)| *until > day);
        world.units[index].next_review = match (&unit.policy, held) {
            (_, Some((order, until))) => {
                give(model, world, index, order, false, day);
                until
            }
            (Policy::Scripted { initial, orders }, None) => {
                give(model, world, index, by_script(*initial, orders, day), false, day);
                next_scripted(orders, day)
            }
            (policy, None) => {
                let u = world.draws.uniform(unit.stagger, 0, 0);
                day.max(model.record_until)
                    + (u * f64::from(policy.review_days().unwrap_or(1))) as u32
            }
        };
        expect(world, index);
    }
}

/// From a day on a unit gives an order, and reviews nothing until another day.
pub(super) fn hold(
    model: &Model,
    world: &mut World,
    index: UnitIndex,
    (order, until): (Order, u32),
    (day, cause): (u32, EventId),
) {
    world.units[index].held = Some((order, until));
    let clause = &world.clauses[model.units[index].clause];
    if clause.started.is_none() {
        return;
    }
    give_because(model, world, index, order, (day, Some(cause), false));
    world.units[index].next_review = until;
    expect(world, index);
}

fn by_script(initial: Order, orders: &[crate::model::ScriptedOrder], day: u32) -> Order {
    let standing = orders.iter().rev().find(|order| order.day <= day);
    standing.map_or(initial, |order| order.order)
}

/// Puts the next review of a unit on its day.
fn expect(world: &mut World, index: UnitIndex) {
    let day = world.units[index].next_review;
    world.reviews.put(day, index);
}

fn next_scripted(orders: &[crate::model::ScriptedOrder], day: u32) -> u32 {
    orders.iter().map(|order| order.day).find(|d| *d > day).unwrap_or(u32::MAX)
}

/// The reviews that fall on a day. A patron's units come before its proxies'.
pub(super) fn review(model: &Model, world: &mut World, day: u32) {
    if world.reviews.is_free(day) {
        return;
    }
    let mut due = std::mem::take(&mut world.reviewing);
    world.reviews.take_into(day, &mut due);
    due.sort_unstable();
    due.dedup();
    for &index in &due {
        if world.units[index].next_review != day {
            continue;
        }
        let unit = &model.units[index];
        let number = world.units[index].reviews;
        world.units[index].reviews += 1;
        match &unit.policy {
            Policy::Scripted { initial, orders } => {
                give(model, world, index, by_script(*initial, orders, day), false, day);
                world.units[index].next_review = next_scripted(orders, day);
            }
            policy => {
                let (order, worth, follows_patron) = decide(model, world, index, number, day);
                world.units[index].worth = worth;
                // What has hit its forces since its last review it has weighed.
                let weighs = matches!(policy, Policy::QuantalResponse(_)) && !follows_patron;
                match world.units[index].hit.take().filter(|_| weighs) {
                    Some(hit) => {
                        give_because(model, world, index, order, (day, Some(hit), false));
                    }
                    None => give(model, world, index, order, follows_patron, day),
                }
                world.units[index].next_review = day + policy.review_days().unwrap_or(1);
            }
        }
        expect(world, index);
    }
    world.reviewing = due;
}

/// The order of a review, what complying is worth over defying, and whether the
/// patron is followed in it.
fn decide(
    model: &Model,
    world: &mut World,
    index: UnitIndex,
    number: u32,
    day: u32,
) -> (Order, f64, bool) {
    let unit = &model.units[index];
    let control = world.units[index].parameters.control;
    let followed = unit
        .patron
        .filter(|_| model.mechanisms.has(Mechanism::Patrons))
        .filter(|_| world.draws.uniform(unit.follows, number, 0) < control);
    if let Some(patron) = followed {
        let patron = &world.units[patron];
        return (patron.order, patron.worth, true);
    }
    learning::consult(model, world, unit.beliefs, day);
    let holder = &world.beliefs[unit.beliefs];
    let situation = Situation {
        standing: world.units[index].order,
        pressure: holder.pressure(day),
        trust: holder.trust(day),
        counter: world.counter_performance(model, unit.beliefs),
        hits: world.hit_beliefs(model, unit.beliefs, day),
        seen_keeping: holder.seen_keeping(),
    };
    let draw = |purpose| world.draws.uniform(unit.choice, number, purpose);
    let (order, worth) = world.units[index].parameters.decide(&situation, draw);
    (order, worth, false)
}

fn give(
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

fn give_because(
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
    let standing = world.units[index].standing;
    world.repost(model, index, order, standing);
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
    let state = &mut world.forces[index];
    state.goal = goal;
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

/// Whether a force stands where a clause sent it that is in force no more: with the
/// obligation to deploy ends nothing that would send it home.
fn deployed(model: &Model, world: &World, index: ForceIndex) -> bool {
    let state = &world.forces[index];
    let mut obligations = model.forces[index].obligations.iter();
    state.place.metre > 0.0
        && obligations.any(|owed| {
            owed.duty == Duty::Deploy
                && owed.carried
                && world.clauses[owed.clause].started.is_some()
                && !world.in_force(owed.clause)
                && state.stance.view.meets(owed.clause)
        })
}

/// The base, unless some clause of place is complied with: then the first point of a
/// route that meets all of these clauses in full. Where they pull the force
/// apart, the point of the joint order of greatest summed utility: that at which
/// what complying is worth over defying, summed over the clauses met, is
/// greatest. Of equal points the one of the route the force is on, then the one
/// listed first.
fn goal(model: &Model, world: &World, index: ForceIndex) -> Place {
    let obeyed = |obligation: &Obligation| {
        asked(world, obligation) && world.units[obligation.unit].order == Order::Comply
    };
    let complied = those(&model.forces[index], obeyed);
    let weighed = model.mechanisms.has(Mechanism::JointOrders);
    place_for(model, world, index, &complied, weighed)
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
    weighed: bool,
) -> Place {
    let place = place_of_terms(model, world, index, complied, weighed);
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
    weighed: bool,
) -> Place {
    let force = &model.forces[index];
    let state = &world.forces[index];
    if complied.is_empty() {
        return if deployed(model, world, index) { state.place } else { base(world, index) };
    }
    let full_at = |way: &ForceRoute, obligation: &Obligation, metre: f64| {
        let table = way.clause_km[obligation.clause].as_ref();
        let terms = &world.clauses[obligation.clause].terms;
        table.is_some_and(|table| meets(terms, obligation.duty, table.km_at(metre)).1)
    };
    let mut several = complied.iter();
    if let (Some(alone), None) = (several.next(), several.next()) {
        // Any way that gets there will do: the one it is on, or else the first.
        let obligation = &force.obligations[alone];
        let halts = |route: RouteIndex| {
            let way = force.routes.get(route)?;
            let metre = halt_m(model, world, way, obligation)?;
            let full = if as_written(model, world, obligation) {
                way.halts_in_full.contains(obligation.clause)
            } else {
                full_at(way, obligation, metre)
            };
            full.then_some(Place { route, metre })
        };
        return halts(state.place.route)
            .or_else(|| force.routes.keys().find_map(halts))
            .unwrap_or_else(|| base(world, index));
    }
    let complied = || complied.iter().map(|at| &force.obligations[at]);
    let mut best: Option<(f64, bool, Place)> = None;
    // Nothing beats a point of the way the force is on that meets all of them.
    let on = state.place.route;
    let others = force.routes.keys().filter(|route| *route != on);
    for route in std::iter::once(on).chain(others) {
        let Some(way) = force.routes.get(route) else {
            continue;
        };
        let here = route == on;
        let halts = || complied().filter_map(|obligation| halt_m(model, world, way, obligation));
        let farthest = halts().fold(0.0, f64::max);
        // Where all are met, if that is anywhere; a point short of the farthest
        // halt matters only where that one fails.
        // What no place meets (such as to hold one's fire) has no say in it.
        let placed = || complied().filter(|it| halt_m(model, world, way, it).is_some());
        let all = together(world, way, placed, farthest);
        for metre in all.into_iter().chain([farthest]).chain(halts()) {
            let met = complied().filter(|obligation| {
                halt_m(model, world, way, obligation).is_some() && full_at(way, obligation, metre)
            });
            let (count, worth) = met.fold((0, 0.0), |(count, sum), obligation| {
                let worth = world.units[obligation.unit].worth;
                // What is ordered is carried out where nothing speaks against it.
                let worth = if weighed { worth.max(1e-9) } else { 1.0 };
                (count + 1, sum + worth)
            });
            if count == 0 {
                continue;
            }
            if best.is_none_or(|(most, at_hand, _)| (worth, here) > (most, at_hand)) {
                best = Some((worth, here, Place { route, metre }));
            }
            if count == complied().count() {
                if here {
                    return Place { route, metre };
                }
                break;
            }
        }
    }
    best.map_or_else(|| base(world, index), |(_, _, place)| place)
}

/// The first metre of a way, from one on, at which all of these obligations are met
/// in full.
fn together<'a, I: Iterator<Item = &'a Obligation>>(
    world: &World,
    way: &ForceRoute,
    obligations: impl Fn() -> I,
    from_m: f64,
) -> Option<f64> {
    let mut metre = from_m;
    loop {
        let before = metre;
        for obligation in obligations() {
            let table = way.clause_km[obligation.clause].as_ref()?;
            let terms = &world.clauses[obligation.clause].terms;
            metre = match obligation.duty {
                Duty::Deploy => {
                    let km = table.km_at(metre);
                    meets(terms, obligation.duty, km).1.then_some(metre)?
                }
                _ => table.first_at_or_beyond(metre, terms.target_km)?,
            };
        }
        // Each passage moves on to where some distance passes its target, or ends.
        if metre <= before {
            return Some(metre);
        }
    }
}

/// Whether where a force halts for a clause is where its terms as written say.
fn as_written(model: &Model, world: &World, obligation: &Obligation) -> bool {
    let clause = obligation.clause;
    let target_km = world.clauses[clause].terms.target_km;
    target_km == model.clauses[clause].terms.target_km || obligation.duty == Duty::Deploy
}

/// The metre of a way at which a force that keeps a clause halts: tabulated for
/// the terms as written, found anew for amended ones.
fn halt_m(model: &Model, world: &World, way: &ForceRoute, obligation: &Obligation) -> Option<f64> {
    let clause = obligation.clause;
    if as_written(model, world, obligation) {
        return way.halt_m[clause];
    }
    let target_km = world.clauses[clause].terms.target_km;
    let table = way.clause_km[clause].as_ref()?;
    table.first_at_or_beyond(0.0, target_km)
}

#[cfg(test)]
mod tests {
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
    fn a_concealed_force_stays_and_shows_less() {
        let trial = Trial::new(&format!("{BACK}{}", ordered("red", "conceal", &[])));
        let guard = &trial.world.forces[trial.force("guard")];
        assert_eq!(guard.goal.metre, 0.0);
        assert!((guard.stance.shown - 0.5 * guard.signature).abs() < 1e-12);
    }
}
