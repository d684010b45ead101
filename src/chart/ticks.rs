//! Where an axis has its ticks.

use time::{Date, Month};

use super::series::{day, month};

/// The next of 1, 2, 5, 10, … times a power of ten at or above `least`.
pub(super) fn nice(least: f64) -> f64 {
    if !(least.is_finite() && least > 0.0) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(least)));
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|m| m * power)
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

/// Multiples of a nice step from `low` to `high`, about `count` of them.
pub(super) fn linear(low: f64, high: f64, count: f64) -> Vec<f64> {
    let step = nice((high - low) / count.max(1.0));
    let mut ticks = Vec::new();
    let mut n = libm::ceil(low / step - 1e-9);
    while n * step <= high + 1e-9 * step && ticks.len() < 100 {
        ticks.push(n * step);
        n += 1.0;
    }
    ticks
}

/// A tick of a date axis with its one or two lines of text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DateTick {
    /// Julian day number.
    pub(super) day: f64,
    /// Day or month.
    pub(super) upper: String,
    /// Year, where it is new.
    pub(super) lower: String,
}

/// How ticks of dates follow each other.
#[derive(Debug, Clone, Copy)]
enum Step {
    Days(i32),
    Months(i32),
    Years(i32),
}

const STEPS: [Step; 17] = [
    Step::Days(1),
    Step::Days(2),
    Step::Days(7),
    Step::Days(14),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(500),
    Step::Years(1000),
];

/// Ticks from one day to another on an axis of this length in pixels, the finest
/// whose labels do not touch.
pub(super) fn dates(start: Date, end: Date, length: f64) -> Vec<DateTick> {
    let span = (day(end) - day(start)).max(1.0);
    for step in STEPS {
        let (days, room) = match step {
            Step::Days(n) => (f64::from(n), 58.0),
            Step::Months(n) => (28.0 * f64::from(n), 44.0),
            Step::Years(n) => (365.0 * f64::from(n), 44.0),
        };
        if days / span * length >= room {
            let ticks = labelled(&of_step(start, end, step), step);
            if ticks.len() >= 2 {
                return ticks;
            }
        }
    }
    // No step fits: both ends, if they do.
    let ends = if length >= 140.0 && end > start { vec![start, end] } else { vec![start] };
    labelled(&ends, Step::Days(1))
}

fn of_step(start: Date, end: Date, step: Step) -> Vec<Date> {
    let mut out = Vec::new();
    match step {
        Step::Days(n) => {
            let mut at = start.to_julian_day();
            while at <= end.to_julian_day() {
                out.extend(Date::from_julian_day(at));
                at += n;
            }
        }
        Step::Months(n) => {
            let mut at = start.year() * 12 + i32::from(u8::from(start.month())) - 1;
            at = at.div_euclid(n) * n;
            while let Some(date) = first_of(at).filter(|d| *d <= end) {
                out.push(date);
                at += n;
            }
        }
        Step::Years(n) => {
            let mut year = start.year().div_euclid(n) * n;
            while let Some(date) = first_of(year * 12).filter(|d| *d <= end) {
                out.push(date);
                year += n;
            }
        }
    }
    out.retain(|d| *d >= start);
    out
}

/// The first day of a month counted from year 0.
fn first_of(months: i32) -> Option<Date> {
    let month = u8::try_from(months.rem_euclid(12) + 1).ok()?;
    let month = Month::try_from(month).ok()?;
    Date::from_calendar_date(months.div_euclid(12), month, 1).ok()
}

fn labelled(dates: &[Date], step: Step) -> Vec<DateTick> {
    let mut year = None;
    dates
        .iter()
        .map(|date| {
            let new = year != Some(date.year());
            year = Some(date.year());
            let (upper, lower) = match step {
                Step::Days(_) => (
                    format!("{} {}", date.day(), month(date.month())),
                    if new { date.year().to_string() } else { String::new() },
                ),
                Step::Months(_) => {
                    (month(date.month()), if new { date.year().to_string() } else { String::new() })
                }
                Step::Years(_) => (date.year().to_string(), String::new()),
            };
            DateTick { day: day(*date), upper, lower }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::plot::DateAxis;
    use crate::chart::{font, theme};

    fn date(year: i32, month: Month, day: u8) -> Date {
        Date::from_calendar_date(year, month, day).unwrap()
    }

    #[test]
    fn steps_are_nice() {
        for (least, step) in [(0.3, 0.5), (1.0, 1.0), (1.1, 2.0), (6.0, 10.0), (70.0, 100.0)] {
            assert!((nice(least) - step).abs() < 1e-9);
        }
        assert_eq!(linear(-10.0, 100.0, 5.0), [0.0, 50.0, 100.0]);
    }

    #[test]
    fn months_for_a_year_and_days_for_a_week() {
        let year = dates(date(2018, Month::May, 31), date(2019, Month::June, 2), 600.0);
        assert!(year.len() >= 6 && year.len() <= 13, "{year:?}");
        assert_eq!((year[0].upper.as_str(), year[0].lower.as_str()), ("Jun", "2018"));
        assert!(year.iter().any(|t| t.lower == "2019"));
        let week = dates(date(2018, Month::May, 31), date(2018, Month::June, 6), 600.0);
        assert_eq!(week.len(), 7);
        assert_eq!(week[1].upper, "1 Jun");
        let age = dates(date(1000, Month::May, 31), date(2018, Month::June, 6), 600.0);
        assert!(age.len() > 4 && age.len() < 14, "{age:?}");
        let none = dates(date(2018, Month::May, 31), date(2018, Month::May, 31), 600.0);
        assert_eq!(none.len(), 1);
    }

    #[test]
    fn labels_never_touch() {
        for days in [1, 5, 20, 60, 90, 200, 400, 1000, 3000, 20_000] {
            for length in [120.0, 300.0, 800.0] {
                let start = date(2018, Month::January, 30);
                let end = Date::from_julian_day(start.to_julian_day() + days).unwrap();
                let axis = DateAxis::new(start, end, 0.0, length);
                let ticks = dates(start, end, length);
                for pair in ticks.windows(2) {
                    let half = |t: &str| font::width(t, theme::TICK, false) / 2.0;
                    let gap = axis.x(pair[1].day) - axis.x(pair[0].day);
                    let upper = half(&pair[0].upper) + half(&pair[1].upper);
                    let lower = half(&pair[0].lower) + half(&pair[1].lower);
                    assert!(gap > upper + 2.0 && gap > lower, "{days} {length} {pair:?}");
                }
            }
        }
    }
}
