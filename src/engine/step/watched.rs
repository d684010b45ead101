//! How often those who decide are looked at where they may stand, and how much less likely
//! they are to be on record there.

use crate::engine::conduct::{Errors, Register, less_on_record};
use crate::engine::state::{MonitorState, OnRecord, Watched, World, strengths};
use crate::model::{
    About, ChoiceIndex, ClauseIndex, Duty, ForceIndex, Kind, Method, Model, MonitorIndex,
    PartyIndex, Place,
};

/// Where it may stand has changed: who watches it there is looked into anew.
pub(super) fn forget(world: &mut World, index: ChoiceIndex) {
    world.choices[index].on_record = None;
}

/// Brings what a choice knows of its watchers up to a day.
pub(super) fn look(model: &Model, world: &mut World, index: ChoiceIndex, day: u32) {
    let choice = &model.choices[index];
    // What has no place is watched where the forces are.
    let places: Vec<Place> = match choice.about {
        About::Place => Vec::new(),
        About::Doing => choice.forces.iter().map(|force| world.forces[*force].place).collect(),
    };
    let known = world.choices[index].on_record.take();
    let mut known = match known {
        Some(known) if known.places == places => known,
        _ => OnRecord {
            watched: watchers(model, world, index, &places),
            there: Vec::new(),
            less: Vec::new(),
            at_home: Vec::new(),
            places,
        },
    };
    let there: Vec<Vec<f64>> = choice
        .units
        .iter()
        .zip(&known.watched)
        .map(|(unit, watched)| {
            let unit = &model.units[*unit];
            let on = world.clauses[unit.clause].due.unwrap_or(day).max(day);
            watched.iter().map(|it| there(model, world, it.monitor, unit.party, on)).collect()
        })
        .collect();
    if there != known.there {
        known.there = there;
        reckon(model, world, index, &mut known);
    }
    world.choices[index].on_record = Some(known);
}

/// By unit: the monitors whose word can put it on record, and how often they look.
fn watchers(
    model: &Model,
    world: &World,
    index: ChoiceIndex,
    places: &[Place],
) -> Vec<Vec<Watched>> {
    let choice = &model.choices[index];
    let of = |at: usize| -> Vec<Watched> {
        let unit = &model.units[choice.units[at]];
        let monitors = unit.watchers.iter();
        monitors.map(|monitor| watched(model, world, (index, at), monitor, places)).collect()
    };
    (0..choice.units.len()).map(of).collect()
}

fn watched(
    model: &Model,
    world: &World,
    (index, at): (ChoiceIndex, usize),
    monitor: MonitorIndex,
    places: &[Place],
) -> Watched {
    let choice = &model.choices[index];
    let unit = &model.units[choice.units[at]];
    let state = &world.monitors[monitor];
    let options = world.choices[index].options(choice);
    let strengths = strengths(choice, &world.forces);
    let hidden = world.units[choice.units[at]].parameters.concealment;
    let bound =
        || (0..choice.forces.len()).filter(|force| world.choices[index].binds(choice)[at][*force]);
    let mean = |of: &dyn Fn(usize) -> f64| {
        let all: f64 = bound().map(|force| strengths[force]).sum();
        if all > 0.0 {
            bound().map(|force| strengths[force] * of(force)).sum::<f64>() / all
        } else {
            0.0
        }
    };
    let looks = |to: usize| {
        [1.0, 1.0 - hidden].map(|shown| {
            mean(&|force| {
                let place = places.get(force).copied().unwrap_or(options[to].places[force]);
                let force = choice.forces[force];
                looks_a_day(model, world, (monitor, force), unit.clause, (place, shown))
            })
        })
    };
    let own: f64 = bound().map(|force| strengths[force]).sum();
    let regardless = regardless(model, world, monitor, unit.clause, own, &|force| {
        choice.forces.contains(&force)
    });
    let inspects = matches!(model.monitors[monitor].method, Method::Inspection { .. });
    let found_hidden = if inspects { (1.0 - state.covered_up) * (1.0 - hidden) } else { 1.0 };
    let violating = share_violating(model, world, unit.clause);
    Watched {
        monitor,
        looks: (0..options.len()).map(looks).collect(),
        finds: [violating, violating * found_hidden],
        regardless,
    }
}

