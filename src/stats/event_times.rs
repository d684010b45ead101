//! Times to the first of several things that can happen, over replicates.

use super::interval::{Interval, wilson};
use super::special::normal_quantile;

/// Counts by day of what happened first, of each cause, and of what was still
/// waiting when its time ran out. Whole numbers: any order of adding and merging
/// gives the same, and the size depends on the number of days alone.
///
/// Waiting that ends without an event must end for a reason that has nothing to
/// do with it (the end of the run: administrative censoring).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventTimes<const CAUSES: usize> {
    /// By day: events by cause.
    events: Vec<[u64; CAUSES]>,
    /// By day: still waiting at its end and not watched further.
    censored: Vec<u64>,
    n: u64,
}

impl<const CAUSES: usize> EventTimes<CAUSES> {
    /// None yet, over days 0 to `days`.
    pub fn new(days: u32) -> Self {
        Self {
            events: vec![[0; CAUSES]; days as usize + 1],
            censored: vec![0; days as usize + 1],
            n: 0,
        }
    }

    /// Adds one that came to `cause` on a day. Days beyond the last count as
    /// the last.
    pub fn add(&mut self, day: u32, cause: usize) {
        let day = (day as usize).min(self.events.len() - 1);
        self.events[day][cause] += 1;
        self.n += 1;
    }

    /// Adds one that was watched up to and with a day and came to nothing.
    pub fn add_censored(&mut self, day: u32) {
        let day = (day as usize).min(self.censored.len() - 1);
        self.censored[day] += 1;
        self.n += 1;
    }

    /// Adds what another one, of the same days, holds.
    pub fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.events.iter_mut().zip(&other.events) {
            for (count, more) in mine.iter_mut().zip(theirs) {
                *count += more;
            }
        }
        for (count, more) in self.censored.iter_mut().zip(&other.censored) {
            *count += more;
        }
        self.n += other.n;
    }

    /// How many went in.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Events of a cause by day.
    pub fn by_day(&self, cause: usize) -> Vec<u64> {
        self.events.iter().map(|of| of[cause]).collect()
    }

    /// By day with events: day, at risk before, events in all and by cause.
    fn at_risk(&self) -> impl Iterator<Item = (u32, f64, f64, &[u64; CAUSES])> {
        let mut left = self.n;
        let days = self.events.iter().zip(&self.censored).enumerate();
        days.filter_map(move |(day, (events, censored))| {
            let before = left;
            let all: u64 = events.iter().sum();
            left -= all + censored;
            (all > 0).then_some((day as u32, before as f64, all as f64, events))
        })
    }

    /// The cumulative incidence of a cause by (and with) a day: the probability
    /// that it has come, the others being able to come first.
    ///
    /// Estimate: Aalen & Johansen, Scand. J. Statistics 5, 1978. Standard error:
    /// delta method (Marubini & Valsecchi 1995, eq. 10.12); without censoring it
    /// is that of a share. Interval at 95 %: complementary log–log scale
    /// (Kalbfleisch & Prentice), Wilson's where the estimate is 0 or 1.
    pub fn incidence(&self, cause: usize, day: u32) -> Incidence {
        let mut steps = Vec::new();
        let (mut survival, mut reached) = (1.0, 0.0);
        for (_, n, all, events) in self.at_risk().take_while(|(at, ..)| *at <= day) {
            let own = events[cause] as f64;
            reached += survival * own / n;
            steps.push((n, all, own, survival, reached));
            survival *= 1.0 - all / n;
        }
        let mut variance = 0.0;
        for (n, all, own, before, so_far) in steps {
            let to_come = reached - so_far;
            if all < n {
                variance += to_come * to_come * all / (n * (n - all));
            }
            variance += before * before * (n - own) * own / (n * n * n);
            variance -= 2.0 * to_come * before * own / (n * n);
        }
        let error = variance.max(0.0).sqrt();
        Incidence { n: self.n, error, interval: self.interval(reached, error) }
    }

    /// The share that has come to nothing by (and with) a day: Kaplan & Meier,
    /// JASA 53, 1958, all causes together. Right only where waiting is cut short
    /// by the end of the run and by nothing else: where another cause can come
    /// first, it belongs among the causes.
    pub fn survival(&self, day: u32) -> f64 {
        self.at_risk()
            .take_while(|(at, ..)| *at <= day)
            .map(|(_, risk, all, _)| 1.0 - all / risk)
            .product()
    }

    /// The first day by which the incidence of a cause reaches a probability;
    /// none if it does not.
    pub fn day_of(&self, cause: usize, probability: f64) -> Option<u32> {
        let (mut survival, mut reached) = (1.0, 0.0);
        for (day, risk, all, events) in self.at_risk() {
            reached += survival * events[cause] as f64 / risk;
            survival *= 1.0 - all / risk;
            if reached >= probability - 1e-12 {
                return Some(day);
            }
        }
        None
    }

    fn interval(&self, estimate: f64, error: f64) -> Interval {
        if self.n == 0 {
            return wilson(0, 0);
        }
        // At either end, but for rounding.
        if !(1e-9..=1.0 - 1e-9).contains(&estimate) {
            return wilson((estimate * self.n as f64).round() as u64, self.n);
        }
        let log = libm::log(estimate);
        let half = normal_quantile(0.975) * error / (estimate * log).abs();
        Interval {
            estimate,
            low: libm::pow(estimate, libm::exp(half)),
            high: libm::pow(estimate, libm::exp(-half)),
        }
    }
}

