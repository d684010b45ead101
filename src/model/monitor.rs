//! Monitors, and the bodies that have their registers.

use disengage_derive::words;

use super::{
    Bits, BoundIndex, ClauseIndex, Force, FormationIndex, MonitorIndex, PartyIndex, TiVec,
    Uncertain,
};
use crate::stats::Stream;

/// A monitor with a register of its own.
#[derive(Debug, Clone)]
pub struct Monitor {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// Whose it is.
    pub party: PartyIndex,
    /// How it watches.
    pub method: Method,
    /// Its first day.
    pub from: u32,
    /// When it is on duty and how it errs; none for a self-report.
    pub watch: Option<Watch>,
    /// Mean days from a sighting to its report.
    pub report_delay_days: Uncertain,
    /// The clauses whose recorded register its reports make.
    pub clauses: Bits<ClauseIndex>,
    /// Of these, those that it verifies in bands of distance only.
    pub banded: Bits<ClauseIndex>,
    /// Clauses that its party reads in its own way, with the reading.
    pub reads: Vec<(ClauseIndex, ClauseIndex)>,
    /// By formation: the draws of sightings.
    pub sightings: TiVec<FormationIndex, Stream>,
}

/// How a monitor watches.
#[derive(Debug, Clone)]
pub enum Method {
    /// A manned post.
    Post {
        /// Sightings a day at signature 1.
        sightings_per_day: Uncertain,
    },
    /// Patrols that search an area.
    Patrol {
        /// Kilometres.
        sweep_width_km: Uncertain,
        /// Kilometres an hour.
        speed_km_per_h: Uncertain,
        /// Hours in a day.
        hours_per_day: Uncertain,
        /// Square kilometres searched.
        area_km2: f64,
        /// How coverage becomes detection.
        law: SearchLaw,
    },
    /// Passes at regular times.
    Overhead {
        /// Days between passes.
        revisit: Revisit,
        /// Probability that a pass sees signature 1.
        probability: Uncertain,
    },
    /// A party's own means.
    NationalTechnicalMeans {
        /// Sightings a day at signature 1.
        sightings_per_day: Uncertain,
    },
    /// Visits that check what is declared.
    Inspection {
        /// Days between visits.
        interval_days: u32,
        /// Days of notice.
        notice_days: Uncertain,
        /// Mean days to put things back.
        cover_up_days: Uncertain,
        /// Weapons checked of each force; none for all.
        sample: Option<u32>,
    },
    /// Visits of several parties together.
    JointTeam {
        /// Days between visits.
        interval_days: u32,
        /// Probability that a visit sees signature 1.
        probability: Uncertain,
        /// Who goes.
        members: Vec<Member>,
    },
    /// A party's reports on its own forces.
    SelfReport {
        /// Days between reports.
        interval_days: u32,
        /// Probability that open violations are reported as such.
        honesty: Uncertain,
        /// Draws: whether a report is honest, and its delay, by its number.
        draws: Stream,
    },
}

impl Method {
    /// The unit of its effort a day, and of counts for a unit of effort.
    pub fn effort_unit(&self) -> (&'static str, &'static str) {
        match self {
            Self::Post { .. } | Self::NationalTechnicalMeans { .. } => {
                ("days per day", "count per day")
            }
            Self::Patrol { .. } => ("hours per day", "count per hour"),
            Self::Overhead { .. } => ("passes per day", "count per pass"),
            Self::Inspection { .. } | Self::JointTeam { .. } => {
                ("visits per day", "count per visit")
            }
            Self::SelfReport { .. } => ("reports per day", "count per report"),
        }
    }
}

/// How often something passes.
#[derive(Debug, Clone)]
pub enum Revisit {
    /// Days between passes.
    Days(Uncertain),
    /// Passes a day.
    PerDay(Uncertain),
}

