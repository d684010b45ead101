//! How lines and words look.

use plotters::style::RGBColor;

use super::plane::{Pt, Rect};
use super::{font, text, theme};

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
    /// Names of rows and columns.
    pub(super) const LABEL: Type = Type::new(theme::LABEL, theme::INK);
    /// Heads of lists.
    pub(super) const HEAD: Type = Type::LABEL.bold();
    /// Titles of panels.
    pub(super) const TITLE: Type = Type::new(theme::LABEL + 0.5, theme::INK).bold();
    /// Values on axes.
    pub(super) const TICK: Type = Type::new(theme::TICK, theme::SOFT);
    /// What is said beside names and figures.
    pub(super) const NOTE: Type = Type::new(theme::SMALL, theme::SOFT);
    /// Small words in full ink.
    pub(super) const SMALL: Type = Type::new(theme::SMALL, theme::INK);

    /// Regular text of this size and colour from its point on.
    pub(super) const fn new(size: f64, colour: RGBColor) -> Type {
        Type { size, bold: false, colour, align: Align::Start, halo: false }
    }

    /// The same in bold.
    pub(super) const fn bold(self) -> Type {
        Type { bold: true, ..self }
    }

    /// The same, tied otherwise.
    pub(super) const fn align(self, align: Align) -> Type {
        Type { align, ..self }
    }

    /// The same with a rim.
    pub(super) const fn halo(self) -> Type {
        Type { halo: true, ..self }
    }

    /// The width of a text in this look.
    pub(super) fn width(&self, text: &str) -> f64 {
        font::width(text, self.size, self.bold)
    }

    /// The text without what no chart shows, or as much of its beginning as fits, with an
    /// ellipsis.
    pub(super) fn cut(&self, text: &str, room: f64) -> String {
        text::cut(&text::clean(text), self.size, self.bold, room)
    }

    /// The same in at most so many lines.
    pub(super) fn wrap(&self, text: &str, room: f64, lines: usize) -> Vec<String> {
        text::wrap(&text::clean(text), self.size, self.bold, room, lines)
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
