//! The scale of an axis, as plotters' coordinate systems take it.

use std::ops::Range;

use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};

use super::ticks::linear;

/// An even scale from one value to another; it goes on beyond both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// The value at the beginning.
    pub(super) from: f64,
    /// The value at the end.
    pub(super) to: f64,
}

/// From nothing to all.
pub(super) const SHARE: Scale = Scale { from: 0.0, to: 1.0 };

impl Scale {
    /// From one value to another.
    pub(super) fn new(from: f64, to: f64) -> Scale {
        Scale { from, to }
    }

    /// Where a value lies, in shares of the scale.
    pub(super) fn share(&self, value: f64) -> f64 {
        (value - self.from) / (self.to - self.from)
    }
}

impl Ranged for Scale {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (from, to): (i32, i32)) -> i32 {
        let at = f64::from(from) + self.share(*value) * f64::from(to - from);
        // Far beyond any sheet, but not beyond what is counted with.
        at.round().clamp(-1e8, 1e8) as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        linear(self.from, self.to, hint.max_num_points() as f64)
    }

    fn range(&self) -> Range<f64> {
        self.from..self.to
    }
}
