//! What a party feels, trusts, sees and believes, in one replicate.
//!
//! Pressure, trust and beliefs move as exponentials of time or of exposure
//! between the events that turn them, and are reckoned only when one is asked
//! for or turned: nothing here runs daily.

use crate::engine::state::World;
use crate::model::{BeliefsIndex, ClauseIndex, Mechanism, Model, Order, UnitIndex};

impl World {
    /// Believed hits a day of exposure on a day: complying, defying, concealing.
    /// With E days of exposure since, b·exp(−E / memory); without any for so many
    /// days, back toward the prior by exp(−k·days).
    pub fn hit_beliefs(&self, model: &Model, holder: BeliefsIndex, day: u32) -> [f64; 3] {
        let state = &self.beliefs[holder].hits;
        if !state.moves || day <= state.settled {
            return state.values;
        }
        let mut exposure = [0.0_f64; 3];
        let mut first = [day; 3];
        if let Some(posted) = state.posted {
            for (posture, forces) in posted.into_iter().enumerate() {
                if forces > 0 {
                    exposure[posture] = f64::from(forces) * f64::from(day - state.settled);
                    first[posture] = state.settled;
                }
            }
        }
        let feeds = model.beliefs[holder].feeds.iter();
        for unit in feeds.filter(|_| state.posted.is_none()) {
            let Some(from) = self.answers_since(model, *unit) else {
                continue;
            };
            let from = from.max(state.settled);
            let standing = self.units[*unit].standing;
            if from < day && standing > 0 {
                let posture = self.units[*unit].order as usize;
                exposure[posture] += f64::from(standing) * f64::from(day - from);
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

    /// Brings the beliefs of a party up to a day.
    pub(super) fn settle_beliefs(&mut self, model: &Model, holder: BeliefsIndex, day: u32) {
        let state = &self.beliefs[holder].hits;
        if !state.moves {
            return;
        }
        let posted = match state.posted {
            None => self.posted(model, holder, day.max(state.settled)),
            known => known,
        };
        let values = self.hit_beliefs(model, holder, day);
        let state = &mut self.beliefs[holder].hits;
        state.values = values;
        state.settled = state.settled.max(day);
        state.posted = posted;
    }

    /// Counts the forces that stand in each posture on a day, if every unit whose
    /// clause has a known day to be due on is past it.
    fn posted(&self, model: &Model, holder: BeliefsIndex, day: u32) -> Option<[u32; 3]> {
        let mut posted = [0; 3];
        for unit in &model.beliefs[holder].feeds {
            match self.answers_since(model, *unit) {
                Some(since) if since > day => return None,
                Some(_) => {
                    let state = &self.units[*unit];
                    posted[state.order as usize] += state.standing;
                }
                None => {}
            }
        }
        Some(posted)
    }

    /// A unit takes another posture, or has other forces standing. What was lived
    /// through under the old one is settled.
    pub(super) fn repost(&mut self, model: &Model, unit: UnitIndex, order: Order, standing: u32) {
        let answers = self.answers_since(model, unit).is_some();
        let state = &mut self.units[unit];
        let before = (state.order as usize, state.standing);
        (state.order, state.standing) = (order, standing);
        for holder in model.units[unit].informs.iter().filter(|_| answers) {
            if let Some(posted) = &mut self.beliefs[*holder].hits.posted {
                posted[before.0] -= before.1;
                posted[order as usize] += standing;
            }
        }
    }

    /// When clauses fall due has become known, or has changed.
    pub(super) fn forget_posts(&mut self) {
        for holder in &mut self.beliefs {
            holder.hits.posted = None;
        }
    }

    /// One more hit in a posture.
    pub(super) fn believe_hit(&mut self, holder: BeliefsIndex, posture: Order) {
        let state = &mut self.beliefs[holder].hits;
        state.values[posture as usize] += state.weight;
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
        let watched = it.watched.iter().zip(&self.beliefs[holder].known);
        for (pair, known) in watched.filter(|(pair, _)| pair.clause == clause) {
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
lambda = 0.0
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
        trial.world.believe_hit(holder, posture);
        let after = trial.world.hit_beliefs(&trial.model, holder, 30);
        // A hit adds one over the days that are looked back on.
        assert!((after[posture as usize] - before[posture as usize] - 1.0 / 20.0).abs() < 1e-9);
    }
}
