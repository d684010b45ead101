//! How often those who decide are looked at where they may stand, and how much less likely
//! they are to be on record there.

use super::reports;
use crate::engine::conduct::{Errors, Register, less_on_record};
use crate::engine::state::{Mistakes, MonitorState, OnRecord, Watched, World};
use crate::model::{
    About, Bits, Candidate, Choice, ChoiceIndex, ClauseIndex, DecisionUnit, ForceIndex, Kind,
    Method, Model, MonitorIndex, PartyIndex, Place, Searched,
};
use crate::theory::word_stands;

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
        Some(mut known) if same_watch(model, choice, &known.places, &places) => {
            known.places = places;
            known
        }
        _ => {
            let candidates = world.choices[index].options(choice).len();
            OnRecord::new(candidates, watchers(model, world, index, &places), places)
        }
    };
    for (at, unit) in choice.units.iter().enumerate() {
        let unit = &model.units[*unit];
        let on = world.clauses[unit.clause].due.unwrap_or(day).max(day);
        let passed = model.watch_days.partition_point(|it| *it <= on);
        let looked = known.looked[at].replace((world.watch.moves, passed));
        if looked == known.looked[at] {
            // Between moves and days of monitors nobody comes or goes.
            debug_assert!(
                known.watched[at].iter().zip(&known.there[at]).all(|(it, known)| {
                    there(model, world, it.monitor, unit.party, on) == *known
                })
            );
            continue;
        }
        let mut changed = looked.is_none();
        for (watched, known) in known.watched[at].iter().zip(&mut known.there[at]) {
            let there = there(model, world, watched.monitor, unit.party, on);
            changed |= there != *known;
            *known = there;
        }
        if changed {
            reckon(model, world, (index, at), &mut known);
        }
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
    let state = &world.choices[index];
    let sees = |force: ForceIndex, place: Place| (place, sight(model, force, place));
    // By candidate and force: where it is, and whose reach covers that.
    let there: Vec<Vec<(Place, Bits<MonitorIndex>)>> = match places {
        [] => {
            let options = state.options(choice).iter();
            let of = |it: &Candidate| {
                let forces = choice.forces.iter().zip(&it.places);
                forces.map(|(force, place)| sees(*force, *place)).collect()
            };
            options.map(of).collect()
        }
        _ => {
            let forces = choice.forces.iter().zip(places);
            vec![forces.map(|(force, place)| sees(*force, *place)).collect()]
        }
    };
    let of = |at: usize| watchers_of(model, world, (index, at), &there);
    (0..choice.units.len()).map(of).collect()
}

/// Whether forces are looked at from one set of places as they are from another.
fn same_watch(model: &Model, choice: &Choice, before: &[Place], now: &[Place]) -> bool {
    let banded = |monitor: MonitorIndex, clause| model.monitors[monitor].banded.contains(clause);
    let by_band = || {
        let units = choice.units.iter().map(|unit| &model.units[*unit]);
        units.into_iter().any(|unit| unit.watchers.iter().any(|it| banded(it, unit.clause)))
    };
    let seen_alike = |((force, before), now): ((&ForceIndex, &Place), &Place)| {
        sight(model, *force, *before) == sight(model, *force, *now)
    };
    before == now || (!by_band() && choice.forces.iter().zip(before).zip(now).all(seen_alike))
}

/// The monitors whose reach covers a place on a way of a force.
fn sight(model: &Model, force: ForceIndex, place: Place) -> Bits<MonitorIndex> {
    let route = model.forces[force].routes.get(place.route);
    route.map_or_else(Bits::new, |route| route.sight.at(place.metre))
}

