//! `kind = "presence"`: who may be in an area, and how many.

use std::collections::BTreeMap;

use disengage_derive::table;

use super::owed::{Ids, MeasuredFrom, Owed, Titles};
use crate::diag::{list, number};
use crate::model::{Duty, Kind};

/// The authorised parties between a floor and a cap in an area or a band; of
/// the other bound parties none. Without a floor or cap, exclusive presence.
#[table(part)]
pub struct Presence {
    /// The id of an area; or else a band by the next three keys.
    #[key(refers(Area))]
    pub area: Option<String>,
    /// The line of a band.
    #[key(refers(Line))]
    pub from: Option<String>,
    /// Kilometres from the line where the band begins.
    #[key(bounds = KM)]
    pub from_km: Option<f64>,
    /// Kilometres from the line where it ends.
    #[key(bounds = KM)]
    pub to_km: Option<f64>,
    /// The parties that may be there.
    #[key(default, refers(Party))]
    pub authorised: Vec<String>,
    /// At most so many persons of the authorised parties that are bound.
    #[key(bounds = COUNT)]
    pub cap_persons: Option<f64>,
    /// At least so many persons of the authorised parties that are bound.
    #[key(bounds = COUNT)]
    pub floor_persons: Option<f64>,
    /// At most so many of their weapons in scope.
    #[key(bounds = COUNT)]
    pub cap_weapons: Option<f64>,
    /// At most so many weapons of each class: the table stands for one clause by class, each
    /// with `classes` and `cap_weapons`. With `{ tank = 90 }`, `limits` is `limits-tank`.
    #[key(default, bounds = COUNT, refers(WeaponClass))]
    pub cap: BTreeMap<String, f64>,
    /// At least so many of their weapons in scope.
    #[key(bounds = COUNT)]
    pub floor_weapons: Option<f64>,
    /// At most so many of their forces.
    #[key(bounds = COUNT)]
    pub cap_posts: Option<f64>,
    /// At least so many of their forces.
    #[key(bounds = COUNT)]
    pub floor_posts: Option<f64>,
    /// Which bound force is to deploy to which site in the area.
    #[key(default, refers(Force), values(Site))]
    pub deploys: BTreeMap<String, String>,
}

impl Presence {
    /// The limits by what they count: `persons`, `weapons`, `posts`, each with
    /// its cap and floor.
    pub fn limits(&self) -> [(&'static str, Option<f64>, Option<f64>); 3] {
        [
            ("persons", self.cap_persons, self.floor_persons),
            ("weapons", self.cap_weapons, self.floor_weapons),
            ("posts", self.cap_posts, self.floor_posts),
        ]
    }
}

impl Owed for Presence {
    fn duty(&self, force: &str, counts: &dyn Fn(&[String]) -> bool) -> Duty {
        match () {
            () if self.deploys.contains_key(force) => Duty::Deploy,
            () if counts(&self.authorised) => Duty::Authorised,
            () => Duty::StayOut,
        }
    }

    fn lets_stay(&self) -> Option<&[String]> {
        Some(&self.authorised)
    }

    fn measured_from(&self) -> MeasuredFrom<'_> {
        match (&self.area, &self.from, self.from_km, self.to_km) {
            (Some(area), ..) => MeasuredFrom::Area(area),
            (None, Some(from), Some(from_km), Some(to_km)) => {
                MeasuredFrom::Band(from, from_km, to_km)
            }
            _ => MeasuredFrom::Nothing,
        }
    }

    fn kind(&self, _: &dyn Ids, _: &[String]) -> Option<Kind> {
        Some(Kind::Presence)
    }

    fn asks(&self, titles: &dyn Titles) -> String {
        let place = match (&self.area, &self.from) {
            (Some(area), _) => titles.place(area),
            (None, Some(from)) => format!(
                "{} to {} km from {}",
                number(self.from_km.unwrap_or(f64::NEG_INFINITY)),
                number(self.to_km.unwrap_or(f64::INFINITY)),
                titles.place(from)
            ),
            (None, None) => "the area".into(),
        };
        let who = match &*self.authorised {
            [] => "no bound force".to_owned(),
            some => format!("forces of {} alone", titles.parties(some)),
        };
        let limit = |word: &str, limit: Option<f64>, of: &str| {
            limit.map(|limit| format!("{word} {} {of}", number(limit)))
        };
        let caps = self.limits().map(|(of, cap, _)| limit("at most", cap, of));
        let floors = self.limits().map(|(of, _, floor)| limit("at least", floor, of));
        let mut text = format!("in {place}: {who}");
        let limits: Vec<String> = caps.into_iter().chain(floors).flatten().collect();
        if !limits.is_empty() {
            text += &format!(", {}", list(&limits));
        }
        if !self.deploys.is_empty() {
            let sites = self.deploys.values().map(|site| titles.place(site));
            text += &format!("; forces deploy to {}", list(sites));
        }
        text
    }
}
