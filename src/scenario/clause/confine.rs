//! `kind = "confine"`: stay within named sites, or where one was.

use disengage_derive::table;

use super::owed::{Ids, MeasuredFrom, Owed, Titles};
use crate::diag::{list, number};
use crate::model::{Duty, Kind};

/// Kept by a force within `radius_km` of one of the sites, or of where it stood
/// at the start. One that is there and does not comply takes what is in scope
/// out, and so does not keep it.
#[table(part)]
pub struct Confine {
    /// Ids of sites; each force's own site at the start if left out.
    #[key(default, refers(Site))]
    pub sites: Vec<String>,
    /// Kilometres from a site, more than 0.
    #[key(default = 1.0, bounds = RADIUS)]
    pub radius_km: f64,
    /// A clause to keep a distance: what is out of its site and keeps that one
    /// is beyond the line but outside storage.
    #[key(refers(Clause))]
    pub beyond: Option<String>,
}

impl Owed for Confine {
    fn duty(&self, _: &str, _: &dyn Fn(&[String]) -> bool) -> Duty {
        Duty::StayIn
    }

    fn measured_from(&self) -> MeasuredFrom<'_> {
        match &*self.sites {
            [] => MeasuredFrom::Home,
            sites => MeasuredFrom::Sites(sites),
        }
    }

    fn kind(&self, ids: &dyn Ids, _: &[String]) -> Option<Kind> {
        Some(Kind::Confine { beyond: self.beyond.as_ref().and_then(|id| ids.clause(id)) })
    }

    fn asks(&self, titles: &dyn Titles) -> String {
        let sites = match &*self.sites {
            [] => "where each force was at the start".to_owned(),
            sites => list(sites.iter().map(|id| titles.place(id))),
        };
        format!("stay within {} km of {sites}", number(self.radius_km))
    }
}
