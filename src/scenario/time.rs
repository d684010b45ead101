//! `[time]`: when the run starts and ends, and how long a turn is.

use disengage_derive::table;
use time::Date;

/// When the run starts and ends. Everything else in the file is in days.
#[table(section = "time", such_as = "start = 2018-05-31 and end = 2019-11-30")]
pub struct Time {
    /// First day of the run.
    pub start: Date,
    /// Last day of the run.
    pub end: Date,
    /// Days in a turn; results hardly depend on it, speed does.
    #[key(default = 7, bounds = DAYS, least = 1, most = 31)]
    pub turn_days: u32,
    /// Days over which what is counted by day is averaged, up to each date: sightings,
    /// violations registered, effort, incidents, strikes.
    #[key(default = 28, bounds = DAYS, some)]
    pub window_days: u32,
    /// Until this day only what is on record happens: dated events and claims,
    /// and scripted orders. From then on the run is simulated.
    pub record_until: Option<Date>,
}
