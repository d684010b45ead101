//! Things handed over, ruled on, and reported.

use super::bits::bits;
use super::event::EventKind;
use super::world::{DeliveryState, InstallationState, World};
use super::{assessment, tally};
use crate::model::{ClauseIndex, Deliver, ForceIndex, Goods, Kind, Model, Order};
use crate::stats::{Draws, exponential};

/// Draws of the receiver's disputes, beside those of rulings.
const DISPUTE: u32 = 1;

/// One day of deliveries: hand-overs by the forces whose order is to comply,
/// then the rulings that fall on the day.
pub(super) fn hand_over(model: &Model, world: &mut World, day: u32) {
    for index in bits(model.kinds.deliver & world.in_force) {
        let Kind::Deliver(it) = &model.clauses[index].kind else {
            continue;
        };
        for at in 0..model.clauses[index].bound.len() {
            comply(model, world, (index, at), it, day);
        }
        rule(model, world, index, it, day);
    }
}

/// What a bound force holds of what a clause asks for.
pub(super) fn held(
    model: &Model,
    world: &World,
    clause: ClauseIndex,
    at: usize,
    draws: Draws,
) -> u32 {
    let Kind::Deliver(it) = &model.clauses[clause].kind else {
        return 0;
    };
    match it.goods {
        Goods::Weapons => in_scope(model, world, clause, at),
        Goods::Prisoners | Goods::Records => {
            it.stock[at].as_ref().map_or(0, |stock| stock.draw(draws).round() as u32)
        }
        Goods::Installations => {
            let held = |item: &&usize| world.installations[**item] == InstallationState::Held;
            it.items[at].iter().filter(held).count() as u32
        }
        Goods::Ground => {
            let own = |item: &&usize| {
                let controller = world.grounds[**item];
                controller != it.to && controller == model.grounds[**item].controller
            };
            it.items[at].iter().filter(own).count() as u32
        }
    }
}

/// Weapons in a clause's scope that a bound force holds.
pub(super) fn in_scope(model: &Model, world: &World, clause: ClauseIndex, at: usize) -> u32 {
    let bound = &model.clauses[clause].bound[at];
    weapons_of(world, bound.force, bound.weapons.unwrap_or(0))
}

/// The sum of a force's holdings in a set of bits.
pub(super) fn weapons_of(world: &World, force: ForceIndex, mask: u64) -> u32 {
    let held = world.forces[force].equipment.iter().enumerate();
    held.filter(|(at, _)| *at < 64 && mask >> at & 1 == 1).map(|(_, number)| number).sum()
}

/// What of a bound force's holdings on D-day is not lost: handed over, or still
/// held.
pub(super) fn remaining(
    model: &Model,
    world: &World,
    clause: ClauseIndex,
    at: usize,
    delivery: &DeliveryState,
) -> u32 {
    match &model.clauses[clause].kind {
        Kind::Deliver(it) if it.goods == Goods::Weapons => {
            let there = in_scope(model, world, clause, at) + delivery.handed[at];
            delivery.held[at].min(there)
        }
        _ => delivery.held[at],
    }
}

/// Hands over what the days of compliance so far allow.
fn comply(model: &Model, world: &mut World, (index, at): (usize, usize), it: &Deliver, day: u32) {
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
        given = given.min(in_scope(model, world, index, at));
    }
    if given == 0 {
        return;
    }
    // What is gone is counted by no other clause.
    let obligations = model.forces[bound.force].obligations.iter();
    let others = obligations.fold(0_u64, |mask, it| {
        let armed = model.clauses[it.clause].bound[it.at].weapons.is_some();
        mask | u64::from(armed && it.clause != index) << it.clause
    });
    tally::leave(model, world, bound.force, others);
    if it.goods == Goods::Weapons {
        let equipment = &mut world.forces[bound.force].equipment;
        take(equipment, bound.weapons.unwrap_or(0), given);
    }
    tally::join(model, world, bound.force, others);
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
    assessment::touch_delivery(world, index);
    world.shifted_outside |= model.forces[bound.force].touched.unbound;
    world.forces[bound.force].shifted = true;
}

/// Takes up to `number` weapons of a set of holdings.
fn take(equipment: &mut [u32], mask: u64, number: u32) {
    let mut more = number;
    for (at, held) in equipment.iter_mut().enumerate().take(64) {
        if mask >> at & 1 == 1 {
            let given = more.min(*held);
            *held -= given;
            more -= given;
        }
    }
}

/// Rules on what has been inspected: each by a draw of its own.
fn rule(model: &Model, world: &mut World, index: usize, it: &Deliver, day: u32) {
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
        match (it.goods, it.items[at].get(ordinal as usize)) {
            (Goods::Installations, Some(item)) => {
                world.installations[*item] = if it.dismantled {
                    InstallationState::Dismantled
                } else {
                    InstallationState::Transferred
                };
            }
            // What an offensive has taken meanwhile is not theirs to hand over.
            (Goods::Ground, Some(item))
                if world.grounds[*item] == model.grounds[*item].controller =>
            {
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
        assessment::touch_delivery(world, index);
    }
}
