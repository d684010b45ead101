//! What agreements are, and what is done to the terms of their clauses.

use disengage_derive::words;

use super::{Bits, ClauseIndex, Gate, MonitorIndex, PartyIndex, Uncertain};
use crate::stats::Stream;

/// What clauses belong to.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// The parties whose consent an amendment needs.
    pub signatories: Vec<PartyIndex>,
}

/// How far the parties have come with it.
#[words(stand_in = Agreed)]
#[derive(PartialOrd, Ord)]
pub enum Standing {
    /// One side asks for it.
    Demanded,
    /// The side it binds has offered it.
    Offered,
    /// Both sides have agreed.
    Agreed,
}

/// A share that is to keep a clause by a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// When it falls due.
    pub by: Gate,
    /// The share.
    pub share: f64,
}

/// Which monitors verify a band of distance, [from, to) km.
#[derive(Debug, Clone, PartialEq)]
pub struct Verifier {
    /// Kilometres.
    pub from_km: f64,
    /// Kilometres.
    pub to_km: f64,
    /// The monitors.
    pub monitors: Bits<MonitorIndex>,
}

/// An action on the terms of clauses.
#[derive(Debug, Clone)]
pub struct Change {
    /// Its id in the file.
    pub id: String,
    /// What charts call it.
    pub title: String,
    /// The clauses it is about, readings not among them.
    pub clauses: Vec<ClauseIndex>,
    /// When it is made; none if rules and outside events alone make it.
    pub when: Option<Gate>,
    /// Whose consent it needs, with the probability of it and its draws, by
    /// number of the attempt.
    pub consent: Vec<(PartyIndex, Uncertain, Stream)>,
    /// What is done.
    pub action: Action,
}

/// What is done to a clause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Action {
    /// Other terms.
    Amend(Amendment),
    /// Nothing is owed until it is resumed.
    Suspend,
    /// It is owed again.
    Resume,
    /// The deadline is so many days later.
    Extend(u32),
    /// It ends so many days later, and is in force again if it had ended.
    Renew(u32),
    /// A new D-day.
    Recommit,
    /// What was demanded or offered is agreed.
    Agree,
    /// It is broken off.
    End,
}

/// New terms; none where the old one stays.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Amendment {
    /// Kilometres, as the clause is written.
    pub min_km: Option<f64>,
    /// Kilometres, as the clause is written; moved with `min_km` if none.
    pub target_km: Option<f64>,
    /// Persons at most.
    pub cap_persons: Option<f64>,
    /// Persons at least.
    pub floor_persons: Option<f64>,
    /// The share at which it counts as kept.
    pub kept_at: Option<f64>,
}
