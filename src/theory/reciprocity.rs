//! Arms races, reciprocal play, trust and ladders.
//!
//! Sources: Richardson, *Arms and Insecurity*, 1960; Axelrod, *The Evolution of
//! Cooperation*, 1984; Molander, J. Conflict Resolution 29(4), 1985; Kydd,
//! *Trust and Mistrust in International Relations*, 2005; Feller, *An
//! Introduction to Probability Theory* 1, ch. XIV.

/// Richardson's race x' = ay − mx + r, y' = bx − ny + s.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RichardsonRace {
    /// Reaction of either side to the other: a, b.
    pub reaction: (f64, f64),
    /// Fatigue: m, n.
    pub fatigue: (f64, f64),
    /// Grievance: r, s.
    pub grievance: (f64, f64),
}

impl RichardsonRace {
    /// Stable if and only if mn > ab.
    pub fn stable(&self) -> bool {
        self.fatigue.0 * self.fatigue.1 > self.reaction.0 * self.reaction.1
    }

    /// Where both stay: x* = (nr + as)/(mn − ab), y* = (ms + br)/(mn − ab).
    pub fn equilibrium(&self) -> (f64, f64) {
        let ((a, b), (m, n), (r, s)) = (self.reaction, self.fatigue, self.grievance);
        let below = m * n - a * b;
        ((n * r + a * s) / below, (m * s + b * r) / below)
    }

    /// The race from `start` after a time, by small steps.
    pub fn run(&self, start: (f64, f64), time: f64, steps: u32) -> (f64, f64) {
        let ((a, b), (m, n), (r, s)) = (self.reaction, self.fatigue, self.grievance);
        super::attrition::lanchester_integrated(
            start,
            |x, y| (m * x - a * y - r, n * y - b * x - s),
            time,
            steps,
        )
    }
}

/// How a move goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// The other move is made than was meant.
    Action,
    /// The other's move is taken for the opposite.
    Misperception,
}

/// Both sides cooperate after cooperation, and after a defection with a
/// probability; things go wrong with another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forgiving {
    /// Probability of cooperating after a defection; 0 is tit for tat.
    pub forgives: f64,
    /// Probability of a mistake.
    pub error: f64,
    /// Of which kind.
    pub mistake: Mistake,
}

impl Forgiving {
    /// The long-run share of cooperation: (g(1−2ε)+ε)/(1−(1−2ε)(1−g)) under
    /// mistaken actions, (g+(1−g)ε)/(1−(1−2ε)(1−g)) under misperception.
    pub fn cooperation(&self) -> f64 {
        let (g, e) = (self.forgives, self.error);
        let above = match self.mistake {
            Mistake::Action => (1.0 - 2.0 * e) * g + e,
            Mistake::Misperception => g + (1.0 - g) * e,
        };
        above / (1.0 - (1.0 - 2.0 * e) * (1.0 - g))
    }

    /// The probability that a side cooperates after `rounds` from mutual
    /// cooperation, by stepping the four joint states.
    pub fn play(&self, rounds: u32) -> f64 {
        // P(cooperate next | the other cooperated or not).
        let reply = [true, false].map(|cooperated| {
            let meant = |seen: bool| if seen { 1.0 } else { self.forgives };
            let (right, wrong) = (1.0 - self.error, self.error);
            match self.mistake {
                Mistake::Action => right * meant(cooperated) + wrong * (1.0 - meant(cooperated)),
                Mistake::Misperception => right * meant(cooperated) + wrong * meant(!cooperated),
            }
        });
        // By what the first and the second did: both, first, second, neither.
        let mut state = [1.0, 0.0, 0.0, 0.0];
        for _ in 0..rounds {
            let mut next = [0.0; 4];
            for (at, probability) in state.iter().enumerate() {
                let (first, second) = (reply[at & 1], reply[at >> 1]);
                for (to, next) in next.iter_mut().enumerate() {
                    let one = if to >> 1 == 0 { first } else { 1.0 - first };
                    let other = if to & 1 == 0 { second } else { 1.0 - second };
                    *next += probability * one * other;
                }
            }
            state = next;
        }
        state[0] + state[1]
    }
}

/// Tit for tat against itself: cooperation after `rounds` from mutual
/// cooperation, ½ + ½(1−2ε)^t.
pub fn cooperation_after(error: f64, rounds: u32) -> f64 {
    0.5 + 0.5 * libm::pow(1.0 - 2.0 * error, f64::from(rounds))
}

/// The mean of [`cooperation_after`] over rounds 1 to `rounds`.
pub fn tit_for_tat_mean(error: f64, rounds: u32) -> f64 {
    let total: f64 = (1..=rounds).map(|t| cooperation_after(error, t)).sum();
    total / f64::from(rounds)
}

/// The trust from which cooperating is best in an assurance game with payoffs
/// for mutual cooperation R, defecting alone T, cooperating alone S and mutual
/// defection P: (P−S)/((R−T)+(P−S)).
pub fn kydd_threshold([r, t, s, p]: [f64; 4]) -> f64 {
    (p - s) / ((r - t) + (p - s))
}

/// The probability that a ladder taken one rung at a time, up with probability
/// `up` and down with `down`, gets from rung `from` to `top` before 0:
/// (1−ρ^i)/(1−ρ^N) with ρ = down/up, or i/N if ρ = 1.
pub fn reach_top(up: f64, down: f64, from: u32, top: u32) -> f64 {
    let rho = down / up;
    if rho == 1.0 {
        return f64::from(from) / f64::from(top);
    }
    let power = |n: u32| libm::pow(rho, f64::from(n));
    (1.0 - power(from)) / (1.0 - power(top))
}

/// The same without the formula: the chain stepped until nothing is left
/// between.
pub fn ladder_by_steps(up: f64, down: f64, from: u32, top: u32) -> f64 {
    let mut at = vec![0.0; top as usize + 1];
    at[from as usize] = 1.0;
    for _ in 0..1_000_000 {
        let mut next = vec![0.0; at.len()];
        for (rung, probability) in at.iter().enumerate() {
            if rung == 0 || rung == at.len() - 1 {
                next[rung] += probability;
                continue;
            }
            next[rung + 1] += up * probability;
            next[rung - 1] += down * probability;
            next[rung] += (1.0 - up - down) * probability;
        }
        at = next;
        if at[1..top as usize].iter().sum::<f64>() < 1e-14 {
            break;
        }
    }
    at[top as usize]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn play_tends_to_the_long_run(g in 0.05..1.0f64, e in 0.001..0.3f64) {
            for mistake in [Mistake::Action, Mistake::Misperception] {
                let it = Forgiving { forgives: g, error: e, mistake };
                prop_assert!((it.play(4000) - it.cooperation()).abs() < 1e-9);
                let strict = Forgiving { forgives: 0.0, ..it };
                for rounds in [0, 1, 7, 50] {
                    prop_assert!((strict.play(rounds) - cooperation_after(e, rounds)).abs() < 1e-12);
                }
            }
        }

        #[test]
        fn a_ladder_by_steps_is_the_formula(up in 0.05..0.5f64, down in 0.05..0.5f64, from in 0..=6u32) {
            prop_assert!((reach_top(up, down, from, 6) - ladder_by_steps(up, down, from, 6)).abs() < 1e-9);
        }
    }

    #[test]
    fn an_unstable_race_runs_away() {
        let race =
            RichardsonRace { reaction: (3.0, 3.0), fatigue: (2.0, 2.0), grievance: (1.0, 1.0) };
        assert!(!race.stable());
        assert!(race.run((1.0, 1.0), 20.0, 4000).0 > 1e6);
    }
}
