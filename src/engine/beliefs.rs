//! What a party feels, trusts, sees and believes, in one replicate.
//!
//! Pressure, trust and beliefs move as exponentials of time or of exposure
//! between the events that turn them, and are reckoned only when one is asked
//! for or turned: nothing here runs daily.

use super::world::World;
use crate::model::{Beliefs, BeliefsIndex, Mechanism, Model, Order};
use crate::stats::Draws;

/// What a party believes on a date.
#[derive(Debug, Clone)]
pub struct BeliefState {
    pub(super) pressure: Drift,
    pub(super) per_report: f64,
    pub(super) trust: Trust,
    pub(super) credence: f64,
    pub(super) counter_level: f64,
    pub(super) hits: HitBeliefs,
    /// What it knows of each pair it watches.
    pub(super) known: Vec<Option<Known>>,
    /// The day on which something it knows may have grown too old.
    pub(super) next_expiry: u32,
    /// The share seen keeping of what it answers and knows; none of nothing.
    pub(super) seen: Option<f64>,
    /// The news of the world that this takes in; none before any.
    pub(super) looked: Option<u32>,
    /// How often something that it knows has changed.
    pub(super) heard: u32,
    /// Counter-performance as it was last reckoned, by the news and by what was
    /// heard until then; none before.
    counter: Option<((u32, u32), f64)>,
}

/// What a party has last been told of a force under a clause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Known {
    pub(super) seen: u32,
    pub(super) keeping: bool,
}

/// A level that falls back to its rest: rest + (value − rest)·exp(−rate·days).
#[derive(Debug, Clone, Copy)]
pub(super) struct Drift {
    rest: f64,
    value: f64,
    rate: f64,
    since: u32,
}

impl Drift {
    fn at(&self, day: u32) -> f64 {
        if self.value == self.rest {
            return self.rest;
        }
        let days = f64::from(day.saturating_sub(self.since));
        self.rest + (self.value - self.rest) * libm::exp(-self.rate * days)
    }

    pub(super) fn add(&mut self, amount: f64, day: u32) {
        self.value = self.at(day) + amount;
        self.since = day;
    }

    /// It is so much higher, and comes to rest so much higher.
    pub(super) fn raise(&mut self, amount: f64, day: u32) {
        self.add(amount, day);
        self.rest += amount;
    }
}

/// Trust goes toward what is seen, by a rate upward and one downward, and to its
/// rest while nothing is seen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trust {
    rest: f64,
    value: f64,
    since: u32,
    toward: Option<f64>,
    pub(super) moves: bool,
    up: f64,
    down: f64,
    fade: f64,
}

impl Trust {
    fn at(&self, day: u32) -> f64 {
        let (to, rate) = match self.toward {
            Some(seen) if seen > self.value => (seen, self.up),
            Some(seen) => (seen, self.down),
            None => (self.rest, self.fade),
        };
        if self.value == to {
            return to;
        }
        let days = f64::from(day.saturating_sub(self.since));
        to + (self.value - to) * libm::exp(-rate * days)
    }

    /// From a day on, this is what is seen.
    pub(super) fn see(&mut self, seen: Option<f64>, day: u32) {
        if self.moves && seen != self.toward {
            self.value = self.at(day);
            self.since = day;
            self.toward = seen;
        }
    }
}

/// Beliefs of being hit, in hits a day of exposure: complying, defying,
/// concealing.
#[derive(Debug, Clone, Copy)]
pub(super) struct HitBeliefs {
    priors: [f64; 3],
    values: [f64; 3],
    /// Per day of exposure.
    weight: f64,
    /// Per day without.
    fade: f64,
    moves: bool,
    settled: u32,
    /// By posture: forces that have stood in it since `settled`, of units whose
    /// clause is due; none where one falls due later, or that is not known.
    posted: Option<[u32; 3]>,
}

const fn half_life(days: f64) -> f64 {
    std::f64::consts::LN_2 / days
}

impl BeliefState {
    pub(super) fn draw(model: &Model, holder: &Beliefs, draws: Draws) -> Self {
        let at_work = |mechanism| model.mechanisms.has(mechanism);
        let rest = holder.pressure.rest.draw(draws);
        let moves = holder.pressure.per_report.as_ref();
        let fades = holder.pressure.half_life_days.as_ref();
        let trust = holder.trust.rest.draw(draws);
        let trusts = holder.trust.moves.as_ref();
        let trusts = trusts.filter(|_| at_work(Mechanism::Trust));
        let priors = [0, 1, 2].map(|at: usize| holder.hits.priors[at].draw(draws));
        let learns = holder.hits.moves.as_ref();
        let learns = learns.filter(|_| at_work(Mechanism::Beliefs));
        Self {
            pressure: Drift {
                rest,
                value: rest,
                rate: fades.map_or(0.0, |it| half_life(it.draw(draws))),
                since: 0,
            },
            per_report: moves
                .filter(|_| at_work(Mechanism::Pressure))
                .map_or(0.0, |it| it.draw(draws)),
            trust: Trust {
                rest: trust,
                value: trust,
                since: 0,
                toward: None,
                moves: trusts.is_some(),
                up: trusts.map_or(0.0, |it| it.up_per_day.draw(draws)),
                down: trusts.map_or(0.0, |it| it.down_per_day.draw(draws)),
                fade: trusts.map_or(0.0, |it| half_life(it.half_life_days.draw(draws))),
            },
            credence: trusts.map_or(0.0, |it| it.credence.draw(draws)),
            counter_level: holder.counter_performance.draw(draws),
            hits: HitBeliefs {
                priors,
                values: priors,
                weight: learns.map_or(0.0, |(memory, _)| 1.0 / memory.draw(draws)),
                fade: learns.map_or(0.0, |(_, fade)| half_life(fade.draw(draws))),
                moves: learns.is_some(),
                settled: 0,
                posted: None,
            },
            known: vec![None; holder.watched.len()],
            next_expiry: u32::MAX,
            seen: None,
            looked: None,
            heard: 0,
            counter: None,
        }
    }

    /// Pressure on a day.
    pub fn pressure(&self, day: u32) -> f64 {
        self.pressure.at(day)
    }

    /// Trust on a day.
    pub fn trust(&self, day: u32) -> f64 {
        self.trust.at(day)
    }

    /// The share seen keeping, of what is known of the parties it answers; none
    /// if nothing is.
    pub fn seen_keeping(&self) -> Option<f64> {
        self.seen
    }
}

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
    pub(super) fn answers_since(&self, model: &Model, unit: usize) -> Option<u32> {
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
    pub(super) fn repost(&mut self, model: &Model, unit: usize, order: Order, standing: u32) {
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
            Some((of, level)) if of == (self.news, state.heard) => {
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

    /// Reckons counter-performance where what it depends on has changed since. What
    /// is delivered is on record and moves with the days: it is looked at each time.
    pub(super) fn reckon_counter(&mut self, model: &Model, holder: BeliefsIndex) {
        let mut clauses = model.beliefs[holder].counter.iter();
        if clauses.any(|clause| self.clauses[*clause].delivery.is_some()) {
            return;
        }
        let level = self.counter_performance(model, holder);
        let state = &mut self.beliefs[holder];
        state.counter = Some(((self.news, state.heard), level));
    }

    /// The share of the others' strength that a party sees keeping a clause.
    fn seen_share(&self, model: &Model, holder: BeliefsIndex, clause: usize) -> f64 {
        let it = &model.beliefs[holder];
        if self.clauses[clause].delivery.is_some() {
            // Deliveries are recorded by the clause's monitors as a whole.
            let told = model.clauses[clause].monitor_mask & it.hears != 0;
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
