//! What the day's reports and hits teach those who decide.

use crate::engine::state::{Arrival, Known, World};
use crate::model::{BeliefsIndex, ClauseIndex, ForceIndex, Mechanism, Model, PartyIndex, Says};

/// The reports that arrived on a day, and what has grown too old by it.
pub(super) fn learn(model: &Model, world: &mut World, day: u32) {
    if !world.today.arrivals.is_empty() {
        let arrivals = std::mem::take(&mut world.today.arrivals);
        for arrival in &arrivals {
            press_for_violations(model, world, arrival, day);
        }
        for holder in &model.listeners {
            hear(model, world, *holder, &arrivals, day);
        }
        world.today.arrivals = arrivals;
    }
    for holder in &model.listeners {
        if day >= world.beliefs[*holder].next_expiry {
            forget(model, world, *holder, day);
        }
    }
}

/// A report by a monitor of the clause that a force violates it, once it is due,
/// adds to the pressure on those who decide for the force.
fn press_for_violations(model: &Model, world: &mut World, arrival: &Arrival, day: u32) {
    let violated = arrival.asked.difference(&arrival.keeping);
    if !violated.intersects(&model.monitors[arrival.monitor].clauses) {
        return;
    }
    let obligations = model.forces[arrival.force].obligations.iter();
    // A report is one, however many readings the clause has.
    for obligation in obligations.filter(|it| it.clause == it.of) {
        let clause = obligation.clause;
        let reported = violated.contains(clause)
            && model.clauses[clause].monitor_set.contains(arrival.monitor);
        let due = world.answers_since(model, obligation.unit);
        if !reported || due.is_none_or(|due| due > day) {
            continue;
        }
        for holder in &model.units[obligation.unit].informs {
            let state = &mut world.beliefs[*holder];
            if state.per_report > 0.0 {
                state.pressure.add(state.per_report, day);
            }
        }
    }
}

/// Adds to the pressure on a party, in everything that learns for it.
pub(super) fn press(model: &Model, world: &mut World, party: PartyIndex, amount: f64, day: u32) {
    if !model.mechanisms.has(Mechanism::Pressure) {
        return;
    }
    for (holder, state) in model.beliefs.iter().zip(&mut world.beliefs) {
        if holder.party == party {
            state.pressure.add(amount, day);
        }
    }
}

/// From a day on a party is under so much more pressure, and stays so.
pub(super) fn settle_in(
    model: &Model,
    world: &mut World,
    party: PartyIndex,
    amount: f64,
    day: u32,
) {
    if !model.mechanisms.has(Mechanism::Pressure) {
        return;
    }
    for (holder, state) in model.beliefs.iter().zip(&mut world.beliefs) {
        if holder.party == party {
            state.pressure.raise(amount, day);
        }
    }
}

/// Takes what its monitors report of the forces a party watches.
fn hear(model: &Model, world: &mut World, holder: BeliefsIndex, arrivals: &[Arrival], day: u32) {
    let it = &model.beliefs[holder];
    let mut changed = false;
    for arrival in arrivals {
        if !it.hears.contains(arrival.monitor) {
            continue;
        }
        for at in it.watched_of[arrival.force].clone() {
            let pair = &it.watched[at];
            if !arrival.asked.contains(pair.clause) {
                continue;
            }
            let expires = expiry(model, pair.clause, arrival.seen);
            let state = &mut world.beliefs[holder];
            let known = &mut state.known[at];
            if expires <= day || known.is_some_and(|it| it.seen > arrival.seen) {
                continue;
            }
            let keeping = arrival.keeping.contains(pair.clause);
            if known.is_none_or(|it| it.keeping != keeping) {
                state.heard += 1;
                changed = true;
            }
            *known = Some(Known { seen: arrival.seen, keeping });
            state.next_expiry = state.next_expiry.min(expires);
        }
    }
    if changed {
        look(model, world, holder, day);
    }
}

/// The first day on which an observation no longer counts.
fn expiry(model: &Model, clause: ClauseIndex, seen: u32) -> u32 {
    seen.saturating_add(model.clauses[clause].expires_after)
}

/// Drops what has grown too old.
fn forget(model: &Model, world: &mut World, holder: BeliefsIndex, day: u32) {
    let state = &mut world.beliefs[holder];
    state.next_expiry = u32::MAX;
    let mut changed = false;
    for (pair, known) in model.beliefs[holder].watched.iter().zip(&mut state.known) {
        let Some(it) = known else { continue };
        let expires = expiry(model, pair.clause, it.seen);
        if expires <= day {
            *known = None;
            state.heard += 1;
            changed = true;
        } else {
            state.next_expiry = state.next_expiry.min(expires);
        }
    }
    if changed {
        look(model, world, holder, day);
    }
}

