//! A sheet to draw on: plotters' SVG elements, with the attributes added that
//! plotters has no words for (dashes, halos, turned text, cut-outs).
//!
//! Plotters places elements on whole numbers. A pixel has ten of them here, so
//! lines come out at a tenth of a pixel.

use std::fmt::{Display, Write as _};

use plotters::prelude::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use super::font;
use super::plane::{Pt, Rect};
use super::shape::corners;
use super::theme::{self, Shape};
use super::{ChartError, text};

/// Units of the drawing in a pixel.
const UNITS: f64 = 10.0;

/// A line's look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pen {
    /// Its colour.
    pub(super) colour: RGBColor,
    /// Opacity, 0 to 1.
    pub(super) alpha: f64,
    /// Width in pixels.
    pub(super) width: f64,
    /// Lengths of dashes and gaps in pixels; empty for a solid line.
    pub(super) dash: &'static str,
}

impl Pen {
    /// A solid line.
    pub(super) fn new(colour: RGBColor, width: f64) -> Pen {
        Pen { colour, alpha: 1.0, width, dash: "" }
    }

    /// The same line, dashed.
    pub(super) fn dashed(self, dash: &'static str) -> Pen {
        Pen { dash, ..self }
    }

    /// The same line, more transparent.
    pub(super) fn faint(self, alpha: f64) -> Pen {
        Pen { alpha, ..self }
    }
}

/// What text is tied to at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// Text starts at the point.
    Start,
    /// Text is centred on the point.
    Middle,
    /// Text ends at the point.
    End,
}

/// A look of text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    /// Size in pixels.
    pub(super) size: f64,
    /// Bold.
    pub(super) bold: bool,
    /// Its colour.
    pub(super) colour: RGBColor,
    /// Where it is tied.
    pub(super) align: Align,
    /// Whether it has a rim of the sheet's colour, to stand out on lines.
    pub(super) halo: bool,
}

impl Type {
    /// Regular text of this size and colour from its point on.
    pub(super) fn new(size: f64, colour: RGBColor) -> Type {
        Type { size, bold: false, colour, align: Align::Start, halo: false }
    }

    /// The same in bold.
    pub(super) fn bold(self) -> Type {
        Type { bold: true, ..self }
    }

    /// The same, tied otherwise.
    pub(super) fn align(self, align: Align) -> Type {
        Type { align, ..self }
    }

    /// The same with a rim.
    pub(super) fn halo(self) -> Type {
        Type { halo: true, ..self }
    }

    /// The width of a text in this look.
    pub(super) fn width(&self, text: &str) -> f64 {
        text::width(text, self.size, self.bold)
    }

    /// The box of a text whose baseline is at `at`.
    pub(super) fn extent(&self, text: &str, at: Pt) -> Rect {
        let width = self.width(text);
        let x0 = match self.align {
            Align::Start => at.0,
            Align::Middle => at.0 - width / 2.0,
            Align::End => at.0 - width,
        };
        Rect::new(x0, at.1 - 0.76 * self.size, x0 + width, at.1 + 0.22 * self.size)
    }
}

/// The sheet.
#[derive(Debug)]
pub(super) struct Canvas {
    width: f64,
    body: String,
    trouble: Option<String>,
}

pub(super) fn units(value: f64) -> i32 {
    (value * UNITS).round().clamp(-1e8, 1e8) as i32
}

fn place((x, y): Pt) -> (i32, i32) {
    (units(x), units(y))
}

fn stroke(pen: &Pen) -> ShapeStyle {
    ShapeStyle {
        color: pen.colour.mix(pen.alpha),
        filled: false,
        stroke_width: units(pen.width).unsigned_abs(),
    }
}

impl Canvas {
    /// An empty sheet of this width.
    pub(super) fn new(width: f64) -> Canvas {
        Canvas { width, body: String::new(), trouble: None }
    }

