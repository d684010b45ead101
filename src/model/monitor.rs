//! Monitors.

use super::{PartyIndex, Uncertain};
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
    /// Mean days from a sighting to its report.
    pub report_delay_days: Uncertain,
    /// By force: the draws of sightings.
    pub sightings: Vec<Stream>,
}

/// How a monitor watches.
#[derive(Debug, Clone)]
pub enum Method {
    /// A manned post: it sees within a radius from a day on.
    Post {
        /// Kilometres.
        radius_km: f64,
        /// Sightings a day at signature 1.
        sightings_per_day: Uncertain,
        /// First day.
        from: u32,
    },
    /// A party's own means over an area, or everywhere.
    NationalTechnicalMeans {
        /// Whether it covers one area alone.
        within_area: bool,
        /// Sightings a day at signature 1.
        sightings_per_day: Uncertain,
        /// Probability that keeping is registered as violating.
        bias_to_violating: Uncertain,
        /// Probability that violating is registered as keeping.
        bias_to_keeping: Uncertain,
    },
    /// A party's reports on its own forces.
    SelfReport {
        /// Days between reports.
        interval_days: u32,
        /// Day of the first report.
        from: u32,
        /// Probability that an open violation is reported as one.
        honesty: Uncertain,
    },
}
