//! Phases, clauses, gates and claims.

use disengage_derive::words;

use super::{
    ActKind, AgreementIndex, BandedIndex, Bits, BoundIndex, ClauseIndex, ConditionIndex, Force,
    ForceIndex, GroundIndex, HoldingIndex, InstallationIndex, Milestone, MonitorIndex,
    ObligationIndex, OutsideIndex, PartyIndex, PhaseIndex, SiteIndex, Standing, TiSlice, TiVec,
    Uncertain, UnitIndex, Verifier,
};
use crate::stats::Stream;

/// What a gate may wait for the start of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Starter {
    /// A phase.
    Phase(PhaseIndex),
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
    /// Once a condition has come true.
    When(ConditionIndex),
    /// Together with something else, once both are ready.
    With(Starter),
    /// Once all have opened.
    All(Vec<Gate>),
    /// Once any has opened.
    Any(Vec<Gate>),
}

/// What a gate may wait for. Once it has come true it stays so.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// A clause is verified kept.
    Verified {
        /// The clause.
        clause: ClauseIndex,
        /// The least share seen keeping among what is observed.
        at_least: f64,
        /// For so many days without a break.
        for_days: u32,
    },
    /// A political step is done.
    Done(ClauseIndex),
    /// A clause was not kept on its deadline.
    Missed(ClauseIndex),
    /// So many of those whom a clause authorises or deploys are inside, in truth.
    Present {
        /// The clause.
        clause: ClauseIndex,
        /// Persons or weapons, as it counts.
        at_least: f64,
        /// For so many days without a break.
        for_days: u32,
    },
    /// So many of the monitors, at least, are on duty.
    Deployed {
        /// The monitors.
        monitors: Vec<MonitorIndex>,
        /// The least share of them.
        at_least: f64,
        /// The least number of their persons.
        at_least_persons: f64,
    },
    /// So many acts of a kind were done.
    Acted {
        /// The kind.
        act: ActKind,
        /// By party: whether its acts count.
        by: TiVec<PartyIndex, bool>,
        /// By party: whether acts against it count; empty where against whom does not matter.
        against: TiVec<PartyIndex, bool>,
        /// How many.
        count: u32,
    },
    /// An outside event has come.
    Came(OutsideIndex),
    /// No fire, strike or prepared assault for so many days.
    Quiet {
        /// Days.
        days: u32,
        /// The first day that counts.
        from: u32,
        /// By party: whether its acts break the quiet.
        between: TiVec<PartyIndex, bool>,
        /// By site: whether acts by or at a force based there do; all acts by
        /// default.
        at: Option<TiVec<SiteIndex, bool>>,
    },
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
    /// Its agreement.
    pub agreement: Option<AgreementIndex>,
    /// Its phase.
    pub phase: Option<PhaseIndex>,
    /// Whether it is demanded, offered or agreed.
    pub standing: Standing,
    /// Whether it has been agreed: breaking what was never agreed costs no
    /// trust. What a change makes of it stands in the world.
    pub consented: bool,
    /// For a reading: the clause that is read, and whose reading it is.
    pub reading_of: Option<(ClauseIndex, PartyIndex)>,
    /// Its readings: whose, and the clause each makes.
    pub readings: Vec<(PartyIndex, ClauseIndex)>,
    /// When it starts: D-day.
    pub starts: Gate,
    /// By when it is to be kept; none for an open clause.
    pub deadline: Option<Gate>,
    /// Days after the deadline in which being late counts for nothing.
    pub grace_days: u32,
    /// Shares to be reached on the way.
    pub milestones: Vec<Milestone>,
    /// When it expires; never without.
    pub expires: Option<Gate>,
    /// Whether those whom it kept out go home when it ends; they stay where they are without.
    pub returns_at_end: bool,
    /// The forces it binds.
    pub bound: TiVec<BoundIndex, Bound>,
    /// Forces in its scope that it does not bind, nor authorises, nor exempts.
    pub unbound: Vec<Unbound>,
    /// Who may stay, up to a limit.
    pub exempt: Vec<Exemption>,
    /// The monitors whose reports make its recorded register.
    pub monitors: Vec<MonitorIndex>,
    /// The same as a set.
    pub monitor_set: Bits<MonitorIndex>,
    /// Bands of distance in which some of them verify it.
    pub verifiers: Vec<Verifier>,
    /// The share of a written distance that lies on one side: a half where a
    /// width is in total.
    pub of_one_side: f64,
    /// By party: whether its claims enter the claimed register.
    pub claimants: TiVec<PartyIndex, bool>,
    /// An older observation does not count.
    pub max_age_days: f64,
    /// Days from an observation to the first on which it does not count.
    pub expires_after: u32,
    /// The least share observed for the clause to be verified.
    pub min_coverage: f64,
    /// What an amendment can change.
    pub terms: Terms,
    /// Its weight as the file has it.
    pub weight: f64,
    /// Its weight in a run's compliance: that of a clause which is written several times is
    /// shared out among them.
    pub weight_in_mean: f64,
    /// How often it is written: as it stands, and in other words of the same meaning.
    pub written_times: u32,
    /// Its place among all clauses by id.
    pub rank: u32,
}