    /// Adds the one element that `draw` makes, with more attributes.
    fn element<E: Display>(
        &mut self,
        attributes: &str,
        draw: impl FnOnce(&mut SVGBackend<'_>) -> Result<(), E>,
    ) {
        let mut svg = String::new();
        let outcome = {
            let mut backend = SVGBackend::with_string(&mut svg, (1, 1));
            draw(&mut backend)
        };
        if let Err(error) = outcome {
            self.trouble.get_or_insert(error.to_string());
        }
        let inner = svg.split_once(">\n").map_or("", |(_, rest)| rest);
        let inner = inner.strip_suffix("</svg>\n").unwrap_or("");
        // The first space ends the element's name.
        let (name, rest) = inner.split_once(' ').unwrap_or((inner, ""));
        let rest = rest.replacen(" opacity=\"1\"", "", 1);
        let rest = rest.strip_prefix("opacity=\"1\" ").unwrap_or(&rest);
        self.body.push_str(name);
        if !attributes.is_empty() {
            self.body.push(' ');
            self.body.push_str(attributes);
        }
        if !rest.is_empty() {
            self.body.push(' ');
        }
        self.body.push_str(rest);
    }

    /// A line through points.
    pub(super) fn line(&mut self, points: &[Pt], pen: &Pen) {
        if points.len() < 2 {
            return;
        }
        let mut attributes = String::from("stroke-linejoin=\"round\"");
        if !pen.dash.is_empty() {
            let lengths: Vec<String> = pen
                .dash
                .split(' ')
                .filter_map(|n| n.parse::<f64>().ok())
                .map(|n| units(n).to_string())
                .collect();
            // Writing to a string cannot fail.
            let _ = write!(attributes, " stroke-dasharray=\"{}\"", lengths.join(" "));
        }
        let mut path: Vec<(i32, i32)> = points.iter().copied().map(place).collect();
        path.dedup();
        self.element(&attributes, |b| b.draw_path(path, &stroke(pen)));
    }

    /// A line round an area.
    pub(super) fn outline(&mut self, points: &[Pt], pen: &Pen) {
        let closed: Vec<Pt> = points.iter().chain(points.first()).copied().collect();
        self.line(&closed, pen);
    }

    /// An area.
    pub(super) fn fill(&mut self, points: &[Pt], colour: RGBColor, alpha: f64) {
        if points.len() < 3 {
            return;
        }
        let mut path: Vec<(i32, i32)> = points.iter().copied().map(place).collect();
        path.dedup();
        let style = colour.mix(alpha);
        self.element("", |b| b.fill_polygon(path, &style));
    }

    /// A filled rectangle.
    pub(super) fn block(&mut self, rect: &Rect, colour: RGBColor, alpha: f64) {
        let style = colour.mix(alpha).filled();
        let (from, to) = (place((rect.x0, rect.y0)), place((rect.x1, rect.y1)));
        if to.0 > from.0 && to.1 > from.1 {
            self.element("", |b| b.draw_rect(from, to, &style, true));
        }
    }

    /// A rectangle's edge.
    pub(super) fn frame(&mut self, rect: &Rect, pen: &Pen) {
        self.outline(&rect.corners(), pen);
    }

    /// A mark of a shape, of the area of a disc of this radius. A `hollow` mark
    /// has the sheet's colour inside.
    pub(super) fn mark(
        &mut self,
        at: Pt,
        radius: f64,
        (colour, shape): (RGBColor, Shape),
        hollow: bool,
        alpha: f64,
    ) {
        let pen = if hollow {
            Pen::new(colour, 1.3).faint(alpha)
        } else {
            Pen::new(theme::PAPER, 0.8).faint(alpha)
        };
        let inside = if hollow { theme::PAPER } else { colour };
        let inside_alpha = if hollow { 0.85 * alpha } else { alpha };
        if shape == Shape::Circle {
            let (centre, r) = (place(at), units(radius).unsigned_abs());
            let disc = inside.mix(inside_alpha).filled();
            self.element("", |b| b.draw_circle(centre, r, &disc, true));
            self.element("", |b| b.draw_circle(centre, r, &stroke(&pen), false));
        } else {
            let points: Vec<Pt> = corners(shape)
                .into_iter()
                .map(|(x, y)| (at.0 + radius * x, at.1 + radius * y))
                .collect();
            self.fill(&points, inside, inside_alpha);
            self.outline(&points, &pen);
        }
    }

    /// A line of text on a baseline.
    pub(super) fn text(&mut self, words: &str, at: Pt, look: &Type) {
        self.put_text(words, at, look, None);
    }

    /// Text that runs upwards, centred on a point.
    pub(super) fn upright(&mut self, words: &str, at: Pt, look: &Type) {
        self.put_text(words, at, &look.align(Align::Middle), Some(-90.0));
    }

    fn put_text(&mut self, words: &str, at: Pt, look: &Type, turn: Option<f64>) {
        if words.is_empty() {
            return;
        }
        let style = if look.bold { FontStyle::Bold } else { FontStyle::Normal };
        let h_pos = match look.align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        // Plotters divides by 1.24 again.
        let size = look.size * UNITS * 1.24;
        let font = FontDesc::new(FontFamily::Name(font::FAMILY), size, style);
        let colour = theme::as_words(look.colour);
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(h_pos, VPos::Top));
        let mut attributes = String::new();
        if look.halo {
            attributes.push_str(
                "paint-order=\"stroke\" stroke=\"#FFFFFF\" stroke-opacity=\"0.85\" \
                 stroke-width=\"28\" stroke-linejoin=\"round\"",
            );
        }
        if let Some(degrees) = turn {
            let (x, y) = place(at);
            let _ = write!(attributes, "transform=\"rotate({degrees} {x} {y})\"");
        }
        // What hangs from `VPos::Top` is moved down by 0.76 em again.
        let from = place((at.0, at.1 - 0.76 * look.size));
        self.element(&attributes, |b| b.draw_text(words, &style, from));
    }