/// The monitors whose word can put one unit on record.
fn watchers_of(
    model: &Model,
    world: &World,
    (index, at): (ChoiceIndex, usize),
    there: &[Vec<(Place, Bits<MonitorIndex>)>],
) -> Vec<Watched> {
    let choice = &model.choices[index];
    let unit = &model.units[choice.units[at]];
    let parameters = &world.units[choice.units[at]].parameters;
    let hidden = parameters.concealment;
    let record_days = parameters.quantal().map_or(0.0, |it| it.record_days);
    let strengths = &world.choices[index].strengths;
    let binds = &world.choices[index].binds(choice)[at];
    let bound: Vec<usize> = (0..strengths.len()).filter(|force| binds[*force]).collect();
    let own: f64 = bound.iter().map(|force| strengths[*force]).sum();
    let violating = share_violating(model, world, unit.clause);
    let candidates = world.choices[index].options(choice).len();
    // Whoever receives a delivery counts it, wherever the forces are.
    let counts = matches!(model.clauses[unit.clause].kind, Kind::Deliver(_));
    // By candidate and bound force: the monitors that look for it there and verify the clause.
    let looked_for: Vec<Bits<MonitorIndex>> = there
        .iter()
        .flat_map(|of| bound.iter().map(|force| (choice.forces[*force], &of[*force])))
        .map(|(force, (place, sees))| looked_for(model, world, (force, *place), sees, unit))
        .collect();
    let mut all = Vec::new();
    for monitor in unit.watchers.iter() {
        let state = &world.monitors[monitor];
        let is_own = |force: ForceIndex| choice.forces.contains(&force);
        let regardless =
            false_alarms(state, own) + taken_for(world, (monitor, unit.clause), is_own);
        let in_reach =
            there.iter().any(|of| bound.iter().any(|force| of[*force].1.contains(monitor)));
        if !in_reach && regardless == 0.0 && !counts {
            continue;
        }
        let looks_at = |force: &usize| {
            let signature = world.forces[choice.forces[*force]].signature;
            [1.0, 1.0 - hidden].map(|shown| state.looks_a_day(model, monitor, signature * shown))
        };
        let looks_at: Vec<[f64; 2]> = bound.iter().map(looks_at).collect();
        let looks = |looked_for: &[Bits<MonitorIndex>]| {
            let mut sum = [0.0; 2];
            let those = bound.iter().zip(&looks_at).zip(looked_for);
            for ((force, looks), _) in those.filter(|(_, by)| by.contains(monitor)) {
                for (sum, looks) in sum.iter_mut().zip(looks) {
                    *sum += strengths[*force] * looks;
                }
            }
            sum.map(|sum| if own > 0.0 { sum / own } else { 0.0 })
        };
        let mut looks: Vec<[f64; 2]> = match bound.len() {
            0 => vec![[0.0; 2]; there.len()],
            forces => looked_for.chunks(forces).map(looks).collect(),
        };
        if let [alone] = looks[..] {
            looks = vec![alone; candidates];
        }
        let near = |of: &Vec<(Place, Bits<MonitorIndex>)>| {
            let near = bound.iter().filter(|force| {
                let place = of[**force].0;
                may_be_taken(model, world, choice.forces[**force], unit.clause, place)
            });
            let near: f64 = near.map(|force| strengths[*force]).sum();
            if own > 0.0 { near / own } else { 1.0 }
        };
        let mut near: Vec<f64> = if state.bias.0 > 0.0 {
            there.iter().map(near).collect()
        } else {
            vec![1.0; there.len()]
        };
        if let [alone] = near[..] {
            near = vec![alone; candidates];
        }
        let inspects = matches!(model.monitors[monitor].method, Method::Inspection { .. });
        let found_hidden = if inspects { (1.0 - state.covered_up) * (1.0 - hidden) } else { 1.0 };
        let errors = errors(state);
        all.push(Watched {
            monitor,
            looks,
            near,
            finds: [violating, violating * found_hidden],
            regardless,
            is_right: violating == 1.0 && regardless == 0.0 && errors == Errors::NONE,
            stands: word_stands(record_days, state.delay),
        });
    }
    all
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

/// The monitors that verify a clause of a force at a place, and see it there or see by not
/// seeing it that it keeps the clause.
fn looked_for(
    model: &Model,
    world: &World,
    (force, place): (ForceIndex, Place),
    sees: &Bits<MonitorIndex>,
    unit: &DecisionUnit,
) -> Bits<MonitorIndex> {
    let clause = unit.clause;
    let least = world.clauses[clause].terms.min_km;
    let covers = |it: &&Searched| it.clause == clause && it.covers(least);
    let mut those = sees.clone();
    let searched = model.forces[force].searched.iter().filter(covers);
    let searched = searched.filter(|it| !sees.contains(it.monitor));
    let mut searched = searched.peekable();
    if searched.peek().is_some() && km_at(model, force, clause, place).is_some_and(|km| km >= least)
    {
        searched.for_each(|it| those.insert(it.monitor));
    }
    those.intersect_with(&unit.watchers);
    those.retain(|monitor| verifies(model, (monitor, force), clause, place));
    those
}

/// Whether a force that keeps a clause at a place may be taken for one that does not.
fn may_be_taken(
    model: &Model,
    world: &World,
    force: ForceIndex,
    clause: ClauseIndex,
    place: Place,
) -> bool {
    let owed = model.forces[force].obligations.iter().find(|it| it.clause == clause);
    let km = km_at(model, force, clause, place);
    owed.zip(km).is_none_or(|(owed, km)| {
        let least = world.clauses[clause].terms.min_km;
        reports::is_near(owed.duty, km, least, world.forces[force].metres_per_day)
    })
}

/// The kilometres at a place that a clause judges a force by.
fn km_at(model: &Model, force: ForceIndex, clause: ClauseIndex, place: Place) -> Option<f64> {
    let route = model.forces[force].routes.get(place.route)?;
    Some(route.clause_km[clause].as_ref()?.km_at(place.metre))
}

/// Whether a monitor verifies a clause of a force at a place.
fn verifies(
    model: &Model,
    (monitor, force): (MonitorIndex, ForceIndex),
    clause: ClauseIndex,
    place: Place,
) -> bool {
    if !model.monitors[monitor].banded.contains(clause) {
        return true;
    }
    let km = km_at(model, force, clause, place);
    km.is_none_or(|km| model.clauses[clause].verifies(monitor, km))
}

/// Looks a day at a force in the open at home, by a monitor that is there.
fn looks_at_home(
    model: &Model,
    world: &World,
    (monitor, force): (MonitorIndex, ForceIndex),
    clause: ClauseIndex,
) -> f64 {
    let home = Place::home();
    let route = model.forces[force].routes.get(home.route);
    let sees = route.is_some_and(|route| route.sight.at(home.metre).contains(monitor));
    if !sees || !verifies(model, (monitor, force), clause, home) {
        return 0.0;
    }
    world.monitors[monitor].looks_a_day(model, monitor, world.forces[force].signature)
}

/// False alarms a day that name forces of so many persons: by their share of the strength,
/// on day 0, of those whom one may name.
pub(super) fn false_alarms(state: &MonitorState, persons: f64) -> f64 {
    let named = state.may_name;
    if named > 0.0 { state.alarms_per_day * persons / named } else { 0.0 }
}

/// What monitors that name others by mistake make of each clause: by strength on day 0.
pub(super) fn begin(model: &Model, world: &mut World) {
    let mistakes = |monitor: &MonitorIndex| world.monitors[*monitor].wrong_attribution > 0.0;
    let those: Vec<MonitorIndex> = model.monitors.keys().filter(mistakes).collect();
    if those.is_empty() {
        return;
    }
    for clause in model.clauses.keys() {
        let bound = reports::bound_by(model, world, clause);
        let all: f64 = bound.iter().map(|(_, persons)| persons).sum();
        let leads = bound.iter().map(|(it, persons)| (model.formations[*it].lead(), *persons));
        let leads: Vec<(ForceIndex, f64)> = leads.collect();
        let taken_of = |monitor: &MonitorIndex| {
            let state = &world.monitors[*monitor];
            let of = leads.iter().map(|(lead, persons)| {
                let looks = looks_at_home(model, world, (*monitor, *lead), clause);
                let seen = looks * (1.0 - state.bias.1) * state.wrong_attribution;
                // Each of the others violates half of the time.
                if all > *persons { 0.5 * seen / (all - persons) } else { 0.0 }
            });
            (*monitor, of.collect())
        };
        let taken_for = those.iter().map(taken_of).collect();
        world.clauses[clause].mistakes = Mistakes { leads, taken_for };
    }
}

/// Words "violating" a day that are of other formations and taken for one's own, by its
/// share of the strength bound.
fn taken_for(
    world: &World,
    (monitor, clause): (MonitorIndex, ClauseIndex),
    is_own: impl Fn(ForceIndex) -> bool,
) -> f64 {
    let Mistakes { leads, taken_for } = &world.clauses[clause].mistakes;
    let Some((_, taken_for)) = taken_for.iter().find(|(of, _)| *of == monitor) else {
        return 0.0;
    };
    let (mut own, mut taken) = (0.0, 0.0);
    for ((lead, persons), each) in leads.iter().zip(taken_for) {
        if is_own(*lead) {
            own += persons;
        } else {
            taken += each;
        }
    }
    own * taken
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

/// Δb of every candidate for one unit, from how often it is looked at by those who are there.
fn reckon(model: &Model, world: &World, (index, at): (ChoiceIndex, usize), known: &mut OnRecord) {
    let choice = &model.choices[index];
    let Some(numbers) = world.units[choice.units[at]].parameters.quantal() else {
        return;
    };
    let met = &world.choices[index].comes_to.met;
    let clause = model.units[choice.units[at]].clause;
    let present = known.there[at].iter().any(|there| *there > 0.0);
    let mut registers = Vec::new();
    let mut less = |bad: usize, good: usize| {
        [0, 1].map(|hidden| match &model.clauses[clause].kind {
            // A step is taken before all eyes, and a delivery is counted by those who
            // receive it.
            Kind::Act { .. } => 1.0,
            Kind::Deliver(_) => f64::from(u8::from(present)),
            _ => {
                let watched = known.watched[at].iter().zip(&known.there[at]);
                let watched = watched.map(|(it, there)| (it, there * numbers.believed_watch));
                registers.clear();
                reduced(model, world, watched, (bad, good, hidden), &mut registers)
            }
        })
    };
    let at_home = less(0, 0);
    let watched = &known.watched[at];
    let meets = |to: usize| met[to][at] >= met[0][at];
    // Where all who watch look as often, whoever goes is on record as often.
    let alike = |a: usize, b: usize| {
        let same = |it: &Watched| it.looks[a] == it.looks[b] && it.near[a] == it.near[b];
        meets(a) == meets(b) && watched.iter().all(same)
    };
    let mut of: Vec<[f64; 2]> = vec![at_home];
    for to in 1..met.len() {
        of.push(match (0..to).find(|before| alike(*before, to)) {
            Some(before) => of[before],
            None if meets(to) => less(0, to),
            None => less(to, 0),
        });
    }
    known.at_home[at] = at_home;
    for (known, of) in known.less.iter_mut().zip(of) {
        known[at] = of;
    }
}

/// Δb between who does not comply at one candidate, in the open or hidden, and who complies
/// at another; watchers come with the share of their looks that counts. Monitors alike in
/// party, errors and delay are one; false alarms for each look are an error too, so that one
/// that raises nothing else says nothing.
fn reduced<'w>(
    model: &Model,
    world: &World,
    watched: impl Iterator<Item = (&'w Watched, f64)>,
    (bad, good, hidden): (usize, usize, usize),
    registers: &mut Vec<(MonitorIndex, [Register; 2])>,
) -> f64 {
    // Whoever is always right never has who complies on record, and the words of all of
    // them add.
    let mut words_standing = 0.0;
    for (it, factor) in watched.filter(|(_, factor)| *factor > 0.0) {
        if it.is_right && it.finds[hidden] == 1.0 {
            words_standing += it.looks[bad][hidden] * factor * it.stands;
            continue;
        }
        let state = &world.monitors[it.monitor];
        let errors = errors(state);
        let words = |at: usize, looks: f64, violates: f64| {
            let errors = Errors { to_violating: errors.to_violating * it.near[at], ..errors };
            let [violating, keeping] = errors.words(looks, violates);
            [(violating + it.regardless) * factor, keeping * factor]
        };
        let pair = [
            words(bad, it.looks[bad][hidden], it.finds[hidden]),
            words(good, it.looks[good][0], 0.0),
        ];
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
                let register = |words| Register { words, stands: it.stands };
                registers.push((it.monitor, pair.map(register)));
            }
        }
    }
    let unseen = 1.0 - less_on_record(registers.iter().map(|(_, pair)| *pair));
    1.0 - unseen * libm::exp(-words_standing)
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
