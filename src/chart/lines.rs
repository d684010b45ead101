//! Lines of panels: means of a measure over time.

use plotters::style::RGBColor;

use super::series::{Moment, spread};
use super::text;
use super::theme::{self, Shape};
use crate::record::TurnRow;
use crate::stats::{mean_interval, wilson};

/// At most so many lines in a panel: more cannot be told apart.
pub(super) const LINES: usize = 7;
/// Of what has been counted at all the greatest, for as many lines as a panel has, and how
/// many more there are.
pub(super) fn greatest<T>(counted: impl Iterator<Item = (f64, T)>) -> (Vec<T>, usize) {
    let mut all: Vec<(f64, T)> = counted.filter(|it| it.0 > 0.0).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let more = all.len().saturating_sub(LINES);
    let kept = all.into_iter().take(LINES).map(|it| it.1);
    (kept.collect(), more)
}

/// What is drawn round a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Band {
    /// Nothing.
    None,
    /// 5–95 % of replicates, where replicates differ.
    Quantiles,
    /// The 95 % interval of a probability, by Wilson's score.
    Wilson,
    /// 5–95 % of replicates, and in it the 95 % interval of a mean share, by Student.
    Share,
}

/// What the numbers of a panel are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figures {
    /// Shares, written as per cent.
    Share,
    /// Any others.
    Number,
}

impl Figures {
    /// A value in few digits.
    pub(super) fn words(self, value: f64) -> String {
        match self {
            Figures::Share => text::percent(value),
            Figures::Number => amount(value),
        }
    }
}

/// A number in few digits: what is above nothing is not said to be nothing.
pub(super) fn amount(value: f64) -> String {
    // Two digits of what is small, without zeros at the end.
    let short = |words: String| match words.trim_end_matches('0') {
        kept if kept.contains('.') => kept.trim_end_matches('.').to_owned(),
        _ => words.clone(),
    };
    match value {
        _ if value >= 999.5 => text::grouped(value.round() as u64),
        _ if value >= 99.5 => format!("{value:.0}"),
        _ if value >= 0.95 || value <= 0.0 || value.is_nan() => text::number(value),
        _ if value < 0.0005 => "< 0.001".to_owned(),
        _ if value < 0.095 => short(format!("{value:.3}")),
        _ => short(format!("{value:.2}")),
    }
}

/// A value of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Value {
    /// The day, as a Julian day number.
    pub(super) day: f64,
    /// The mean.
    pub(super) mean: f64,
}

/// What is drawn round a line: day, from, to; and how opaque it is.
pub(super) type Ribbon = (Vec<(f64, f64, f64)>, f64);

/// A line of a panel.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// What it is called.
    pub(super) name: String,
    /// Its values, by day.
    pub(super) values: Vec<Value>,
    /// What is drawn round it.
    pub(super) ribbons: Vec<Ribbon>,
    /// The value written beside it.
    pub(super) told: f64,
    /// The rows it is drawn from.
    pub(super) rows: Vec<Moment<'a>>,
    /// Its colour.
    pub(super) colour: RGBColor,
    /// Its dashes.
    pub(super) dash: &'static str,
    /// The mark at its end.
    pub(super) shape: Shape,
}

/// Dashes of the lines of a panel, in order: no two lines rely on colour alone.
const DASHES: [&str; LINES] =
    ["", theme::DASHED, theme::DASH_DOT, "3 2", "11 3", "9 2 2 2 2 2", theme::DOTTED];

