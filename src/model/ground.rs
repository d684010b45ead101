//! Places, and what maps draw.

use crate::geo::Position;

/// A named place.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// Where it is.
    pub position: Position,
    /// The group of sites that the file puts it in.
    pub group: Option<String>,
}

/// Something built, held by a force while it stands there.
#[derive(Debug, Clone)]
pub struct Installation {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// The force that holds it.
    pub force: super::ForceIndex,
}

/// Ground with somebody in control of it.
#[derive(Debug, Clone)]
pub struct Ground {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// The force that holds it.
    pub force: super::ForceIndex,
    /// Who controls it at the start.
    pub controller: super::PartyIndex,
}

/// A line with bands, or an area that is looked into: one band, of what lies inside.
#[derive(Debug, Clone, PartialEq)]
pub struct Banded {
    /// The line's or the area's id in the file.
    pub id: String,
    /// Edges of the bands, kilometres rising, two at least.
    pub edges_km: Vec<f64>,
    /// What it is.
    pub is: BandedKind,
}

/// What has bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandedKind {
    /// A line.
    Line,
    /// An area, and whether results tell who is inside.
    Area {
        /// Whether they do.
        measured: bool,
    },
}

impl Banded {
    /// An area: inside is its one band.
    pub fn area(id: &str, measured: bool) -> Self {
        let is = BandedKind::Area { measured };
        Self { id: id.to_owned(), edges_km: vec![f64::NEG_INFINITY, 0.0], is }
    }

    /// Whether results tell who is in its bands.
    pub fn is_measured(&self) -> bool {
        self.is != BandedKind::Area { measured: false }
    }
}

/// A class of weapons.
#[derive(Debug, Clone)]
pub struct WeaponClass {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// Range in kilometres, if the file gives it.
    pub range_km: Option<f64>,
}

/// A line to draw, with the curves at the distances that clauses name.
#[derive(Debug, Clone)]
pub struct ReferenceCurve {
    /// What charts call it.
    pub title: String,
    /// The line's points.
    pub points: Vec<Position>,
    /// Whether a clause measures from it.
    pub in_use: bool,
    /// Curves of equal distance: signed kilometres and the pieces of the curve.
    pub at_km: Vec<(f64, Vec<Vec<Position>>)>,
}

/// An area to draw.
#[derive(Debug, Clone)]
pub struct Outline {
    /// What charts call it.
    pub title: String,
    /// Rings, outer ones and holes.
    pub rings: Vec<Vec<Position>>,
    /// Whether a clause names it.
    pub in_use: bool,
}