/// How coverage becomes detection.
#[words(stand_in = Random)]
pub enum SearchLaw {
    /// Tracks at random: Poisson with mean c, so that a day sees a force with
    /// probability 1 − exp(−c).
    Random,
    /// Parallel sweeps under the inverse-cube law: erf(c·√π/2) a day.
    InverseCube,
    /// Parallel sweeps that leave no gap: min(1, c) a day.
    Exhaustive,
}

/// A member of a joint team.
#[derive(Debug, Clone)]
pub struct Member {
    /// The party.
    pub party: PartyIndex,
    /// Probability that it blocks a visit.
    pub blocks: Uncertain,
    /// The day it leaves.
    pub leaves: Option<u32>,
    /// Draws: whether it blocks, by day.
    pub draws: Stream,
}

/// When a monitor is on duty, what bars its way, how it errs.
#[derive(Debug, Clone)]
pub struct Watch {
    /// The share of it that is there, from each day on.
    pub shares: Vec<(u32, f64)>,
    /// Share of the time on duty.
    pub availability: Uncertain,
    /// Days on or off duty together.
    pub availability_days: u32,
    /// Draws: whether it is on duty, by period.
    pub duty: Stream,
    /// Its own persons.
    pub persons: Uncertain,
    /// Probability that access is refused, for a day or a visit.
    pub denial: Uncertain,
    /// Who may refuse, with the draws of it by day.
    pub denied_by: Vec<(PartyIndex, Stream)>,
    /// Records a day without a true event.
    pub false_alarms_per_day: Uncertain,
    /// Draws: when false alarms fall and whom they name, by their number.
    pub alarm: Stream,
    /// Probability that a violation is registered to another force.
    pub wrong_attribution: Uncertain,
    /// Probability that keeping is registered as violating.
    pub bias_to_violating: Uncertain,
    /// Probability that violating is registered as keeping.
    pub bias_to_keeping: Uncertain,
}

impl Watch {
    /// The share that is there on a day.
    pub fn share(&self, day: u32) -> f64 {
        let begun = self.shares.iter().rev().find(|(from, _)| *from <= day);
        begun.map_or(0.0, |(_, share)| *share)
    }

    /// The first day after `day` on which the share changes.
    pub fn next_share(&self, day: u32) -> Option<u32> {
        let mut days = self.shares.iter().map(|(from, _)| *from);
        days.find(|from| *from > day)
    }
}

/// Who rules on complaints.
#[derive(Debug, Clone)]
pub struct Body {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// Whose registers it has.
    pub monitors: Vec<MonitorIndex>,
    /// By clause: whether it hears complaints on it.
    pub hears: TiVec<ClauseIndex, bool>,
    /// Days from complaint to ruling.
    pub ruling_days: u32,
    /// Older observations are no evidence.
    pub evidence_days: f64,
    /// Monitors that must have seen the violation.
    pub upheld_from: u32,
    /// Who complains whatever has happened, how often a day, and the draws of it
    /// by the complaint's number.
    pub strategic: Vec<Strategic>,
}

/// A party that complains whatever has happened.
#[derive(Debug, Clone)]
pub struct Strategic {
    /// The party.
    pub party: PartyIndex,
    /// Complaints a day.
    pub per_day: Uncertain,
    /// Draws: when and against whom, by the complaint's number.
    pub draws: Stream,
    /// Whom it complains of: clause and place among the bound, of other parties.
    pub targets: Vec<(ClauseIndex, BoundIndex)>,
}
impl Monitor {
    /// The clauses that a force's place meets, as its party reads clauses: one that a
    /// reading does not bind keeps it.
    #[inline]
    pub fn as_read(&self, force: &Force, meets: &Bits<ClauseIndex>) -> Bits<ClauseIndex> {
        let mut as_read = meets.clone();
        for (clause, reading) in &self.reads {
            let binds = force.obligations.iter().any(|owed| owed.clause == *reading);
            as_read.set(*clause, !binds || meets.contains(*reading));
        }
        as_read
    }
}
