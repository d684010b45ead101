//! The resolved, compiled scenario: what a run needs and no more. Ids are
//! indices, distances are tables, gates know what they wait for.

mod act;
mod agreement;
mod beliefs;
mod bits;
mod calendar;
mod choice;
mod conduct;
mod force;
mod formation;
mod garrison;
mod ground;
mod incident;
mod index;
mod ladder;
mod mechanisms;
mod monitor;
mod offensive;
mod outside;
mod party;
mod place;
mod rule;
mod terms;
mod uncertain;
mod verdict;
mod words;

use std::collections::BTreeSet;

pub use act::ActKind;
pub use agreement::{
    Abstain, Bound, Claim, Clause, Condition, Deliver, Doer, Duty, Exemption, Gate, Goods, Item,
    Kind, Kinds, Licence, Limit, Phase, Says, Starter, Terms, Unbound,
};
pub use beliefs::{Beliefs, HitBeliefs, Pressure, Trust, TrustMoves, Watched};
pub use bits::Bits;
pub use calendar::{Calendar, Turn};
pub use choice::{About, Candidate, Choice, asks, binds, options, tries_every_set};
pub use conduct::{
    Assurance, DecisionUnit, InspectionEquilibrium, Order, Policy, QuantalResponse, Reciprocal,
    ScriptedOrder, Timing,
};
pub use force::{Bands, Force, ForceRoute, Holding, Obligation, Searched, Sight, Touched};
pub use formation::Formation;
pub use garrison::{CHAIN_KM, Garrison};
pub use ground::{
    Banded, BandedKind, Ground, Installation, Outline, ReferenceCurve, Site, WeaponClass,
};
pub use incident::{Cause, IncidentSource, Liaison, Opening, Plot, apart_km, faded};
pub(crate) use index::indices;
pub use index::{
    AccountIndex, AgreementIndex, BandedIndex, BeliefsIndex, BodyIndex, BoundIndex, ChangeIndex,
    ChoiceIndex, ClaimIndex, ClassIndex, ClauseIndex, ConditionIndex, ForceIndex, FormationIndex,
    GarrisonIndex, GroundIndex, HoldingIndex, InstallationIndex, LadderIndex, MonitorIndex,
    ObligationIndex, OutsideIndex, PartyIndex, PhaseIndex, RouteIndex, RuleIndex, SiteIndex,
    SourceIndex, UnitIndex,
};
pub use ladder::{Ladder, Rung};
pub use mechanisms::{Mechanism, Mechanisms};
pub use monitor::{Body, Member, Method, Monitor, Revisit, SearchLaw, Strategic, Watch};
pub use offensive::{AT_SITE_KM, Contested, Offensive};
pub use outside::{Account, Exit, Happening, OutsideEvent, Position, When};
pub use party::Party;
pub use place::{AsTheyStand, Place};
pub use rule::{On, Reaction, Rule, Shipment};
pub use terms::{Action, Agreement, Amendment, Change, Milestone, Standing, Verifier};
pub use typed_index_collections::{TiSlice, TiVec, ti_vec};
pub use uncertain::Uncertain;
pub use verdict::{BROKEN_DAYS, End, Thresholds};
pub use words::Words;

/// Raised whenever a result changes; part of every run's identity.
pub const MODEL_VERSION: u32 = 6;

