//! The backend that plotters draws on, and the elements of charts: SVG, one a line.
//!
//! Plotters places elements on whole numbers. A pixel has ten of them here, so lines come
//! out at a tenth of a pixel.

use std::convert::Infallible;
use std::fmt::{Arguments, Write as _};

use plotters::coord::CoordTranslate;
use plotters::element::{CoordMapper, Drawable, PointCollection};
use plotters::style::RGBColor;
use plotters_backend::{BackendColor, BackendCoord, DrawingBackend, DrawingErrorKind};

use super::pen::{Align, Pen, Type};
use super::plane::Pt;
use super::shape::corners;
use super::text::escaped;
use super::theme::{self, Shape};

/// Units of the drawing in a pixel.
pub(super) const UNITS: f64 = 10.0;

/// Pixels as units of the drawing.
pub(super) fn units(pixels: f64) -> i32 {
    (pixels * UNITS).round().clamp(-1e8, 1e8) as i32
}

/// A colour as SVG writes it.
pub(super) fn hex(colour: RGBColor) -> String {
    format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2)
}

/// The elements drawn so far.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// SVG, an element a line.
    pub(super) body: String,
}

type Outcome = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Sheet {
    type ErrorType = Infallible;

    /// As large as a drawing may become: how high it is is known when all is drawn.
    fn get_size(&self) -> (u32, u32) {
        (units(theme::WIDTH).unsigned_abs(), 1_000_000)
    }

    fn ensure_prepared(&mut self) -> Outcome {
        Ok(())
    }

    fn present(&mut self) -> Outcome {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Outcome {
        let (red, green, blue) = colour.rgb;
        let fill = paint("fill", RGBColor(red, green, blue), colour.alpha);
        self.element(format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"1\" height=\"1\"{fill}/>"));
        Ok(())
    }
}

impl Sheet {
    /// Adds a line of SVG.
    pub(super) fn element(&mut self, svg: Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.body, "{svg}");
    }

    fn line(&mut self, points: &[BackendCoord], pen: &Pen) {
        let stroke = stroke(pen);
        let points = listed(points);
        self.element(format_args!(
            "<polyline fill=\"none\"{stroke} stroke-linejoin=\"round\" points=\"{points}\"/>"
        ));
    }

    fn area(&mut self, points: &[BackendCoord], (colour, alpha): (RGBColor, f64)) {
        let (fill, points) = (paint("fill", colour, alpha), listed(points));
        self.element(format_args!("<polygon{fill} points=\"{points}\"/>"));
    }

    fn words(&mut self, (x, y): BackendCoord, words: &str, look: &Type, upright: bool) {
        let mut attributes = String::new();
        let anchor = match look.align {
            Align::Start => "",
            Align::Middle => " text-anchor=\"middle\"",
            Align::End => " text-anchor=\"end\"",
        };
        attributes.push_str(anchor);
        if look.bold {
            attributes.push_str(" font-weight=\"bold\"");
        }
        if look.halo {
            attributes.push_str(
                " paint-order=\"stroke\" stroke=\"#FFFFFF\" stroke-opacity=\"0.85\" \
                 stroke-width=\"28\" stroke-linejoin=\"round\"",
            );
        }
        if upright {
            let _ = write!(attributes, " transform=\"rotate(-90 {x} {y})\"");
        }
        let (size, colour) = (look.size * UNITS, hex(theme::as_words(look.colour)));
        self.element(format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\"{attributes}>{}</text>",
            escaped(words)
        ));
    }
}

/// `fill` or `stroke` of a colour, and its opacity where it is not opaque.
fn paint(what: &str, colour: RGBColor, alpha: f64) -> String {
    let mut out = format!(" {what}=\"{}\"", hex(colour));
    if alpha < 1.0 {
        let _ = write!(out, " opacity=\"{alpha}\"");
    }
    out
}