/// A cumulative incidence with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Incidence {
    /// How many it rests on.
    pub n: u64,
    /// Its standard error.
    pub error: f64,
    /// The estimate with its 95 % interval.
    pub interval: Interval,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Draws, Stream};
    use proptest::prelude::*;

    #[test]
    fn certain_ends_have_wilsons_interval() {
        let mut it = EventTimes::<1>::new(400);
        assert!(it.incidence(0, 400).interval.estimate.is_nan());
        for day in 0..300 {
            it.add(day, 0);
        }
        assert_eq!(it.incidence(0, 400).interval, wilson(300, 300));
        assert_eq!(EventTimes::<1>::new(3).n(), 0);
        let mut none = EventTimes::<1>::new(5);
        none.add_censored(5);
        assert_eq!(none.incidence(0, 5).interval, wilson(0, 1));
    }

    /// Six at risk; by hand: F₁ = 1/6 + (5/6)(0) …
    #[test]
    fn a_small_sample_by_hand() {
        let mut it = EventTimes::<2>::new(10);
        it.add(1, 0); // 6 at risk
        it.add(2, 1); // 5
        it.add_censored(3); // 4
        it.add(4, 0); // 3
        it.add(5, 1); // 2
        it.add_censored(10);
        let of = |cause, day| it.incidence(cause, day).interval.estimate;
        assert!((of(0, 1) - 1.0 / 6.0).abs() < 1e-12);
        assert!((of(1, 2) - 1.0 / 6.0).abs() < 1e-12);
        // After two events S = 4/6; 1 of 3 at risk on day 4.
        assert!((of(0, 4) - (1.0 / 6.0 + 4.0 / 6.0 / 3.0)).abs() < 1e-12);
        assert!((of(1, 9) - (1.0 / 6.0 + 4.0 / 6.0 * 2.0 / 3.0 / 2.0)).abs() < 1e-12);
        assert!((it.survival(10) + of(0, 10) + of(1, 10) - 1.0).abs() < 1e-12);
        assert_eq!(it.day_of(0, 0.3), Some(4));
        assert_eq!(it.day_of(0, 0.9), None);
    }

    proptest! {
        /// Without censoring before the last day the incidence is a share, with
        /// a share's standard error.
        #[test]
        fn without_censoring_it_is_a_share(times in prop::collection::vec((0..20u32, 0..3usize), 1..80)) {
            let mut it = EventTimes::<2>::new(20);
            for (day, cause) in &times {
                if *cause == 2 { it.add_censored(20) } else { it.add(*day, *cause) }
            }
            let n = times.len() as f64;
            for day in [3, 11, 20] {
                for cause in 0..2 {
                    let yes = times.iter().filter(|(at, of)| *of == cause && *at <= day).count() as f64;
                    let found = it.incidence(cause, day);
                    let p = yes / n;
                    prop_assert!((found.interval.estimate - p).abs() < 1e-9);
                    // Of variances: the root of a rounding error near 0 is none.
                    let (variance, expected) = (found.error * found.error, p * (1.0 - p) / n);
                    prop_assert!((variance - expected).abs() < 1e-12, "{variance} {expected}");
                    prop_assert!(found.interval.low <= p + 1e-12 && p <= found.interval.high + 1e-12);
                }
            }
        }

        #[test]
        fn merging_in_any_order_is_the_same(times in prop::collection::vec((0..20u32, 0..3usize), 0..40), cut in 0..40usize) {
            let of = |times: &[(u32, usize)]| {
                let mut it = EventTimes::<2>::new(20);
                for (day, cause) in times {
                    if *cause == 2 { it.add_censored(*day) } else { it.add(*day, *cause) }
                }
                it
            };
            let (a, b) = times.split_at(cut.min(times.len()));
            let (mut ab, mut ba) = (of(a), of(b));
            ab.merge(&of(b));
            ba.merge(&of(a));
            prop_assert_eq!(&ab, &ba);
            prop_assert_eq!(ab, of(&times));
        }
    }

    /// Rates .02 and .03 with censoring at random days: the 95 % interval holds
    /// the truth in 95 of 100 samples; of 400, at least 366 (four standard
    /// errors of a share) and at most 394.
    #[test]
    fn intervals_cover() {
        let stream = Stream::new("cover", &[]);
        let day = 40;
        let truth = 0.4 * (1.0 - libm::exp(-0.05 * f64::from(day)));
        let mut covered = 0;
        for sample in 0..400 {
            let mut it = EventTimes::<2>::new(100);
            for i in 0..200 {
                let draws = Draws::new(5, sample);
                let (u, v) = draws.uniforms(stream, 0, i);
                let (w, _) = draws.uniforms(stream, 1, i);
                let time = (-libm::log(u) / 0.05).ceil() as u32;
                let watched = 10 + (w * 80.0) as u32;
                if time > watched {
                    it.add_censored(watched);
                } else {
                    it.add(time, usize::from(v > 0.4));
                }
            }
            let found = it.incidence(0, day).interval;
            covered += u32::from(found.low <= truth && truth <= found.high);
        }
        assert!((366..=394).contains(&covered), "{covered} of 400");
    }
}
