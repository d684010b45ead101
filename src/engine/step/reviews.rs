//! Reviews: when parties decide, what they weigh, and which orders that comes to.

use super::{learning, orders, watched};
use crate::engine::conduct::{Demand, Few, Question, Situation};
use crate::engine::state::{Anew, ComesTo, EventId, Found, World, logistic, resolve};
use crate::model::{
    About, AsTheyStand, ChoiceIndex, ClauseIndex, Mechanism, Model, Obligation, Order, Policy,
    ScriptedOrder, UnitIndex, asks, binds, options, tries_every_set,
};
use crate::stats::normal_cdf;

/// A clause starts, or is committed to anew: whatever it is weighed in is looked at.
pub(super) fn schedule(
    model: &Model,
    world: &mut World,
    clause: ClauseIndex,
    day: u32,
    cause: EventId,
) {
    for index in model.units.keys().filter(|index| model.units[*index].clause == clause) {
        let unit = &model.units[index];
        orders::begin(world, index, cause);
        let review = match (&unit.policy, held(world, index, day)) {
            (Policy::Scripted { .. }, Some((order, until))) => {
                orders::give(model, world, index, order, false, day);
                until
            }
            (_, Some((order, _))) => {
                orders::give(model, world, index, order, false, day);
                day
            }
            (Policy::Scripted { initial, orders }, None) => {
                orders::give(model, world, index, by_script(*initial, orders, day), false, day);
                next_scripted(orders, day)
            }
            (_, None) => {
                if world.units[index].order != unit.initial {
                    orders::give(model, world, index, unit.initial, false, day);
                }
                let u = world.draws.uniform(model.choices[unit.choice].stagger, 1, 0);
                let spread = world.units[index].parameters.first_review_days;
                day.max(model.record_until) + (u * spread) as u32
            }
        };
        let choice = &mut world.choices[unit.choice];
        choice.staggered = false;
        choice.next_review = if unit.policy.review_days().is_some() {
            choice.next_review.min(review)
        } else {
            review
        };
        expect(world, unit.choice);
    }
}

/// The order a unit is held to on a day, and until when.
fn held(world: &World, unit: UnitIndex, day: u32) -> Option<(Order, u32)> {
    world.units[unit].held.filter(|(_, until)| *until > day)
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
    let unit = &model.units[index];
    if world.clauses[unit.clause].started.is_none() {
        return;
    }
    orders::give_because(model, world, index, order, (day, Some(cause), false));
    let choice = &mut world.choices[unit.choice];
    choice.next_review = match unit.policy.review_days() {
        Some(_) => choice.next_review.min(until),
        None => until,
    };
    expect(world, unit.choice);
}

fn by_script(initial: Order, orders: &[ScriptedOrder], day: u32) -> Order {
    let standing = orders.iter().rev().find(|order| order.day <= day);
    standing.map_or(initial, |order| order.order)
}

/// Puts the next review of a choice on its day.
fn expect(world: &mut World, index: ChoiceIndex) {
    let day = world.choices[index].next_review;
    world.reviews.put(day, index);
}

fn next_scripted(orders: &[ScriptedOrder], day: u32) -> u32 {
    orders.iter().map(|order| order.day).find(|d| *d > day).unwrap_or(u32::MAX)
}

