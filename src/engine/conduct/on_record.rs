//! How much less likely it is to be on record as violating for who complies.

use crate::theory::standing_on_record;

/// A register: what one monitor writes down, or several that are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::engine) struct Register {
    /// Words a day: "violating" and "keeping".
    pub(in crate::engine) words: [f64; 2],
    /// Days for which a word stands, those until it arrives aside.
    pub(in crate::engine) stands: f64,
}

/// What monitors that look at somebody get wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::engine) struct Errors {
    /// Probability that keeping is registered as violating.
    pub(in crate::engine) to_violating: f64,
    /// Probability that violating is registered as keeping.
    pub(in crate::engine) to_keeping: f64,
    /// Probability that a violation is registered to another.
    pub(in crate::engine) wrong_attribution: f64,
}

impl Errors {
    /// None.
    pub(in crate::engine) const NONE: Self =
        Self { to_violating: 0.0, to_keeping: 0.0, wrong_attribution: 0.0 };

    /// Words "violating" and "keeping" a day that looks at somebody bring, who violates in
    /// this share of them.
    pub(in crate::engine) fn words(&self, looks: f64, violates: f64) -> [f64; 2] {
        let keeps = 1.0 - violates;
        [
            looks
                * (violates * (1.0 - self.to_keeping) * (1.0 - self.wrong_attribution)
                    + keeps * self.to_violating),
            looks * (violates * self.to_keeping + keeps * (1.0 - self.to_violating)),
        ]
    }
}

/// Δb = 1 − Π(1 − Δb_j), with Δb_j = max(0, b_j(not complying) − b_j(complying)) of each
/// register, the first of a pair that of who does not comply.
pub(in crate::engine) fn less_on_record(registers: impl Iterator<Item = [Register; 2]>) -> f64 {
    let unseen = registers.map(|[violates, complies]| {
        let b = |it: &Register| standing_on_record(it.words, it.stands);
        1.0 - (b(&violates) - b(&complies)).max(0.0)
    });
    1.0 - unseen.product::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn register(words: [f64; 2]) -> Register {
        Register { words, stands: 30.0 }
    }

    #[test]
    fn two_flawless_monitors_of_half_the_rate_are_one() {
        let one = less_on_record([[register([0.1, 0.0]), register([0.0, 0.1])]].into_iter());
        assert!((one - 0.9502).abs() < 5e-5, "{one}");
        let half = [register([0.05, 0.0]), register([0.0, 0.05])];
        assert!((less_on_record([half, half].into_iter()) - 0.9502).abs() < 5e-5);
    }

    #[test]
    fn who_says_the_same_whatever_happens_presses_nobody() {
        let liar = Errors { to_violating: 1.0, to_keeping: 0.0, wrong_attribution: 0.0 };
        let pair = [1.0, 0.0].map(|violates| register(liar.words(3.0, violates)));
        assert_eq!(less_on_record([pair].into_iter()), 0.0);
        let blind = Errors { to_violating: 0.0, to_keeping: 1.0, wrong_attribution: 0.0 };
        let pair = [1.0, 0.0].map(|violates| register(blind.words(3.0, violates)));
        assert_eq!(less_on_record([pair].into_iter()), 0.0);
    }

    #[test]
    fn false_alarms_and_errors_never_press_more() {
        let less = |alarms: f64, to_keeping: f64, wrong_attribution: f64| {
            let errors = Errors { to_violating: 0.0, to_keeping, wrong_attribution };
            let pair = [1.0, 0.0].map(|violates| {
                let words = errors.words(0.1, violates);
                register([words[0] + alarms, words[1]])
            });
            less_on_record([pair].into_iter())
        };
        assert!((less(0.2, 0.0, 0.0) - 0.3333).abs() < 1e-4);
        for step in 0..20 {
            let (now, more) = (0.05 * f64::from(step), 0.05 * f64::from(step + 1));
            assert!(less(more, 0.0, 0.0) <= less(now, 0.0, 0.0));
            assert!(less(0.0, more, 0.0) <= less(0.0, now, 0.0));
            assert!(less(0.0, 0.0, more) <= less(0.0, 0.0, now));
        }
    }
}
