//! Rules: what happened, whether a rule's conditions hold, and whether its party
//! reacts. What a reaction does is in [`reactions`](super::reactions).
//!
//! Everything that happened on the day stands in one queue. Reactions put what
//! they do at its end, so rules answer rules on the same day; that it ends is
//! judged when the scenario is read.

use std::collections::VecDeque;

use super::{ladders, reactions};
use crate::engine::state::{Act, Arrival, EventId, EventKind, Occurrence, Pending, Ruling, World};
use crate::model::{
    Bits, ClauseIndex, ForceIndex, LadderIndex, Mechanism, Model, MonitorIndex, On, PartyIndex,
    Rule, RuleIndex, Says,
};

/// Draws of a rule, by number of the event: whether it reacts, and forgives.
const REACTS: u32 = 0;

/// Lets tension and rules follow what happened on a day; while the run follows
/// the record nobody reacts.
pub(super) fn react(model: &Model, world: &mut World, day: u32, simulated: bool) {
    let works = model.mechanisms.has(Mechanism::Rules) && simulated && !model.rules.is_empty();
    if !works && model.ladders.is_empty() {
        world.conflict.settled.clear();
        return;
    }
    if works {
        for pending in world.conflict.pending.take(day) {
            carry_out(model, world, pending, day);
        }
        let arrivals = std::mem::take(&mut world.today.arrivals);
        for arrival in &arrivals {
            recorded(model, world, arrival);
        }
        world.today.arrivals = arrivals;
        told(model, world);
        ruled(model, world);
    }
    let mut acts = 0;
    answer(model, world, &mut acts, works, day);
    if works {
        quiet(model, world, day);
        answer(model, world, &mut acts, works, day);
    }
    world.conflict.queue.clear();
    ladders::decay(model, world, day);
    world.conflict.queue.clear();
    world.conflict.settled.clear();
    world.conflict.seen_events = world.events.len();
}

/// Lets every act from `acts` on be felt and every occurrence be considered,
/// until nothing more comes of it.
fn answer(model: &Model, world: &mut World, acts: &mut usize, works: bool, day: u32) {
    loop {
        while let Some(act) = world.today.acts.get(*acts).copied() {
            *acts += 1;
            felt(model, world, &act, day);
        }
        let Some(occurrence) = world.conflict.queue.pop_front() else {
            return;
        };
        for (index, rule) in model.rules.iter_enumerated() {
            if works && rule.on.is_met_by(occurrence.on) {
                consider(model, world, index, &occurrence, day);
            }
        }
    }
}

/// An act is felt, and put before the rules, unless a liaison settled it.
fn felt(model: &Model, world: &mut World, act: &Act, day: u32) {
    if world.conflict.settled.contains(&act.event) {
        return;
    }
    ladders::feel(model, world, act, day);
    let occurrence = Occurrence {
        on: On::Act(act.kind),
        by: Some(act.by),
        against: act.against,
        force: act.force,
        clause: None,
        monitor: None,
        word: None,
        rung: None,
        cause: Some(act.event),
    };
    let event = world.events.iter().rev().find(|it| it.id == act.event);
    let incident = event.is_some_and(|it| matches!(it.kind, EventKind::Incident { .. }));
    let loud = incident || ladders::loud(act.kind);
    for (rule, state) in model.rules.iter().zip(&mut world.conflict.rules) {
        if rule.on == On::Quiet && loud && concerns(rule, &occurrence) {
            state.loud = day;
        }
    }
    world.conflict.queue.push_back(occurrence);
    if incident {
        world.conflict.queue.push_back(Occurrence { on: On::Incident, ..occurrence });
    }
}