/// The reviews that fall on a day. A patron's choices come before its proxies'.
pub(super) fn review(model: &Model, world: &mut World, day: u32) {
    if world.reviews.is_free(day) {
        return;
    }
    let mut due = std::mem::take(&mut world.reviewing);
    world.reviews.take_into(day, &mut due);
    due.sort_unstable();
    due.dedup();
    for &index in &due {
        if world.choices[index].next_review != day {
            continue;
        }
        let choice = &model.choices[index];
        let number = world.choices[index].reviews;
        world.choices[index].reviews += 1;
        let alone = choice.units.iter().zip(&choice.gives).find(|(_, gives)| **gives);
        let Some((&unit, _)) = alone else { continue };
        match &model.units[unit].policy {
            Policy::Scripted { initial, orders } => {
                let order = by_script(*initial, orders, day);
                orders::give(model, world, unit, order, false, day);
                world.choices[index].next_review = next_scripted(orders, day);
            }
            policy => {
                if matches!(policy, Policy::QuantalResponse(_)) {
                    weigh(model, world, index, day);
                } else {
                    decide(model, world, (index, unit), number, day);
                }
                // Who is held to an order decides again on the day on which that ends.
                let held = choice.units.iter().filter_map(|unit| held(world, *unit, day));
                let free_from = held.map(|(_, until)| until).min().unwrap_or(u32::MAX);
                let days = choice.review_days.unwrap_or(1);
                let u = world.draws.uniform(choice.stagger, 0, 0);
                let state = &mut world.choices[index];
                // Each garrison has days of its own from the first review on.
                let after = if state.staggered {
                    days
                } else {
                    (libm::ceil(u * f64::from(days)) as u32).max(1)
                };
                state.staggered = true;
                state.next_review = (day + after).min(free_from);
            }
        }
        expect(world, index);
    }
    world.reviewing = due;
}

/// The patron whose order a unit gives in place of its own.
fn followed(model: &Model, world: &World, unit: UnitIndex) -> Option<UnitIndex> {
    let control = world.units[unit].parameters.control;
    let follows = world.parties[model.units[unit].party].follows < control;
    let patron = model.units[unit].patron.filter(|_| follows);
    patron.filter(|_| model.mechanisms.has(Mechanism::Patrons))
}

/// What a garrison is resolved to on a day: a standard normal.
fn resolve_on(model: &Model, world: &mut World, index: ChoiceIndex, day: u32) -> f64 {
    let party = &mut world.parties[model.choices[index].party];
    let common = party.mood.on(day, &party.temper, world.draws);
    let own = world.choices[index].own.on(day, &party.temper, world.draws);
    resolve(common, own, &party.temper)
}

/// A unit decides without weighing.
fn decide(
    model: &Model,
    world: &mut World,
    (index, unit): (ChoiceIndex, UnitIndex),
    number: u32,
    day: u32,
) {
    if let Some((order, _)) = held(world, unit, day) {
        orders::give(model, world, unit, order, false, day);
        return;
    }
    if let Some(patron) = followed(model, world, unit) {
        let order = world.units[patron].order;
        orders::give(model, world, unit, order, true, day);
        return;
    }
    let beliefs = model.units[unit].beliefs;
    learning::consult(model, world, beliefs, day);
    let z = resolve_on(model, world, index, day);
    let holder = &world.beliefs[beliefs];
    let situation = Situation {
        trust: holder.trust(day),
        seen_keeping: holder.seen_keeping(),
        resolve: normal_cdf(z),
        posture: world.choices[index].posture,
    };
    let (draws, stream) = (world.draws, model.choices[index].errors);
    let draw = |purpose| draws.uniform(stream, number, purpose);
    if let Some(order) = world.units[unit].parameters.decide(&situation, draw) {
        orders::give(model, world, unit, order, false, day);
    }
}

/// A choice is weighed, and its units give the orders it comes to.
fn weigh(model: &Model, world: &mut World, index: ChoiceIndex, day: u32) {
    let choice = &model.choices[index];
    // Those whose orders this review gives.
    let free: Few<bool> = choice
        .units
        .iter()
        .zip(&choice.gives)
        .map(|(unit, gives)| {
            *gives && held(world, *unit, day).is_none() && followed(model, world, *unit).is_none()
        })
        .collect();
    for (unit, gives) in choice.units.iter().zip(&choice.gives) {
        if let (true, None, Some(patron)) =
            (*gives, held(world, *unit, day), followed(model, world, *unit))
        {
            let order = world.units[patron].order;
            orders::give(model, world, *unit, order, true, day);
        }
    }
    if !free.contains(&true) {
        return;
    }
    let mut holders: Few<_> = choice.units.iter().map(|unit| model.units[*unit].beliefs).collect();
    holders.sort_unstable();
    holders.dedup();
    for holder in holders {
        learning::consult(model, world, holder, day);
    }
    look_around(model, world, index);
    let (to, hides) = question(model, world, index, &free, day).answer();
    world.choices[index].at = to;
    let keeps: Few<bool> = world.choices[index].options(choice)[to].keeps.as_slice().into();
    for (at, unit) in choice.units.iter().enumerate().filter(|(at, _)| free[*at]) {
        let clause = model.units[*unit].clause;
        if !world.in_force(clause) {
            continue;
        }
        let order = if keeps[at] || !is_asked(model, world, index, at) {
            Order::Comply
        } else if hides {
            Order::Conceal
        } else {
            Order::Defy
        };
        // What has hit its forces since its last review it has weighed.
        match world.units[*unit].hit.take() {
            Some(hit) => {
                orders::give_because(model, world, *unit, order, (day, Some(hit), false));
            }
            None => orders::give(model, world, *unit, order, false, day),
        }
    }
}

