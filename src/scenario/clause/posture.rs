//! `kind = "posture"`: weapons stay, inactive.

use disengage_derive::table;

use super::owed::{Ids, Owed, Titles};
use crate::model::{Duty, Kind};

/// Kept by a force whose weapons in the clause's scope are inactive: air
/// defence switched off, launchers unmanned.
#[table(part)]
pub struct Posture {}

impl Owed for Posture {
    fn duty(&self, _: &str, _: &dyn Fn(&[String]) -> bool) -> Duty {
        Duty::Inactive
    }

    fn kind(&self, _: &dyn Ids, _: &[String]) -> Option<Kind> {
        Some(Kind::Posture)
    }

    fn asks(&self, _: &dyn Titles) -> String {
        "keep weapons where they are, inactive".into()
    }
}
