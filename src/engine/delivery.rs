//! Weapons handed over, ruled on, and reported.

use super::event::EventKind;
use super::world::World;
use crate::model::{Kind, Model, Order};
use crate::stats::exponential;

/// One day of deliveries: rulings that fall on the day, then hand-overs by the
/// forces whose order is to comply.
pub(super) fn hand_over(model: &Model, world: &mut World, day: u32) {
    for index in 0..model.clauses.len() {
        if world.clauses[index].delivery.is_none() || !world.in_force(index) {
            continue;
        }
        for at in 0..model.clauses[index].bound.len() {
            comply(model, world, index, at, day);
        }
        rule(model, world, index, day);
    }
}

/// Hands over what the days of compliance so far allow.
fn comply(model: &Model, world: &mut World, index: usize, at: usize, day: u32) {
    let clause = &model.clauses[index];
    let bound = &clause.bound[at];
    let Kind::Deliver {
        classes,
        inspection_days,
        ..
    } = &clause.kind
    else {
        return;
    };
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
    let due = (f64::from(delivery.days[at]) * delivery.weapons_per_day) as u32;
    let mut more = due
        .min(delivery.held[at])
        .saturating_sub(delivery.handed[at]);
    let weapons = more;
    let state = &mut world.forces[bound.force];
    for (holding, number) in model.forces[bound.force]
        .equipment
        .iter()
        .zip(&mut state.equipment)
    {
        if classes.contains(&holding.class) {
            let given = more.min(*number);
            *number -= given;
            more -= given;
        }
    }
    let weapons = weapons - more;
    for _ in 0..weapons {
        let ordinal = delivery.handed[at];
        delivery.handed[at] += 1;
        delivery
            .pending
            .push_back((day + inspection_days, at, ordinal));
    }
    if weapons > 0 {
        let kind = EventKind::HandedOver {
            force: bound.force,
            clause: index,
            weapons,
        };
        world.happen(day, world.units[bound.unit].event, kind);
        world.clauses[index].stale.truth = true;
        world.stale = true;
    }
}

/// Rules on what has been inspected: each weapon by a draw of its own.
fn rule(model: &Model, world: &mut World, index: usize, day: u32) {
    let clause = &model.clauses[index];
    let Kind::Deliver { rulings, .. } = &clause.kind else {
        return;
    };
    let delay = clause
        .monitors
        .first()
        .map(|monitor| world.monitors[*monitor].delay);
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
        let (u, v) = draws.uniforms(rulings[at], 0, ordinal);
        if u < delivery.accepted_share {
            delivery.accepted[at] += 1;
            if let Some(delay) = delay {
                delivery
                    .unreported
                    .push((f64::from(day) + exponential(v, delay), at));
            }
        } else {
            delivery.rejected[at] += 1;
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
        let stale = &mut world.clauses[index].stale;
        stale.truth = true;
        stale.recorded = true;
        world.stale = true;
    }
}
