//! Phases, clauses, gates and claims.

use super::{ClauseIndex, ForceIndex, MonitorIndex, PartyIndex, Uncertain, UnitIndex};
use crate::stats::Stream;

/// What a gate may wait for the start of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Starter {
    /// A phase, by index.
    Phase(usize),
    /// A clause.
    Clause(ClauseIndex),
}

/// When something starts or falls due.
#[derive(Debug, Clone, PartialEq)]
pub enum Gate {
    /// On a day.
    Day(u32),
    /// So many days after something started.
    After(Starter, u32),
    /// Once a clause is verified kept.
    Verified {
        /// Index into the world's list of verified gates.
        slot: usize,
        /// The clause.
        clause: ClauseIndex,
        /// The least share seen keeping among what is observed.
        at_least: f64,
        /// For so many days without a break.
        for_days: u32,
    },
    /// Once all have opened.
    All(Vec<Gate>),
    /// Once any has opened.
    Any(Vec<Gate>),
}

impl Gate {
    /// Every gate within this one, itself included.
    pub fn each(&self) -> Vec<&Self> {
        let mut all = vec![self];
        if let Self::All(inner) | Self::Any(inner) = self {
            all.extend(inner.iter().flat_map(Self::each));
        }
        all
    }
}

/// Clauses that start together.
#[derive(Debug, Clone)]
pub struct Phase {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// When it starts.
    pub starts: Gate,
}

/// One obligation.
#[derive(Debug, Clone)]
pub struct Clause {
    /// Its id in the file.
    pub id: String,
    /// What charts and tables call it.
    pub title: String,
    /// What is owed.
    pub kind: Kind,
    /// When it starts: D-day.
    pub starts: Gate,
    /// By when it is to be kept; none for an open clause.
    pub deadline: Option<Gate>,
    /// The forces it binds.
    pub bound: Vec<Bound>,
    /// The monitors whose reports make its recorded register.
    pub monitors: Vec<MonitorIndex>,
    /// The same as a set of bits.
    pub monitor_mask: u64,
    /// By party: whether its claims enter the claimed register.
    pub claimants: Vec<bool>,
    /// An older observation does not count.
    pub max_age_days: f64,
    /// The least share observed for the clause to be verified.
    pub min_coverage: f64,
    /// What an amendment can change.
    pub terms: Terms,
    /// Weight in a run's compliance.
    pub weight: f64,
}

/// The terms of a clause that an amendment can change. A run reads those in its
/// world, which begin as these.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// Signed kilometres from which the place of a force meets the clause: the
    /// least distance; 0 where the clause asks to be out of an area.
    pub min_km: f64,
    /// Kilometres from which it meets it in full; as `min_km` for an area.
    pub target_km: f64,
    /// Persons of the authorised at most.
    pub cap_persons: Option<f64>,
    /// Persons of the authorised at least.
    pub floor_persons: Option<f64>,
    /// The share at which the clause counts as kept.
    pub kept_at: f64,
}

/// What is owed.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Signed distance of at least `min_km`, in full from `target_km`.
    KeepDistance,
    /// Being outside the area.
    Leave,
    /// The authorised between a floor and a cap in the area, others none.
    Presence,
    /// Handing weapons over.
    Deliver {
        /// Indices of the classes in scope.
        classes: Vec<usize>,
        /// Weapons each force hands over in a day.
        weapons_per_day: Uncertain,
        /// Days from hand-over to ruling.
        inspection_days: u32,
        /// Probability of acceptance.
        accepted_share: Uncertain,
        /// By bound force: the draws of rulings.
        rulings: Vec<Stream>,
    },
}

/// A force that a clause binds.
#[derive(Debug, Clone, Copy)]
pub struct Bound {
    /// The force.
    pub force: ForceIndex,
    /// Who decides for it.
    pub unit: UnitIndex,
    /// What the clause asks of it.
    pub duty: Duty,
    /// Index of the clause in the force's [`obligations`](super::Force::obligations).
    pub obligation: usize,
}

/// What a clause asks of a bound force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// To keep the distance, or to be outside the area.
    StayOut,
    /// It may be in the area, within the cap.
    Authorised,
    /// It is to be in the area.
    Deploy,
    /// To hand its weapons over.
    Deliver,
}

/// What a party says of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// It is kept.
    Keeping,
    /// It is not kept.
    Violating,
    /// There is no such clause or force: nothing is said of keeping.
    Denies,
}

/// A dated statement.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its id in the file.
    pub id: String,
    /// What charts call it.
    pub title: String,
    /// Who speaks.
    pub by: PartyIndex,
    /// Of which clause.
    pub clause: ClauseIndex,
    /// By party: whether its forces are spoken of.
    pub about: Vec<bool>,
    /// When.
    pub day: u32,
    /// What is said.
    pub says: Says,
    /// Of what share of the strength.
    pub share: f64,
}