/// Puts the violations of a report that arrived before the rules, and the claims
/// of keeping that it contradicts.
fn recorded(model: &Model, world: &mut World, arrival: &Arrival) {
    let violated = arrival.asked.difference(&arrival.keeping);
    let mut violated: Vec<ClauseIndex> = violated.iter().collect();
    violated.sort_unstable_by_key(|clause| model.clauses[*clause].rank);
    for clause in violated {
        let occurrence = Occurrence {
            on: On::ViolationRecorded,
            by: Some(model.forces[arrival.force].commander),
            against: None,
            force: Some(arrival.force),
            clause: Some(clause),
            monitor: Some(arrival.monitor),
            word: Some(arrival.word),
            rung: None,
            cause: None,
        };
        let about = |rule: &Rule| {
            matches!(rule.on, On::ViolationRecorded | On::ClaimDisputed)
                && rule.clause.is_none_or(|it| it == clause)
                && concerns(rule, &occurrence)
        };
        if !model.rules.iter().any(about) {
            continue;
        }
        let cause = world.events.iter().rev().find(|event| {
            matches!(event.kind, EventKind::Registered { monitor, force, .. }
                if (monitor, force) == (arrival.monitor, arrival.force))
        });
        let cause = cause.map(|it| it.id);
        world.conflict.queue.push_back(Occurrence { cause, ..occurrence });
        if said_to_keep(model, world, arrival.force, clause) {
            world.conflict.queue.push_back(Occurrence {
                on: On::ClaimDisputed,
                cause,
                ..occurrence
            });
        }
    }
}

/// Whether a force is said to keep a clause.
fn said_to_keep(model: &Model, world: &World, force: ForceIndex, clause: ClauseIndex) -> bool {
    let mut of_clause = model.forces[force].obligations.iter();
    let of_clause = of_clause.find(|it| it.clause == clause);
    of_clause.is_some_and(|it| world.clauses[clause].claims[it.at].share(Says::Keeping) > 0.0)
}

/// Puts deadlines and claims of the day before the rules: a deadline that passed
/// with a violation on record, a claim of keeping that a record contradicts.
fn told(model: &Model, world: &mut World) {
    let mut found = VecDeque::new();
    for event in &world.events[world.conflict.seen_events.min(world.events.len())..] {
        let (on, by, clause) = match event.kind {
            EventKind::DeadlinePassed { clause, .. } => (On::DeadlineMissed, None, clause),
            EventKind::TermsChanged { clause, by, .. } => {
                found.push_back(terms_changed(clause, by, event.id));
                continue;
            }
            EventKind::ClaimMade { claim } => {
                let claim = &model.claims[claim];
                if claim.says != Says::Keeping {
                    continue;
                }
                (On::ClaimDisputed, Some(claim.by), claim.clause)
            }
            EventKind::Reported { party, clause, keeping: true, .. } => {
                (On::ClaimDisputed, Some(party), clause)
            }
            _ => continue,
        };
        if world.clauses[clause].recorded.violating > 0.0 {
            found.push_back(Occurrence {
                on,
                by,
                against: None,
                force: None,
                clause: Some(clause),
                monitor: None,
                word: None,
                rung: None,
                cause: Some(event.id),
            });
        }
    }
    world.conflict.queue.append(&mut found);
}

fn terms_changed(clause: ClauseIndex, by: Option<PartyIndex>, event: EventId) -> Occurrence {
    Occurrence {
        on: On::TermsChanged,
        by,
        against: None,
        force: None,
        clause: Some(clause),
        monitor: None,
        word: None,
        rung: None,
        cause: Some(event),
    }
}

/// Puts what a rule has just done to terms, the events from `from` on, before
/// the rules.
pub(super) fn changed(world: &mut World, from: usize) {
    for event in &world.events[from..] {
        if let EventKind::TermsChanged { clause, by, .. } = event.kind {
            let occurrence = terms_changed(clause, by, event.id);
            world.conflict.queue.push_back(occurrence);
        }
    }
}

/// Puts the rulings of the day before the rules.
fn ruled(model: &Model, world: &mut World) {
    for (complaint, ruling) in &world.today.rulings {
        world.conflict.queue.push_back(Occurrence {
            on: match ruling {
                Ruling::Upheld => On::Ruling,
                Ruling::Rejected => On::RulingRejected,
                Ruling::Undetermined => On::RulingUndetermined,
            },
            by: Some(model.forces[complaint.force].commander),
            against: None,
            force: Some(complaint.force),
            clause: Some(complaint.clause),
            monitor: None,
            word: None,
            rung: None,
            cause: Some(complaint.event),
        });
    }
}

