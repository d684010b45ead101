//! Acts of units that do not abstain, and what acts mean for who is to.

use super::view;
use crate::engine::conduct::Few;
use crate::engine::state::{AbstainState, Act, ActClock, EventKind, Fact, World};
use crate::model::{
    Abstain, ActKind, BandedIndex, BoundIndex, ClauseIndex, ForceIndex, Kind, Model, Order,
    PartyIndex,
};
use crate::stats::exponential;

/// Draws of the exposure until an act, by its number.
const EXPOSURE: u32 = 0;
/// Draws of what is done and with which force, by number of the act.
const WHAT: u32 = 1;
/// Draws of against whom, by number of the act.
const WHOM: u32 = 2;

/// The acts of a day by units that defy or hide: a Poisson process at
/// `acts_per_day` while the order is not to comply.
pub(super) fn act(model: &Model, world: &mut World, day: u32) {
    for index in model.kinds.abstain.intersection(world.changes.in_force()).iter() {
        let Kind::Abstain(it) = &model.clauses[index].kind else {
            continue;
        };
        let Some(mut state) = world.clauses[index].abstain.take() else {
            continue;
        };
        for clock in &mut state.clocks {
            if state.acts_per_day > 0.0 && world.units[clock.unit].order != Order::Comply {
                run(model, world, it, clock, (state.acts_per_day, day));
            }
        }
        world.clauses[index].abstain = Some(state);
    }
}

fn run(
    model: &Model,
    world: &mut World,
    it: &Abstain,
    clock: &mut ActClock,
    (rate, day): (f64, u32),
) {
    let unit = &model.units[clock.unit];
    let draws = world.draws;
    let wait = |number| exponential(draws.uniform(unit.acts, EXPOSURE, number), 1.0);
    if clock.left.is_nan() {
        clock.left = wait(0);
    }
    clock.left -= rate;
    while clock.left < 0.0 {
        let (what, who) = draws.uniforms(unit.acts, WHAT, clock.number);
        let whom = draws.uniform(unit.acts, WHOM, clock.number);
        clock.number += 1;
        clock.left += wait(clock.number);
        let alive = |force: &&ForceIndex| world.forces[**force].strength > 0;
        let forces: Vec<ForceIndex> = unit.forces.iter().filter(alive).copied().collect();
        // Ground is taken by rules and events, which say where.
        let kinds: Vec<ActKind> =
            it.acts.iter().filter(|kind| **kind != ActKind::Offensive).copied().collect();
        let (Some(force), Some(kind)) = (pick(&forces, who), pick(&kinds, what)) else {
            continue;
        };
        let against = pick(&it.against, whom);
        let did = EventKind::Acted { kind, party: unit.party, force, against };
        if world.suppressed.holds(day, did) {
            continue;
        }
        let event = world.happen(day, world.units[clock.unit].event, did);
        world.today.acts.push(Act {
            kind,
            by: unit.party,
            force: Some(force),
            against,
            target: None,
            area: it.area,
            day,
            event,
        });
    }
}

/// One of a list by a uniform.
fn pick<T: Copy>(list: &[T], u: f64) -> Option<T> {
    let at = (u * list.len() as f64) as usize;
    list.get(at).or(list.last()).copied()
}

/// Judges the acts of a day, whoever's and from whatever cause, as of the next.
pub(super) fn judge(model: &Model, world: &mut World, next: u32) {
    for index in model.kinds.abstain.intersection(world.changes.in_force()).iter() {
        let Kind::Abstain(it) = &model.clauses[index].kind else {
            continue;
        };
        let state = world.clauses[index].abstain.as_ref();
        if world.today.acts.is_empty() && state.is_none_or(|it| next < it.next_lapse) {
            continue;
        }
        let Some(mut state) = world.clauses[index].abstain.take() else {
            continue;
        };
        let mut touched = Vec::new();
        if next >= state.next_lapse {
            let lapsed = state.until.iter_enumerated();
            touched.extend(lapsed.filter(|(_, until)| **until <= next).map(|(at, _)| at));
        }
        if !world.today.acts.is_empty() {
            world.note(model, Fact::Entered(index));
        }
        for act in &world.today.acts {
            consider(model, world, it, (index, &mut state), act, next, &mut touched);
        }
        let ahead = state.until.iter().filter(|until| **until > next);
        state.next_lapse = ahead.min().copied().unwrap_or(u32::MAX);
        world.clauses[index].abstain = Some(state);
        touched.sort_unstable();
        touched.dedup();
        for at in touched {
            let Some(acts) = &world.clauses[index].abstain else { continue };
            let meets = acts.until[at] <= next;
            view::abstains(model, world, (index, at), meets, next);
        }
    }
}

