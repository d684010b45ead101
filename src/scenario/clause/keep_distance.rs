//! `kind = "keep-distance"`: stay at least so far from a line, area or site.

use std::collections::BTreeMap;

use disengage_derive::{table, words};

use super::owed::{Ids, MeasuredFrom, Owed, Titles};
use crate::diag::number;
use crate::model::Kind;

/// On which side of the line distance counts.
#[words(stand_in = Positive)]
pub enum Side {
    /// That of `positive_toward`.
    Positive,
    /// The other.
    Negative,
}

/// What a width is of.
#[words(stand_in = PerSide)]
pub enum Width {
    /// Of each side.
    PerSide,
    /// Of both sides together: half on each.
    InTotal,
}

impl Width {
    /// The share of the width that lies on one side.
    pub fn of_one_side(self) -> f64 {
        match self {
            Self::PerSide => 1.0,
            Self::InTotal => 0.5,
        }
    }
}

/// Kept by a force at a signed distance of at least `min_km` (minimum met), and
/// in full from `target_km`.
#[table(part)]
pub struct KeepDistance {
    /// The id of a line, an area or a site.
    #[key(refers(Line, Area, Site))]
    pub from: String,
    /// What a party's forces measure from instead, by party: the party that
    /// commands the force.
    #[key(default, refers(Party), values(Line, Area, Site))]
    pub from_of: BTreeMap<String, String>,
    /// On which side of a line distance counts.
    #[key(default = Side::Positive)]
    pub side: Side,
    /// Whether the distances are of each side, or of both together, half on
    /// each.
    #[key(default = Width::PerSide)]
    pub width: Width,
    /// Kilometres, signed toward the line's positive side.
    #[key(bounds = KM)]
    pub min_km: f64,
    /// Kilometres, at least `min_km`; `min_km` by default.
    #[key(bounds = KM)]
    pub target_km: Option<f64>,
}

impl KeepDistance {
    /// The share of the written distances that a force must keep.
    pub fn of_one_side(&self) -> f64 {
        self.width.of_one_side()
    }
}

impl Owed for KeepDistance {
    fn lets_stay(&self) -> Option<&[String]> {
        Some(&[])
    }

    fn measured_from(&self) -> MeasuredFrom<'_> {
        MeasuredFrom::Side(&self.from, self.side)
    }

    fn kind(&self, _: &dyn Ids, _: &[String]) -> Option<Kind> {
        Some(Kind::KeepDistance)
    }

    fn asks(&self, titles: &dyn Titles) -> String {
        let from = titles.place(&self.from);
        let mut text = format!("stay at least {} km from {from}", number(self.min_km));
        if let Some(target) = self.target_km.filter(|target| *target > self.min_km) {
            text += &format!(" (in full: {} km)", number(target));
        }
        if self.side == Side::Negative {
            text += ", on its far side";
        }
        if self.width == Width::InTotal {
            text += ", both sides together, half on each";
        }
        for (party, from) in &self.from_of {
            text += &format!(", {} from {}", titles.party(party), titles.place(from));
        }
        text
    }
}
