//! What is recorded, as shares that sum to one, in a strip below a plot.

use super::canvas::{Align, Canvas, Pen, Type};
use super::plane::Rect;
use super::plot::DateAxis;
use super::ranged::SHARE;
use super::series::{self, Moment};
use super::{text, theme};

/// Below the plot, with the space between both.
pub(super) const HEIGHT: f64 = 36.0;

/// Shares of what is bound, by what monitors recorded of it.
#[derive(Debug, Clone)]
pub(super) struct Strip<'a> {
    /// Seen keeping a clause.
    pub(super) keeping: Vec<Moment<'a>>,
    /// Seen violating it.
    pub(super) violating: Vec<Moment<'a>>,
    /// Not observed.
    pub(super) unseen: Vec<Moment<'a>>,
}

impl Strip<'_> {
    /// Draws it below a plot that ends at `top`, with its last values at the right.
    pub(super) fn draw(&self, canvas: &Canvas, axis: &DateAxis, top: f64) {
        let place = Rect::new(axis.x0, top + 8.0, axis.x1, top + HEIGHT);
        let plotted = axis.plot(canvas, (place.y0, place.y1), SHARE);
        let edges = self.keeping.iter().map(|point| {
            let violating = series::at(&self.violating, point.day).map_or(0.0, |it| it.row.mean);
            let seen = point.row.mean + violating;
            (point.day, point.row.mean.clamp(0.0, 1.0), seen.clamp(0.0, 1.0))
        });
        let edges: Vec<(f64, f64, f64)> = edges.collect();
        let each = || edges.iter().copied();
        plotted.band(each().map(|(day, _, seen)| (day, seen, 1.0)), theme::UNSEEN, 1.0);
        plotted.band(each(), theme::VIOLATING, 0.75);
        plotted.band(each().map(|(day, keeping, _)| (day, 0.0, keeping)), theme::RECORDED, 0.6);
        let pen = Pen::new(theme::PAPER, 0.8);
        plotted.line(each().map(|(day, _, seen)| (day, seen)), &pen);
        plotted.line(each().map(|(day, keeping, _)| (day, keeping)), &pen);
        plotted.edge();
        let before = (place.x0 - 7.0, place.centre().1 + 3.5);
        canvas.text("recorded", before, &Type::NOTE.align(Align::End));
        let rows = [
            ("not observed", &self.unseen, theme::UNSEEN, 1.0),
            ("violating", &self.violating, theme::VIOLATING, 0.75),
            ("keeping", &self.keeping, theme::RECORDED, 0.6),
        ];
        let look = Type::new(theme::SMALL - 0.5, theme::INK);
        let x = place.x1 + 6.0;
        for (n, (name, rows, colour, alpha)) in rows.into_iter().enumerate() {
            let y = place.y0 + 1.0 + n as f64 * 12.5;
            canvas.block(&Rect::new(x, y - 2.0, x + 7.0, y + 5.0), colour, alpha);
            let share = rows.last().map_or(f64::NAN, |it| it.row.mean);
            canvas.text(&format!("{name} {}", text::percent(share)), (x + 11.0, y + 5.0), &look);
        }
    }
}