/// Rules on quiet: so many days without fire or strike, and again as often.
fn quiet(model: &Model, world: &mut World, day: u32) {
    for (index, rule) in model.rules.iter_enumerated() {
        if rule.on != On::Quiet || day < world.conflict.rules[index].loud + rule.quiet_days {
            continue;
        }
        world.conflict.rules[index].loud = day;
        let named = rule.by.position(|it| *it);
        let occurrence = Occurrence {
            on: On::Quiet,
            by: named,
            against: Some(rule.party),
            force: None,
            clause: None,
            monitor: None,
            word: None,
            rung: None,
            cause: None,
        };
        consider(model, world, index, &occurrence, day);
    }
}

/// Whether an occurrence is of the parties a rule is about.
fn concerns(rule: &Rule, occurrence: &Occurrence) -> bool {
    occurrence.by.is_none_or(|by| rule.by[by])
        && occurrence.against.is_none_or(|it| rule.against[it])
}

/// Whether a rule is about an occurrence at all.
fn matches(model: &Model, world: &World, rule: &Rule, occurrence: &Occurrence) -> bool {
    if !rule.on.is_met_by(occurrence.on) {
        return false;
    }
    let rung = |(ladder, rung): (LadderIndex, usize)| match occurrence.rung {
        Some(reached) => reached == (ladder, rung),
        None => world.conflict.ladders[ladder].rung >= rung,
    };
    if !rule.rung.is_none_or(rung) {
        return false;
    }
    match occurrence.on {
        // A rung is of both parties, and nobody's act.
        On::RungReached => return rule.rung.is_some(),
        On::Quiet => return true,
        _ => {}
    }
    // A reading is answered to where a rule names it, and else its clause alone.
    let reading = |clause: ClauseIndex| model.clauses[clause].reading_of.is_some();
    let of_clause = match (rule.clause, occurrence.clause) {
        (None, Some(clause)) => !reading(clause),
        (Some(named), Some(clause)) => named == clause,
        // An act is of no clause: the rule's says where bands are measured, whom
        // it strikes, of what it speaks.
        (_, None) => true,
    };
    concerns(rule, occurrence) && of_clause && in_band(model, world, rule, occurrence)
}

/// Whether the force stands in the rule's band of its clause.
fn in_band(model: &Model, world: &World, rule: &Rule, occurrence: &Occurrence) -> bool {
    let (Some((from, to)), Some(clause)) = (rule.band, rule.clause) else {
        return true;
    };
    let Some(force) = occurrence.force else {
        return false;
    };
    let obligations = model.forces[force].obligations.iter();
    let km = obligations
        .zip(&world.forces[force].km)
        .find(|(obligation, _)| obligation.clause == clause)
        .map(|(_, km)| *km);
    km.is_some_and(|km| (from..to).contains(&km))
}

/// Looks at one rule in the light of one occurrence.
fn consider(model: &Model, world: &mut World, index: RuleIndex, it: &Occurrence, day: u32) {
    let rule = &model.rules[index];
    if !matches(model, world, rule, it) || !confirmed(model, world, rule, it) {
        return;
    }
    let state = &mut world.conflict.rules[index];
    // What one word says of several forces and clauses counts once.
    if it.word.is_some() && state.word == it.word {
        return;
    }
    state.word = it.word;
    state.days.push_back(day);
    while state.days.front().is_some_and(|first| first + rule.within_days <= day) {
        state.days.pop_front();
    }
    let held = world.conflict.stands_down_until[rule.party] > day;
    if (state.days.len() as u32) < rule.count || day < state.ready || held {
        return;
    }
    let number = state.number;
    state.number += 1;
    let (reacts, forgives) = world.draws.uniforms(rule.stream, REACTS, number);
    if reacts >= rule.probability.draw(world.draws) {
        return;
    }
    if forgives < rule.forgiveness.draw(world.draws) {
        world.conflict.rules[index].forgave += 1;
        world.happen(day, it.cause, EventKind::Forgave { rule: index });
        return;
    }
    world.conflict.rules[index].ready = day + rule.cooldown_days;
    let pending = Pending { rule: index, occurrence: *it };
    if rule.after_days > 0 {
        world.conflict.pending.put(day + rule.after_days, pending);
    } else {
        carry_out(model, world, pending, day);
    }
}

