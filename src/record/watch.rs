//! Weapons that monitors see where they may not be: counts of what was observed,
//! which go with the effort made, and no stock.

use crate::engine::World;
use crate::model::{Clause, Model, PartyIndex, TiVec};
use crate::stats::Bins;

/// Subject kind, number and id: each monitor, then all monitors of a party
/// together on the forces of another (`watcher/party`). None where no clause
/// says of weapons where they may not be.
pub(super) fn subjects(model: &Model) -> Vec<(&'static str, usize, String)> {
    let asked = |party: PartyIndex| {
        let clauses = model.clauses.iter().filter(|it| it.kind.is_of_place());
        let bound = clauses.flat_map(|it: &Clause| &it.bound);
        let mut armed = bound.filter(|it| it.weapons.is_some());
        armed.any(|it| model.forces[it.force].commander == party)
    };
    let asked: TiVec<_, bool> = model.parties.keys().map(asked).collect();
    if !asked.contains(&true) {
        return Vec::new();
    }
    let monitors = model.monitors.iter().enumerate();
    let mut all: Vec<_> =
        monitors.map(|(at, monitor)| ("monitor", at, monitor.id.clone())).collect();
    for (watcher, its) in model.parties.iter_enumerated() {
        if !model.monitors.iter().any(|it| it.party == watcher) {
            continue;
        }
        for (party, seen) in model.parties.iter_enumerated().filter(|it| asked[it.0]) {
            let number = pair(model, watcher, party);
            all.push(("watch", number, format!("{}/{}", its.id, seen.id)));
        }
    }
    all
}

/// Whether a monitor looks for weapons of a class where a clause says that they may not be.
pub(super) fn is_sought(model: &Model, monitor: usize, class: usize) -> bool {
    let clauses = model.monitors.raw[monitor].clauses.iter().map(|it| &model.clauses[it]);
    let bound = clauses.filter(|it| it.kind.is_of_place()).flat_map(|it: &Clause| &it.bound);
    let mut armed = bound.filter_map(|it| Some((it.force, it.weapons.as_ref()?)));
    armed.any(|(force, weapons)| {
        let held = model.forces[force].equipment.iter_enumerated();
        held.into_iter().any(|(at, it)| usize::from(it.class) == class && weapons.contains(at))
    })
}

/// The number of a watcher and one whose forces it watches.
fn pair(model: &Model, watcher: PartyIndex, watched: PartyIndex) -> usize {
    usize::from(watcher) * model.parties.len() + usize::from(watched)
}

/// Up to all weapons of the run seen once a day.
pub(super) fn bins(model: &Model) -> Bins {
    let held = model.forces.iter().flat_map(|it| &it.equipment);
    let most: f64 = held.map(|it| it.number.support().1).sum();
    Bins::between(0.0, most.max(1.0), 2000)
}

/// Weapons that all monitors of a party together see of the forces of another, worked
/// out once for a date.
#[derive(Debug, Clone)]
pub(super) struct Watches {
    /// Watcher and watched, times the number of parties and plus.
    numbers: Vec<usize>,
    /// By watcher, then watched: weapons seen over the days before.
    seen: Vec<f64>,
    values: Vec<f64>,
}

impl Watches {
    pub(super) fn new(model: &Model) -> Self {
        let all = subjects(model).into_iter();
        let pairs = all.filter(|(kind, ..)| *kind == "watch");
        let numbers: Vec<usize> = pairs.map(|(_, number, _)| number).collect();
        Self {
            values: vec![f64::NAN; numbers.len()],
            numbers,
            seen: vec![0.0; model.parties.len() * model.parties.len()],
        }
    }

    /// A day over the days before, in the order of [`subjects`].
    pub(super) fn read(&mut self, model: &Model, world: &World) -> &[f64] {
        if self.numbers.is_empty() {
            return &[];
        }
        let (day, days) = (world.day(), model.window_days);
        self.seen.fill(0.0);
        for (monitor, state) in model.monitors.iter().zip(world.monitors()) {
            for (party, in_violation) in state.weapons_in_violation.iter_enumerated() {
                self.seen[pair(model, monitor.party, party)] += in_violation.over(day, days);
            }
        }
        for (number, value) in self.numbers.iter().zip(&mut self.values) {
            *value = self.seen[*number] / f64::from(days.min(day));
        }
        &self.values
    }
}
