//! A small scenario in which the tests of single processes put one thing to work.

use super::state::{EventKind, World};
use super::step;
use crate::model::{BeliefsIndex, ClauseIndex, ForceIndex, Model, MonitorIndex, Order, UnitIndex};
use crate::scenario::{self, Geodata};
use crate::stats::Draws;

/// Sixty days from 2030-01-01, a line on the equator, `near` 10 km north of it and `far`
/// 250 km. `red` has a `guard` of 100 persons with 10 guns at `near`, and so has `blue` a
/// `post` of 50 with 4; `watcher` has no forces. Nobody is bound by anything.
const GROUND: &str = r#"
schema = 2
title = "Trial"
time = { start = 2030-01-01, end = 2030-03-02, turn_days = 1 }
site = [
  { id = "near", lat = 0.09044, lon = -30.0 },
  { id = "far", lat = 2.26093, lon = -30.0 },
]
party = [{ id = "red" }, { id = "blue" }, { id = "watcher" }]
weapon-class = [{ id = "gun", calibre_mm = 122, range_km = 20, heavy = true }]
force = [
  { id = "guard", flag = "red", at = "near", strength = 100, equipment = { gun = 10 }, mobility_km_per_day = 30, withdraws_to = ["far"] },
  { id = "post", flag = "blue", at = "near", strength = 50, equipment = { gun = 4 }, withdraws_to = ["far"] },
]

[[line]]
id = "line"
points = [{ lat = 0.0, lon = -32.0 }, { lat = 0.0, lon = -28.0 }]
positive_toward = "far"
"#;

/// `red` is to keep 50 km from the line, and `eyes` of `watcher` look 20 times a day.
pub(super) const BACK: &str = r#"
[[clause]]
id = "back"
kind = "keep-distance"
binds = ["red"]
from = "line"
min_km = 50
deadline = 2030-01-11
monitors = ["eyes"]

[[monitor]]
id = "eyes"
kind = "national-technical-means"
party = "watcher"
sightings_per_day = 20
"#;

/// `red` gives an order, and others on later days of January.
pub(super) fn ordered(party: &str, initial: &str, later: &[(u32, &str)]) -> String {
    let later: Vec<String> = later
        .iter()
        .map(|(day, order)| format!("{{ date = 2030-01-{:02}, order = \"{order}\" }}", day + 1))
        .collect();
    format!(
        "[[conduct]]\nid = \"{party}-orders\"\nparty = \"{party}\"\nkind = \"scripted\"\n\
         initial = \"{initial}\"\norders = [{}]\n",
        later.join(", ")
    )
}

/// A replicate, and the model it is of.
pub(super) struct Trial {
    pub(super) model: Model,
    pub(super) world: World,
}

impl Trial {
    /// The ground with more tables, before day 0.
    pub(super) fn before(tables: &str) -> Self {
        let text = format!("{GROUND}{tables}");
        let model = match scenario::load_memory("trial", &text, &Geodata::default(), &[]) {
            Ok(loaded) => loaded.model,
            Err(scenario::LoadError::Invalid(source, found)) => {
                panic!("{}", crate::diag::render(&found, &source, false))
            }
            Err(error) => panic!("{error}"),
        };
        let world = World::new(&model, Draws::new(1, 0));
        Self { model, world }
    }

    /// The same on day 0: what starts on it has started.
    pub(super) fn new(tables: &str) -> Self {
        let mut trial = Self::before(tables);
        step::begin(&trial.model, &mut trial.world);
        trial
    }

    /// Lets whole days pass until one.
    pub(super) fn until(&mut self, day: u32) {
        while self.world.day < day {
            let today = self.world.day;
            step::tick(&self.model, &mut self.world, today);
        }
    }

    pub(super) fn clause(&self, id: &str) -> ClauseIndex {
        ClauseIndex::from(self.model.clauses.iter().position(|it| it.id == id).unwrap())
    }

    pub(super) fn force(&self, id: &str) -> ForceIndex {
        ForceIndex::from(self.model.forces.iter().position(|it| it.id == id).unwrap())
    }

    pub(super) fn monitor(&self, id: &str) -> MonitorIndex {
        MonitorIndex::from(self.model.monitors.iter().position(|it| it.id == id).unwrap())
    }

    /// The unit that decides on a clause for a force.
    pub(super) fn unit(&self, clause: &str, force: &str) -> UnitIndex {
        let (clause, force) = (self.clause(clause), self.force(force));
        let obligations = &self.model.forces[force].obligations;
        obligations.iter().find(|owed| owed.clause == clause).unwrap().unit
    }

    /// What stands behind the decisions on the clause `back` for a force.
    pub(super) fn holder(&self, force: &str) -> BeliefsIndex {
        self.model.units[self.unit("back", force)].beliefs
    }

    /// The order it gives.
    pub(super) fn order(&self, clause: &str, force: &str) -> Order {
        self.world.units[self.unit(clause, force)].order
    }

    /// How many events of a kind have happened.
    pub(super) fn events(&self, of: impl Fn(&EventKind) -> bool) -> usize {
        self.world.events.iter().filter(|event| of(&event.kind)).count()
    }
}

mod tests {
    use super::*;

    /// A clause of a kind that stands in one file and three lines beside it is read, checked,
    /// compiled, decided on, judged and told like any other.
    #[test]
    fn a_kind_of_clause_takes_a_table_and_three_lines() {
        let made_up = |at: &str| {
            format!(
                "[[clause]]\nid = \"odd\"\nkind = \"made-up\"\nbinds = [\"red\"]\nat = [\"{at}\"]\n"
            )
        };
        for (order, met) in [("comply", 1.0), ("defy", 0.0)] {
            let orders = ordered("red", order, &[]);
            let mut trial = Trial::new(&format!("{}{orders}", made_up("near")));
            trial.until(3);
            let clause = trial.clause("odd");
            assert_eq!(trial.world.clauses[clause].shares.met, met, "{order}");
        }
        let text = format!("{GROUND}{}{}", made_up("nowhere"), ordered("red", "defy", &[]));
        let found = scenario::load_memory("trial", &text, &Geodata::default(), &[]);
        let Err(scenario::LoadError::Invalid(_, found)) = found else {
            panic!("a site that is not there was taken");
        };
        assert!(format!("{found:?}").contains("nowhere"));
    }
}