/// A party that stands down lets its reactions drop.
fn carry_out(model: &Model, world: &mut World, pending: Pending, day: u32) {
    let party = model.rules[pending.rule].party;
    if world.conflict.stands_down_until[party] > day {
        return;
    }
    world.conflict.rules[pending.rule].fired += 1;
    reactions::act(model, world, pending.rule, &pending.occurrence, day);
}

/// Whether the party is told of a recorded violation, and a second monitor that
/// tells it has recorded that too, where the rule waits for one.
fn confirmed(model: &Model, world: &World, rule: &Rule, it: &Occurrence) -> bool {
    let (Some(force), Some(clause)) = (it.force, it.clause) else {
        return true;
    };
    let Some(monitor) = it.monitor else {
        return true;
    };
    let tell = tell(model, clause, rule.party);
    if !tell.contains(monitor) {
        return false;
    }
    let violating: Vec<u32> = tell
        .iter()
        .filter_map(|monitor| world.monitors[monitor].register[force].as_ref())
        .filter(|sighting| !sighting.keeping.contains(clause))
        .map(|sighting| sighting.day)
        .collect();
    match rule.confirm_days {
        None => !violating.is_empty(),
        Some(days) => violating
            .iter()
            .enumerate()
            .any(|(at, day)| violating[..at].iter().any(|other| day.abs_diff(*other) <= days)),
    }
}

/// The monitors whose reports on a clause a party learns: its own, and
/// those that the clause names.
pub(super) fn tell(model: &Model, clause: ClauseIndex, party: PartyIndex) -> Bits<MonitorIndex> {
    model.parties[party].monitors.union(&model.clauses[clause].monitor_set)
}

#[cfg(test)]
mod tests {
    use crate::engine::trial::{BACK, Trial, ordered};

    fn strikes(rule: &str, order: &str) -> (Trial, u32) {
        let rule = format!(
            "[[rule]]\nid = \"answer\"\nparty = \"blue\"\non = \"violation-recorded\"\nclause = \"back\"\n\
             kind = \"strike\"\nloss_share = 0.5\n{rule}\n"
        );
        let back = BACK.replace("sightings_per_day = 20", "sightings_per_day = 20\npublic = true");
        let mut trial = Trial::new(&format!("{back}{rule}{}", ordered("red", order, &[])));
        trial.until(20);
        let fired = trial.world.conflict.rules.raw[0].fired;
        (trial, fired)
    }

    #[test]
    fn a_recorded_violation_is_answered_and_keeping_is_not() {
        let (trial, fired) = strikes("cooldown_days = 5", "defy");
        assert!((3..=4).contains(&fired), "once in five days: {fired}");
        assert!(trial.world.forces[trial.force("guard")].strength < 50);
        // Who leaves at once may be seen on its way.
        assert!(strikes("cooldown_days = 5\nfrom_km = 0\nto_km = 5", "comply").1 == 0);
    }

    #[test]
    fn a_second_monitor_must_have_recorded_it_where_that_is_asked() {
        assert_eq!(strikes("confirm_days = 30", "defy").1, 0);
    }

    #[test]
    fn who_forgives_does_nothing() {
        let (trial, fired) = strikes("forgiveness = 1.0", "defy");
        assert_eq!(fired, 0);
        assert!(trial.world.conflict.rules.raw[0].forgave > 0);
        assert_eq!(trial.world.forces[trial.force("guard")].strength, 100);
    }
}
