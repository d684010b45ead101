//! What a party feels, trusts, sees and believes, in one replicate.
//!
//! Pressure, trust and beliefs move as exponentials of time or of exposure
//! between the events that turn them, and are reckoned only when one is asked
//! for or turned: nothing here runs daily.

use crate::engine::state::{Exposed, World};
use crate::model::{BeliefsIndex, ClauseIndex, Mechanism, Model, Order, UnitIndex};

impl World {
    /// Believed hits a day of exposure on a day: complying, defying, concealing.
    /// With E days of exposure since, counted by share of strength, b·exp(−E / memory);
    /// without any for so many days, back toward the prior by exp(−k·days).
    pub fn hit_beliefs(&self, model: &Model, holder: BeliefsIndex, day: u32) -> [f64; 3] {
        let state = &self.beliefs[holder].hits;
        if !state.moves || day <= state.settled {
            return state.values;
        }
        let mut exposure = [0.0_f64; 3];
        let mut first = [day; 3];
        let known = state.exposed.as_ref().filter(|(owed, _)| *owed == self.changes.owed());
        for (at, (units, forces)) in model.beliefs[holder].feeds.iter().enumerate() {
            let exposed = match known {
                Some((_, known)) => known[at],
                None => self.exposed(model, units),
            };
            debug_assert_eq!(exposed, self.exposed(model, units));
            let persons: u32 = forces.iter().map(|force| self.forces[*force].strength).sum();
            let Some((from, posture)) = exposed.filter(|_| persons > 0) else {
                continue;
            };
            let (from, posture) = (from.max(state.settled), posture as usize);
            if from < day {
                let share = f64::from(persons) / state.persons.max(1.0);
                exposure[posture] += share * f64::from(day - from);
                first[posture] = first[posture].min(from);
            }
        }
        let mut values = state.values;
        for (posture, value) in values.iter_mut().enumerate() {
            let prior = state.priors[posture];
            let bare = first[posture] - state.settled;
            if bare > 0 && *value != prior {
                let bare = f64::from(bare);
                *value = prior + (*value - prior) * libm::exp(-state.fade * bare);
            }
            if exposure[posture] > 0.0 {
                *value *= libm::exp(-state.weight * exposure[posture]);
            }
        }
        values
    }

    /// The day from which a unit's posture is exposure: once its clause is due.
    pub(super) fn answers_since(&self, model: &Model, unit: UnitIndex) -> Option<u32> {
        let clause = model.units[unit].clause;
        let (started, _) = self.clauses[clause].started?;
        match &model.clauses[clause].deadline {
            Some(_) => self.clauses[clause].due.map(|due| due.max(started)),
            None => Some(started),
        }
    }

    /// Since when a force is exposed, and in what posture: that of the clause it keeps least.
    pub(super) fn exposed(&self, model: &Model, units: &[UnitIndex]) -> Exposed {
        let mut found: Exposed = None;
        for unit in units {
            let Some(since) = self.answers_since(model, *unit) else { continue };
            let order = self.units[*unit].order;
            found = Some(match found {
                None => (since, order),
                Some((from, Order::Defy)) => (from.min(since), Order::Defy),
                Some((from, known)) => {
                    (from.min(since), if order == Order::Comply { known } else { order })
                }
            });
        }
        found
    }

    /// Keeps in mind how those are exposed from whom a party learns.
    fn note_exposed(&mut self, model: &Model, holder: BeliefsIndex) {
        let owed = self.changes.owed();
        let known = self.beliefs[holder].hits.exposed.take();
        let known = known.filter(|(of, _)| *of == owed).unwrap_or_else(|| {
            let feeds = model.beliefs[holder].feeds.iter();
            (owed, feeds.map(|(units, _)| self.exposed(model, units)).collect())
        });
        self.beliefs[holder].hits.exposed = Some(known);
    }

    /// Takes the strength of those from whom beliefs are learnt, on day 0.
    pub(super) fn begin_beliefs(&mut self, model: &Model) {
        for holder in model.beliefs.keys() {
            let feeds = model.beliefs[holder].feeds.iter();
            let forces = feeds.flat_map(|(_, forces)| forces);
            let persons = forces.map(|force| f64::from(self.forces[*force].strength)).sum();
            self.beliefs[holder].hits.persons = persons;
        }
    }