/// The share of the time in which who does not comply violates: all of it, but for acts,
/// which count for some days each.
fn share_violating(model: &Model, world: &World, clause: ClauseIndex) -> f64 {
    match &model.clauses[clause].kind {
        Kind::Abstain(it) => {
            let acts = it.acts_per_day.draw(world.draws);
            -libm::expm1(-acts * f64::from(it.counts_days))
        }
        _ => 1.0,
    }
}

/// Looks a day at a force at a place that shows a share of its signature, by a monitor that
/// is there.
fn looks_a_day(
    model: &Model,
    world: &World,
    (monitor, force): (MonitorIndex, ForceIndex),
    clause: ClauseIndex,
    (place, shown): (Place, f64),
) -> f64 {
    let Some(route) = model.forces[force].routes.get(place.route) else {
        return 0.0;
    };
    let verifies = || {
        let km = route.clause_km[clause].as_ref().map(|table| table.km_at(place.metre));
        km.is_none_or(|km| model.clauses[clause].verifies(monitor, km))
    };
    if !route.sight.at(place.metre).contains(monitor) || !verifies() {
        return 0.0;
    }
    world.monitors[monitor].looks_a_day(model, monitor, world.forces[force].signature * shown)
}

/// Words "violating" a day that name those a clause binds, whatever they do: false alarms by
/// their share of the strength that may be named, and violations of others taken for theirs,
/// each of whom violates half of the time.
fn regardless(
    model: &Model,
    world: &World,
    monitor: MonitorIndex,
    clause: ClauseIndex,
    own: f64,
    is_own: &dyn Fn(ForceIndex) -> bool,
) -> f64 {
    let state = &world.monitors[monitor];
    if state.alarms_per_day == 0.0 && state.wrong_attribution == 0.0 {
        return 0.0;
    }
    let strength = |force: ForceIndex| f64::from(world.forces[force].strength);
    let named = state.may_name;
    let alarms = if named > 0.0 { state.alarms_per_day * own / named } else { 0.0 };
    let mut taken = 0.0;
    if state.wrong_attribution > 0.0 {
        let bound = || {
            let bound = model.clauses[clause].bound.iter();
            bound.filter(|it| it.duty != Duty::Authorised).map(|it| it.force)
        };
        let all: f64 = bound().map(strength).sum();
        for other in bound().filter(|force| !is_own(*force)) {
            let rest = all - strength(other);
            if rest > 0.0 {
                let place = (Place::home(), 1.0);
                let looks = looks_a_day(model, world, (monitor, other), clause, place);
                let seen = looks * (1.0 - state.bias.1) * state.wrong_attribution;
                taken += 0.5 * seen * own / rest;
            }
        }
    }
    alarms + taken
}

/// The share of the time that a monitor is there and may look, on a day.
fn there(model: &Model, world: &World, monitor: MonitorIndex, party: PartyIndex, day: u32) -> f64 {
    let (it, state) = (&model.monitors[monitor], &world.monitors[monitor]);
    let Some(watch) = &it.watch else { return 0.0 };
    if state.withdrawn || state.shut_out || it.from > day {
        return 0.0;
    }
    let denies = watch.denied_by.iter().any(|(by, _)| *by == party);
    let let_in = if denies { 1.0 - state.denial } else { 1.0 };
    let unblocked: f64 = match &it.method {
        Method::JointTeam { members, .. } => members
            .iter()
            .zip(&state.blocks)
            .map(|(member, blocks)| {
                let left = member.leaves.is_some_and(|leaves| leaves <= day);
                if left { 0.0 } else { 1.0 - blocks }
            })
            .product(),
        _ => 1.0,
    };
    watch.share(day) * state.availability * let_in * unblocked
}

