//! What comes from outside the agreement.

use super::acts::Act;
use super::event::EventKind;
use super::view::{Place, place};
use super::world::World;
use super::{claims, duty, losses, orders};
use crate::model::{ActKind, Happening, Mechanism, Model, PartyIndex};

/// Draws of an event, by its number; 0 are the waiting times.
const LOSSES: u32 = 1;

/// The outside events of a day.
pub(super) fn happen(model: &Model, world: &mut World, day: u32) {
    if model.outside.is_empty() || !model.mechanisms.has(Mechanism::OutsideEvents) {
        return;
    }
    if !world.strife.fronts.is_empty() {
        lift_comes_back(model, world, day);
    }
    for (index, number) in world.strife.outside.take(day) {
        one(model, world, index, number, day);
    }
}

fn one(model: &Model, world: &mut World, index: usize, number: u32, day: u32) {
    let outside = &model.outside[index];
    let event = world.happen(day, None, EventKind::Outside { event: index });
    match &outside.happening {
        Happening::Offensive {
            by,
            sites,
            loss_share,
            losses: streams,
        } => {
            let share = loss_share.draw(world.draws);
            for site in sites {
                world.strife.taken[*site] = Some(*by);
            }
            for (force, (it, stream)) in model.forces.iter().zip(streams).enumerate() {
                if !sites.contains(&it.home) || it.commander == *by {
                    continue;
                }
                let draws = (*stream, LOSSES, number);
                losses::lose(model, world, force, share, draws, (day, event));
                world.forces[force].ordered = Some(event);
                orders::carry_out(model, world, force, day);
            }
        }
        Happening::Convoy(shipment) => {
            losses::send(model, world, shipment, (day, Some(event)));
            let act = Act {
                kind: ActKind::Reinforcement,
                by: model.forces[shipment.force].commander,
                force: Some(shipment.force),
                against: None,
                target: None,
                day,
                event,
            };
            world.today.acts.push(act);
        }
        Happening::Act {
            act,
            by,
            against,
            target,
            loss_share,
        } => {
            let act = Act {
                kind: *act,
                by: *by,
                force: None,
                against: *against,
                target: *target,
                day,
                event,
            };
            world.today.acts.push(act);
            if let Some(target) = target {
                let share = loss_share.draw(world.draws);
                let draws = (outside.stream, LOSSES, number);
                losses::lose(model, world, *target, share, draws, (day, event));
            }
        }
        Happening::Allegation {
            by,
            clause,
            about,
            says,
            share,
        } => {
            let about = |party: PartyIndex| about[party];
            claims::say(model, world, (*by, *clause), about, (*says, *share), day);
        }
        Happening::Front {
            party,
            days,
            lift_share,
        } => {
            let share = lift_share.draw(world.draws);
            world.strife.fronts.push((day + days, *party, share));
            lift(model, world, *party);
        }
        Happening::Monitors { monitors, on_duty } => {
            for monitor in monitors {
                if *on_duty {
                    world.monitors[*monitor].withdrawn = false;
                    world.duty.put(day.max(model.record_until), *monitor);
                } else {
                    duty::withdraw(world, *monitor, day, Some(event));
                }
            }
        }
        Happening::FoundAt { force, metre } => {
            world.strife.found_m[*force] = *metre;
            let found = Place {
                route: 0,
                metre: *metre,
            };
            if !model.forces[*force].routes.is_empty() {
                world.forces[*force].goal = found;
                place(model, world, *force, found, day);
                world.strife.stale = true;
            }
        }
    }
}

/// Lift that another front had taken comes back.
fn lift_comes_back(model: &Model, world: &mut World, day: u32) {
    let (over, on): (Vec<_>, Vec<_>) = std::mem::take(&mut world.strife.fronts)
        .into_iter()
        .partition(|(until, ..)| *until <= day);
    world.strife.fronts = on;
    for (_, party, _) in over {
        lift(model, world, party);
    }
}

/// What fronts leave of a party's lift.
fn lift(model: &Model, world: &mut World, party: PartyIndex) {
    if !model.mechanisms.has(Mechanism::Lift) {
        return;
    }
    let fronts = world.strife.fronts.iter();
    let left: f64 = fronts
        .filter(|(_, other, _)| *other == party)
        .map(|(.., share)| share)
        .product();
    let whole = model.parties[party].lift_persons.as_ref();
    world.lift[party] = whole.map(|lift| lift.draw(world.draws) * left);
}