/// How far beyond the edge of an area or a band a force halts that leaves it, kilometres.
/// Tables of distances are right to 25 m: on the very edge it would stand in one zone by
/// one table and in the next by another, for as long as it stays.
const BEYOND_EDGE_KM: f64 = 0.05;

impl Clause {
    /// Whether it binds forces of a party.
    pub fn binds(&self, forces: &TiSlice<ForceIndex, Force>, party: PartyIndex) -> bool {
        let bound = self.bound.iter().filter(|it| it.duty != Duty::Authorised);
        bound.into_iter().any(|it| forces[it.force].commander == party)
    }

    /// Whether it binds forces of several parties.
    pub fn binds_several(&self, forces: &TiSlice<ForceIndex, Force>) -> bool {
        let bound = self.bound.iter().filter(|it| it.duty != Duty::Authorised);
        let mut parties = bound.map(|it| forces[it.force].commander);
        parties.next().is_some_and(|first| parties.any(|other| other != first))
    }

    /// Whether several parties may claim something of it.
    pub fn several_claim(&self) -> bool {
        self.claimants.iter().filter(|claims| **claims).count() > 1
    }

    /// How far beyond the place that meets it in full a force halts, kilometres: where an
    /// area or a band ends. A distance that is named is kept as it is.
    pub fn halt_margin_km(&self) -> f64 {
        match self.kind {
            Kind::Leave | Kind::Presence => BEYOND_EDGE_KM,
            _ => 0.0,
        }
    }

    /// Whether an observation by a monitor of a force at a distance counts.
    #[inline]
    pub fn verifies(&self, monitor: MonitorIndex, km: f64) -> bool {
        let mut banded = false;
        for it in &self.verifiers {
            if it.monitors.contains(monitor) {
                if it.from_km <= km && km < it.to_km {
                    return true;
                }
                banded = true;
            }
        }
        !banded
    }
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
    /// Persons of the authorised at most, or weapons where the clause counts
    /// these.
    pub cap: Option<f64>,
    /// Persons or weapons of the authorised at least.
    pub floor: Option<f64>,
    /// Forces of the authorised at most.
    pub cap_posts: Option<f64>,
    /// Forces of the authorised at least.
    pub floor_posts: Option<f64>,
    /// The share at which the clause counts as kept.
    pub kept_at: f64,
}

impl Terms {
    /// Whether a distance meets a duty, and meets it in full.
    #[inline]
    pub fn meets(&self, duty: Duty, km: f64) -> (bool, bool) {
        match duty {
            Duty::Deploy => (km < 0.0, km < 0.0),
            _ => (km >= self.min_km, km >= self.target_km),
        }
    }
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
    /// Being at a named site or where one was, with what is in scope.
    Confine {
        /// The clause whose line is that of "beyond the line".
        beyond: Option<ClauseIndex>,
    },
    /// Weapons in scope inactive.
    Posture,
    /// Not doing certain acts.
    Abstain(Box<Abstain>),
    /// Keeping a way open.
    Passage {
        /// Monitors that see nothing while it is closed.
        needed_by: Vec<MonitorIndex>,
    },
    /// A political step of each party.
    Act {
        /// Days it takes.
        takes_days: u32,
        /// Who does it.
        doers: Vec<Doer>,
    },
    /// Handing something over.
    Deliver(Box<Deliver>),
    /// What shows how little a kind takes.
    #[cfg(test)]
    MadeUp,
}

impl Kind {
    /// Whether it says where forces and weapons may not be.
    pub fn is_of_place(&self) -> bool {
        matches!(self, Self::KeepDistance | Self::Leave | Self::Presence)
    }

    /// Whether it judges forces by a distance: those, and being where one is to stay.
    pub fn is_of_distance(&self) -> bool {
        self.is_of_place() || matches!(self, Self::Confine { .. })
    }

    /// Whether it is kept by each force for itself, but for limits and exemptions.
    pub fn is_of_each_force(&self) -> bool {
        !matches!(self, Self::Act { .. } | Self::Passage { .. } | Self::Deliver(_))
    }
}

/// The clauses of some kinds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kinds {
    /// To abstain.
    pub abstain: Bits<ClauseIndex>,
    /// Political steps.
    pub act: Bits<ClauseIndex>,
    /// To confine.
    pub confine: Bits<ClauseIndex>,
    /// To deliver.
    pub deliver: Bits<ClauseIndex>,
    /// To keep a way open.
    pub passage: Bits<ClauseIndex>,
    /// Those in which every bound force counts for itself, but for one exemption
    /// of so many persons or weapons, as long as their terms set no limits.
    pub plain: Bits<ClauseIndex>,
    /// Those that a gate waits to see verified.
    pub awaited: Bits<ClauseIndex>,
}

