//! `kind = "made-up"`, in tests alone: how little a kind of clause takes.

use disengage_derive::table;

use super::owed::{Ids, Owed, Titles};
use crate::diag::list;
use crate::model::{Duty, Kind};

/// Kept by a force that does as it is told.
#[table(part)]
pub struct MadeUp {
    /// The ids of sites, for no purpose.
    #[key(items(1), refers(Site))]
    pub at: Vec<String>,
}

impl Owed for MadeUp {
    fn duty(&self, _: &str, _: &dyn Fn(&[String]) -> bool) -> Duty {
        Duty::Inactive
    }

    fn kind(&self, _: &dyn Ids, _: &[String]) -> Option<Kind> {
        Some(Kind::MadeUp)
    }

    fn asks(&self, titles: &dyn Titles) -> String {
        format!("do as told at {}", list(self.at.iter().map(|id| titles.place(id))))
    }
}