impl<'a> Line<'a> {
    /// The n-th line of a panel: means with what is round them; the last is told.
    pub(super) fn nth(n: usize, name: &str, rows: Vec<Moment<'a>>, band: Band) -> Line<'a> {
        let values = rows.iter().map(|it| Value { day: it.day, mean: it.row.mean });
        let ribbon = |round: fn(&TurnRow) -> Option<(f64, f64)>, alpha| -> Ribbon {
            let ends = rows.iter().filter_map(|it| Some((it.day, round(it.row)?)));
            (ends.map(|(day, (low, high))| (day, low, high)).collect(), alpha)
        };
        let ribbons = match band {
            Band::None => Vec::new(),
            Band::Quantiles => vec![ribbon(quantiles, 0.16)],
            Band::Wilson => vec![ribbon(probability, 0.16)],
            Band::Share => vec![ribbon(quantiles, 0.16), ribbon(mean_share, 0.4)],
        };
        let (colour, shape) = theme::party(n);
        Line {
            name: text::clean(name),
            values: values.collect(),
            ribbons,
            told: rows.last().map_or(f64::NAN, |it| it.row.mean),
            rows,
            colour,
            dash: DASHES[n % LINES],
            shape,
        }
    }

    /// Lines of each of these, those with most in all first, as many as a panel has room
    /// for, and how many more there are.
    pub(super) fn greatest(
        all: impl Iterator<Item = (String, Vec<Moment<'a>>)>,
        line: impl Fn(usize, &str, Vec<Moment<'a>>) -> Line<'a>,
    ) -> (Vec<Line<'a>>, usize) {
        let (kept, more) = greatest(all.map(|(name, rows)| (sum(&rows), (name, rows))));
        let lines = kept.into_iter().enumerate();
        (lines.map(|(n, (name, rows))| line(n, &name, rows)).collect(), more)
    }

    /// The n-th line of a panel: of what is counted by day; the mean over all days is told.
    pub(super) fn counted(n: usize, name: &str, rows: Vec<Moment<'a>>) -> Line<'a> {
        let told = over_days(&rows);
        Line { told, ..Self::nth(n, name, rows, Band::None) }
    }

    /// Whether it is ever above nothing.
    pub(super) fn is_any(&self) -> bool {
        self.rows.iter().any(|it| it.row.mean > 0.0)
    }

    /// Its last row.
    pub(super) fn last(&self) -> Option<&'a TurnRow> {
        self.rows.last().map(|it| it.row)
    }

    /// The greatest of its means.
    pub(super) fn peak(&self) -> f64 {
        self.values.iter().map(|it| it.mean).fold(0.0, f64::max)
    }
}

/// The sum over all dates and replicates.
pub(super) fn sum(rows: &[Moment<'_>]) -> f64 {
    rows.iter().map(|it| it.row.mean * it.row.n as f64).sum()
}

/// The mean over all days of values that each stand for the days since the one before.
fn over_days(rows: &[Moment<'_>]) -> f64 {
    let known: Vec<&Moment<'_>> = rows.iter().filter(|it| it.row.mean.is_finite()).collect();
    let days = |pair: &[&Moment<'_>]| pair[1].day - pair[0].day;
    let first = rows.first().zip(known.first()).map_or(0.0, |(start, it)| it.day - start.day);
    let own = known.first().map_or(0.0, |it| it.row.mean * first);
    let sum: f64 = known.windows(2).map(|pair| pair[1].row.mean * days(pair)).sum();
    let all: f64 = known.windows(2).map(days).sum();
    let all = all + first;
    if all > 0.0 { (sum + own) / all } else { known.last().map_or(f64::NAN, |it| it.row.mean) }
}

/// 5–95 % of replicates; the mean where they do not differ.
fn quantiles(row: &TurnRow) -> Option<(f64, f64)> {
    spread(row).or(Some((row.mean, row.mean)))
}

/// The 95 % interval of a probability.
pub(super) fn probability(row: &TurnRow) -> Option<(f64, f64)> {
    let yes = (row.mean * row.n as f64).round() as u64;
    let it = wilson(yes.min(row.n), row.n);
    (row.n > 0).then_some((it.low, it.high))
}

/// The 95 % interval of the mean of shares; the mean where it has none.
fn mean_share(row: &TurnRow) -> Option<(f64, f64)> {
    let it = mean_interval(row.n, row.mean, row.sd);
    let known = |end: f64| if end.is_finite() { end.clamp(0.0, 1.0) } else { row.mean };
    Some((known(it.low), known(it.high)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_well() {
        for (value, words) in [
            (0.0, "0"),
            (0.0001, "< 0.001"),
            (0.0243, "0.024"),
            (0.03, "0.03"),
            (0.25, "0.25"),
            (0.5, "0.5"),
            (1.25, "1.2"),
            (12.0, "12"),
            (123.4, "123"),
            (1234.6, "1,235"),
        ] {
            assert_eq!(amount(value), words);
        }
    }

    #[test]
    fn the_mean_over_all_days_goes_by_days() {
        let row = |mean: f64| TurnRow { n: 10, mean, ..TurnRow::default() };
        let rows = [row(f64::NAN), row(2.0), row(0.0), row(1.0)];
        let days = [0.0, 7.0, 8.0, 40.0];
        let moments: Vec<Moment<'_>> =
            rows.iter().zip(days).map(|(row, day)| Moment { day, row }).collect();
        assert_eq!(over_days(&moments), 46.0 / 40.0);
    }
}