/// Weighs anew what a party knows of those it answers.
pub(super) fn look(model: &Model, world: &mut World, holder: BeliefsIndex, day: u32) {
    let (seen, trusted) = weigh(model, world, holder);
    let state = &mut world.beliefs[holder];
    state.seen = seen;
    state.looked = Some(world.changes.news());
    state.trust.see(trusted, day);
}

/// The share kept of what a party knows of those it answers, and the share that its
/// trust goes by: by strength, a report in full, a claim by its credence where there
/// is no report.
fn weigh(model: &Model, world: &World, holder: BeliefsIndex) -> (Option<f64>, Option<f64>) {
    let credence = world.beliefs[holder].credence;
    let (mut keeping, mut all) = (0.0, 0.0);
    // Breaking what was never agreed costs no trust.
    let mut never_agreed = 0.0;
    let watched = model.beliefs[holder].watched.iter();
    for (pair, known) in watched.zip(&world.beliefs[holder].known) {
        if !pair.answered || !world.in_force(pair.clause) {
            continue;
        }
        let strength = f64::from(world.forces[pair.force].strength);
        let (share, weight) = match known {
            Some(known) => (f64::from(u8::from(known.keeping)), strength),
            None if credence == 0.0 => continue,
            None => match world.clauses[pair.clause].claims[pair.at] {
                Some((_, Says::Keeping, share)) => (share, strength * credence),
                Some((_, Says::Violating, share)) => (1.0 - share, strength * credence),
                _ => continue,
            },
        };
        keeping += weight * share;
        all += weight;
        if !world.clauses[pair.clause].consented() {
            never_agreed += weight * (1.0 - share);
        }
    }
    let seen = (all > 0.0).then(|| keeping / all);
    let counted = all - never_agreed;
    (seen, (counted > 0.0).then(|| keeping / counted))
}

/// Brings up to a day what a party reckons only when it is asked: claims it may
/// believe, and beliefs of being hit.
pub(super) fn consult(model: &Model, world: &mut World, holder: BeliefsIndex, day: u32) {
    let state = &world.beliefs[holder];
    if state.credence > 0.0 && state.looked != Some(world.changes.news()) {
        look(model, world, holder, day);
    }
    debug_assert!(
        world.beliefs[holder].credence == 0.0
            || world.beliefs[holder].seen == weigh(model, world, holder).0
    );
    world.reckon_counter(model, holder);
    world.settle_beliefs(model, holder, day);
}

/// Lets those who decide for a force know that it was hit on a day: once for
/// each clause that is due, in the posture it has under it.
pub fn note_hit(model: &Model, world: &mut World, force: ForceIndex, day: u32) {
    let obligations = &model.forces[force].obligations;
    for (at, obligation) in obligations.iter_enumerated() {
        // A hit is one, however many readings the clause has.
        if obligations[..at].iter().any(|it| it.of == obligation.of) {
            continue;
        }
        let due = world.answers_since(model, obligation.unit);
        if due.is_none_or(|due| due > day) {
            continue;
        }
        let posture = world.units[obligation.unit].order;
        for holder in &model.units[obligation.unit].informs {
            world.settle_beliefs(model, *holder, day);
            world.believe_hit(*holder, posture);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial};

    const FEELS: &str = r#"
[[conduct]]
id = "red-mind"
party = "red"
kind = "quantal-response"
review_days = 30
lambda = 0.0
value = 0.0
pressure = 1.0
pressure_per_report = 0.5
pressure_half_life_days = 10
"#;

    fn arrival(trial: &Trial, keeping: bool) -> Arrival {
        let asked: crate::model::Bits<_> = [trial.clause("back")].into_iter().collect();
        Arrival {
            monitor: trial.monitor("eyes"),
            force: trial.force("guard"),
            seen: 12,
            keeping: if keeping { asked.clone() } else { Default::default() },
            asked,
        }
    }

    #[test]
    fn a_report_of_a_violation_presses_once_the_clause_is_due() {
        for (day, keeping, pressure) in [(12, false, 1.5), (12, true, 1.0), (5, false, 1.0)] {
            let mut trial = Trial::new(&format!("{BACK}{FEELS}"));
            let arrival = arrival(&trial, keeping);
            trial.world.today.arrivals.push(arrival);
            learn(&trial.model, &mut trial.world, day);
            assert_eq!(trial.world.beliefs[trial.holder("guard")].pressure(day), pressure);
        }
    }

    #[test]
    fn what_was_added_is_half_gone_after_its_half_life() {
        let mut trial = Trial::new(&format!("{BACK}{FEELS}"));
        let red = trial.model.forces[trial.force("guard")].commander;
        press(&trial.model, &mut trial.world, red, 2.0, 20);
        let felt = trial.world.beliefs[trial.holder("guard")].pressure(30);
        assert!((felt - 2.0).abs() < 1e-12, "{felt}");
    }
}
