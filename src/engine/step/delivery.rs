//! Things handed over, ruled on, and reported.

use super::{tally, weights};
use crate::engine::state::{EventKind, Fact, InstallationState, World};
use crate::model::{
    Bits, BoundIndex, ClauseIndex, Deliver, Goods, HoldingIndex, Item, Kind, Model, Order, TiSlice,
};
use crate::stats::exponential;

/// Draws of the receiver's disputes, beside those of rulings.
const DISPUTE: u32 = 1;

/// One day of deliveries: hand-overs by the forces whose order is to comply,
/// then the rulings that fall on the day.
pub(super) fn hand_over(model: &Model, world: &mut World, day: u32) {
    for index in model.kinds.deliver.intersection(world.changes.in_force()).iter() {
        let Kind::Deliver(it) = &model.clauses[index].kind else {
            continue;
        };
        for at in model.clauses[index].bound.keys() {
            comply(model, world, (index, at), it, day);
        }
        rule(model, world, index, it, day);
    }
}

/// Hands over what the days of compliance so far allow.
fn comply(
    model: &Model,
    world: &mut World,
    (index, at): (ClauseIndex, BoundIndex),
    it: &Deliver,
    day: u32,
) {
    let bound = &model.clauses[index].bound[at];
    if world.units[bound.unit].order != Order::Comply {
        return;
    }
    let Some(delivery) = &mut world.clauses[index].delivery else {
        return;
    };
    if delivery.handed[at] >= delivery.held[at] {
        return;
    }
    delivery.days[at] += 1;
    let due = (f64::from(delivery.days[at]) * delivery.per_day) as u32;
    let mut given = due.min(delivery.held[at]).saturating_sub(delivery.handed[at]);
    if it.goods == Goods::Weapons {
        given = given.min(weights::in_scope(model, world, index, at));
    }
    if given == 0 {
        return;
    }
    // What is gone is counted by no other clause.
    let obligations = model.forces[bound.force].obligations.iter();
    let others: Bits<ClauseIndex> = obligations
        .filter(|owed| model.clauses[owed.clause].bound[owed.at].weapons.is_some())
        .map(|owed| owed.clause)
        .filter(|clause| *clause != index)
        .collect();
    tally::leave(model, world, bound.force, &others);
    if it.goods == Goods::Weapons {
        let equipment = &mut world.forces[bound.force].equipment;
        take(equipment, bound.weapons.as_ref(), given);
    }
    tally::join(model, world, bound.force, &others);
    let Some(delivery) = &mut world.clauses[index].delivery else {
        return;
    };
    for _ in 0..given {
        let ordinal = delivery.handed[at];
        delivery.handed[at] += 1;
        delivery.pending.push_back((day + it.inspection_days, at, ordinal));
    }
    let kind = EventKind::HandedOver { force: bound.force, clause: index, number: given };
    world.happen(day, world.units[bound.unit].event, kind);
    world.note(model, Fact::Delivered(index));
    world.note(model, Fact::Rearmed(bound.force));
}

/// Takes up to `number` weapons of a set of holdings.
fn take(
    equipment: &mut TiSlice<HoldingIndex, u32>,
    holdings: Option<&Bits<HoldingIndex>>,
    number: u32,
) {
    let mut more = number;
    for (at, held) in equipment.iter_mut_enumerated() {
        if holdings.is_some_and(|holdings| holdings.contains(at)) {
            let given = more.min(*held);
            *held -= given;
            more -= given;
        }
    }
}

/// Rules on what has been inspected: each by a draw of its own.
fn rule(model: &Model, world: &mut World, index: ClauseIndex, it: &Deliver, day: u32) {
    let delay = model.clauses[index].monitors.first().map(|monitor| world.monitors[*monitor].delay);
    let draws = world.draws;
    let Some(delivery) = &mut world.clauses[index].delivery else {
        return;
    };
    let mut changed = false;
    while let Some((ruling, at, ordinal)) = delivery.pending.front().copied() {
        if ruling > day {
            break;
        }
        delivery.pending.pop_front();
        changed = true;
        let (u, v) = draws.uniforms(it.rulings[at], 0, ordinal);
        if draws.uniform(it.rulings[at], DISPUTE, ordinal) < delivery.disputed_share {
            delivery.disputed[at] += 1;
        }
        if u >= delivery.accepted_share {
            delivery.rejected[at] += 1;
            continue;
        }
        delivery.accepted[at] += 1;
        if let Some(delay) = delay {
            let arrives = f64::from(day) + exponential(v, delay);
            delivery.unreported.push((arrives, at));
        }
        match it.items[at].get(ordinal as usize) {
            Some(Item::Installation(item)) => {
                world.installations[*item] = if it.dismantled {
                    InstallationState::Dismantled
                } else {
                    InstallationState::Transferred
                };
            }
            // What an offensive has taken meanwhile is not theirs to hand over.
            Some(Item::Ground(item)) if world.grounds[*item] == model.grounds[*item].controller => {
                world.grounds[*item] = it.to;
            }
            _ => {}
        }
    }
    let today = f64::from(day);
    let reported = &mut delivery.reported;
    delivery.unreported.retain(|(arrives, at)| {
        let arrived = *arrives <= today;
        reported[*at] += u32::from(arrived);
        changed |= arrived;
        !arrived
    });
    if changed {
        world.note(model, Fact::Delivered(index));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{Trial, ordered};

    const HAND_OVER: &str = r#"
[[clause]]
id = "guns"
kind = "deliver"
binds = ["red"]
to = "watcher"
weapons_per_day = 4
inspection_days = 2
"#;

    fn handed(order: &str, days: u32) -> (Trial, [u32; 3]) {
        let mut trial = Trial::new(&format!("{HAND_OVER}{}", ordered("red", order, &[])));
        for day in 0..days {
            hand_over(&trial.model, &mut trial.world, day);
        }
        let clause = trial.clause("guns");
        let it = trial.world.clauses[clause].delivery.as_ref().unwrap();
        let counts = [it.handed.raw[0], it.accepted.raw[0], it.pending.len() as u32];
        (trial, counts)
    }

    #[test]
    fn what_is_handed_over_leaves_the_force_and_is_ruled_on_later() {
        for (days, counts, left) in [(1, [4, 0, 4], 6), (3, [10, 4, 6], 0), (5, [10, 10, 0], 0)] {
            let (trial, found) = handed("comply", days);
            assert_eq!(found, counts, "after {days} days");
            assert_eq!(trial.world.forces[trial.force("guard")].equipment.raw, [left]);
        }
    }

    #[test]
    fn who_defies_hands_over_nothing() {
        assert_eq!(handed("defy", 5).1, [0, 0, 0]);
    }
}