/// Whether a clause asks anything of those a choice decides for.
fn is_asked(model: &Model, world: &World, index: ChoiceIndex, at: usize) -> bool {
    let choice = &model.choices[index];
    let clause = model.units[choice.units[at]].clause;
    if !world.in_force(clause) {
        return false;
    }
    if choice.about == About::Doing || choice.forces.is_empty() {
        return true;
    }
    choice.forces.iter().any(|force| {
        let owed = model.forces[*force].carries(clause);
        owed.is_some_and(|owed| orders::asked(world, owed))
    })
}

/// What is to be decided, as it stands on a day.
fn question<'w>(
    model: &Model,
    world: &'w mut World,
    index: ChoiceIndex,
    free: &[bool],
    day: u32,
) -> Question<'w> {
    let choice = &model.choices[index];
    let presses = choice.units.iter().any(|unit| {
        let holder = &world.beliefs[model.units[*unit].beliefs];
        holder.pressure(day) > 0.0
    });
    if presses {
        watched::look(model, world, index, day);
    }
    let z = resolve_on(model, world, index, day);
    let state = &world.choices[index];
    let mut demands = Few::new();
    for (at, unit) in choice.units.iter().enumerate().filter(|(at, _)| free[*at]) {
        let it = &world.units[*unit];
        let (Some(numbers), true) = (it.parameters.quantal(), is_asked(model, world, index, at))
        else {
            continue;
        };
        let unit = &model.units[*unit];
        let (clause, holder) = (unit.clause, &world.beliefs[unit.beliefs]);
        let pressure = holder.pressure(day);
        let others = numbers.trust_weight * holder.trust(day)
            + numbers.counter_weight * world.counter_performance(model, unit.beliefs);
        let saves = match &state.on_record {
            Some(known) if presses => known.at_home[at][0] - known.at_home[at][1],
            _ => 0.0,
        };
        let hits = world.hit_beliefs(model, unit.beliefs, day);
        let committed = world.clauses[clause].started.map_or(day, |(on, _)| on);
        let since = f64::from(day.saturating_sub(committed));
        demands.push(Demand {
            unit: at,
            group: choice.groups[at],
            one_with: state.comes_to.one_with[at],
            weight: model.clauses[clause].weight,
            pressure,
            others,
            hiding_saves: pressure * saves,
            hits: [hits[1] - hits[0], hits[2] - hits[0]].map(|more| numbers.hit_cost * more),
            value: numbers.value,
            value_per_km: numbers.value_per_km,
            concealment_cost: numbers.concealment_cost,
            return_cost: numbers.return_cost,
            fresh: match numbers.fresh {
                0.0 => 0.0,
                fresh => fresh * libm::exp2(-since / numbers.fresh_half_life_days),
            },
        });
    }
    Question {
        demands,
        met: &state.comes_to.met,
        less: state.on_record.as_ref().filter(|_| presses).map(|known| &*known.less),
        km: &state.comes_to.km,
        open: open(model, world, index, free),
        at: state.at,
        may_hide: model.mechanisms.has(Mechanism::Concealment),
        resolve: logistic(z),
        posture: {
            let u = state.posture;
            libm::log(u) - libm::log1p(-u)
        },
    }
}

