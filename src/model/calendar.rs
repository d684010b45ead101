//! Days and turns.

use time::Date;

/// The days of a run, counted from 0 on its first day, and its turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// Day 0.
    pub start: Date,
    /// The number of the last day.
    pub days: u32,
    /// Days in a turn; the last turn may be shorter.
    pub turn_days: u32,
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
    /// How many turns there are.
    pub fn turns(&self) -> u32 {
        self.days.div_ceil(self.turn_days)
    }

    /// The turn of a number.
    pub fn turn(&self, index: u32) -> Turn {
        let from = (index * self.turn_days).min(self.days);
        Turn {
            index,
            from,
            to: (from + self.turn_days).min(self.days),
        }
    }

    /// The days on which the state is recorded: day 0, then each turn's last.
    pub fn record_days(&self) -> impl Iterator<Item = u32> + '_ {
        std::iter::once(0).chain((0..self.turns()).map(|index| self.turn(index).to))
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
        let calendar = Calendar {
            start,
            days: 548,
            turn_days: 7,
        };
        assert_eq!(calendar.turns(), 79);
        assert_eq!(
            calendar.turn(78),
            Turn {
                index: 78,
                from: 546,
                to: 548
            }
        );
        assert_eq!(calendar.record_days().count(), 80);
        assert_eq!(calendar.date(548).to_string(), "2019-11-30");
        assert_eq!(calendar.day(calendar.date(62)), 62);
    }
}
