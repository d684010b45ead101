//! What clauses make of losses: losing is not keeping.
//!
//! What is destroyed weighs nothing any more, so that the living alone make a clause's
//! share. Beside it stands the share with losses: what was lost while it violated the
//! clause, once that was due, counts as not keeping it from then on.

use super::split::{self, split_each};
use super::{tally, verdict, weights};
use crate::engine::state::World;
use crate::model::{BoundIndex, ClauseIndex, Duty, ForceIndex, Kind, Model, PartyIndex};

/// What a force weighs in a clause before it becomes another size, and how much of that
/// violates the clause once it is due, as a share.
pub(super) struct Before {
    clause: ClauseIndex,
    at: BoundIndex,
    weight: f64,
    violating: f64,
}

/// What a force weighs that is about to become another size, and what of it violates.
pub(super) fn before(model: &Model, world: &World, force: ForceIndex) -> Vec<Before> {
    let obligations = model.forces[force].obligations.iter();
    obligations
        .map(|obligation| {
            let (clause, at) = (obligation.clause, obligation.at);
            let weight = weights::strength(model, world, clause, at, false);
            let state = &world.clauses[clause];
            // A loss of today is seen in the state of tomorrow.
            let owed = weight > 0.0
                && state.counted[at]
                && world.in_force(clause)
                && verdict::counts(&model.clauses[clause], state, world.day + 1);
            let violating = if owed { violating(model, world, clause, at, weight) } else { 0.0 };
            Before { clause, at, weight, violating }
        })
        .collect()
}

fn violating(model: &Model, world: &World, index: ClauseIndex, at: BoundIndex, weight: f64) -> f64 {
    let (clause, state) = (&model.clauses[index], &world.clauses[index]);
    if let Kind::Act { .. } = clause.kind {
        return 0.0;
    }
    if state.delivery.is_some() {
        // What is handed over is out of its hands: what it loses it still owed.
        return 1.0;
    }
    if tally::is_plain(model, world, index) {
        return tally::violating(model, world, (index, at));
    }
    let mut lacking = 0.0;
    split_each(
        clause,
        &state.terms,
        |at| weights::strength(model, world, index, at, true),
        |at| Some(world.forces[clause.bound[at].force].stance.view.meets(index)),
        |who, part| lacking += if who == at { part } else { 0.0 },
    );
    lacking / weight
}

/// Enters what a force lost, and what of it while it violated its clauses; what was sent
/// to it makes up for what it lost.
pub(super) fn charge(model: &Model, world: &mut World, before: &[Before]) {
    world.verdict.lost = true;
    for it in before {
        let lost = it.weight - weights::strength(model, world, it.clause, it.at, false);
        let state = &mut world.clauses[it.clause];
        state.lost[it.at] = (state.lost[it.at] + lost).max(0.0);
        state.lost_violating += it.violating * lost.max(0.0);
    }
}

/// The share of a clause that counts nobody: what it forbids nobody does; what it asks
/// for nobody is there to do, and a floor is not reached.
pub(super) fn of_nobody(model: &Model, world: &World, index: ClauseIndex) -> f64 {
    let clause = &model.clauses[index];
    if split::floors(&world.clauses[index].terms) {
        return 0.0;
    }
    let asks = |duty: Duty| matches!(duty, Duty::Deploy | Duty::Deliver);
    if clause.bound.iter().any(|bound| asks(bound.duty)) { f64::NAN } else { 1.0 }
}

/// Whether a side of a clause of weight, a party with its proxies, has lost more than half
/// of what the clause counted of it on D-day.
pub(super) fn is_destroyed(model: &Model, world: &World) -> bool {
    model.clauses.iter_enumerated().any(|(index, clause)| {
        let mut sides: Vec<(PartyIndex, f64, f64)> = Vec::new();
        for (at, bound) in clause.bound.iter_enumerated() {
            let state = &world.clauses[index];
            let was = state.weight_on_d_day[at];
            if was <= 0.0 || clause.weight <= 0.0 {
                continue;
            }
            let is = (was - state.lost[at]).max(0.0);
            let side = model.side(model.forces[bound.force].commander);
            match sides.iter_mut().find(|(it, ..)| *it == side) {
                Some((_, sum, alive)) => (*sum, *alive) = (*sum + was, *alive + is),
                None => sides.push((side, was, is)),
            }
        }
        sides.iter().any(|(_, was, is)| *is < 0.5 * was)
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::trial::{BACK, Trial, ordered};

    fn met(trial: &Trial, clause: &str) -> f64 {
        trial.world.clauses[trial.clause(clause)].shares.met
    }

    #[test]
    fn a_place_with_nobody_inside_is_kept_and_who_comes_inside_counts() {
        // Ten kilometres from the line, where five are asked for and then fifty.
        let near = BACK.replace("min_km = 50", "min_km = 5");
        let change = "[[change]]\nid = \"more\"\nclause = \"back\"\nwhen = 2030-01-21\n\
                      kind = \"amend\"\nmin_km = 50\n";
        let mut trial = Trial::new(&format!("{near}{change}{}", ordered("red", "defy", &[])));
        assert_eq!(met(&trial, "back"), 1.0);
        trial.until(15);
        let state = &trial.world.clauses[trial.clause("back")];
        assert_eq!((state.first_kept, state.deadline_met), (Some(0), Some(true)));
        trial.until(25);
        let state = &trial.world.clauses[trial.clause("back")];
        assert_eq!((state.shares.met, state.counted.raw[0]), (0.0, true));
    }

    #[test]
    fn a_floor_is_kept_as_far_as_it_is_reached() {
        // A hundred of red and fifty of blue are inside, ten kilometres from the line.
        for (floor, share) in [(100_000, 0.0015), (300, 0.5), (150, 1.0), (120, 1.0)] {
            let clause = format!(
                "[[clause]]\nid = \"stay\"\nkind = \"presence\"\nbinds = [\"red\", \"blue\"]\n\
                 authorised = [\"red\", \"blue\"]\nfrom = \"line\"\nfrom_km = 0\nto_km = 30\n\
                 deploys = {{ guard = \"near\", post = \"near\" }}\nfloor_persons = {floor}\n"
            );
            let orders = [ordered("red", "comply", &[]), ordered("blue", "comply", &[])].concat();
            let trial = Trial::new(&format!("{clause}{orders}"));
            assert!(
                (met(&trial, "stay") - share).abs() < 1e-12,
                "{floor}: {}",
                met(&trial, "stay")
            );
        }
    }
}
