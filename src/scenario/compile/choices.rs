//! What is decided together: where a garrison is to stand, and what it is to do under the
//! clauses of one kind and phase.

use super::units::depth;
use crate::model::{
    About, AgreementIndex, AsTheyStand, Choice, ClauseIndex, DecisionUnit, Duty, ForceIndex,
    GarrisonIndex, Kind, Model, PartyIndex, PhaseIndex, Policy, UnitIndex, binds, options,
    tries_every_set,
};
use crate::stats::Stream;

/// What clauses whose weights are scaled together have in common: the phase of an agreement.
type Group = (Option<AgreementIndex>, Option<PhaseIndex>);

/// Party, garrison, what kind of thing is decided, the group of demands where it is not a
/// place, and the unit where its policy decides for itself alone.
type Key = (PartyIndex, GarrisonIndex, &'static str, Option<Group>, Option<UnitIndex>);

/// Puts every unit into the choice that gives its orders.
pub(super) fn settle(model: &mut Model) {
    let mut of: Vec<(Key, Vec<UnitIndex>)> = Vec::new();
    for (index, unit) in model.units.iter_enumerated() {
        let clause = &model.clauses[unit.clause];
        let kind = decides(&clause.kind);
        let weighs = matches!(unit.policy, Policy::QuantalResponse(_));
        let apart = (kind != PLACE).then_some((clause.agreement, clause.phase));
        let key = (unit.party, unit.garrison, kind, apart, (!weighs).then_some(index));
        match of.iter_mut().find(|(known, _)| *known == key) {
            Some((_, units)) => units.push(index),
            None => of.push((key, vec![index])),
        }
    }
    of.sort_by_key(|((party, ..), units)| (depth(model, *party), units[0]));
    for (key, own) in of {
        let index = model.choices.next_key();
        for unit in &own {
            model.units[*unit].choice = index;
        }
        let (party, garrison, kind, _, alone) = key;
        let beside = |it: &DecisionUnit| {
            let same = it.party == party && it.garrison == garrison;
            same && kind == PLACE && decides(&model.clauses[it.clause].kind) == PLACE
        };
        // Where to stand is weighed with all that is ordered of it.
        let units = match alone {
            None => model
                .units
                .iter_enumerated()
                .filter(|(index, unit)| own.contains(index) || beside(unit))
                .map(|(index, _)| index)
                .collect(),
            Some(_) => own.clone(),
        };
        let choice = choice(model, key, (units, &own));
        model.choices.push(choice);
    }
}

const PLACE: &str = "place";

/// What is decided of clauses of a kind: draws go by it, so that a clause written twice
/// counts once.
fn decides(kind: &Kind) -> &'static str {
    match kind {
        Kind::KeepDistance | Kind::Leave | Kind::Presence | Kind::Confine { .. } => PLACE,
        Kind::Posture => "posture",
        Kind::Abstain(_) => "abstain",
        Kind::Passage { .. } => "passage",
        Kind::Act { .. } => "act",
        Kind::Deliver(_) => "deliver",
        #[cfg(test)]
        Kind::MadeUp => "made-up",
    }
}

fn choice(
    model: &Model,
    (party, garrison, kind, ..): Key,
    (units, own): (Vec<UnitIndex>, &[UnitIndex]),
) -> Choice {
    let clauses: Vec<ClauseIndex> = units.iter().map(|unit| model.units[*unit].clause).collect();
    let mut groups: Vec<Group> = Vec::new();
    let group = |clause: &ClauseIndex| {
        let clause = &model.clauses[*clause];
        let group = (clause.agreement, clause.phase);
        groups.iter().position(|known| *known == group).unwrap_or_else(|| {
            groups.push(group);
            groups.len() - 1
        })
    };
    let groups_of = clauses.iter().map(group).collect();
    let mut forces: Vec<ForceIndex> = Vec::new();
    for force in units.iter().flat_map(|unit| &model.units[*unit].weighed) {
        if !forces.contains(force) {
            forces.push(*force);
        }
    }
    let about = if kind == PLACE { About::Place } else { About::Doing };
    let bound = binds(&model.forces, &forces, &clauses, |_| about == About::Doing);
    let has_authorised = forces.iter().any(|force| {
        let mut obligations = model.forces[*force].obligations.iter();
        obligations.any(|owed| owed.duty == Duty::Authorised && clauses.contains(&owed.of))
    });
    let options = match about {
        About::Place => {
            let as_written = |clause: ClauseIndex| &model.clauses[clause].terms;
            let standing = AsTheyStand::new(&model.clauses, as_written);
            let all = vec![tries_every_set(clauses.len()); clauses.len()];
            options(&model.forces, &standing, &forces, &clauses, (&all, &bound))
        }
        About::Doing => Choice::doing(units.len(), forces.len()),
    };
    let reviews = own.iter().filter_map(|unit| model.units[*unit].policy.review_days());
    let ids = [&*model.parties[party].id, &*model.garrisons[garrison].id, kind];
    Choice {
        party,
        garrison,
        about,
        groups: groups_of,
        gives: units.iter().map(|unit| own.contains(unit)).collect(),
        binds: bound,
        has_authorised,
        options,
        review_days: reviews.min(),
        own: Stream::new("resolve", &ids),
        posture: Stream::new("posture", &ids),
        stagger: Stream::new("stagger", &ids),
        slack: Stream::new("slack", &ids),
        errors: Stream::new("order", &ids),
        units,
        forces,
    }
}
