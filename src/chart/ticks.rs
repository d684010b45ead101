//! Where an axis has its ticks.

use time::{Date, Month};

use super::canvas::{Align, Canvas, Pen, Type};
use super::plane::Rect;
use super::series::{day, month};
use super::text;
use super::theme;

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
                Step::Months(_) => (
                    month(date.month()).to_owned(),
                    if new { date.year().to_string() } else { String::new() },
                ),
                Step::Years(_) => (date.year().to_string(), String::new()),
            };
            DateTick { day: day(*date), upper, lower }
        })
        .collect()
}

/// Days to pixels across a plot.
#[derive(Debug, Clone, Copy)]
pub(super) struct DateAxis {
    start: Date,
    end: Date,
    x0: f64,
    x1: f64,
}

impl DateAxis {
    /// From one date at `x0` to another at `x1`.
    pub(super) fn new(start: Date, end: Date, x0: f64, x1: f64) -> DateAxis {
        DateAxis { start, end, x0, x1 }
    }

    /// Where a day lies.
    pub(super) fn x(&self, at: f64) -> f64 {
        let span = (day(self.end) - day(self.start)).max(1.0);
        self.x0 + (at - day(self.start)) / span * (self.x1 - self.x0)
    }

    /// Whether a date is on the axis.
    pub(super) fn has(&self, date: Date) -> bool {
        (self.start..=self.end).contains(&date)
    }

    /// Draws ticks and dates below a plot, thin lines through it.
    pub(super) fn draw(&self, canvas: &Canvas, plot: &Rect, grid: bool) {
        let look = Type::new(theme::TICK, theme::SOFT).align(Align::Middle);
        for tick in dates(self.start, self.end, self.x1 - self.x0) {
            let x = self.x(tick.day);
            if grid {
                canvas.line(&[(x, plot.y0), (x, plot.y1)], &Pen::new(theme::GRID, 0.8));
            }
            let below = plot.y1;
            canvas.line(&[(x, below), (x, below + 4.0)], &Pen::new(theme::RULE, 0.9));
            canvas.text(&tick.upper, (x, below + 15.5), &look);
            canvas.text(&tick.lower, (x, below + 28.5), &look);
        }
    }
}

/// Draws ticks and numbers left of a plot; `y` says where a value lies, `name`
/// what it is called.
pub(super) fn values(
    canvas: &Canvas,
    plot: &Rect,
    ticks: &[f64],
    y: impl Fn(f64) -> f64,
    name: impl Fn(f64) -> String,
) {
    let look = Type::new(theme::TICK, theme::SOFT).align(Align::End);
    for tick in ticks {
        let at = y(*tick);
        canvas.line(&[(plot.x0, at), (plot.x1, at)], &Pen::new(theme::GRID, 0.8));
        canvas.line(&[(plot.x0 - 4.0, at), (plot.x0, at)], &Pen::new(theme::RULE, 0.9));
        canvas.text(&name(*tick), (plot.x0 - 7.0, at + 3.7), &look);
    }
}

/// A number for a tick.
pub(super) fn plain(value: f64) -> String {
    text::number(value)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        crate::chart::font::register().unwrap();
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
