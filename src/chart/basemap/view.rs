//! A rectangle of degrees, and what lies in it.

/// A part of the earth's surface, in degrees.
///
/// `west` greater than `east` means a view across the date line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// Southern edge, degrees north.
    pub south: f64,
    /// Western edge, degrees east.
    pub west: f64,
    /// Northern edge, degrees north.
    pub north: f64,
    /// Eastern edge, degrees east.
    pub east: f64,
}

impl View {
    /// The same view with `west <= east`, at most once round the earth. `None`
    /// if it holds no area.
    pub(super) fn frame(self) -> Option<Bounds> {
        let mut width = self.east - self.west;
        if width < 0.0 {
            width += 360.0;
        }
        let bounds = Bounds {
            south: self.south,
            west: self.west,
            north: self.north,
            east: self.west + width.min(360.0),
        };
        let finite = bounds.south.is_finite()
            && bounds.north.is_finite()
            && bounds.west.abs() <= 1e4
            && bounds.east.abs() <= 1e4;
        (finite && bounds.south < bounds.north && bounds.west < bounds.east).then_some(bounds)
    }
}

/// A rectangle in degrees, `west <= east`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub(super) south: f64,
    pub(super) west: f64,
    pub(super) north: f64,
    pub(super) east: f64,
}

impl Bounds {
    /// By how many degrees something in these bounds must move for it to touch
    /// `frame`: a multiple of 360, or several where the frame is wide.
    pub(super) fn shifts_into(&self, frame: &Bounds) -> impl Iterator<Item = f64> + use<> {
        let beside = self.north < frame.south || self.south > frame.north;
        let first = ((frame.west - self.east) / 360.0).ceil() as i32;
        let last = ((frame.east - self.west) / 360.0).floor() as i32;
        (first..=last).filter(move |_| !beside).map(|turns| f64::from(turns) * 360.0)
    }

    /// Whether these bounds, moved east by `shift`, lie inside `frame`.
    pub(super) fn within(&self, frame: &Bounds, shift: f64) -> bool {
        self.south >= frame.south
            && self.north <= frame.north
            && self.west + shift >= frame.west
            && self.east + shift <= frame.east
    }

    pub(super) fn smaller_than(&self, size: f64) -> bool {
        self.north - self.south < size && self.east - self.west < size
    }

    pub(super) fn area(&self) -> f64 {
        (self.north - self.south) * (self.east - self.west)
    }
}
