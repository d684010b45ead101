//! The resolved, compiled scenario: what a run needs and no more. Ids are
//! indices, distances are tables, gates know what they wait for.

mod act;
mod agreement;
mod beliefs;
mod bits;
mod calendar;
mod conduct;
mod force;
mod ground;
mod incident;
mod ladder;
mod mechanisms;
mod monitor;
mod outside;
mod party;
mod rule;
mod terms;
mod uncertain;
mod verdict;
mod words;

pub use act::ActKind;
pub use agreement::{
    Abstain, Bound, Claim, Clause, Condition, Deliver, Doer, Duty, Exemption, Gate, Goods, Kind,
    Kinds, Licence, Limit, Phase, Says, Starter, Terms, Unbound,
};
pub use beliefs::{Beliefs, HitBeliefs, Pressure, Trust, TrustMoves, Watched};
pub use bits::Bits;
pub use calendar::{Calendar, Turn};
pub use conduct::{
    Assurance, DecisionUnit, InspectionEquilibrium, Order, Policy, QuantalResponse, Reciprocal,
    ScriptedOrder,
};
pub use force::{Bands, Force, ForceRoute, Holding, Obligation, Sight, Touched};
pub use ground::{
    BandedLine, Ground, Group, Installation, Outline, ReferenceCurve, Site, WeaponClass,
};
pub use incident::{Cause, IncidentSource, Liaison, Plot};
pub use ladder::{Ladder, Rung};
pub use mechanisms::{Mechanism, Mechanisms};
pub use monitor::{Body, Member, Method, Monitor, Revisit, SearchLaw, Strategic, Watch};
pub use outside::{Account, Exit, Happening, OutsideEvent, Position, When};
pub use party::Party;
pub use rule::{On, Reaction, Rule, Shipment};
pub use terms::{Action, Agreement, Amendment, Change, Milestone, Standing, Verifier};
pub use uncertain::Uncertain;
pub use verdict::Thresholds;
pub use words::Words;

/// Raised whenever a result changes; part of every run's identity.
pub const MODEL_VERSION: u32 = 5;

/// Index of a party in [`Model::parties`].
pub type PartyIndex = usize;
/// Index of a force in [`Model::forces`].
pub type ForceIndex = usize;
/// Index of a clause in [`Model::clauses`].
pub type ClauseIndex = usize;
/// Index of a monitor in [`Model::monitors`].
pub type MonitorIndex = usize;
/// Index of a decision unit in [`Model::units`].
pub type UnitIndex = usize;
/// Index of a holding in [`Force::equipment`].
pub type HoldingIndex = usize;
/// Index of a set of beliefs in [`Model::beliefs`].
pub type BeliefsIndex = usize;

/// A scenario ready to run.
#[derive(Debug, Clone)]
pub struct Model {
    /// What the scenario is called.
    pub title: String,
    /// Days and turns.
    pub calendar: Calendar,
    /// What is at work.
    pub mechanisms: Mechanisms,
    /// What counts as completion and collapse.
    pub thresholds: Thresholds,
    /// Parties, in the order of the file, as all that follow.
    pub parties: Vec<Party>,
    /// Named places.
    pub sites: Vec<Site>,
    /// Groups of sites.
    pub groups: Vec<Group>,
    /// Lines with bands.
    pub banded: Vec<BandedLine>,
    /// Weapon classes.
    pub classes: Vec<WeaponClass>,
    /// Forces with their routes.
    pub forces: Vec<Force>,
    /// What is built.
    pub installations: Vec<Installation>,
    /// Ground under control.
    pub grounds: Vec<Ground>,
    /// Agreements.
    pub agreements: Vec<Agreement>,
    /// Conditions that gates wait for.
    pub conditions: Vec<Condition>,
    /// Actions on terms.
    pub changes: Vec<Change>,
    /// Phases.
    pub phases: Vec<Phase>,
    /// Clauses.
    pub clauses: Vec<Clause>,
    /// Which of them are of which kind.
    pub kinds: Kinds,
    /// Monitors.
    pub monitors: Vec<Monitor>,
    /// Bodies that rule on complaints.
    pub bodies: Vec<Body>,
    /// Who decides what: a party, a clause, a group of sites.
    pub units: Vec<DecisionUnit>,
    /// What stands behind the decisions of each conduct.
    pub beliefs: Vec<Beliefs>,
    /// The beliefs that look at what others do.
    pub listeners: Vec<BeliefsIndex>,
    /// Dated statements, by date.
    pub claims: Vec<Claim>,
    /// Sources of incidents.
    pub incidents: Vec<IncidentSource>,
    /// Channels that settle incidents.
    pub liaisons: Vec<Liaison>,
    /// By force: where it can be, in a plane; empty without incidents.
    pub plots: Vec<Plot>,
    /// Ladders of escalation.
    pub ladders: Vec<Ladder>,
    /// Reactions.
    pub rules: Vec<Rule>,
    /// Accounts that convoys draw on.
    pub accounts: Vec<Account>,
    /// Outside events.
    pub outside: Vec<OutsideEvent>,
    /// Until this day only what is on record happens; 0 without a record.
    pub record_until: u32,
    /// Lines and distance curves to draw.
    pub curves: Vec<ReferenceCurve>,
    /// Areas to draw.
    pub outlines: Vec<Outline>,
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
        let phases = (0..self.phases.len()).map(Starter::Phase);
        phases.chain((0..self.clauses.len()).map(Starter::Clause))
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