/// By candidate: whether it obeys as many of the orders that are given otherwise as any.
fn open(model: &Model, world: &World, index: ChoiceIndex, free: &[bool]) -> Few<bool> {
    let choice = &model.choices[index];
    if !free.contains(&false) {
        return Few::from_elem(true, world.choices[index].options(choice).len());
    }
    let candidates = world.choices[index].options(choice);
    let given = || {
        choice
            .units
            .iter()
            .enumerate()
            .filter(|(at, unit)| !free[*at] && world.in_force(model.units[**unit].clause))
    };
    let obeys = |to: usize| {
        let obeyed = given().filter(|(at, unit)| {
            let complies = world.units[**unit].order == Order::Comply;
            complies && candidates[to].keeps[*at]
        });
        obeyed.count()
    };
    let most = (0..candidates.len()).map(obeys).max().unwrap_or(0);
    (0..candidates.len()).map(|to| obeys(to) == most).collect()
}

/// The terms of a clause have been amended: candidates are found anew.
pub(super) fn amended(model: &Model, world: &mut World, clause: ClauseIndex) {
    for (index, choice) in model.choices.iter_enumerated() {
        let of = |unit: &UnitIndex| model.units[*unit].clause == clause;
        if choice.about == About::Place && choice.units.iter().any(of) {
            let (asked, binds) = match &world.choices[index].anew {
                Some(it) => (it.asked.clone(), it.binds.clone()),
                None => {
                    let all = vec![tries_every_set(choice.units.len()); choice.units.len()];
                    (all, choice.binds.clone())
                }
            };
            // What was found by terms as they were is of no use any more.
            world.choices[index].known.clear();
            find(model, world, index, (asked, binds));
            world.choices[index].known.clear();
        }
    }
}

/// Finds the candidates of a choice for what is asked now, where that matters: of many
/// clauses, and where somebody may be in excess of a cap.
fn look_around(model: &Model, world: &mut World, index: ChoiceIndex) {
    let choice = &model.choices[index];
    let every = tries_every_set(choice.units.len());
    if choice.about == About::Doing || every && !choice.has_authorised {
        return;
    }
    let asked: Few<bool> =
        (0..choice.units.len()).map(|at| every || is_asked(model, world, index, at)).collect();
    let in_excess = |owed: &Obligation| orders::asked(world, owed);
    let state = &world.choices[index];
    let as_before = || {
        let of_unit = |(unit, binds): (&UnitIndex, &Vec<bool>)| {
            let clause = model.units[*unit].clause;
            let mut forces = choice.forces.iter().zip(binds);
            forces.all(|(it, binds)| asks(&model.forces[*it], clause, in_excess) == *binds)
        };
        choice.units.iter().zip(state.binds(choice)).all(of_unit)
    };
    let known = match &state.anew {
        Some(it) => *it.asked == *asked && as_before(),
        None => every && as_before(),
    };
    if !known {
        let clauses = clauses_of(model, index);
        let binds = binds(&model.forces, &choice.forces, &clauses, in_excess);
        find(model, world, index, (asked.to_vec(), binds));
    }
}

/// The clauses that a choice weighs, by unit.
fn clauses_of(model: &Model, index: ChoiceIndex) -> Vec<ClauseIndex> {
    model.choices[index].units.iter().map(|unit| model.units[*unit].clause).collect()
}

fn find(
    model: &Model,
    world: &mut World,
    index: ChoiceIndex,
    (asked, binds): (Vec<bool>, Vec<Vec<bool>>),
) {
    let choice = &model.choices[index];
    let stood = {
        let state = &world.choices[index];
        state.options(choice)[state.at].places.clone()
    };
    let known = world.choices[index].recall(&asked, &binds);
    let found = known.unwrap_or_else(|| {
        let terms = |clause: ClauseIndex| &world.clauses[clause].terms;
        let standing = AsTheyStand::new(&model.clauses, terms);
        let clauses = clauses_of(model, index);
        let found = options(&model.forces, &standing, &choice.forces, &clauses, (&asked, &binds));
        let comes_to = ComesTo::of(choice, &found, &binds, &world.choices[index].strengths);
        Found { anew: Anew { asked, binds, options: found }, comes_to, on_record: None }
    });
    let state = &mut world.choices[index];
    state.stand_among(found);
    state.at = state.options(choice).iter().position(|it| it.places == stood).unwrap_or(0);
}
