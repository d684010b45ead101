//! What rules do.

use super::rules::tell;
use super::{claims, complaints, duty, ladders, learning, losses, offensives, terms};
use crate::engine::state::{Act, EventId, EventKind, Occurrence, World};
use crate::model::{
    ActKind, ClauseIndex, ForceIndex, Mechanism, Model, PartyIndex, Reaction, Rule, RuleIndex,
};

/// Draws of a rule's shots, by number: the hit, losses.
const HIT: u32 = 1;
const LOSSES: u32 = 2;

/// Does what a rule says, because of an occurrence.
pub(super) fn act(model: &Model, world: &mut World, index: RuleIndex, it: &Occurrence, day: u32) {
    let rule = &model.rules[index];
    let reacted =
        |world: &mut World| world.happen(day, it.cause, EventKind::Reacted { rule: index });
    match &rule.reaction {
        Reaction::Strike { at_most, hit_probability, loss_share } => {
            let chance = hit_probability.draw(world.draws);
            let share = loss_share.draw(world.draws);
            for target in targets(model, world, rule, it, day, *at_most) {
                strike(model, world, index, target, (chance, share), (day, it.cause));
            }
        }
        Reaction::FireBack { loss_share } => {
            let share = loss_share.draw(world.draws);
            fire(model, world, index, it, share, day);
        }
        Reaction::Offensive(offensive) => {
            let event = reacted(world);
            let number = world.conflict.rules[index].shots;
            world.conflict.rules[index].shots += 1;
            offensives::launch(model, world, (offensive, rule.party), number, (day, event));
        }
        Reaction::Reinforce(shipment) => {
            let event = reacted(world);
            losses::send(model, world, shipment, (day, Some(event)));
            let act = Act {
                kind: ActKind::Reinforcement,
                by: rule.party,
                force: Some(shipment.force),
                against: None,
                target: None,
                area: None,
                day,
                event,
            };
            world.today.acts.push(act);
        }
        Reaction::PullMonitors(monitors) => {
            let event = reacted(world);
            for monitor in monitors {
                duty::withdraw(world, *monitor, day, Some(event));
            }
        }
        Reaction::Complain => {
            let event = reacted(world);
            if let (Some(clause), Some(force)) = (it.clause, it.force) {
                complaints::lodge(model, world, rule.party, (clause, force), day, Some(event));
            }
        }
        Reaction::Denounce(says) => {
            reacted(world);
            if let Some(clause) = it.clause.or(rule.clause) {
                let about = |party: PartyIndex| rule.by[party];
                claims::say(model, world, (rule.party, clause), about, (*says, 1.0), day);
            }
        }
        Reaction::StandDown(days) => {
            reacted(world);
            let until = &mut world.conflict.stands_down_until[rule.party];
            *until = (*until).max(day + days);
        }
        Reaction::Forgive(tension) => {
            let event = reacted(world);
            let tension = tension.draw(world.draws);
            for (other, is_one) in rule.by.iter_enumerated() {
                if *is_one {
                    ladders::ease(model, world, (rule.party, other), tension, (day, event));
                    answered(model, world, rule.party, other);
                }
            }
        }
        Reaction::Change(changes) => {
            let event = reacted(world);
            let from = world.events.len();
            for change in changes {
                let by = Some(rule.party);
                terms::make(model, world, *change, by, (day, Some(event)));
            }
            super::rules::changed(world, from);
        }
        Reaction::Press { on, pressure } => {
            reacted(world);
            let amount = pressure.draw(world.draws);
            let own = it.by.into_iter();
            let on = on.iter().copied().chain(own.filter(|_| on.is_empty()));
            for party in on {
                learning::press(model, world, party, amount, day);
            }
        }
    }
}

/// The recorded violators that a party knows of, those whose record is newest
/// first; the force that the rule reacts to goes before them.
fn targets(
    model: &Model,
    world: &World,
    rule: &Rule,
    it: &Occurrence,
    day: u32,
    at_most: u32,
) -> Vec<(ForceIndex, ClauseIndex)> {
    let mut known: Vec<(bool, u32, ForceIndex, ClauseIndex)> = Vec::new();
    for (clause, owed) in model.clauses.iter_enumerated() {
        let reading = owed.reading_of.is_some();
        let named = rule.clause.map_or(!reading, |named| named == clause);
        if !named || !world.in_force(clause) {
            continue;
        }
        let those = owed.bound.iter().map(|bound| bound.force);
        for force in those.filter(|it| rule.by[model.forces[*it].commander]) {
            if let Some(seen) = on_record(model, world, (force, clause), rule.party, day) {
                known.push((it.force != Some(force), u32::MAX - seen, force, clause));
            }
        }
    }
    known.sort_unstable_by_key(|(other, age, force, clause)| {
        let by_id = (model.forces[*force].rank, model.clauses[*clause].rank);
        (*other, *age, by_id)
    });
    known.dedup_by_key(|(_, _, force, _)| *force);
    let mut done: Vec<(ForceIndex, ClauseIndex)> = Vec::new();
    for (_, _, force, clause) in known {
        // Who stands with one that is struck is struck with it.
        let with = |(it, _): &(ForceIndex, _)| losses::together(model, world, *it).contains(&force);
        if done.len() < at_most as usize && !done.iter().any(with) {
            done.push((force, clause));
        }
    }
    done
}

