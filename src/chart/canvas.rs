//! What charts draw with: lines, areas, marks and text on a plotters drawing area.
//!
//! A [`Canvas`] is the whole sheet in pixels, or a plot on it in coordinates of its own:
//! the same calls draw on both. The elements go to [`super::sheet`], which writes them.

use std::cell::RefCell;
use std::fmt::Arguments;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::drawing::DrawingArea;
use plotters::style::RGBColor;

use super::plane::{Pt, Rect};
use super::ranged::Scale;
use super::sheet::{Element, Figure, Sheet, UNITS, units};
use super::theme::{self, Shape};
use super::{font, text};

pub(super) use super::pen::{Align, Pen, Type};

/// The sheet, or a plot on it.
#[derive(Clone)]
pub(super) struct Canvas {
    sheet: Rc<RefCell<Sheet>>,
    area: DrawingArea<Sheet, Cartesian2d<Scale, Scale>>,
    width: f64,
}

impl Canvas {
    /// An empty sheet of this width, in pixels.
    pub(super) fn new(width: f64) -> Canvas {
        let sheet = Rc::new(RefCell::new(Sheet::default()));
        let area: DrawingArea<Sheet, Shift> = DrawingArea::from(&sheet);
        let pixel = Scale::new(0.0, 1.0);
        let unit = 0..UNITS as i32;
        let area = area.apply_coord_spec(Cartesian2d::new(pixel, pixel, (unit.clone(), unit)));
        Canvas { sheet, area, width }
    }

    /// The same sheet in coordinates whose first is 0 to 1 of `x` from left to right of a
    /// rectangle, and whose second `y` from its bottom to its top.
    pub(super) fn over(&self, place: &Rect, x: Scale, y: Scale) -> Canvas {
        let across = units(place.x0)..units(place.x1);
        let up = units(place.y1)..units(place.y0);
        let area = self.area.strip_coord_spec();
        let area = area.apply_coord_spec(Cartesian2d::new(x, y, (across, up)));
        Canvas { sheet: Rc::clone(&self.sheet), area, width: self.width }
    }

    /// Where a point lies on the sheet, in pixels.
    pub(super) fn place(&self, at: Pt) -> Pt {
        let (x, y) = self.area.map_coordinate(&at);
        (f64::from(x) / UNITS, f64::from(y) / UNITS)
    }

    fn draw(&self, points: &[Pt], figure: Figure<'_>) {
        // The sheet takes whatever is drawn, and is never borrowed for longer than a call.
        let _ = self.area.draw(&Element { points, figure });
    }

    /// A line through points.
    pub(super) fn line(&self, points: &[Pt], pen: &Pen) {
        if points.len() > 1 {
            self.draw(points, Figure::Line(pen));
        }
    }

    /// A line round an area.
    pub(super) fn outline(&self, points: &[Pt], pen: &Pen) {
        let closed: Vec<Pt> = points.iter().chain(points.first()).copied().collect();
        self.line(&closed, pen);
    }

    /// An area.
    pub(super) fn fill(&self, points: &[Pt], colour: RGBColor, alpha: f64) {
        if points.len() > 2 {
            self.draw(points, Figure::Area(colour, alpha));
        }
    }

    /// A filled rectangle.
    pub(super) fn block(&self, rect: &Rect, colour: RGBColor, alpha: f64) {
        self.draw(&[(rect.x0, rect.y0), (rect.x1, rect.y1)], Figure::Block(colour, alpha));
    }

    /// A rectangle's edge.
    pub(super) fn frame(&self, rect: &Rect, pen: &Pen) {
        self.outline(&rect.corners(), pen);
    }

    /// A line from one place to another at a height, with an end of this half height at both.
    pub(super) fn whisker(&self, [from, to]: [f64; 2], y: f64, half: f64, pen: &Pen) {
        self.line(&[(from, y), (to, y)], pen);
        for end in [from, to] {
            self.line(&[(end, y - half), (end, y + half)], pen);
        }
    }

    /// A mark of a shape, of the area of a disc of this radius in pixels. A `hollow` mark
    /// has the sheet's colour inside.
    pub(super) fn mark(
        &self,
        at: Pt,
        radius: f64,
        (colour, shape): (RGBColor, Shape),
        hollow: bool,
        alpha: f64,
    ) {
        let (inside, pen) = if hollow {
            ((theme::PAPER, 0.85 * alpha), Pen::new(colour, 1.3).faint(alpha))
        } else {
            ((colour, alpha), Pen::new(theme::PAPER, 0.8).faint(alpha))
        };
        self.draw(&[at], Figure::Mark { shape, radius, inside, pen });
    }

    /// A line of text on a baseline.
    pub(super) fn text(&self, words: &str, at: Pt, look: &Type) {
        self.draw(&[at], Figure::Words { words, look: *look, upright: false });
    }

    /// As much of a text as has room on a line.
    pub(super) fn fit(&self, words: &str, at: Pt, room: f64, look: &Type) {
        self.text(&look.cut(words, room), at, look);
    }

    /// Lines of text, the first on a baseline, each so far below the one before; gives the
    /// baseline after the last.
    pub(super) fn lines(&self, lines: &[String], (x, y): Pt, step: f64, look: &Type) -> f64 {
        let mut base = y;
        for line in lines {
            self.text(line, (x, base), look);
            base += step;
        }
        base
    }

    /// Text that runs upwards, centred on a point.
    pub(super) fn upright(&self, words: &str, at: Pt, look: &Type) {
        let look = look.align(Align::Middle);
        self.draw(&[at], Figure::Words { words, look, upright: true });
    }

    /// What is drawn until [`Canvas::end_clip`] shows inside the rectangle only.
    pub(super) fn clip(&self, rect: &Rect) {
        let (x, y) = (units(rect.x0), units(rect.y0));
        let (w, h) = (units(rect.width()), units(rect.height()));
        self.element(format_args!(
            "<svg x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" viewBox=\"{x} {y} {w} {h}\">"
        ));
    }

    /// Ends what [`Canvas::clip`] began.
    pub(super) fn end_clip(&self) {
        self.element(format_args!("</svg>"));
    }

    /// What is drawn until [`Canvas::end_group`] is of this class.
    pub(super) fn group(&self, class: &'static str) {
        self.element(format_args!("<g class=\"{class}\">"));
    }

    /// Ends what [`Canvas::group`] began.
    pub(super) fn end_group(&self) {
        self.element(format_args!("</g>"));
    }

    fn element(&self, svg: Arguments<'_>) {
        self.sheet.borrow_mut().element(svg);
    }

    /// What is drawn, to be laid on another sheet.
    pub(super) fn body(&self) -> String {
        std::mem::take(&mut self.sheet.borrow_mut().body)
    }

    /// The finished drawing, with a title and a description for readers that do
    /// not see it.
    pub(super) fn finish(&self, height: f64, title: &str, description: &str) -> String {
        let (w, h) = (units(self.width), units(height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{:.0}\" height=\"{height:.0}\" \
             viewBox=\"0 0 {w} {h}\" font-family=\"{}\" role=\"img\">{}\n<title>{}</title>\n\
             <desc>{}</desc>\n<rect width=\"{w}\" height=\"{h}\" fill=\"#FFFFFF\"/>\n{}</svg>\n",
            self.width,
            font::FAMILY,
            font::css_face(),
            text::escaped(title),
            text::escaped(description),
            self.body()
        )
    }
}
