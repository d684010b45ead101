//! One measure of one subject over time, out of the stored aggregates.

use time::{Date, Month};

use super::ChartInput;
use crate::record::TurnRow;

/// A row and its day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment<'a> {
    /// The day, as a Julian day number.
    pub(super) day: f64,
    /// The aggregate.
    pub(super) row: &'a TurnRow,
}

/// The rows of a measure of a subject, by date; what is no number is left out.
pub(super) fn of<'a>(
    input: &'a ChartInput,
    (kind, id): (&str, &str),
    measure: &str,
    register: &str,
) -> Vec<Moment<'a>> {
    sorted(input.turns.iter().filter(|row| {
        row.subject_kind == kind
            && row.subject == id
            && row.measure == measure
            && row.register == register
    }))
}

/// Whatever of a kind has rows of a measure, in the order of the table.
pub(super) fn subjects<'a>(input: &'a ChartInput, kind: &str, measure: &str) -> Vec<&'a str> {
    let rows = input.turns.iter();
    let mut ids: Vec<&str> = Vec::new();
    for row in rows.filter(|it| it.subject_kind == kind && it.measure == measure) {
        if !ids.contains(&row.subject.as_str()) {
            ids.push(&row.subject);
        }
    }
    ids
}

/// Rows by date; what is no number is left out.
pub(super) fn sorted<'a>(rows: impl Iterator<Item = &'a TurnRow>) -> Vec<Moment<'a>> {
    let mut moments: Vec<Moment<'a>> = rows
        .filter(|row| row.mean.is_finite())
        .filter_map(|row| {
            let day = day(read(&row.date)?);
            Some(Moment { day, row })
        })
        .collect();
    moments.sort_by(|a, b| a.day.total_cmp(&b.day));
    moments.dedup_by(|a, b| (a.day - b.day).abs() < 0.5);
    moments
}

/// 5–95 % of replicates; none where replicates do not differ: quantiles are read off bins,
/// and would show a spread that is not there.
pub(super) fn spread(row: &TurnRow) -> Option<(f64, f64)> {
    let differ = row.sd > 0.0 && row.q05.is_finite() && row.q95.is_finite();
    differ.then_some((row.q05, row.q95))
}

/// A date as a Julian day number.
pub(super) fn day(date: Date) -> f64 {
    f64::from(date.to_julian_day())
}

/// The value at a day: of the last row not after it.
pub(super) fn at<'a>(moments: &[Moment<'a>], day: f64) -> Option<Moment<'a>> {
    moments.iter().take_while(|m| m.day <= day + 0.5).last().copied()
}

/// A date written as 2018-05-31.
pub(super) fn read(text: &str) -> Option<Date> {
    let mut parts = text.rsplitn(3, '-');
    let day = parts.next()?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    let year = parts.next()?.parse().ok()?;
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

/// A date in words: 31 July 2018.
pub(super) fn long(date: Date) -> String {
    format!("{} {} {}", date.day(), date.month(), date.year())
}

/// A date in a few letters: 31 Jul 2018.
pub(super) fn short(date: Date) -> String {
    format!("{} {}", brief(date), date.year())
}

/// Day and month: 31 Jul.
pub(super) fn brief(date: Date) -> String {
    format!("{} {}", date.day(), month(date.month()))
}

/// The first three letters of a month.
pub(super) fn month(month: Month) -> String {
    month.to_string().chars().take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_written() {
        let date = read("2018-05-31").unwrap();
        assert_eq!(short(date), "31 May 2018");
        assert_eq!(long(date), "31 May 2018");
        assert_eq!(read("2018-02-30"), None);
        assert_eq!(read("soon"), None);
        assert_eq!(read("-0044-03-15").map(Date::year), Some(-44));
    }
}