impl Kinds {
    /// Takes a clause in.
    pub fn take(&mut self, kind: &Kind, clause: ClauseIndex) {
        let those = match kind {
            Kind::Abstain(_) => &mut self.abstain,
            Kind::Act { .. } => &mut self.act,
            Kind::Confine { .. } => &mut self.confine,
            Kind::Deliver(_) => &mut self.deliver,
            Kind::Passage { .. } => &mut self.passage,
            _ => return,
        };
        those.insert(clause);
    }
}

/// What is to be handed over, and how.
#[derive(Debug, Clone)]
pub struct Deliver {
    /// What.
    pub goods: Goods,
    /// By bound force: prisoners or records it holds.
    pub stock: TiVec<BoundIndex, Option<Uncertain>>,
    /// By bound force: installations or ground it holds.
    pub items: TiVec<BoundIndex, Vec<Item>>,
    /// How many each force hands over in a day.
    pub per_day: Uncertain,
    /// Days from hand-over to ruling.
    pub inspection_days: u32,
    /// Probability of acceptance.
    pub accepted_share: Uncertain,
    /// Probability that the receiver disputes the verifier's ruling.
    pub disputed_share: Option<Uncertain>,
    /// Who receives.
    pub to: PartyIndex,
    /// Whether installations are taken down.
    pub dismantled: bool,
    /// By bound force: the draws of rulings.
    pub rulings: TiVec<BoundIndex, Stream>,
}

/// One thing that is handed over whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// An installation.
    Installation(InstallationIndex),
    /// A piece of ground.
    Ground(GroundIndex),
}

/// What can be handed over.
#[words(stand_in = Weapons, such_as = "what is delivered, such as \"weapons\"")]
pub enum Goods {
    /// Weapons in the clause's scope.
    Weapons,
    /// Prisoners.
    Prisoners,
    /// Records, such as maps of mines.
    Records,
    /// Installations of the file.
    Installations,
    /// Ground of the file.
    Ground,
}

impl Goods {
    /// The unit in which these goods are counted.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Weapons => "weapons",
            Self::Prisoners => "persons",
            Self::Records => "records",
            Self::Installations => "installations",
            Self::Ground => "pieces of ground",
        }
    }
}

/// What is not to be done.
#[derive(Debug, Clone)]
pub struct Abstain {
    /// The acts.
    pub acts: Vec<ActKind>,
    /// Against whom; anyone if empty.
    pub against: Vec<PartyIndex>,
    /// Inside which area; anywhere if none.
    pub area: Option<BandedIndex>,
    /// How many acts a day a unit does that does not comply.
    pub acts_per_day: Uncertain,
    /// For how many days an act counts.
    pub counts_days: u32,
    /// What is no violation.
    pub licences: Vec<Licence>,
}

/// An act that follows one suffered is no violation.
#[derive(Debug, Clone)]
pub struct Licence {
    /// The act suffered.
    pub after: ActKind,
    /// For how many days from it.
    pub within_days: u32,
    /// By party: whether it has the licence.
    pub to: TiVec<PartyIndex, bool>,
}

/// A party that is to take a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doer {
    /// The party.
    pub party: PartyIndex,
    /// Its decision unit.
    pub unit: UnitIndex,
}

/// A force in scope that a clause does not bind.
#[derive(Debug, Clone, PartialEq)]
pub struct Unbound {
    /// The force.
    pub force: ForceIndex,
    /// Signed kilometres of its home, for one without a way.
    pub home_km: f64,
    /// As of [`Bound::weapons`].
    pub weapons: Option<Bits<HoldingIndex>>,
}

/// Bound forces that may stay, up to a limit.
#[derive(Debug, Clone)]
pub struct Exemption {
    /// By bound force.
    pub of: TiVec<BoundIndex, bool>,
    /// How much of them.
    pub limit: Limit,
}

/// The limit of an exemption.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// So many persons, or weapons where the clause counts these.
    Strength(f64),
    /// So many forces.
    Posts(f64),
}

/// A force that a clause binds.
#[derive(Debug, Clone)]
pub struct Bound {
    /// The force.
    pub force: ForceIndex,
    /// Who decides for it.
    pub unit: UnitIndex,
    /// What the clause asks of it.
    pub duty: Duty,
    /// Which of the force's holdings are in the clause's scope, as a set; none
    /// where it counts persons.
    pub weapons: Option<Bits<HoldingIndex>>,
    /// The clause among the force's obligations.
    pub obligation: ObligationIndex,
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
    /// To hand over what it holds.
    Deliver,
    /// To be within the sites, with what is in scope.
    StayIn,
    /// To keep its weapons inactive.
    Inactive,
    /// To do none of the acts.
    Abstain,
    /// To keep the way open while it holds it.
    Open,
}

/// What is said.
#[words(stand_in = Denies)]
pub enum Says {
    /// The clause is kept.
    Keeping,
    /// The clause is not kept.
    Violating,
    /// There is no such clause, or no such force: nothing is said of keeping.
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
    pub about: TiVec<PartyIndex, bool>,
    /// When.
    pub day: u32,
    /// What is said.
    pub says: Says,
    /// Of what share of the strength.
    pub share: f64,
}
