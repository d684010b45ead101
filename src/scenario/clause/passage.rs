//! `kind = "passage"`: a way kept open.

use disengage_derive::table;

use super::owed::{Ids, MeasuredFrom, Owed, Titles};
use crate::diag::number;
use crate::model::{Duty, Kind};

/// Kept by a force that lets monitors, civilians and supply through, or does
/// not hold the way. One that holds it and does not comply closes it.
#[table(part)]
pub struct Passage {
    /// The id of a road (`[[route]]`), a site or an area.
    #[key(refers(Route, Site, Area))]
    pub through: String,
    /// A force within so many kilometres of the road or site holds it.
    #[key(default = 5.0, bounds = RADIUS)]
    pub radius_km: f64,
    /// Monitors that see nothing while it is closed.
    #[key(default, refers(Monitor))]
    pub needed_by: Vec<String>,
}

impl Owed for Passage {
    fn duty(&self, _: &str, _: &dyn Fn(&[String]) -> bool) -> Duty {
        Duty::Open
    }

    fn measured_from(&self) -> MeasuredFrom<'_> {
        MeasuredFrom::Around(&self.through, self.radius_km)
    }

    fn kind(&self, ids: &dyn Ids, _: &[String]) -> Option<Kind> {
        let needed_by = self.needed_by.iter().filter_map(|id| ids.monitor(id));
        Some(Kind::Passage { needed_by: needed_by.collect() })
    }

    fn asks(&self, titles: &dyn Titles) -> String {
        format!(
            "keep the way open through {} (no force within {} km)",
            titles.place(&self.through),
            number(self.radius_km)
        )
    }
}
