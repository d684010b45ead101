//! Offensives: who takes ground by force, and who has to leave it.

use super::{losses, orders, reactions};
use crate::engine::state::{Act, EventId, World};
use crate::model::{ActKind, Bits, ForceIndex, Model, Offensive, PartyIndex};

/// A party takes sites. Whoever of those it is against stands there, bound by something or
/// not, loses a share and leaves; ground there that one of these controls passes to it, and the
/// sites are closed to them until somebody else takes them. It is an act against each of them
/// who stands there or loses ground, or against nobody if there is none. Losses are drawn by
/// its number.
pub(super) fn launch(
    model: &Model,
    world: &mut World,
    (it, by): (&Offensive, PartyIndex),
    number: u32,
    (day, event): (u32, EventId),
) {
    let stands = |world: &World, force: &ForceIndex| {
        let state = &world.forces[*force];
        let force = &model.forces[*force];
        let mut at = force.contested.at(state.place.route, state.place.metre);
        it.against[force.commander] && state.strength > 0 && at.any(|at| it.sites.contains(&at))
    };
    let there: Vec<ForceIndex> = model.forces.keys().filter(|it| stands(world, it)).collect();
    let mut against: Vec<PartyIndex> =
        there.iter().map(|force| model.forces[*force].commander).collect();
    for (ground, controller) in model.grounds.iter().zip(&mut world.grounds) {
        if it.sites.contains(&model.forces[ground.force].home) && it.against[*controller] {
            against.push(*controller);
            *controller = by;
        }
    }
    for site in &it.sites {
        let closed = &mut world.conflict.closed[*site];
        *closed = it.against.iter_enumerated().filter(|(_, it)| **it).map(|(at, _)| at).collect();
    }
    against.sort_unstable();
    against.dedup();
    let whom: Vec<Option<PartyIndex>> = match &*against {
        [] => vec![None],
        some => some.iter().copied().map(Some).collect(),
    };
    for against in whom {
        // Where it is done is read off one of them.
        let of = |force: &ForceIndex| Some(model.forces[*force].commander) == against;
        let target = there.iter().copied().find(of);
        let kind = ActKind::Offensive;
        world.today.acts.push(Act {
            kind,
            by,
            force: None,
            against,
            target,
            area: None,
            day,
            event,
        });
        if let Some(against) = against {
            reactions::answered(model, world, by, against);
        }
    }
    let share = it.loss_share.draw(world.draws);
    let mut hit: Bits<ForceIndex> = Bits::new();
    for force in there {
        if hit.contains(force) {
            continue;
        }
        for with_it in losses::together(model, world, force) {
            hit.insert(with_it);
        }
        let draws = (it.losses[force], LOSSES, number);
        losses::lose(model, world, force, share, draws, (day, event));
    }
    for (force, of) in model.forces.iter_enumerated() {
        let mut ways = of.contested.ways.iter().flatten().map(|(site, ..)| site);
        let mut home = of.contested.home.iter();
        if home.any(|at| it.sites.contains(at)) || ways.any(|at| it.sites.contains(at)) {
            let before = world.forces[force].goal;
            orders::carry_out(model, world, force, day);
            if world.forces[force].goal != before {
                world.forces[force].ordered = Some(event);
            }
        }
    }
}

/// Draws of what a force loses, by number of the offensive.
const LOSSES: u32 = 1;
