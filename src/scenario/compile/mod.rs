//! From the file as written to the model that runs.
//!
//! What can only be judged on the ground (a site on its own line, a force that
//! can never keep its clause) is found here.

/// A struct of the model: numbers drawn under the paths of keys of the same names, then what
/// else it has.
macro_rules! drawn {
    ($number:ident, $from:ident => $($made:ident)::+ { $($key:ident),+ ; $($rest:tt)* }) => {
        $($made)::+ { $($key: $number(&$from.$key, stringify!($key)),)+ $($rest)* }
    };
}

mod agreement;
mod apart;
mod beliefs;
mod choices;
mod clauses;
mod distances;
mod forces;
mod formations;
mod garrisons;
mod gates;
mod geodata;
mod ground;
mod incidents;
mod masks;
mod monitors;
mod offensives;
mod outside;
mod policies;
mod rules;
mod tables;
mod twice;
mod units;

pub use distances::{Standing, distances};
pub use geodata::Geodata;
pub(super) use geodata::beside;

use std::collections::BTreeSet;

use ground::Ground;

use crate::diag::Diagnostics;
use crate::model::{
    Bits, Calendar, ClauseIndex, ForceIndex, GroundIndex, Installation, InstallationIndex, Model,
    MonitorIndex, Party, PartyIndex, Site, SiteIndex, Thresholds, TiSlice, TiVec, Uncertain,
    WeaponClass, Window,
};
use crate::scenario::{Ids, Outcome, Quantity, Record, Scenario, Unowed};
use crate::stats::Stream;

/// Compiles a scenario that has been checked. Geodata holds the GeoJSON texts
/// the scenario names.
///
/// # Errors
/// What is wrong on the ground, at its place in the file. Warnings come along
/// with the model.
pub fn compile(scenario: &Scenario, geodata: &Geodata) -> (Option<Model>, Diagnostics) {
    let mut found = Diagnostics::default();
    let model = Compiler { scenario, found: &mut found, outline: false }.model(geodata);
    let found = found.sorted();
    (model.filter(|_| !found.has_errors()), found)
}

/// Compiles what names and draws a scenario: time, parties, sites, clauses, forces,
/// ladders, lines and areas. Distances along ways, the slow part, are left out, and all
/// that follows from them: such a model cannot be run.
///
/// # Errors
/// As [`compile`], but for what is only found along ways.
pub fn compile_outline(scenario: &Scenario, geodata: &Geodata) -> (Option<Model>, Diagnostics) {
    let mut found = Diagnostics::default();
    let model = Compiler { scenario, found: &mut found, outline: true }.model(geodata);
    let found = found.sorted();
    (model.filter(|_| !found.has_errors()), found)
}

/// The measures that are written: those that the file names and those of its record; none for
/// all.
fn written(scenario: &Scenario) -> Option<BTreeSet<String>> {
    let mut named: BTreeSet<String> = scenario.output.measures.as_ref()?.iter().cloned().collect();
    named.extend(scenario.records.iter().map(Record::measured));
    if named.iter().any(|it| it.starts_with("status_")) {
        named.insert("status".into());
    }
    Some(named)
}

/// The windows that the record asks for, each once.
fn windows(scenario: &Scenario) -> Vec<Window> {
    let of = |record: &Record| {
        let (measure, subject) = (record.measure.clone(), record.subject.clone());
        Some(Window { measure, subject: subject.unwrap_or_default(), days: record.window_days? })
    };
    let mut windows: Vec<Window> = scenario.records.iter().filter_map(of).collect();
    windows.sort();
    windows.dedup();
    windows
}

fn thresholds(outcome: &Outcome) -> Thresholds {
    Thresholds {
        completed_days: outcome.completed_days,
        collapsed_below: outcome.collapsed_below,
        collapsed_days: outcome.collapsed_days,
        serious_below: outcome.serious_below,
        ended_unmet: outcome.counts_as_unmet.contains(&Unowed::Ended),
        suspended_unmet: outcome.counts_as_unmet.contains(&Unowed::Suspended),
    }
}

struct Compiler<'a> {
    scenario: &'a Scenario,
    found: &'a mut Diagnostics,
    /// Whether it stops where only names and places are known.
    outline: bool,
}

