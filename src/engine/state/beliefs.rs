//! What a party feels, trusts, sees and believes.

use crate::model::{Beliefs, Bits, Mechanism, Model, Order, PartyIndex, TiVec, ti_vec};
use crate::stats::Draws;

/// What a party believes on a date.
#[derive(Debug, Clone)]
pub struct BeliefState {
    pub(in crate::engine) pressure: Pressure,
    pub(in crate::engine) trust: Trust,
    pub(in crate::engine) credence: f64,
    pub(in crate::engine) refusal_odds: f64,
    /// By party: the day on which it last refused a monitor access that the party hears.
    pub(in crate::engine) refused: TiVec<PartyIndex, Option<u32>>,
    /// Whether any has.
    pub(in crate::engine) any_refused: bool,
    pub(in crate::engine) counter_level: f64,
    pub(in crate::engine) hits: HitBeliefs,
    /// What it knows of each pair it watches.
    pub(in crate::engine) known: Vec<Option<Known>>,
    /// By clause under which it watches somebody: what that comes to; none where something
    /// of it has changed since.
    pub(in crate::engine) weighed: Vec<Option<Weighed>>,
    /// The day on which something it knows may have grown too old.
    pub(in crate::engine) next_expiry: u32,
    /// The share seen keeping of what it answers and knows; none of nothing.
    pub(in crate::engine) seen: Option<f64>,
    /// The news of the world that this takes in; none before any.
    pub(in crate::engine) looked: Option<u32>,
    /// How often something that it knows has changed.
    pub(in crate::engine) heard: u32,
    /// Counter-performance as it was last reckoned, by the news and by what was
    /// heard until then; none before.
    pub(in crate::engine) counter: Option<((u32, u32), f64)>,
}

impl BeliefState {
    pub(in crate::engine) fn draw(model: &Model, holder: &Beliefs, draws: Draws) -> Self {
        let at_work = |mechanism| model.mechanisms.has(mechanism);
        let presses = at_work(Mechanism::Pressure);
        let fades = holder.pressure.half_life_days.as_ref();
        let trust = holder.trust.rest.draw(draws);
        let trusts = holder.trust.moves.as_ref();
        let trusts = trusts.filter(|_| at_work(Mechanism::Trust));
        let priors = [0, 1, 2].map(|at: usize| holder.hits.priors[at].draw(draws));
        let learns = holder.hits.moves.as_ref();
        let learns = learns.filter(|_| at_work(Mechanism::Beliefs));
        Self {
            pressure: Pressure {
                rest: if presses { holder.pressure.rest.draw(draws) } else { 0.0 },
                lasting: 0.0,
                pressed: 0.0,
                since: 0,
                rate: fades.map_or(0.0, |it| half_life(it.draw(draws))),
            },
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
            refusal_odds: trusts.map_or(1.0, |it| it.refusal_odds.draw(draws)),
            refused: ti_vec![None; model.parties.len()],
            any_refused: false,
            counter_level: holder.counter_performance.draw(draws),
            hits: HitBeliefs {
                priors,
                values: priors,
                persons: 0.0,
                weight: learns.map_or(0.0, |(memory, _)| 1.0 / memory.draw(draws)),
                fade: learns.map_or(0.0, |(_, fade)| half_life(fade.draw(draws))),
                moves: learns.is_some(),
                settled: 0,
                exposed: None,
            },
            known: vec![None; holder.watched.len()],
            weighed: vec![None; holder.watched_under.len()],
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

/// What a party has last been told of a force under a clause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::engine) struct Known {
    pub(in crate::engine) seen: u32,
    pub(in crate::engine) keeping: bool,
    /// How likely that makes it, with the errors of the monitor, that it keeps.
    pub(in crate::engine) likely: f64,
}

/// What a party knows of those it answers under one clause, by strength.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::engine) struct Weighed {
    /// The news of the world that is in it.
    pub(in crate::engine) news: u32,
    /// Those whose refusals stand.
    pub(in crate::engine) refused: Bits<PartyIndex>,
    pub(in crate::engine) sums: KnownSums,
}

/// Sums by strength of what is known of others.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::engine) struct KnownSums {
    /// What is reported or claimed to keep, and all of which anything is.
    pub(in crate::engine) keeping: f64,
    pub(in crate::engine) all: f64,
    /// How much is likely to keep, and all that counts for trust.
    pub(in crate::engine) likely: f64,
    pub(in crate::engine) counted: f64,
}

/// What a day on record as violating costs.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Pressure {
    pub(in crate::engine) rest: f64,
    /// What others have added for good: the most that any has.
    pub(in crate::engine) lasting: f64,
    /// What the strongest press still stands at, on the day `since`.
    pub(in crate::engine) pressed: f64,
    pub(in crate::engine) since: u32,
    pub(in crate::engine) rate: f64,
}

impl Pressure {
    pub(in crate::engine) fn at(&self, day: u32) -> f64 {
        let more = (self.pressed_at(day) - self.lasting.max(0.0)).max(0.0);
        (self.rest + self.lasting + more).max(0.0)
    }

    fn pressed_at(&self, day: u32) -> f64 {
        if self.pressed == 0.0 {
            return 0.0;
        }
        self.pressed * libm::exp(-self.rate * f64::from(day.saturating_sub(self.since)))
    }

    /// Presses do not stack: the greatest that still stands counts.
    pub(in crate::engine) fn press(&mut self, amount: f64, day: u32) {
        let standing = self.pressed_at(day);
        self.pressed = standing.max(amount);
        self.since = day;
    }

    /// For good.
    pub(in crate::engine) fn raise(&mut self, amount: f64) {
        let more = if amount > 0.0 { f64::max } else { f64::min };
        self.lasting = more(self.lasting, amount);
    }
}

/// Trust goes toward what is seen, by a rate upward and one downward, and to its
/// rest while nothing is seen.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Trust {
    pub(in crate::engine) rest: f64,
    pub(in crate::engine) value: f64,
    pub(in crate::engine) since: u32,
    pub(in crate::engine) toward: Option<f64>,
    pub(in crate::engine) moves: bool,
    pub(in crate::engine) up: f64,
    pub(in crate::engine) down: f64,
    pub(in crate::engine) fade: f64,
}

impl Trust {
    pub(in crate::engine) fn at(&self, day: u32) -> f64 {
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
    pub(in crate::engine) fn see(&mut self, seen: Option<f64>, day: u32) {
        if self.moves && seen != self.toward {
            self.value = self.at(day);
            self.since = day;
            self.toward = seen;
        }
    }
}

/// Beliefs of being hit, in hits a day of exposure: complying, defying,
/// concealing.
#[derive(Debug, Clone)]
pub(in crate::engine) struct HitBeliefs {
    pub(in crate::engine) priors: [f64; 3],
    pub(in crate::engine) values: [f64; 3],
    /// Persons on day 0 in the forces from which they are learnt.
    pub(in crate::engine) persons: f64,
    /// Per day of exposure.
    pub(in crate::engine) weight: f64,
    /// Per day without.
    pub(in crate::engine) fade: f64,
    pub(in crate::engine) moves: bool,
    pub(in crate::engine) settled: u32,
    /// By those from whom they are learnt: since when and in what posture they are exposed, as
    /// of so many changes of what is owed; none where an order was given since.
    pub(in crate::engine) exposed: Option<(u32, Vec<Exposed>)>,
}

/// Since when forces are exposed, and in what posture; none while nothing is owed.
pub(in crate::engine) type Exposed = Option<(u32, Order)>;

pub(in crate::engine) const fn half_life(days: f64) -> f64 {
    std::f64::consts::LN_2 / days
}
