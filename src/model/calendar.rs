//! Days and turns.

use time::Date;

/// The days of a run, counted from 0 on its first day, and its turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Day 0.
    pub start: Date,
    /// The number of the last day.
    pub days: u32,
    /// The days on which turns end, rising; the last is the last day.
    ends: Vec<u32>,
}

/// One turn: the days from `from` up to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Number of the turn, from 0.
    pub index: u32,
    /// Its first day.
    pub from: u32,
    /// The day it ends on, when the state is recorded.
    pub to: u32,
}

impl Calendar {
    /// Turns of `turn_days` days each (at least 1), the last one as long as is
    /// left. A turn also ends on each day of `also`, so that the state is
    /// recorded on it.
    pub fn new(start: Date, days: u32, turn_days: u32, also: impl Iterator<Item = u32>) -> Self {
        let regular = (turn_days.max(1)..days).step_by(turn_days.max(1) as usize);
        let also = also.filter(|day| (1..days).contains(day));
        let mut ends: Vec<u32> = regular.chain(also).chain([days]).collect();
        ends.sort_unstable();
        ends.dedup();
        Self { start, days, ends }
    }

    /// How many turns there are.
    pub fn turns(&self) -> u32 {
        self.ends.len() as u32
    }

    /// The turn of a number below [`turns`](Self::turns).
    pub fn turn(&self, index: u32) -> Turn {
        let at = index as usize;
        Turn {
            index,
            from: at.checked_sub(1).map_or(0, |before| self.ends[before]),
            to: self.ends[at],
        }
    }

    /// The place of a day among the days on which the state is recorded.
    pub fn record_index(&self, day: u32) -> Option<usize> {
        match day {
            0 => Some(0),
            _ => self.ends.binary_search(&day).ok().map(|at| at + 1),
        }
    }

    /// The days on which the state is recorded: day 0, then each turn's last.
    pub fn record_days(&self) -> impl Iterator<Item = u32> + '_ {
        std::iter::once(0).chain(self.ends.iter().copied())
    }

    /// The date of a day.
    pub fn date(&self, day: u32) -> Date {
        Date::from_julian_day(self.start.to_julian_day() + day as i32).unwrap_or(Date::MAX)
    }

    /// The day of a date; negative before the start.
    pub fn day(&self, date: Date) -> i64 {
        i64::from(date.to_julian_day()) - i64::from(self.start.to_julian_day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Month;

    #[test]
    fn the_last_turn_ends_on_the_last_day() {
        let start = Date::from_calendar_date(2018, Month::May, 31).unwrap();
        let calendar = Calendar::new(start, 548, 7, std::iter::empty());
        assert_eq!(calendar.turns(), 79);
        assert_eq!(calendar.turn(78), Turn { index: 78, from: 546, to: 548 });
        assert_eq!(calendar.record_days().count(), 80);
        assert_eq!(calendar.date(548).to_string(), "2019-11-30");
        assert_eq!(calendar.day(calendar.date(62)), 62);
    }

    #[test]
    fn a_turn_also_ends_on_days_asked_for() {
        let start = Date::from_calendar_date(2018, Month::May, 31).unwrap();
        let calendar = Calendar::new(start, 20, 7, [9, 14, 0, 25].into_iter());
        let days: Vec<u32> = calendar.record_days().collect();
        assert_eq!(days, [0, 7, 9, 14, 20]);
        assert_eq!(calendar.record_index(9), Some(2));
        assert_eq!(calendar.record_index(0), Some(0));
        assert_eq!(calendar.record_index(10), None);
        let turns: Vec<_> = (0..calendar.turns()).map(|it| calendar.turn(it)).collect();
        assert!(turns.windows(2).all(|pair| pair[0].to == pair[1].from));
    }
}
