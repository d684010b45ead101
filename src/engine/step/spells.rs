//! Violation spells: the true events that records name.

use super::duties::of_place;
use crate::engine::state::{Spell, SpellId, World};
use crate::model::{Bits, BoundIndex, ClauseIndex, ForceIndex, Model};

/// Opens the spells of a clause that starts.
pub(super) fn begin(model: &Model, world: &mut World, clause: ClauseIndex, day: u32) {
    for (at, bound) in model.clauses[clause].bound.iter_enumerated() {
        let meets = world.forces[bound.force].stance.view.meets(clause);
        if of_place(bound.duty) && !meets {
            open(world, clause, at, bound.force, day);
        }
    }
}

/// Opens and closes spells of a force whose place now meets other clauses.
pub(super) fn follow(
    model: &Model,
    world: &mut World,
    force: ForceIndex,
    changed: &Bits<ClauseIndex>,
    day: u32,
) {
    for obligation in &model.forces[force].obligations {
        let clause = obligation.clause;
        let touched = changed.contains(clause);
        if !touched || !of_place(obligation.duty) || !world.in_force(clause) {
            continue;
        }
        if !world.forces[force].stance.view.meets(clause) {
            open(world, clause, obligation.at, force, day);
        } else if let Some(id) = world.clauses[clause].spells[obligation.at] {
            let spell = &mut world.spells[id];
            spell.ended = spell.ended.or(Some(day));
        }
    }
}

fn open(world: &mut World, clause: ClauseIndex, at: BoundIndex, force: ForceIndex, day: u32) {
    let before = world.clauses[clause].spells[at];
    let open = |id: SpellId| world.spells[id].ended.is_none();
    if before.is_some_and(open) {
        return;
    }
    let spell = Spell { clause, force, began: day, ended: None, before, named_by: Bits::new() };
    world.clauses[clause].spells[at] = Some(world.spells.push_and_get_key(spell));
}

/// The spell of a bound force that a day lies in.
pub(super) fn on(world: &World, clause: ClauseIndex, at: BoundIndex, day: u32) -> Option<SpellId> {
    let mut next = world.clauses[clause].spells[at];
    while let Some(id) = next {
        let spell = &world.spells[id];
        if spell.began <= day {
            return spell.ended.is_none_or(|ended| ended > day).then_some(id);
        }
        next = spell.before;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn each_stay_in_violation_is_a_spell_of_its_own() {
        let orders = ordered("red", "defy", &[(5, "comply"), (15, "defy")]);
        let mut trial = Trial::new(&format!("{BACK}{orders}"));
        trial.until(30);
        let spells: Vec<_> = trial.world.spells.iter().map(|it| (it.began, it.ended)).collect();
        // Two days out, 30 km a day, and back.
        assert_eq!(spells, [(0, Some(7)), (16, None)]);
        let clause = trial.clause("back");
        for (day, spell) in [(3, Some(0)), (10, None), (20, Some(1))] {
            assert_eq!(
                on(&trial.world, clause, 0.into(), day),
                spell.map(SpellId::from),
                "day {day}"
            );
        }
    }
}
