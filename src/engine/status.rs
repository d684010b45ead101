//! How a clause stands, in a word.

use super::world::ClauseState;

/// How a clause stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It has not started, or has not fallen due and is not kept yet.
    NotDue,
    /// Kept, in full.
    Kept,
    /// Kept, though not in full.
    MinimumMet,
    /// Fallen due and never kept yet, for so many days.
    Late(u32),
    /// Kept once, and no longer.
    Violated,
    /// Without a deadline, and not kept yet.
    Open,
}

impl Status {
    /// Every status with its word.
    pub const WORDS: [&'static str; 6] =
        ["not_due", "kept", "minimum_met", "late", "violated", "open"];

    /// Its place in [`Self::WORDS`].
    pub fn index(self) -> usize {
        match self {
            Self::NotDue => 0,
            Self::Kept => 1,
            Self::MinimumMet => 2,
            Self::Late(_) => 3,
            Self::Violated => 4,
            Self::Open => 5,
        }
    }
}

impl ClauseState {
    /// How the clause stands in truth on a day; `open` says that it has no
    /// deadline.
    pub fn status(&self, day: u32, open: bool) -> Status {
        let least = self.terms.kept_at - 1e-9;
        if self.started.is_none() {
            Status::NotDue
        } else if self.kept.is_some() && self.shares.full >= least {
            Status::Kept
        } else if self.kept.is_some() {
            Status::MinimumMet
        } else if self.first_kept.is_some() {
            Status::Violated
        } else if open {
            Status::Open
        } else {
            match self.due {
                Some(due) if due < day => Status::Late(day - due),
                _ => Status::NotDue,
            }
        }
    }

    /// Whether those who are bound or answer say it is kept while monitors have
    /// seen violations, or receiver and verifier rule differently on what was
    /// delivered.
    pub fn disputed(&self) -> bool {
        let said = self.shares.claimed_keeping >= self.terms.kept_at - 1e-9;
        let deliveries = self.delivery.as_ref();
        said && self.shares.seen_violating > 0.0
            || deliveries.is_some_and(|it| it.disputed.iter().any(|n| *n > 0))
    }
}