/// The day on which those who tell a party last saw a force, if it then violated
/// the clause and that is recent enough to count.
fn on_record(
    model: &Model,
    world: &World,
    (force, clause): (ForceIndex, ClauseIndex),
    party: PartyIndex,
    day: u32,
) -> Option<u32> {
    let told = tell(model, clause, party);
    let sightings =
        told.iter().filter_map(|monitor| world.monitors[monitor].register[force].as_ref());
    let newest = sightings.max_by_key(|sighting| sighting.day)?;
    let age = f64::from(day.saturating_sub(newest.day));
    let violates = !newest.keeping.contains(clause);
    let recent = age <= model.clauses[clause].max_age_days;
    (violates && recent && world.forces[force].strength > 0).then_some(newest.day)
}

/// A strike on a recorded violator. It goes where the force was recorded: one
/// that has left since is not hit.
fn strike(
    model: &Model,
    world: &mut World,
    index: RuleIndex,
    (target, clause): (ForceIndex, ClauseIndex),
    (chance, share): (f64, f64),
    (day, cause): (u32, Option<EventId>),
) {
    let rule = &model.rules[index];
    let number = world.conflict.rules[index].shots;
    world.conflict.rules[index].shots += 1;
    let there = !world.forces[target].stance.view.meets(clause);
    let hit = there && world.draws.uniform(rule.stream, HIT, number) < chance;
    let kind = EventKind::Struck { rule: index, target, hit };
    if world.suppressed.holds(day, kind) {
        return;
    }
    let event = world.happen(day, cause, kind);
    let party = model.forces[target].commander;
    world.conflict.struck[party].add(day, 1.0);
    let act = Act {
        kind: ActKind::Strike,
        by: rule.party,
        force: None,
        against: Some(party),
        target: Some(target),
        area: None,
        day,
        event,
    };
    world.today.acts.push(act);
    answered(model, world, rule.party, party);
    if hit {
        let draws = (rule.stream, LOSSES, number);
        losses::lose(model, world, target, share, draws, (day, event));
    }
}

/// Fire at the force that acted, or else at the first of its party.
fn fire(model: &Model, world: &mut World, index: RuleIndex, it: &Occurrence, share: f64, day: u32) {
    let rule = &model.rules[index];
    // A rung is of both parties: the other one is meant.
    let other = |by: &PartyIndex| *by != rule.party;
    let Some(party) = it.by.filter(other).or(it.against.filter(other)) else {
        return;
    };
    let alive = |force: &ForceIndex| {
        model.forces[*force].commander == party && world.forces[*force].strength > 0
    };
    let target = it.force.filter(alive);
    let target = target.or_else(|| {
        let all = model.forces.keys().filter(alive);
        all.min_by_key(|force| model.forces[*force].rank)
    });
    let number = world.conflict.rules[index].shots;
    world.conflict.rules[index].shots += 1;
    let kind = EventKind::FiredBack { rule: index, target };
    if world.suppressed.holds(day, kind) {
        return;
    }
    let event = world.happen(day, it.cause, kind);
    let act = Act {
        kind: ActKind::Fire,
        by: rule.party,
        force: None,
        against: Some(party),
        target,
        area: None,
        day,
        event,
    };
    world.today.acts.push(act);
    answered(model, world, rule.party, party);
    if let Some(target) = target {
        let draws = (rule.stream, LOSSES, number);
        losses::lose(model, world, target, share, draws, (day, event));
    }
}

/// The incidents that a party suffered from another are answered.
pub(super) fn answered(model: &Model, world: &mut World, party: PartyIndex, by: PartyIndex) {
    if !model.mechanisms.has(Mechanism::Incidents) {
        return;
    }
    for (source, state) in model.incidents.iter().zip(&mut world.conflict.sources) {
        if (source.by, source.against) == (by, party) {
            state.unanswered = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::trial::{BACK, Trial, ordered};

    fn after(rule: &str) -> Trial {
        let rule = format!(
            "[[account]]\nid = \"reserve\"\npersons = 30\n\
             [[event]]\nid = \"shot\"\ndate = 2030-01-04\nkind = \"act\"\nact = \"fire\"\nby = \"blue\"\nagainst = \"red\"\n\
             [[rule]]\nid = \"answer\"\nparty = \"red\"\non = \"fire\"\nby = [\"blue\"]\n{rule}\n"
        );
        let mut trial = Trial::new(&format!("{BACK}{rule}{}", ordered("red", "defy", &[])));
        trial.until(10);
        trial
    }

    #[test]
    fn each_action_does_what_it_says() {
        let trial = after("kind = \"fire-back\"\nloss_share = 1.0");
        assert_eq!(trial.world.forces[trial.force("post")].strength, 0);
        assert_eq!(trial.world.forces[trial.force("guard")].strength, 100);

        let trial =
            after("kind = \"reinforce\"\naccount = \"reserve\"\nforce = \"guard\"\npersons = 50");
        assert_eq!(trial.world.forces[trial.force("guard")].strength, 130);
        assert_eq!(trial.world.conflict.accounts.raw[0].persons, 0);

        let trial = after("kind = \"pull-monitors\"\nmonitors = [\"eyes\"]");
        assert!(trial.world.monitors[trial.monitor("eyes")].withdrawn);

        let trial = after("kind = \"stand-down\"\ndays = 40");
        let red = trial.model.forces[trial.force("guard")].commander;
        assert_eq!(trial.world.conflict.stands_down_until[red], 44);
    }
}
