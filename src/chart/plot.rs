//! A plot: a rectangle of the sheet in coordinates of its own, with its axes.

use plotters::style::RGBColor;
use time::Date;

use super::canvas::{Align, Canvas, Pen, Type};
use super::plane::{Pt, Rect};
use super::ranged::Scale;
use super::series::{Moment, day};
use super::{theme, ticks};
use crate::record::TurnRow;

/// A rectangle of the sheet, with values across and up.
#[derive(Clone)]
pub(super) struct Plot {
    /// Where it lies on the sheet, in pixels.
    pub(super) frame: Rect,
    sheet: Canvas,
    own: Canvas,
    corner: Pt,
}

impl Plot {
    /// A plot of these values from left to right, and from its bottom to its top.
    pub(super) fn new(sheet: &Canvas, frame: &Rect, across: Scale, up: Scale) -> Plot {
        let own = sheet.over(frame, across, up);
        Plot { frame: *frame, sheet: sheet.clone(), own, corner: (across.from, up.from) }
    }

    /// Where a value lies across, in pixels.
    pub(super) fn x(&self, value: f64) -> f64 {
        self.own.place((value, self.corner.1)).0
    }

    /// Where a value lies up, in pixels.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.own.place((self.corner.0, value)).1
    }

    /// Where a value lies up, or the edge beyond which it lies.
    pub(super) fn inside(&self, value: f64) -> f64 {
        self.y(value).clamp(self.frame.y0, self.frame.y1)
    }

    /// Where a point lies, in pixels.
    pub(super) fn place(&self, at: Pt) -> Pt {
        self.own.place(at)
    }

    /// A line through points.
    pub(super) fn line(&self, points: impl IntoIterator<Item = Pt>, pen: &Pen) {
        let points: Vec<Pt> = points.into_iter().collect();
        self.own.line(&points, pen);
    }

    /// The area between two lines over the same places: place, lower and upper value.
    pub(super) fn band(
        &self,
        rows: impl IntoIterator<Item = (f64, f64, f64)>,
        colour: RGBColor,
        alpha: f64,
    ) {
        let rows: Vec<(f64, f64, f64)> = rows.into_iter().collect();
        let up = rows.iter().map(|(x, _, high)| (*x, *high));
        let down = rows.iter().rev().map(|(x, low, _)| (*x, *low));
        let points: Vec<Pt> = up.chain(down).collect();
        self.own.fill(&points, colour, alpha);
    }

    /// The area between two values of rows over time.
    pub(super) fn fan(
        &self,
        moments: &[Moment<'_>],
        ends: fn(&TurnRow) -> (f64, f64),
        colour: RGBColor,
        alpha: f64,
    ) {
        let rows = moments.iter().map(|it| (it.day, ends(it.row)));
        self.band(rows.map(|(day, (low, high))| (day, low, high)), colour, alpha);
    }

    /// A line at a value from left to right.
    pub(super) fn level(&self, value: f64, pen: &Pen) {
        let y = self.y(value);
        self.sheet.line(&[(self.frame.x0, y), (self.frame.x1, y)], pen);
    }

    /// A line at a value from the top to the bottom.
    pub(super) fn upright(&self, value: f64, pen: &Pen) {
        let x = self.x(value);
        self.sheet.line(&[(x, self.frame.y0), (x, self.frame.y1)], pen);
    }

    /// What is drawn in it until [`Plot::end_clip`] shows inside of it only.
    pub(super) fn clip(&self, beyond: f64) {
        self.sheet.clip(&self.frame.grown(beyond));
    }

    /// Ends what [`Plot::clip`] began.
    pub(super) fn end_clip(&self) {
        self.sheet.end_clip();
    }

    /// Its edge.
    pub(super) fn edge(&self) {
        self.sheet.frame(&self.frame, &Pen::new(theme::RULE, 0.9));
    }

    /// Lines at values, and left of the plot what `name` calls them.
    pub(super) fn values(&self, marks: &[f64], name: impl Fn(f64) -> String) {
        let left = self.frame.x0;
        for mark in marks {
            let at = self.y(*mark);
            self.level(*mark, &Pen::new(theme::GRID, 0.8));
            self.sheet.line(&[(left - 4.0, at), (left, at)], &Pen::new(theme::RULE, 0.9));
            self.sheet.text(&name(*mark), (left - 7.0, at + 3.7), &Type::TICK.align(Align::End));
        }
    }

    /// Lines at values across, and below the plot what `name` calls them, where that ends
    /// before the sheet does.
    pub(super) fn values_below(&self, marks: &[f64], name: impl Fn(f64) -> String) {
        let look = Type::TICK.align(Align::Middle);
        for mark in marks {
            self.upright(*mark, &Pen::new(theme::GRID, 0.8));
            let (at, words) = (self.x(*mark), name(*mark));
            if at + look.width(&words) / 2.0 <= theme::WIDTH - theme::MARGIN / 2.0 {
                self.sheet.text(&words, (at, self.frame.y1 + 14.0), &look);
            }
        }
    }
}

/// Days to pixels across a plot.
#[derive(Debug, Clone, Copy)]
pub(super) struct DateAxis {
    start: Date,
    end: Date,
    /// Where the first day lies.
    pub(super) x0: f64,
    /// Where the last day lies.
    pub(super) x1: f64,
}

impl DateAxis {
    /// From one date at `x0` to another at `x1`.
    pub(super) fn new(start: Date, end: Date, x0: f64, x1: f64) -> DateAxis {
        DateAxis { start, end, x0, x1 }
    }

    /// Its days.
    fn scale(&self) -> Scale {
        Scale::new(day(self.start), day(self.end).max(day(self.start) + 1.0))
    }

    /// Where a day lies.
    pub(super) fn x(&self, at: f64) -> f64 {
        self.x0 + self.scale().share(at) * (self.x1 - self.x0)
    }

    /// Where a date lies.
    pub(super) fn at(&self, date: Date) -> f64 {
        self.x(day(date))
    }

    /// Where a date lies, if it is on the axis.
    pub(super) fn place(&self, date: Option<Date>) -> Option<f64> {
        date.filter(|date| self.has(*date)).map(|date| self.at(date))
    }

    /// Whether a date is on the axis.
    pub(super) fn has(&self, date: Date) -> bool {
        (self.start..=self.end).contains(&date)
    }

    /// A plot of this height over these days, with its dates below.
    pub(super) fn plot(&self, sheet: &Canvas, (top, bottom): (f64, f64), up: Scale) -> Plot {
        Plot::new(sheet, &Rect::new(self.x0, top, self.x1, bottom), self.scale(), up)
    }

    /// Draws ticks and dates below a plot, thin lines through it.
    pub(super) fn draw(&self, canvas: &Canvas, plot: &Rect, grid: bool) {
        let look = Type::TICK.align(Align::Middle);
        for tick in ticks::dates(self.start, self.end, self.x1 - self.x0) {
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
