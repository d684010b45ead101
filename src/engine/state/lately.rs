//! Counts of the last days.

use std::collections::VecDeque;

/// What was counted, or made, of late, by day: as many days back as anybody may ask for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lately {
    /// From a day, to a day, how much in all; equally on each day of it.
    spans: VecDeque<(u32, u32, f64)>,
    /// So many days are kept.
    keep: u32,
    /// How much there was since the start.
    all: f64,
}

impl Lately {
    /// Nothing so far; so many days are kept.
    pub(in crate::engine) fn new(keep: u32) -> Self {
        Self { spans: VecDeque::new(), keep, all: 0.0 }
    }

    /// Adds what falls on a day.
    #[inline]
    pub(in crate::engine) fn add(&mut self, day: u32, amount: f64) {
        match self.spans.back_mut() {
            Some((from, to, sum)) if (*from, *to) == (day, day + 1) => {
                *sum += amount;
                self.all += amount;
            }
            _ => self.add_over(day, day + 1, amount),
        }
    }

    /// Adds what falls equally on the days from one up to another.
    pub(in crate::engine) fn add_over(&mut self, from: u32, to: u32, amount: f64) {
        if amount == 0.0 || to <= from {
            return;
        }
        while self.spans.front().is_some_and(|it| it.1.saturating_add(self.keep) <= from) {
            self.spans.pop_front();
        }
        self.spans.push_back((from, to, amount));
        self.all += amount;
    }

    /// All since the start of the run.
    pub fn all(&self) -> f64 {
        self.all
    }

    /// The sum over so many days up to the end of a day's state: `until` is the number of days
    /// that have passed.
    pub fn over(&self, until: u32, days: u32) -> f64 {
        let since = until.saturating_sub(days);
        if self.spans.back().is_none_or(|it| it.1 <= since) {
            return 0.0;
        }
        let recent = self.spans.iter().rev().take_while(|it| it.1 > since);
        let part = |(from, to, amount): &(u32, u32, f64)| {
            let shared = (*to).min(until).saturating_sub((*from).max(since));
            if shared == to - from {
                *amount
            } else {
                amount * f64::from(shared) / f64::from(to - from)
            }
        };
        recent.map(part).sum()
    }

    /// The mean a day over so many days, or those since the first if they are fewer; NaN
    /// before any has passed.
    pub fn rate(&self, until: u32, days: u32) -> f64 {
        self.over(until, days) / f64::from(days.min(until))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_holds_what_fell_into_it_whenever_it_is_asked() {
        let mut lately = Lately::new(28);
        for day in 0..100 {
            lately.add(day, 1.0);
            lately.add(day, f64::from(day % 2));
            let until = day + 1;
            for days in [1, 7, 28] {
                let expected: u32 = (until.saturating_sub(days)..until).map(|it| 1 + it % 2).sum();
                assert_eq!(lately.over(until, days), f64::from(expected), "{until} {days}");
            }
        }
        assert!(lately.spans.len() <= 30);
        let mut lately = Lately::new(28);
        assert!(lately.rate(0, 28).is_nan());
        lately.add_over(0, 10, 20.0);
        assert_eq!((lately.over(12, 7), lately.rate(4, 28)), (10.0, 2.0));
    }
}
