//! `[outcome]`: what counts as completion, collapse and a serious violation.

use disengage_derive::{table, words};

/// What a run is called at its end. All of it goes by true compliance: the
/// weighted mean over the clauses that are due (or open), or one clause's own.
#[table(section = "outcome", default)]
pub struct Outcome {
    /// The agreement is completed once compliance has been at least so much …
    #[key(default = 0.9, bounds = SHARE)]
    pub completed_at: f64,
    /// … for so many days without a break.
    #[key(default = 30, bounds = DAYS, some)]
    pub completed_days: u32,
    /// It has collapsed once compliance has been below so much …
    #[key(default = 0.25, bounds = SHARE)]
    pub collapsed_below: f64,
    /// … for so many days without a break.
    #[key(default = 90, bounds = DAYS, some)]
    pub collapsed_days: u32,
    /// A clause is seriously violated when, past its deadline or once it has
    /// been kept, less than so much of it is met.
    #[key(default = 0.5, bounds = SHARE)]
    pub serious_below: f64,
    /// What of it counts as met by nobody: a clause "ended" before its time by a
    /// `[[change]]`, one "suspended". What is not listed leaves the mean; neither
    /// can be completed.
    #[key(default = vec![Unowed::Ended])]
    pub counts_as_unmet: Vec<Unowed>,
}

/// Why a clause that was owed is owed no more.
#[words(stand_in = Ended)]
pub enum Unowed {
    /// Broken off before its time.
    Ended,
    /// Suspended.
    Suspended,
}