    /// What is drawn until [`Canvas::end_clip`] shows inside the rectangle only.
    pub(super) fn clip(&mut self, rect: &Rect) {
        let (x, y) = place((rect.x0, rect.y0));
        let (w, h) = (units(rect.width()), units(rect.height()));
        let _ = writeln!(
            self.body,
            "<svg x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" \
             viewBox=\"{x} {y} {w} {h}\">"
        );
    }

    /// Ends what [`Canvas::clip`] began.
    pub(super) fn end_clip(&mut self) {
        self.body.push_str("</svg>\n");
    }

    /// What is drawn until [`Canvas::end_group`] is of this class.
    pub(super) fn group(&mut self, class: &'static str) {
        let _ = writeln!(self.body, "<g class=\"{class}\">");
    }

    /// Ends what [`Canvas::group`] began.
    pub(super) fn end_group(&mut self) {
        self.body.push_str("</g>\n");
    }

    /// What is drawn, to be laid on another sheet.
    pub(super) fn body(self) -> Result<String, ChartError> {
        match self.trouble {
            Some(trouble) => Err(ChartError::Drawing(trouble)),
            None => Ok(self.body),
        }
    }

    /// The finished drawing, with a title and a description for readers that do
    /// not see it.
    pub(super) fn finish(
        self,
        height: f64,
        title: &str,
        description: &str,
    ) -> Result<String, ChartError> {
        if let Some(trouble) = self.trouble {
            return Err(ChartError::Drawing(trouble));
        }
        let (w, h) = (units(self.width), units(height));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{:.0}\" height=\"{:.0}\" \
             viewBox=\"0 0 {w} {h}\" role=\"img\">",
            self.width, height
        );
        svg.push_str(&font::css_face());
        for (tag, words) in [("title", title), ("desc", description)] {
            let _ = write!(svg, "\n<{tag}>{}</{tag}>", escaped(words));
        }
        let _ = writeln!(svg, "\n<rect width=\"{w}\" height=\"{h}\" fill=\"#FFFFFF\"/>");
        svg.push_str(&self.body);
        svg.push_str("</svg>\n");
        Ok(svg)
    }
}

fn escaped(text: &str) -> String {
    let text = text::clean(text);
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