/// Δb of every candidate, from how often it is looked at by those who are there.
fn reckon(model: &Model, world: &World, index: ChoiceIndex, known: &mut OnRecord) {
    let choice = &model.choices[index];
    let comes_to = &world.choices[index].comes_to;
    let candidates = comes_to.met.len();
    let mut less = vec![vec![[0.0; 2]; choice.units.len()]; candidates];
    let mut at_home = vec![[0.0; 2]; choice.units.len()];
    for (at, unit) in choice.units.iter().enumerate() {
        let Some(numbers) = world.units[*unit].parameters.quantal() else {
            continue;
        };
        let clause = model.units[*unit].clause;
        let present = known.there[at].iter().any(|there| *there > 0.0);
        // A step is taken before all eyes, and a delivery is counted by those who receive it.
        let counted = match &model.clauses[clause].kind {
            Kind::Act { .. } => Some(1.0),
            Kind::Deliver(_) => Some(f64::from(u8::from(present))),
            _ => None,
        };
        for (to, less) in less.iter_mut().enumerate() {
            let gains = comes_to.met[to][at] >= comes_to.met[0][at];
            let (bad, good) = if gains { (0, to) } else { (to, 0) };
            for hidden in [0, 1] {
                let watched = known.watched[at].iter().zip(&known.there[at]);
                less[at][hidden] = counted.unwrap_or_else(|| {
                    reduced(model, world, numbers_of(numbers), watched, (bad, good), hidden)
                });
            }
        }
        for hidden in [0, 1] {
            let watched = known.watched[at].iter().zip(&known.there[at]);
            at_home[at][hidden] = counted.unwrap_or_else(|| {
                reduced(model, world, numbers_of(numbers), watched, (0, 0), hidden)
            });
        }
    }
    known.less = less;
    known.at_home = at_home;
}

fn numbers_of(it: &crate::engine::conduct::Quantal) -> (f64, f64) {
    (it.record_days, it.believed_watch)
}

/// Δb between who does not comply at one candidate, in the open or hidden, and who complies
/// at another. Monitors alike in party, errors and delay are one; false alarms for each look
/// are an error too, so that one that raises nothing else says nothing.
fn reduced<'w>(
    model: &Model,
    world: &World,
    (record_days, believed): (f64, f64),
    watched: impl Iterator<Item = (&'w Watched, &'w f64)>,
    (bad, good): (usize, usize),
    hidden: usize,
) -> f64 {
    let mut registers: Vec<(MonitorIndex, [Register; 2])> = Vec::new();
    for (it, there) in watched {
        let state = &world.monitors[it.monitor];
        let errors = errors(state);
        let factor = there * believed;
        let words = |looks: f64, violates: f64| {
            let [violating, keeping] = errors.words(looks * factor, violates);
            [violating + it.regardless * factor, keeping]
        };
        let pair = [words(it.looks[bad][hidden], it.finds[hidden]), words(it.looks[good][0], 0.0)];
        let alike = |other: MonitorIndex| {
            let known = &world.monitors[other];
            model.monitors[other].party == model.monitors[it.monitor].party
                && errors == self::errors(known)
                && state.delay == known.delay
        };
        let same = |(other, known): &(MonitorIndex, [Register; 2])| {
            alike(*other) && in_proportion(known.map(|it| it.words), pair)
        };
        match registers.iter_mut().find(|known| same(known)) {
            Some((_, known)) => {
                for (register, words) in known.iter_mut().zip(pair) {
                    register.words = [register.words[0] + words[0], register.words[1] + words[1]];
                }
            }
            None => {
                let register = |words| Register { words, delay_days: state.delay };
                registers.push((it.monitor, pair.map(register)));
            }
        }
    }
    let registers: Vec<[Register; 2]> = registers.into_iter().map(|(_, pair)| pair).collect();
    less_on_record(&registers, record_days)
}

/// Whether words of two registers come in one proportion, wherever who is looked at stands.
fn in_proportion(a: [[f64; 2]; 2], b: [[f64; 2]; 2]) -> bool {
    let (a, b) = (a.as_flattened(), b.as_flattened());
    let (all_of_a, all_of_b) = (a.iter().sum::<f64>(), b.iter().sum::<f64>());
    let apart = |(x, y): (&f64, &f64)| (x * all_of_b - y * all_of_a).abs();
    a.iter().zip(b).map(apart).all(|it| it <= 1e-9 * all_of_a * all_of_b)
}

pub(super) fn errors(state: &MonitorState) -> Errors {
    Errors {
        to_violating: state.bias.0,
        to_keeping: state.bias.1,
        wrong_attribution: state.wrong_attribution,
    }
}
