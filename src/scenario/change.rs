//! `[[change]]`: an action on the terms of a clause or an agreement.

use std::collections::BTreeMap;

use disengage_derive::{kinds, table};

use super::gate::Gate;
use super::quantity::Quantity;

/// What is done to a clause, or to every clause of an agreement: once, `when` a
/// gate opens; or as often as rules and outside events make it.
#[table(entry(Change), titled, sourced)]
pub struct Change {
    /// The clause it is about, with its readings; or else `agreement`.
    #[key(refers(Clause))]
    pub clause: Option<String>,
    /// The agreement it is about: each of its clauses.
    #[key(refers(Agreement))]
    pub agreement: Option<String>,
    /// When it is made; left out, it is made by the rules and outside events that
    /// name it in `changes`.
    pub when: Option<Gate>,
    /// The probability that a signatory consents, by party; one that is not
    /// named does. A change that anyone refuses is not made.
    #[key(default, bounds = SHARE, refers(Party))]
    pub consent: BTreeMap<String, Quantity>,
    /// What is done, by `kind`.
    #[key(kind)]
    pub action: TermsAction,
}

/// What is done.
#[kinds]
pub enum TermsAction {
    Amend(Amend),
    Suspend(Suspend),
    Resume(Resume),
    Extend(Extend),
    Renew(Renew),
    Recommit(Recommit),
    Agree(Agree),
    End(End),
}

/// Other terms.
#[table(part)]
#[derive(Default)]
pub struct Amend {
    /// Kilometres from which the clause is kept.
    #[key(bounds = KM)]
    pub min_km: Option<f64>,
    /// Kilometres from which it is kept in full; moved with `min_km` if left
    /// out.
    #[key(bounds = KM)]
    pub target_km: Option<f64>,
    /// Persons at most.
    #[key(bounds = COUNT)]
    pub cap_persons: Option<f64>,
    /// Persons at least.
    #[key(bounds = COUNT)]
    pub floor_persons: Option<f64>,
    /// The share at which it counts as kept.
    #[key(bounds = SHARE)]
    pub kept_at: Option<f64>,
}

/// Nothing is owed until it is resumed.
#[table(part)]
pub struct Suspend {}

/// What was suspended is owed again.
#[table(part)]
pub struct Resume {}

/// A later deadline.
#[table(part)]
pub struct Extend {
    /// Days that the deadline is put off by.
    #[key(bounds = DAYS, least = 1)]
    pub days: u32,
}

/// A later end; what has expired is in force again.
#[table(part)]
pub struct Renew {
    /// Days from the day of the change, or from its expiry if that is later.
    #[key(bounds = DAYS, least = 1)]
    pub days: u32,
}

/// A new D-day: who is inside is counted anew, and the deadline moves with it.
#[table(part)]
pub struct Recommit {}

/// What was demanded or offered is agreed from now on.
#[table(part)]
pub struct Agree {}

/// It is broken off: nothing is owed any more, before its time. `[outcome]` says
/// whether that counts as not kept.
#[table(part)]
pub struct End {}