/// A scenario ready to run.
#[derive(Debug, Clone)]
pub struct Model {
    /// What the scenario is called.
    pub title: String,
    /// Days and turns.
    pub calendar: Calendar,
    /// What is at work.
    pub mechanisms: Mechanisms,
    /// How many numbers the file leaves open: each replicate draws them anew.
    pub drawn: u64,
    /// What counts as collapse and a serious violation.
    pub thresholds: Thresholds,
    /// Parties, in the order of the file, as all that follow.
    pub parties: TiVec<PartyIndex, Party>,
    /// Named places.
    pub sites: TiVec<SiteIndex, Site>,
    /// Who decides together.
    pub garrisons: TiVec<GarrisonIndex, Garrison>,
    /// Lines with bands, then areas that are looked into.
    pub banded: TiVec<BandedIndex, Banded>,
    /// Weapon classes.
    pub classes: TiVec<ClassIndex, WeaponClass>,
    /// Forces with their routes.
    pub forces: TiVec<ForceIndex, Force>,
    /// Who is seen, reported on and hit as one.
    pub formations: TiVec<FormationIndex, Formation>,
    /// What is built.
    pub installations: TiVec<InstallationIndex, Installation>,
    /// Ground under control.
    pub grounds: TiVec<GroundIndex, Ground>,
    /// Agreements.
    pub agreements: TiVec<AgreementIndex, Agreement>,
    /// Conditions that gates wait for.
    pub conditions: TiVec<ConditionIndex, Condition>,
    /// Actions on terms.
    pub changes: TiVec<ChangeIndex, Change>,
    /// Phases.
    pub phases: TiVec<PhaseIndex, Phase>,
    /// Clauses.
    pub clauses: TiVec<ClauseIndex, Clause>,
    /// Which of them are of which kind.
    pub kinds: Kinds,
    /// Monitors.
    pub monitors: TiVec<MonitorIndex, Monitor>,
    /// Bodies that rule on complaints.
    pub bodies: TiVec<BodyIndex, Body>,
    /// Who decides what: a party, a clause, a garrison.
    pub units: TiVec<UnitIndex, DecisionUnit>,
    /// What is decided together, a patron's before its proxies'.
    pub choices: TiVec<ChoiceIndex, Choice>,
    /// What stands behind the decisions of each conduct.
    pub beliefs: TiVec<BeliefsIndex, Beliefs>,
    /// The beliefs that look at what others do.
    pub listeners: Vec<BeliefsIndex>,
    /// The days on which monitors come, leave or change in number, in order.
    pub watch_days: Vec<u32>,
    /// Dated statements, by date.
    pub claims: TiVec<ClaimIndex, Claim>,
    /// Sources of incidents.
    pub incidents: TiVec<SourceIndex, IncidentSource>,
    /// Channels that settle incidents.
    pub liaisons: Vec<Liaison>,
    /// By force: where it can be, in a plane; empty without incidents.
    pub plots: TiVec<ForceIndex, Plot>,
    /// Ladders of escalation.
    pub ladders: TiVec<LadderIndex, Ladder>,
    /// Reactions.
    pub rules: TiVec<RuleIndex, Rule>,
    /// Accounts that convoys draw on.
    pub accounts: TiVec<AccountIndex, Account>,
    /// Outside events.
    pub outside: TiVec<OutsideIndex, OutsideEvent>,
    /// The measures that are written, if not all are.
    pub written: Option<BTreeSet<String>>,
    /// Days over which what is counted by day is averaged.
    pub window_days: u32,
    /// What is counted over other windows, for the record.
    pub windows: Vec<Window>,
    /// The longest of all windows, in days.
    pub longest_window: u32,
    /// Until this day only what is on record happens; 0 without a record.
    pub record_until: u32,
    /// Lines and distance curves to draw.
    pub curves: Vec<ReferenceCurve>,
    /// Areas to draw.
    pub outlines: Vec<Outline>,
}

/// What is counted by day, over a window of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// The measure.
    pub measure: String,
    /// The id of its subject.
    pub subject: String,
    /// Days.
    pub days: u32,
}

/// The name of a measure that is counted over so many days.
pub fn windowed(measure: &str, days: u32) -> String {
    format!("{measure}_in_{days}_days")
}

impl Model {
    /// The gate that starts a phase or clause.
    pub fn starts(&self, starter: Starter) -> &Gate {
        match starter {
            Starter::Phase(index) => &self.phases[index].starts,
            Starter::Clause(index) => &self.clauses[index].starts,
        }
    }

    /// Every phase and clause.
    pub fn starters(&self) -> impl Iterator<Item = Starter> {
        let phases = self.phases.keys().map(Starter::Phase);
        phases.chain(self.clauses.keys().map(Starter::Clause))
    }

    /// Whose side a party is on: its patron's, or that of its patron's patron and so on;
    /// its own without one.
    pub fn side(&self, party: PartyIndex) -> PartyIndex {
        let patron = |it: &PartyIndex| self.parties[*it].patron.as_ref().map(|(it, _)| *it);
        // No chain is longer than there are parties.
        let chain = std::iter::successors(Some(party), patron);
        chain.take(self.parties.len()).last().unwrap_or(party)
    }

    /// The day a gate opens, if dates and plain days after settle it.
    pub fn settled_day(&self, gate: &Gate) -> Option<u32> {
        match gate {
            Gate::Day(day) => Some(*day),
            Gate::After(starter, days) => {
                let day = self.settled_day(self.starts(*starter));
                day.map(|day| day + days)
            }
            Gate::When(_) | Gate::With(_) => None,
            Gate::All(gates) => {
                gates.iter().try_fold(0, |last, gate| Some(last.max(self.settled_day(gate)?)))
            }
            Gate::Any(gates) => {
                let days: Option<Vec<u32>> =
                    gates.iter().map(|gate| self.settled_day(gate)).collect();
                days?.into_iter().min()
            }
        }
    }
}
