//! `[outcome]`: when an agreement is completed or has collapsed, and what is a serious
//! violation.

use disengage_derive::{table, words};

/// What an agreement comes to. All of it goes by true compliance: of each clause of
/// weight, or in their weighted mean over those that are due (or open).
#[table(section = "outcome", default)]
pub struct Outcome {
    /// The agreement is completed once every clause of weight is due and has been kept, by
    /// its own `kept_at`, for so many days without a break.
    #[key(default = 30, bounds = DAYS, some)]
    pub completed_days: u32,
    /// It has collapsed once the weighted mean has been below so much …
    #[key(default = 0.25, bounds = SHARE)]
    pub collapsed_below: f64,
    /// … for so many days without a break.
    #[key(default = 90, bounds = DAYS, some)]
    pub collapsed_days: u32,
    /// A clause is seriously violated when, past its deadline or once it has
    /// been kept, less than so much of it is met. An agreement that was completed is
    /// broken when a clause stays so for 7 days.
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
