//! Rules: on an event, under conditions, a reaction.

use super::{
    AccountIndex, ActKind, ChangeIndex, ClauseIndex, ForceIndex, HoldingIndex, LadderIndex,
    MonitorIndex, Offensive, PartyIndex, Says, TiVec, Uncertain,
};
use crate::stats::Stream;

/// What a rule reacts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// A report of a violation.
    ViolationRecorded,
    /// A complaint upheld.
    Ruling,
    /// A complaint rejected.
    RulingRejected,
    /// A complaint on which the body could not tell.
    RulingUndetermined,
    /// A deadline that passed with a violation on record.
    DeadlineMissed,
    /// An incident.
    Incident,
    /// An act.
    Act(ActKind),
    /// A claim that a report contradicts.
    ClaimDisputed,
    /// A rung reached from below.
    RungReached,
    /// Something was done to the terms of a clause.
    TermsChanged,
    /// So many days without fire, strike or incident.
    Quiet,
}

impl On {
    /// Whether something that happened is what it waits for: an offensive is fire, too.
    #[must_use]
    pub fn is_met_by(self, happened: Self) -> bool {
        match (self, happened) {
            (Self::Act(kind), Self::Act(act)) => act.is(kind),
            _ => self == happened,
        }
    }
}

/// How a party reacts.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// Who reacts.
    pub party: PartyIndex,
    /// To what.
    pub on: On,
    /// Of which clause.
    pub clause: Option<ClauseIndex>,
    /// By party: whether its acts count.
    pub by: TiVec<PartyIndex, bool>,
    /// By party: whether what is done to it counts.
    pub against: TiVec<PartyIndex, bool>,
    /// Signed kilometres of the clause: from, to.
    pub band: Option<(f64, f64)>,
    /// So many events …
    pub count: u32,
    /// … in so many days.
    pub within_days: u32,
    /// Ladder and rung (from 1).
    pub rung: Option<(LadderIndex, usize)>,
    /// Days of quiet.
    pub quiet_days: u32,
    /// Most days between two monitors' sightings.
    pub confirm_days: Option<u32>,
    /// Probability that it reacts.
    pub probability: Uncertain,
    /// Probability that it forgives.
    pub forgiveness: Uncertain,
    /// Days before it can act again.
    pub cooldown_days: u32,
    /// Days from event to reaction.
    pub after_days: u32,
    /// What it does.
    pub reaction: Reaction,
    /// Draws, by number of the event that met its conditions.
    pub stream: Stream,
}

/// What a rule does.
#[derive(Debug, Clone)]
pub enum Reaction {
    /// Strikes recorded violators.
    Strike {
        /// At most so many.
        at_most: u32,
        /// Probability of a hit.
        hit_probability: Uncertain,
        /// Share destroyed.
        loss_share: Uncertain,
    },
    /// Fires at the party that acted.
    FireBack {
        /// Share lost.
        loss_share: Uncertain,
    },
    /// Takes sites.
    Offensive(Box<Offensive>),
    /// Reinforces a force.
    Reinforce(Shipment),
    /// Complains of the violation.
    Complain,
    /// Takes monitors off duty.
    PullMonitors(Vec<MonitorIndex>),
    /// Says that the clause is kept or not.
    Denounce(Says),
    /// Holds all reactions of the party for so many days.
    StandDown(u32),
    /// Takes off tension and forgets what was not answered.
    Forgive(Uncertain),
    /// Makes changes of the model.
    Change(Vec<ChangeIndex>),
    /// Adds to pressure.
    Press {
        /// On whom; on those whose act it is if nobody is named.
        on: Vec<PartyIndex>,
        /// How much.
        pressure: Uncertain,
    },
}

/// What goes from an account to a force.
#[derive(Debug, Clone)]
pub struct Shipment {
    /// The account.
    pub account: AccountIndex,
    /// The force.
    pub force: ForceIndex,
    /// Persons at most.
    pub persons: u32,
    /// By holding of the force: weapons at most.
    pub weapons: TiVec<HoldingIndex, u32>,
}
