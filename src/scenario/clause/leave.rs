//! `kind = "leave"`: be gone from an area.

use disengage_derive::table;

use super::owed::{Ids, MeasuredFrom, Owed, Titles};
use crate::model::Kind;

/// Kept by a force outside the area.
#[table(part)]
pub struct Leave {
    /// The id of an area.
    #[key(refers(Area))]
    pub area: String,
}

impl Owed for Leave {
    fn lets_stay(&self) -> Option<&[String]> {
        Some(&[])
    }

    fn measured_from(&self) -> MeasuredFrom<'_> {
        MeasuredFrom::Area(&self.area)
    }

    fn kind(&self, _: &dyn Ids, _: &[String]) -> Option<Kind> {
        Some(Kind::Leave)
    }

    fn asks(&self, titles: &dyn Titles) -> String {
        format!("leave {}", titles.place(&self.area))
    }
}