    /// Brings the beliefs of a party up to a day.
    pub(super) fn settle_beliefs(&mut self, model: &Model, holder: BeliefsIndex, day: u32) {
        if !self.beliefs[holder].hits.moves {
            return;
        }
        self.note_exposed(model, holder);
        let values = self.hit_beliefs(model, holder, day);
        let state = &mut self.beliefs[holder].hits;
        state.values = values;
        state.settled = state.settled.max(day);
    }

    /// One more hit in a posture, of a force with so many persons.
    pub(super) fn believe_hit(&mut self, holder: BeliefsIndex, posture: Order, persons: f64) {
        let state = &mut self.beliefs[holder].hits;
        state.values[posture as usize] += state.weight * persons / state.persons.max(1.0);
    }

    /// Counter-performance: the mean, over the clauses named that are in force,
    /// of the share of the others' strength that the party sees keeping; what
    /// the file states while none is.
    pub(super) fn counter_performance(&self, model: &Model, holder: BeliefsIndex) -> f64 {
        let state = &self.beliefs[holder];
        match state.counter {
            Some((of, level)) if of == (self.changes.news(), state.heard) => {
                debug_assert!(level == self.counter_anew(model, holder));
                level
            }
            _ => self.counter_anew(model, holder),
        }
    }

    fn counter_anew(&self, model: &Model, holder: BeliefsIndex) -> f64 {
        let (it, state) = (&model.beliefs[holder], &self.beliefs[holder]);
        let (mut sum, mut clauses) = (0.0, 0.0);
        if model.mechanisms.has(Mechanism::CounterPerformance) {
            for clause in it.counter.iter().filter(|clause| self.in_force(**clause)) {
                clauses += 1.0;
                sum += self.seen_share(model, holder, *clause);
            }
        }
        if clauses > 0.0 { sum / clauses } else { state.counter_level }
    }

    /// Reckons counter-performance where what it depends on has changed since.
    pub(super) fn reckon_counter(&mut self, model: &Model, holder: BeliefsIndex) {
        let level = self.counter_performance(model, holder);
        let state = &mut self.beliefs[holder];
        state.counter = Some(((self.changes.news(), state.heard), level));
    }

    /// The share of the others' strength that a party sees keeping a clause.
    fn seen_share(&self, model: &Model, holder: BeliefsIndex, clause: ClauseIndex) -> f64 {
        let it = &model.beliefs[holder];
        if self.clauses[clause].delivery.is_some() {
            // Deliveries are recorded by the clause's monitors as a whole.
            let told = model.clauses[clause].monitor_set.intersects(&it.hears);
            let seen = self.clauses[clause].shares.seen_keeping;
            return if told && !seen.is_nan() { seen } else { 0.0 };
        }
        let (mut keeping, mut all) = (0.0, 0.0);
        let under = it.watched_under.iter().find(|(of, _)| *of == clause);
        let under = under.map_or(0..0, |(_, under)| under.clone());
        let known = &self.beliefs[holder].known[under.clone()];
        for (pair, known) in it.watched[under].iter().zip(known) {
            let strength = f64::from(self.forces[pair.force].strength);
            all += strength;
            if known.is_some_and(|it| it.keeping) {
                keeping += strength;
            }
        }
        if all > 0.0 { keeping / all } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn exposure_without_a_hit_lowers_the_belief_and_a_hit_raises_it() {
        let mind = r#"
[[conduct]]
id = "red-mind"
party = "red"
kind = "quantal-response"
review_days = 300
value = 0.0
hit_cost = 1.0
hits_per_day = { comply = 0.1, defy = 0.1, conceal = 0.1 }
belief_memory_days = 20
belief_half_life_days = 1000
"#;
        let mut trial = Trial::new(&format!("{BACK}{mind}{}", ordered("blue", "defy", &[])));
        let holder = trial.holder("guard");
        trial.until(30);
        let posture = trial.order("back", "guard");
        let before = trial.world.hit_beliefs(&trial.model, holder, 30);
        assert!(before[posture as usize] < 0.1, "{before:?}");
        trial.world.settle_beliefs(&trial.model, holder, 30);
        trial.world.believe_hit(holder, posture, 100.0);
        let after = trial.world.hit_beliefs(&trial.model, holder, 30);
        // A hit adds one over the days that are looked back on.
        assert!((after[posture as usize] - before[posture as usize] - 1.0 / 20.0).abs() < 1e-9);
    }
}
