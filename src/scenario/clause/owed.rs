//! What each kind of clause says of itself to those who compile and describe clauses. A
//! kind writes here only what it has of its own.

use super::keep_distance::Side;
use crate::diag::list;
use crate::model::{ClauseIndex, Duty, Kind, MonitorIndex, PartyIndex};

/// Ids of the file, as the numbers of the model.
pub trait Ids {
    /// A party.
    fn party(&self, id: &str) -> Option<PartyIndex>;
    /// A monitor.
    fn monitor(&self, id: &str) -> Option<MonitorIndex>;
    /// A clause.
    fn clause(&self, id: &str) -> Option<ClauseIndex>;
}

/// Ids of the file, as people read them.
pub trait Titles {
    /// A party.
    fn party(&self, id: &str) -> String;
    /// A line, an area, a site or a road.
    fn place(&self, id: &str) -> String;

    /// Parties, in the order given.
    fn parties(&self, ids: &[String]) -> String {
        list(ids.iter().map(|id| self.party(id)))
    }
}

/// What a clause measures from.
#[derive(Debug, Clone, Copy)]
pub enum MeasuredFrom<'a> {
    /// It judges no place.
    Nothing,
    /// One side of a line, or an area or a site.
    Side(&'a str, Side),
    /// An area.
    Area(&'a str),
    /// A band of a line, in kilometres.
    Band(&'a str, f64, f64),
    /// Where each force was at the start.
    Home,
    /// Sites.
    Sites(&'a [String]),
    /// A road, a site or an area, and so many kilometres around the first two.
    Around(&'a str, f64),
}

impl<'a> MeasuredFrom<'a> {
    /// The line, area, site or road that is named for it.
    pub fn named(self) -> Option<&'a str> {
        match self {
            Self::Side(id, _) | Self::Area(id) | Self::Around(id, _) => Some(id),
            Self::Nothing | Self::Band(..) | Self::Home | Self::Sites(_) => None,
        }
    }
}

/// What one kind of clause is.
pub trait Owed {
    /// What it asks of a force that it binds; `counts` says whether the force counts as
    /// one of some parties.
    fn duty(&self, _force: &str, _counts: &dyn Fn(&[String]) -> bool) -> Duty {
        Duty::StayOut
    }

    /// The parties that may be where others may not; none where it says of nobody where
    /// to be.
    fn lets_stay(&self) -> Option<&[String]> {
        None
    }

    /// What it measures from.
    fn measured_from(&self) -> MeasuredFrom<'_> {
        MeasuredFrom::Nothing
    }

    /// The kind as compiled; none where an id stands for nothing, and for kinds whose
    /// compiling takes more of the file than ids.
    fn kind(&self, ids: &dyn Ids, binds: &[String]) -> Option<Kind>;

    /// In words, after "is to".
    fn asks(&self, titles: &dyn Titles) -> String;
}