fn consider(
    model: &Model,
    world: &World,
    it: &Abstain,
    (index, state): (ClauseIndex, &mut AbstainState),
    act: &Act,
    next: u32,
    touched: &mut Vec<BoundIndex>,
) {
    let inside = it.area.is_none_or(|area| is_in(model, world, act, area));
    let against = |party: PartyIndex| it.against.contains(&party);
    let aimed = inside && (it.against.is_empty() || act.against.is_some_and(against));
    if it.acts.iter().any(|kind| act.kind.is(*kind)) && aimed {
        let authors = authors(model, index, act);
        let licensed = it.licences.iter().zip(&state.suffered);
        let licensed = licensed.into_iter().any(|(licence, suffered)| {
            let within = |day: u32| act.day.saturating_sub(day) <= licence.within_days;
            licence.to[act.by] && suffered[act.by].is_some_and(within)
        });
        if licensed {
            state.licensed += u32::from(!authors.is_empty());
        } else {
            state.violations += u32::from(!authors.is_empty());
            state.violations_by[act.by] += u32::from(!authors.is_empty());
            if !authors.is_empty() {
                state.last = Some(act.event);
            }
            for at in authors {
                // Who violates it already goes on doing so.
                if state.until[at] <= next {
                    touched.push(at);
                }
                state.until[at] = next + it.counts_days;
            }
        }
    }
    for (licence, suffered) in it.licences.iter().zip(&mut state.suffered) {
        if let (true, Some(victim)) = (act.kind.is(licence.after), act.against) {
            suffered[victim] = Some(act.day);
        }
    }
}

/// Those bound by a clause whose act it is: all of a party where no force is named.
fn authors(model: &Model, clause: ClauseIndex, act: &Act) -> Few<BoundIndex> {
    let is_theirs = |force: ForceIndex| model.forces[force].commander == act.by;
    match act.force {
        Some(force) if is_theirs(force) => {
            let owed = model.forces[force].obligations.iter();
            owed.filter(|it| it.clause == clause).map(|it| it.at).collect()
        }
        Some(_) => Few::new(),
        None => {
            let bound = model.clauses[clause].bound.iter_enumerated();
            bound.filter(|(_, it)| is_theirs(it.force)).map(|(at, _)| at).collect()
        }
    }
}

/// Whether an act is done in an area.
fn is_in(model: &Model, world: &World, act: &Act, area: BandedIndex) -> bool {
    if let Some(said) = act.area {
        return said == area;
    }
    act.target.or(act.force).is_some_and(|force| {
        let place = world.forces[force].place;
        let ways = &model.forces[force].routes;
        let band = match ways.get(place.route) {
            Some(way) => way.bands[area].at(place.metre),
            None => model.forces[force].home_bands[area],
        };
        band == 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{Trial, ordered};

    fn ceasefire(order: &str, more: &str) -> Trial {
        Trial::new(&format!(
            "[[clause]]\nid = \"ceasefire\"\nkind = \"abstain\"\nbinds = [\"red\", \"blue\"]\n\
             acts = [\"fire\"]\nacts_per_day = 3\n{more}\n{}{}",
            ordered("red", order, &[]),
            ordered("blue", "comply", &[]),
        ))
    }

    #[test]
    fn who_defies_acts_and_who_complies_does_not() {
        for (order, acts) in [("defy", true), ("comply", false)] {
            let mut trial = ceasefire(order, "");
            (0..10).for_each(|day| act(&trial.model, &mut trial.world, day));
            assert_eq!(!trial.world.today.acts.is_empty(), acts, "{order}");
            let red = trial.model.forces[trial.force("guard")].commander;
            assert!(trial.world.today.acts.iter().all(|act| act.by == red));
        }
    }

    #[test]
    fn an_act_is_a_violation_for_its_days_unless_it_is_licensed() {
        let licence = "licences = [{ after = \"fire\", within_days = 2, to = [\"red\"] }]";
        for (more, suffered, forbidden, licensed) in
            [("counts_days = 3", false, 1, 0), (licence, false, 1, 0), (licence, true, 0, 1)]
        {
            let mut trial = ceasefire("comply", more);
            let (clause, guard) = (trial.clause("ceasefire"), trial.force("guard"));
            let (red, blue) = (
                trial.model.forces[guard].commander,
                trial.model.forces[trial.force("post")].commander,
            );
            let fire = |by, against, force| Act {
                kind: ActKind::Fire,
                by,
                force,
                against: Some(against),
                target: None,
                area: None,
                day: 0,
                event: 0,
            };
            if suffered {
                // Fire that red suffers, by nobody whom the clause binds.
                let watcher = trial.model.parties.iter().position(|it| it.id == "watcher").unwrap();
                trial.world.today.acts.push(fire(watcher.into(), red, None));
            }
            trial.world.today.acts.push(fire(red, blue, Some(guard)));
            judge(&trial.model, &mut trial.world, 1);
            let state = trial.world.clauses[clause].abstain.as_ref().unwrap();
            assert_eq!((state.violations, state.licensed), (forbidden, licensed), "{more}");
        }
    }
}
