//! What parties and their garrisons are resolved to do: standard normals, of which part
//! lasts and part is thought over anew at exponential times. See `docs/model.md`, 7.8.

use crate::model::Party;
use crate::stats::{Draws, Stream, exponential, normal_cdf, normal_quantile};

/// Draws of a part that is thought over: its value and how long it stands, by its number.
const THOUGHT_OVER: u32 = 0;
/// The draw of a part that lasts.
const LASTS: u32 = 1;

/// Draws of one that has been thought over very often since it was last asked for, by day.
const AFRESH: u32 = 2;
/// Mean times after which it has been thought over, but for a chance of e^−200.
const SURELY: f64 = 200.0;
/// Days for which something stands at least, so that time goes on.
const LEAST: f64 = 1e-6;

/// A standard normal of which a share lasts, and the rest is drawn anew at exponential
/// times. It costs nothing on days on which nobody asks.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Mood {
    stream: Stream,
    lasts: f64,
    /// The part that is thought over, until a day.
    now: f64,
    until: f64,
    number: u32,
}

/// What a party is resolved to, and by what it follows its patron.
#[derive(Debug, Clone)]
pub(in crate::engine) struct PartyState {
    pub(in crate::engine) temper: Temper,
    /// What all its garrisons have in common.
    pub(in crate::engine) mood: Mood,
    /// The uniform draw below whose probability it follows its patron.
    pub(in crate::engine) follows: f64,
}

impl PartyState {
    pub(in crate::engine) fn draw(party: &Party, draws: Draws) -> Self {
        let temper = Temper {
            cohesion: party.cohesion.draw(draws),
            lasting: party.lasting.draw(draws),
            mean_days: party.rethink_half_life_days.draw(draws) / std::f64::consts::LN_2,
        };
        let mood = Mood::new(party.resolve, &temper, draws);
        Self { temper, mood, follows: draws.uniform(party.follows, 0, 0) }
    }
}

/// How a party's resolve is made up.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Temper {
    /// ρ: the share of variance that all that it decides has in common.
    pub(in crate::engine) cohesion: f64,
    /// l: the share of variance that is never thought over.
    pub(in crate::engine) lasting: f64,
    /// Mean days until the rest is thought over.
    pub(in crate::engine) mean_days: f64,
}

impl Mood {
    /// On day 0.
    pub(in crate::engine) fn new(stream: Stream, temper: &Temper, draws: Draws) -> Self {
        let lasts = normal_quantile(draws.uniform(stream, LASTS, 0));
        let mut mood = Self { stream, lasts, now: 0.0, until: 0.0, number: 0 };
        mood.think_over(temper, draws);
        mood
    }

    fn think_over(&mut self, temper: &Temper, draws: Draws) {
        let (value, wait) = draws.uniforms(self.stream, THOUGHT_OVER, self.number);
        self.now = normal_quantile(value);
        self.until += exponential(wait, temper.mean_days).max(LEAST);
        self.number += 1;
    }

    /// √l·(what lasts) + √(1−l)·(what is thought over), on a day.
    pub(in crate::engine) fn on(&mut self, day: u32, temper: &Temper, draws: Draws) -> f64 {
        let now = f64::from(day);
        if now - self.until > SURELY * temper.mean_days {
            // It has been thought over many times since: what stands now is as good as new.
            let (value, wait) = draws.uniforms(self.stream, AFRESH, day);
            self.now = normal_quantile(value);
            self.until = now + exponential(wait, temper.mean_days).max(LEAST);
        }
        while self.until <= now {
            self.think_over(temper, draws);
        }
        libm::sqrt(temper.lasting) * self.lasts + libm::sqrt(1.0 - temper.lasting) * self.now
    }
}

/// The resolve of one that decides for a party: a standard normal.
pub(in crate::engine) fn resolve(party: f64, own: f64, temper: &Temper) -> f64 {
    libm::sqrt(temper.cohesion) * party + libm::sqrt(1.0 - temper.cohesion) * own
}

/// What resolve adds to the difference of utility: the logistic quantile of Φ(z), so that
/// the share complying at a constant difference is logistic.
pub(in crate::engine) fn logistic(z: f64) -> f64 {
    // From the nearer tail, where Φ keeps its digits.
    let tail = normal_cdf(-z.abs());
    let size = libm::log1p(-tail) - libm::log(tail);
    if z < 0.0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::{Resolve, both_above, share_complying};

    const TEMPER: Temper =
        Temper { cohesion: 0.8, lasting: 0.5, mean_days: 365.0 / std::f64::consts::LN_2 };
    const N: u64 = 20_000;

    /// How often something holds of two garrisons of a party, on days 0 and `day`.
    fn share(day: u32, holds: impl Fn([f64; 2], [f64; 2]) -> bool) -> f64 {
        let streams = ["party", "a", "b"].map(|id| Stream::new("resolve", &[id]));
        let held = (0..N).filter(|replicate| {
            let draws = Draws::new(7, *replicate);
            let mut moods = streams.map(|stream| Mood::new(stream, &TEMPER, draws));
            let mut on = |day| {
                let [party, a, b] = [0, 1, 2].map(|at: usize| moods[at].on(day, &TEMPER, draws));
                [a, b].map(|own| resolve(party, own, &TEMPER))
            };
            holds(on(0), on(day))
        });
        held.count() as f64 / N as f64
    }

    fn near(found: f64, expected: f64) {
        let error = libm::sqrt(expected * (1.0 - expected) / N as f64);
        assert!((found - expected).abs() <= 3.0 * error, "{found}, expected {expected}");
    }

    #[test]
    fn the_share_complying_is_logistic_on_any_day() {
        for utility in [-1.0, 0.0, 0.5] {
            near(share(0, |[a, _], _| utility + logistic(a) > 0.0), share_complying(utility));
            near(share(400, |_, [a, _]| utility + logistic(a) > 0.0), share_complying(utility));
        }
    }

    #[test]
    fn garrisons_of_a_party_comply_together() {
        near(share(0, |[a, b], _| a > 0.0 && b > 0.0), both_above(0.8));
    }

    #[test]
    fn one_garrison_is_as_much_itself_as_its_half_life_says() {
        let usual = Resolve { cohesion: 0.8, lasting: 0.5, half_life_days: 365.0 };
        for day in [90, 365] {
            let twice = share(day, |[before, _], [now, _]| before > 0.0 && now > 0.0);
            near(twice, usual.complies_twice(f64::from(day)));
        }
    }

    #[test]
    fn resolve_far_out_stays_a_number() {
        assert!((logistic(0.0)).abs() < 1e-12);
        for z in [5.0, 8.0, 30.0] {
            assert!(logistic(z) > 10.0 && (logistic(z) + logistic(-z)).abs() < 1e-9);
        }
    }
}