impl Compiler<'_> {
    fn model(&mut self, geodata: &Geodata) -> Option<Model> {
        let scenario = self.scenario;
        let calendar = self.calendar()?;
        let sites = self.sites()?;
        let mut ground = Ground::build(self, geodata, &sites)?;
        let parties = self.parties()?;
        let mut model = Model {
            title: scenario.title.clone(),
            calendar: calendar.clone(),
            mechanisms: scenario.mechanisms.at_work,
            drawn: scenario.drawn(),
            thresholds: thresholds(&scenario.outcome),
            parties,
            sites,
            garrisons: TiVec::new(),
            banded: self.banded().map(|(_, it)| it).collect(),
            classes: scenario
                .weapon_classes
                .iter()
                .map(|class| WeaponClass {
                    id: class.id.clone(),
                    title: class.title.clone().unwrap_or_else(|| class.id.clone()),
                    range_km: class.range_km,
                })
                .collect(),
            forces: TiVec::new(),
            formations: TiVec::new(),
            installations: self.installations()?,
            grounds: self.grounds()?,
            agreements: TiVec::new(),
            conditions: TiVec::new(),
            changes: TiVec::new(),
            phases: TiVec::new(),
            clauses: TiVec::new(),
            kinds: Default::default(),
            monitors: self.monitors(&calendar, &ground)?,
            bodies: TiVec::new(),
            units: TiVec::new(),
            choices: TiVec::new(),
            beliefs: TiVec::new(),
            listeners: Vec::new(),
            watch_days: Vec::new(),
            claims: self.claims(&calendar)?,
            incidents: TiVec::new(),
            liaisons: self.liaisons(&calendar)?,
            plots: TiVec::new(),
            ladders: self.ladders()?,
            rules: TiVec::new(),
            accounts: self.accounts()?,
            outside: TiVec::new(),
            written: written(scenario),
            window_days: scenario.time.window_days.max(1),
            longest_window: {
                let windows = scenario.records.iter().filter_map(|it| it.window_days);
                // Of any turn, too, what fell into it can be told.
                windows.chain([scenario.time.window_days, 31]).max().unwrap_or(1)
            },
            windows: windows(scenario),
            record_until: scenario
                .time
                .record_until
                .map_or(0, |date| calendar.day(date).max(0) as u32),
            curves: ground.curves(scenario),
            outlines: ground.outlines(scenario),
        };
        self.agreement(&mut model)?;
        self.forces(&mut model)?;
        if self.outline {
            return Some(model);
        }
        self.ways_of_forces(&mut model, &mut ground)?;
        garrisons::settle(&mut model);
        self.units(&mut model)?;
        self.drawn_apart(&model);
        self.bodies(&mut model)?;
        self.judge_reach(&model, &ground);
        self.beliefs(&mut model)?;
        self.incidents(&mut model)?;
        self.rules(&mut model)?;
        self.outside(&mut model)?;
        masks::set(&mut model);
        formations::settle(&mut model);
        twice::settle(&mut model);
        Some(model)
    }

    /// The days of the run. The state is also recorded on the days of the
    /// record, so that what is simulated is compared on the very day.
    fn calendar(&self) -> Option<Calendar> {
        let time = &self.scenario.time;
        let days = u32::try_from(time.end.to_julian_day() - time.start.to_julian_day()).ok()?;
        let records = self.scenario.records.iter();
        let on_record = records.filter_map(|record| {
            u32::try_from(record.date.to_julian_day() - time.start.to_julian_day()).ok()
        });
        let day = |date: &time::Date| {
            u32::try_from(date.to_julian_day() - self.scenario.time.start.to_julian_day()).ok()
        };
        match &self.scenario.output.dates {
            // One turn, cut on the days that are asked for.
            Some(dates) => {
                let also = on_record.chain(dates.iter().filter_map(day));
                Some(Calendar::new(time.start, days, u32::MAX, also))
            }
            None => Some(Calendar::new(time.start, days, time.turn_days, on_record)),
        }
    }

    fn sites(&mut self) -> Option<TiVec<SiteIndex, Site>> {
        let mut sites = TiVec::new();
        for site in &self.scenario.sites {
            match crate::geo::Position::new(site.lat, site.lon) {
                Ok(position) => sites.push(Site {
                    id: site.id.clone(),
                    title: site.title.clone().unwrap_or_else(|| site.id.clone()),
                    position,
                    group: site.group.clone(),
                }),
                Err(error) => {
                    self.found.error(site.spans.header(), error.to_string());
                }
            }
        }
        (sites.len() == self.scenario.sites.len()).then_some(sites)
    }

    fn parties(&mut self) -> Option<TiVec<PartyIndex, Party>> {
        let scenario = self.scenario;
        let party = |party: &crate::scenario::Party| {
            let number = |quantity: &Quantity, key| uncertain(quantity, &["party", &party.id, key]);
            let patron = match &party.patron {
                Some(patron) => {
                    let control =
                        uncertain_or(party.control.as_ref(), 1.0, &["party", &party.id, "control"]);
                    Some((self.party(patron)?, control))
                }
                None => None,
            };
            Some(Party {
                id: party.id.clone(),
                title: party.title.clone().unwrap_or_else(|| party.id.clone()),
                patron,
                cohesion: number(&party.cohesion, "cohesion"),
                lasting: number(&party.lasting, "lasting"),
                rethink_half_life_days: number(
                    &party.rethink_half_life_days,
                    "rethink_half_life_days",
                ),
                follows: Stream::new("follows-patron", &[&party.id]),
                resolve: Stream::new("resolve", &[&party.id]),
                monitors: Bits::new(),
                lift_persons: party
                    .lift_persons
                    .as_ref()
                    .map(|lift| uncertain(lift, &["party", &party.id, "lift_persons"])),
            })
        };
        scenario.parties.iter().map(party).collect()
    }

    fn installations(&self) -> Option<TiVec<InstallationIndex, Installation>> {
        let installation = |it: &crate::scenario::Installation| {
            Some(Installation {
                id: it.id.clone(),
                title: it.title.clone().unwrap_or_else(|| it.id.clone()),
                force: self.force(&it.held_by)?,
            })
        };
        let all = self.scenario.installations.iter();
        all.map(installation).collect()
    }

    fn grounds(&self) -> Option<TiVec<GroundIndex, crate::model::Ground>> {
        let ground = |it: &crate::scenario::Ground| {
            let force = self.force(&it.held_by)?;
            let holder = &rows(&self.scenario.forces)[force];
            let commander = holder.commander.as_ref().unwrap_or(&holder.flag);
            Some(crate::model::Ground {
                id: it.id.clone(),
                title: it.title.clone().unwrap_or_else(|| it.id.clone()),
                force,
                controller: self.party(it.controller.as_ref().unwrap_or(commander))?,
            })
        };
        self.scenario.grounds.iter().map(ground).collect()
    }

    fn force(&self, id: &str) -> Option<ForceIndex> {
        rows(&self.scenario.forces).position(|force| force.id == id)
    }

    fn party(&self, id: &str) -> Option<PartyIndex> {
        rows(&self.scenario.parties).position(|party| party.id == id)
    }

    /// By party: whether one of `ids` names it.
    fn party_flags(&self, ids: &[String]) -> TiVec<PartyIndex, bool> {
        let parties = self.scenario.parties.iter();
        parties.map(|party| ids.contains(&party.id)).collect()
    }

    fn monitor(&self, id: &str) -> Option<MonitorIndex> {
        rows(&self.scenario.monitors).position(|monitor| monitor.id == id)
    }

    fn site(&self, id: &str) -> Option<SiteIndex> {
        rows(&self.scenario.sites).position(|site| site.id == id)
    }

    fn clause(&self, id: &str) -> Option<ClauseIndex> {
        rows(&self.scenario.clauses).position(|clause| clause.id == id)
    }
}

impl Ids for Compiler<'_> {
    fn party(&self, id: &str) -> Option<PartyIndex> {
        self.party(id)
    }

    fn monitor(&self, id: &str) -> Option<MonitorIndex> {
        self.monitor(id)
    }

    fn clause(&self, id: &str) -> Option<ClauseIndex> {
        self.clause(id)
    }
}

/// The rows of a table of the file, by the model's indices.
fn rows<I, T>(table: &[T]) -> &TiSlice<I, T> {
    TiSlice::from_ref(table)
}

/// A quantity of the file as a number drawn under its path.
fn uncertain(quantity: &Quantity, path: &[&str]) -> Uncertain {
    Uncertain::new(quantity.0.clone(), &path.join("."))
}

/// The same, of one that is not always there.
fn uncertain_or(quantity: Option<&Quantity>, default: f64, path: &[&str]) -> Uncertain {
    uncertain(quantity.unwrap_or(&Quantity::fixed(default)), path)
}
