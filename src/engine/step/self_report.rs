//! What parties report of their own forces.

use super::duties::of_place;
use super::{registers, reports};
use crate::engine::state::{EventKind, Fact, Report, Sighting, Word, World};
use crate::model::{
    Bits, BoundIndex, ClauseIndex, Duty, ForceIndex, FormationIndex, Mechanism, Method, Model,
    MonitorIndex, Order, PartyIndex, Says,
};
use crate::stats::exponential;

/// The reports of a day, by the orders and places of that day. A force that meets a clause is reported
/// as keeping it; one in the open that does not, as violating it with the
/// probability `honesty` of the report; a concealed one always as keeping. The report is a
/// claim on its day, and enters the monitor's register after its delay.
pub(super) fn report(model: &Model, world: &mut World, day: u32) {
    if day < world.next_self_report || !model.mechanisms.has(Mechanism::Claims) {
        return;
    }
    let mut next = u32::MAX;
    for (index, monitor) in model.monitors.iter_enumerated() {
        let Method::SelfReport { interval_days, draws, .. } = &monitor.method else {
            continue;
        };
        let Some(past) = day.checked_sub(monitor.from) else {
            next = next.min(monitor.from);
            continue;
        };
        let number = past / interval_days;
        next = next.min(monitor.from + (number + 1) * interval_days);
        if past % interval_days != 0 {
            continue;
        }
        // A report is honest in all that it says, or in none of it.
        let (candour, wait) = world.draws.uniforms(*draws, number, 0);
        let honest = candour < world.monitors[index].honesty;
        for (formation, it) in model.formations.iter_enumerated() {
            if model.forces[it.lead()].commander == monitor.party {
                speak(model, world, (index, formation), day, (honest, wait));
            }
        }
    }
    world.next_self_report = next;
}

/// What a party says of a formation.
fn speak(
    model: &Model,
    world: &mut World,
    (monitor, formation): (MonitorIndex, FormationIndex),
    day: u32,
    (honest, wait): (bool, f64),
) {
    let mut word = None;
    for &force in &model.formations[formation].forces {
        let sighting = say(model, world, (monitor, force), day, honest);
        if !model.forces[force].obligations.iter().any(|o| of_place(o.duty)) {
            continue;
        }
        let word = *word.get_or_insert_with(|| {
            let state = &mut world.monitors[monitor];
            state.count(day, true, false);
            state.effort.add(day, 1.0);
            reports::next_word(world)
        });
        let state = &mut world.monitors[monitor];
        let last = state.exposures[force].last_arrival;
        let arrives = (f64::from(day) + exponential(wait, state.delay)).max(last);
        state.exposures[force].last_arrival = arrives;
        let report = Report { monitor, force, truly: Some(force), word, sighting, arrives };
        let arrives = libm::ceil(arrives) as u32;
        if arrives <= day {
            registers::enter(model, world, &report, day);
        } else {
            world.watch.reports.put(arrives, report);
        }
    }
}

/// What a party says of a force, as a claim and for its register.
fn say(
    model: &Model,
    world: &mut World,
    (monitor, force): (MonitorIndex, ForceIndex),
    day: u32,
    honest: bool,
) -> Sighting {
    let party = model.monitors[monitor].party;
    let meets_of = model.monitors[monitor]
        .as_read(&model.forces[force], &world.forces[force].stance.view.meets);
    let (mut asked, mut keeping) = (Bits::new(), Bits::new());
    let out_of_band = reports::out_of_band(model, world, monitor, force);
    for obligation in &model.forces[force].obligations {
        let clause = obligation.clause;
        if !world.in_force(clause) {
            continue;
        }
        let order = world.units[obligation.unit].order;
        let meets = match obligation.duty {
            Duty::Deliver => order == Order::Comply,
            _ => meets_of.contains(clause),
        };
        let said = meets || order == Order::Conceal || !honest;
        asked.insert(clause);
        keeping.set(clause, said);
        if model.clauses[clause].claimants[party] {
            claim(model, world, (clause, obligation.at, force), party, day, said);
        }
    }
    let mut asked = asked.difference(&out_of_band);
    asked.intersect_with(&model.monitors[monitor].clauses);
    Sighting { day, asked, keeping }
}

fn claim(
    model: &Model,
    world: &mut World,
    (clause, at, force): (ClauseIndex, BoundIndex, ForceIndex),
    party: PartyIndex,
    day: u32,
    keeping: bool,
) {
    let says = if keeping { Says::Keeping } else { Says::Violating };
    let word = Word { by: party, day, says, share: 1.0 };
    let before = world.clauses[clause].claims[at].enter(word);
    world.note(model, Fact::Claimed(clause));
    if before.is_none_or(|it| it.says != says) {
        let kind = EventKind::Reported { party, force, clause, keeping };
        world.happen(day, world.forces[force].ordered, kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn an_honest_party_says_what_it_does_and_a_dishonest_one_that_it_keeps() {
        for (honesty, order, said) in [
            (1.0, "defy", false),
            (0.0, "defy", true),
            (1.0, "conceal", true),
            (1.0, "comply", true),
        ] {
            let own = format!(
                "[[monitor]]\nid = \"own\"\nkind = \"self-report\"\nparty = \"red\"\n\
                 interval_days = 7\nhonesty = {honesty:?}\nfrom = 2030-01-04\n"
            );
            let mut trial = Trial::new(&format!("{BACK}{own}{}", ordered("red", order, &[])));
            let clause = trial.clause("back");
            trial.until(3);
            let word = trial.world.clauses[clause].claims.raw[0].newest();
            let says = word.map(|it| (it.day, it.says == Says::Keeping));
            assert_eq!(says, Some((3, said)), "{honesty} {order}");
        }
    }
}