fn stroke(pen: &Pen) -> String {
    let mut out = paint("stroke", pen.colour, pen.alpha);
    let _ = write!(out, " stroke-width=\"{}\"", units(pen.width));
    if !pen.dash.is_empty() {
        let lengths = pen.dash.split(' ').filter_map(|length| length.parse().ok());
        let lengths: Vec<String> = lengths.map(|length| units(length).to_string()).collect();
        let _ = write!(out, " stroke-dasharray=\"{}\"", lengths.join(" "));
    }
    out
}

fn listed(points: &[BackendCoord]) -> String {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    points.join(" ")
}

/// Something to draw and where, in the coordinates of an area.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    /// Its points.
    pub(super) points: &'a [Pt],
    /// What is drawn there.
    pub(super) figure: Figure<'a>,
}

/// What an element is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Figure<'a> {
    /// A line through the points.
    Line(&'a Pen),
    /// The area that they enclose, in a colour of an opacity.
    Area(RGBColor, f64),
    /// The rectangle between two points.
    Block(RGBColor, f64),
    /// A mark at the point.
    Mark {
        /// Its shape.
        shape: Shape,
        /// The radius of the disc that has its area, pixels.
        radius: f64,
        /// Colour and opacity inside.
        inside: (RGBColor, f64),
        /// Its edge.
        pen: Pen,
    },
    /// Words at the point.
    Words {
        /// One line of them.
        words: &'a str,
        /// Their look.
        look: Type,
        /// Whether they run upwards.
        upright: bool,
    },
}

impl<'a> PointCollection<'a, Pt, Beyond> for &'a Element<'_> {
    type Point = &'a Pt;
    type IntoIter = &'a [Pt];

    fn point_iter(self) -> &'a [Pt] {
        self.points
    }
}

/// Points of a drawing, also those beyond its area: a line of a map begins outside of its
/// frame, and plotters' own mapping would move it to the edge of the sheet.
#[derive(Debug)]
pub(super) struct Beyond;

impl CoordMapper for Beyond {
    type Output = BackendCoord;

    fn map<C: CoordTranslate>(
        coordinates: &C,
        from: &C::From,
        _: &plotters::drawing::Rect,
    ) -> BackendCoord {
        coordinates.translate(from)
    }
}

impl Drawable<Sheet, Beyond> for Element<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        sheet: &mut Sheet,
        _: (u32, u32),
    ) -> Outcome {
        let mut points: Vec<BackendCoord> = points.collect();
        points.dedup();
        let Some(&(x, y)) = points.first() else {
            return Ok(());
        };
        match self.figure {
            Figure::Line(pen) => sheet.line(&points, pen),
            Figure::Area(colour, alpha) => sheet.area(&points, (colour, alpha)),
            Figure::Block(colour, alpha) => {
                let (to_x, to_y) = points.last().copied().unwrap_or((x, y));
                let (left, top) = (x.min(to_x), y.min(to_y));
                let (width, height) = ((to_x - x).abs(), (to_y - y).abs());
                let fill = paint("fill", colour, alpha);
                if width > 0 && height > 0 {
                    sheet.element(format_args!(
                        "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"{fill}/>"
                    ));
                }
            }
            Figure::Mark { shape: Shape::Circle, radius, inside: (colour, alpha), pen } => {
                let circle = format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\"", units(radius));
                sheet.element(format_args!("{circle}{}/>", paint("fill", colour, alpha)));
                sheet.element(format_args!("{circle} fill=\"none\"{}/>", stroke(&pen)));
            }
            Figure::Mark { shape, radius, inside, pen } => {
                let corner = |(dx, dy): Pt| (x + units(radius * dx), y + units(radius * dy));
                let mut points: Vec<BackendCoord> =
                    corners(shape).into_iter().map(corner).collect();
                sheet.area(&points, inside);
                points.extend(points.first().copied());
                sheet.line(&points, &pen);
            }
            Figure::Words { words: "", .. } => {}
            Figure::Words { words, look, upright } => sheet.words((x, y), words, &look, upright),
        }
        Ok(())
    }
}
