//! How a clause stands on a day, in each register.

use super::gates;
use crate::engine::state::{ClauseState, Register, World};
use crate::model::{ClauseIndex, Model, Standing};

/// How a clause stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It has not started: demanded, offered or agreed.
    NotInForce(Standing),
    /// It is not kept, and need not be yet.
    NotDue,
    /// It is kept in full.
    Kept,
    /// It is kept, but not in full.
    MinimumMet,
    /// It has not been kept since it fell due, so many days ago.
    Late {
        /// Days since the deadline, or since the milestone that was missed.
        days: u32,
    },
    /// It was kept and no longer is.
    Violated,
    /// Monitors have seen it broken, and parties say that it is kept.
    Disputed,
    /// It is not kept, and has no deadline.
    Open,
    /// Nothing is owed for the time being.
    Suspended,
    /// It has expired.
    Ended,
    /// Monitors have seen too little to tell.
    Unverified,
    /// Nobody says that it is kept, or that it is not, of enough to tell.
    Silent,
}

impl Status {
    /// The words of measures and tables.
    pub const WORDS: [&'static str; 12] = [
        "status_not_in_force",
        "status_not_due",
        "status_kept",
        "status_minimum_met",
        "status_late",
        "status_violated",
        "status_disputed",
        "status_open",
        "status_suspended",
        "status_ended",
        "status_unverified",
        "status_silent",
    ];

    /// Its place among the words.
    pub fn index(self) -> usize {
        match self {
            Self::NotInForce(_) => 0,
            Self::NotDue => 1,
            Self::Kept => 2,
            Self::MinimumMet => 3,
            Self::Late { .. } => 4,
            Self::Violated => 5,
            Self::Disputed => 6,
            Self::Open => 7,
            Self::Suspended => 8,
            Self::Ended => 9,
            Self::Unverified => 10,
            Self::Silent => 11,
        }
    }
}

/// The status of a clause on the world's day.
pub fn status(model: &Model, world: &World, index: ClauseIndex, register: Register) -> Status {
    let state = &world.clauses[index];
    if state.ended.is_some() {
        return Status::Ended;
    }
    let Some((started, _)) = state.started else {
        return Status::NotInForce(state.standing);
    };
    if state.suspended.is_some() {
        return Status::Suspended;
    }
    let kept_at = state.terms.kept_at - 1e-9;
    let shares = &state.shares;
    // Only the truth knows how far beyond the minimum a force stands.
    let (kept, full) = match register {
        Register::True => (shares.met >= kept_at, shares.full >= kept_at),
        Register::Recorded => {
            let kept = gates::verified(model, world, index, kept_at);
            (kept, kept)
        }
        Register::Claimed => {
            let kept = shares.claimed_keeping >= kept_at;
            (kept, kept)
        }
    };
    // Even if all that nobody saw kept it, it would be broken.
    let seen_broken = 1.0 - shares.seen_violating < kept_at;
    let said_broken = 1.0 - shares.claimed_violating < kept_at;
    if register == Register::Claimed && kept && said_broken {
        return Status::Disputed;
    }
    if register != Register::True && seen_broken && shares.claimed_keeping >= kept_at {
        return Status::Disputed;
    }
    if kept {
        return if full { Status::Kept } else { Status::MinimumMet };
    }
    if register == Register::Recorded && !seen_broken {
        return Status::Unverified;
    }
    if register == Register::Claimed && !said_broken {
        return Status::Silent;
    }
    if state.first_kept.is_some_and(|kept| kept >= started) && register == Register::True {
        return Status::Violated;
    }
    let missed = state.milestones.iter().zip(&model.clauses[index].milestones);
    let missed = missed
        .filter(|(milestone, written)| milestone.met == Some(false) && shares.met < written.share)
        .filter_map(|(milestone, _)| milestone.due)
        .min();
    match (state.due_on(), missed) {
        (Some(due), _) if world.day > due + model.clauses[index].grace_days => {
            Status::Late { days: world.day - due }
        }
        (_, Some(due)) => Status::Late { days: world.day - due },
        (Some(_), None) => Status::NotDue,
        (None, None) if model.clauses[index].deadline.is_some() => Status::NotDue,
        (None, None) => Status::Open,
    }
}

impl ClauseState {
    /// Whether somebody who is bound or answers says it is kept while another says that it is
    /// not or monitors have seen violations, or receiver and verifier rule differently on what was
    /// delivered.
    pub fn disputed(&self) -> bool {
        let said = self.shares.claimed_keeping >= self.terms.kept_at - 1e-9;
        let deliveries = self.delivery.as_ref();
        let denied = self.shares.claimed_violating > 0.0;
        said && (denied || self.shares.seen_violating > 0.0)
            || deliveries.is_some_and(|it| it.disputed.iter().any(|n| *n > 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::trial::{BACK, Trial, ordered};

    #[test]
    fn what_happened_is_on_record_and_is_said_need_not_be_one() {
        let claim = "[[claim]]\nid = \"gone\"\nby = \"red\"\nclause = \"back\"\n\
                     date = 2030-01-15\nsays = \"keeping\"\n";
        let orders = ordered("red", "defy", &[(20, "comply"), (30, "defy")]);
        let mut trial = Trial::new(&format!("{BACK}{claim}{orders}"));
        let clause = trial.clause("back");
        for (day, [truth, record, claimed]) in [
            (5, [Status::NotDue, Status::NotDue, Status::Silent]),
            (13, [Status::Late { days: 3 }, Status::Late { days: 3 }, Status::Silent]),
            (18, [Status::Late { days: 8 }, Status::Disputed, Status::Disputed]),
            (29, [Status::Kept, Status::Kept, Status::Kept]),
            (40, [Status::Violated, Status::Disputed, Status::Disputed]),
        ] {
            trial.until(day);
            let found = [Register::True, Register::Recorded, Register::Claimed]
                .map(|register| status(&trial.model, &trial.world, clause, register));
            assert_eq!(found, [truth, record, claimed], "day {day}");
        }
    }
}
