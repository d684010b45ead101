//! What comes from outside the agreement.

use super::view::place;
use super::{claims, duty, gates, learning, losses, offensives, reviews, terms};
use crate::engine::state::{Act, EventId, EventKind, Fact, World};
use crate::model::{
    ActKind, Happening, Mechanism, Model, OutsideIndex, PartyIndex, Place, Position, Says,
};

/// Draws of an event, by its number; 0 are the waiting times.
const LOSSES: u32 = 1;

/// The outside events of a day.
pub(super) fn happen(model: &Model, world: &mut World, day: u32) {
    if model.outside.is_empty() || !model.mechanisms.has(Mechanism::OutsideEvents) {
        return;
    }
    if !world.conflict.fronts.is_empty() {
        lift_comes_back(model, world, day);
    }
    for (index, number) in world.conflict.outside.take(day) {
        one(model, world, index, number, day);
    }
    for (index, announced) in world.conflict.exits.take(day) {
        leave(model, world, index, (day, announced));
    }
}

fn one(model: &Model, world: &mut World, index: OutsideIndex, number: u32, day: u32) {
    let outside = &model.outside[index];
    let kind = EventKind::Outside { event: index };
    if world.suppressed.holds(day, kind) {
        return;
    }
    let event = world.happen(day, None, kind);
    world.conflict.came[index] = true;
    world.note(model, Fact::Awaited);
    match &outside.happening {
        Happening::Offensive { by, offensive } => {
            offensives::launch(model, world, (offensive, *by), number, (day, event));
        }
        Happening::Convoy(shipment) => {
            losses::send(model, world, shipment, (day, Some(event)));
            let act = Act {
                kind: ActKind::Reinforcement,
                by: model.forces[shipment.force].commander,
                force: Some(shipment.force),
                against: None,
                target: None,
                area: None,
                day,
                event,
            };
            world.today.acts.push(act);
        }
        Happening::Act { act, by, against, target, loss_share } => {
            let act = Act {
                kind: *act,
                by: *by,
                force: None,
                against: *against,
                target: *target,
                area: None,
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
        Happening::Allegation { by, clause, about, says, share } => {
            let about = |party: PartyIndex| about[party];
            claims::say(model, world, (*by, *clause), about, (*says, *share), day);
        }
        Happening::Front { party, days, lift_share } => {
            let share = lift_share.draw(world.draws);
            world.conflict.fronts.push((day + days, *party, share));
            lift(model, world, *party);
        }
        Happening::Monitors { monitors, on_duty } => {
            for monitor in monitors {
                if *on_duty {
                    world.monitors[*monitor].withdrawn = false;
                    world.watch.moves += 1;
                    world.watch.duty.put(day.max(model.record_until), *monitor);
                } else {
                    duty::withdraw(world, *monitor, day, Some(event));
                }
            }
        }
        Happening::FoundAt { force, metre } => {
            world.conflict.found_m[*force] = *metre;
            let found = Place { route: 0.into(), metre: *metre };
            if !model.forces[*force].routes.is_empty() {
                world.forces[*force].goal = found;
                place(model, world, *force, found, day);
                world.conflict.stale = true;
                world.conflict.moved[*force] = true;
            }
        }
        Happening::Position(it) => change_position(model, world, it, (day, event)),
        Happening::Exit(it) => {
            let about = |party: PartyIndex| it.about[party];
            if let Some(clause) = it.clause {
                let said = (Says::Violating, 1.0);
                claims::say(model, world, (it.by, clause), about, said, day);
            }
            if let Some(pressure) = &it.pressure {
                let amount = pressure.draw(world.draws);
                for party in model.parties.keys().filter(|party| about(*party)) {
                    learning::press(model, world, party, amount, day);
                }
            }
            world.conflict.exits.put(day + it.within_days, (index, event));
        }
    }
}

/// A party changes its position.
fn change_position(model: &Model, world: &mut World, it: &Position, (day, event): (u32, EventId)) {
    let draws = world.draws;
    if let Some(pressure) = &it.pressure {
        let amount = pressure.draw(draws);
        learning::settle_in(model, world, it.party, amount);
    }
    for unit in &it.units {
        let parameters = &mut world.units[*unit].parameters;
        if let Some(value) = &it.value {
            parameters.add_value(value.draw(draws));
        }
        if let (Some(control), Some(_)) = (&it.control, model.units[*unit].patron) {
            parameters.control = control.draw(draws);
        }
        if let Some((order, days)) = it.order {
            let until = days.map_or(u32::MAX, |days| day + days);
            reviews::hold(model, world, *unit, (order, until), (day, event));
        }
    }
}

/// A party that said so leaves, unless what it asked for has come true.
fn leave(model: &Model, world: &mut World, index: OutsideIndex, (day, announced): (u32, EventId)) {
    let Happening::Exit(it) = &model.outside[index].happening else {
        return;
    };
    let opens = it.unless.as_ref().and_then(|it| gates::opens(model, world, it));
    if opens.is_some_and(|opens| opens <= day) {
        return;
    }
    for change in &it.changes {
        terms::make(model, world, *change, Some(it.by), (day, Some(announced)));
    }
}

/// Lift that another front had taken comes back.
fn lift_comes_back(model: &Model, world: &mut World, day: u32) {
    let (over, on): (Vec<_>, Vec<_>) = std::mem::take(&mut world.conflict.fronts)
        .into_iter()
        .partition(|(until, ..)| *until <= day);
    world.conflict.fronts = on;
    for (_, party, _) in over {
        lift(model, world, party);
    }
}

/// What fronts leave of a party's lift.
fn lift(model: &Model, world: &mut World, party: PartyIndex) {
    if !model.mechanisms.has(Mechanism::Lift) {
        return;
    }
    let fronts = world.conflict.fronts.iter();
    let left: f64 =
        fronts.filter(|(_, other, _)| *other == party).map(|(.., share)| share).product();
    let whole = model.parties[party].lift_persons.as_ref();
    world.lift[party] = whole.map(|lift| lift.draw(world.draws) * left);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn an_offensive_drives_out_who_stands_there_and_they_do_not_come_home() {
        let offensive = "[[event]]\nid = \"assault\"\ndate = 2030-01-04\nkind = \"offensive\"\nby = \"blue\"\n\
                         sites = [\"near\"]\nagainst = [\"red\"]\nloss_share = 0.2\n";
        let mut trial = Trial::new(&format!("{BACK}{offensive}{}", ordered("red", "defy", &[])));
        let guard = trial.force("guard");
        happen(&trial.model, &mut trial.world, 2);
        assert_eq!(trial.world.forces[guard].goal.metre, 0.0);
        happen(&trial.model, &mut trial.world, 3);
        let home = trial.world.forces[guard].place;
        assert!(trial.world.conflict.closed_to(&trial.model, guard, home));
        assert!(trial.world.forces[guard].goal.metre > 200_000.0);
        assert!(trial.world.forces[guard].strength < 100);
        assert_eq!(trial.world.forces[trial.force("post")].strength, 50);
    }

    const ASSAULT: &str = "[[event]]\nid = \"assault\"\ndate = 2030-01-04\nkind = \"offensive\"\nby = \"watcher\"\n\
         sites = [\"near\"]\nagainst = [\"red\", \"blue\"]\nloss_share = 0.2\n";

    #[test]
    fn whoever_stands_there_leaves_bound_or_not() {
        // One that keeps a clause where it stands, one bound by nothing, one who is away.
        let stays = "[[clause]]\nid = \"near-enough\"\nkind = \"keep-distance\"\nbinds = [\"red\"]\nfrom = \"line\"\nmin_km = 5\n";
        let mut trial = Trial::new(&format!("{stays}{ASSAULT}{}", ordered("red", "comply", &[])));
        let (guard, post) = (trial.force("guard"), trial.force("post"));
        trial.until(30);
        for force in [guard, post] {
            let state = &trial.world.forces[force];
            assert!(state.place.metre > 200_000.0, "{:?}", state.place);
        }
        assert!(trial.world.forces[post].strength < 50);
        let mut trial = Trial::new(&format!("{BACK}{ASSAULT}{}", ordered("red", "comply", &[])));
        trial.until(3);
        assert!(trial.world.forces[guard].place.metre > 2_000.0);
        trial.until(30);
        assert_eq!(trial.world.forces[guard].strength, 100);
        assert!((trial.world.forces[guard].place.metre - 40_000.0).abs() < 50.0);
    }

    #[test]
    fn who_takes_a_site_back_opens_it() {
        let back = ASSAULT
            .replace("assault", "return")
            .replace("01-04", "01-20")
            .replace("\"red\", \"blue\"", "\"blue\"")
            .replace("by = \"watcher\"", "by = \"red\"");
        let mut trial =
            Trial::new(&format!("{BACK}{ASSAULT}{back}{}", ordered("red", "defy", &[])));
        let guard = trial.force("guard");
        trial.until(19);
        assert!(trial.world.forces[guard].place.metre > 100_000.0);
        trial.until(40);
        assert_eq!(trial.world.forces[guard].place.metre, 0.0);
    }

    #[test]
    fn it_is_an_act_and_fire() {
        let truce = "[[clause]]\nid = \"truce\"\nkind = \"abstain\"\nbinds = [\"red\", \"blue\"]\nacts = [\"fire\"]\n\
             [[rule]]\nid = \"answer\"\nparty = \"red\"\non = \"fire\"\nby = [\"blue\"]\nkind = \"offensive\"\n\
             sites = [\"far\"]\non_parties = [\"blue\"]\n";
        let tables = [
            truce,
            &ASSAULT.replace("by = \"watcher\"", "by = \"blue\"").replace(", \"blue\"", ""),
            &ordered("red", "comply", &[]),
            &ordered("blue", "comply", &[]),
        ];
        let mut trial = Trial::new(&tables.concat());
        trial.until(4);
        let acts = &trial.world.today.acts;
        let of: Vec<_> = acts.iter().map(|it| (it.kind, it.against.is_some())).collect();
        // Nobody of blue stands at what red takes in return.
        assert_eq!(of, [(ActKind::Offensive, true), (ActKind::Offensive, false)]);
        let clause = trial.clause("truce");
        assert_eq!(trial.world.clauses[clause].abstain.as_ref().unwrap().violations, 2);
    }

    #[test]
    fn a_position_holds_an_order_for_its_days() {
        let position = "[[event]]\nid = \"turn\"\ndate = 2030-01-04\nkind = \"position\"\nparty = \"red\"\n\
                        order = \"comply\"\ndays = 5\n";
        let mut trial = Trial::new(&format!("{BACK}{position}{}", ordered("red", "defy", &[])));
        for (day, order) in [(3, "defy"), (4, "comply"), (8, "comply"), (9, "defy")] {
            trial.until(day);
            assert_eq!(trial.order("back", "guard").word(), order, "day {day}");
        }
    }
}
