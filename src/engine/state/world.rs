//! The state of one replicate: the sum of what its processes carry from day to day.

use super::beliefs::BeliefState;
use super::changes::Changes;
use super::choice::ChoiceState;
use super::clause::ClauseState;
use super::complaints::{BodyState, Docket};
use super::conflict::Conflict;
use super::delivery::InstallationState;
use super::event::{Event, EventId, EventKind};
use super::force::ForceState;
use super::monitor::{MonitorState, Watch};
use super::resolve::PartyState;
use super::spell::{Spell, SpellId};
use super::suppressed::Suppressed;
use super::today::Today;
use super::unit::UnitState;
use super::verdict::Verdict;
use crate::model::{
    BeliefsIndex, BodyIndex, ChangeIndex, ChoiceIndex, ClauseIndex, Condition, ConditionIndex,
    ForceIndex, GroundIndex, InstallationIndex, Mechanism, Model, MonitorIndex, PartyIndex,
    PhaseIndex, Starter, TiSlice, TiVec, UnitIndex, ti_vec,
};
use crate::stats::{Agenda, Draws};

/// Everything that changes in a run, and the numbers drawn for it. Only processes
/// of the engine change it; everyone else reads.
#[derive(Debug, Clone)]
pub struct World {
    /// The replicate's randomness.
    pub(in crate::engine) draws: Draws,
    pub(in crate::engine) day: u32,
    pub(in crate::engine) forces: TiVec<ForceIndex, ForceState>,
    pub(in crate::engine) units: TiVec<UnitIndex, UnitState>,
    /// What is decided together.
    pub(in crate::engine) choices: TiVec<ChoiceIndex, ChoiceState>,
    /// What parties are resolved to.
    pub(in crate::engine) parties: TiVec<PartyIndex, PartyState>,
    pub(in crate::engine) beliefs: TiVec<BeliefsIndex, BeliefState>,
    pub(in crate::engine) clauses: TiVec<ClauseIndex, ClauseState>,
    pub(in crate::engine) monitors: TiVec<MonitorIndex, MonitorState>,
    pub(in crate::engine) bodies: TiVec<BodyIndex, BodyState>,
    pub(in crate::engine) spells: TiVec<SpellId, Spell>,
    /// By phase: the day and event of its start.
    pub(in crate::engine) phases: TiVec<PhaseIndex, Option<(u32, EventId)>>,
    /// By party: persons that may move at once.
    pub(in crate::engine) lift: TiVec<PartyIndex, Option<f64>>,
    /// By condition of the model.
    pub(in crate::engine) conditions: TiVec<ConditionIndex, ConditionState>,
    /// By change of terms of the model.
    pub(in crate::engine) terms: TiVec<ChangeIndex, ChangeState>,
    pub(in crate::engine) deadlocks: Vec<(Starter, u32)>,
    pub(in crate::engine) verdict: Verdict,
    pub(in crate::engine) installations: TiVec<InstallationIndex, InstallationState>,
    pub(in crate::engine) grounds: TiVec<GroundIndex, PartyIndex>,
    pub(in crate::engine) events: Vec<Event>,
    pub(in crate::engine) today: Today,
    pub(in crate::engine) conflict: Conflict,
    /// Forces on the move, in order.
    pub(in crate::engine) moving: Vec<ForceIndex>,
    /// By party: persons on the move on the day at hand.
    pub(in crate::engine) demand: TiVec<PartyIndex, f64>,
    /// What monitors will see and report.
    pub(in crate::engine) watch: Watch,
    /// Complaints that wait.
    pub(in crate::engine) docket: Docket,
    /// Choices by the day of their next review.
    pub(in crate::engine) reviews: Agenda<ChoiceIndex>,
    /// Choices reviewed on the day at hand.
    pub(in crate::engine) reviewing: Vec<ChoiceIndex>,
    /// The day of the next report of a party on itself.
    pub(in crate::engine) next_self_report: u32,
    /// The next claim to be made.
    pub(in crate::engine) next_claim: usize,
    /// What is to be reckoned anew.
    pub(in crate::engine) changes: Changes,
    pub(in crate::engine) suppressed: Suppressed,
    next_event: EventId,
}

impl World {
    /// The world on day 0 of a replicate, before anything has started.
    pub fn new(model: &Model, draws: Draws) -> Self {
        let clauses: TiVec<_, ClauseState> =
            model.clauses.iter().map(|clause| ClauseState::new(model, clause, draws)).collect();
        let forces: TiVec<_, _> = model
            .forces
            .keys()
            .map(|index| ForceState::new(model, &clauses, index, draws))
            .collect();
        let units = model.units.iter();
        let units = units.map(|unit| UnitState::new(model, unit, &forces, draws)).collect();
        let parties = model.parties.iter().map(|party| PartyState::draw(party, draws));
        let parties: TiVec<_, _> = parties.collect();
        let choices = model.choices.iter();
        let choices = choices.map(|it| ChoiceState::new(it, &forces, &parties, draws)).collect();
        let beliefs = model.beliefs.iter();
        let beliefs = beliefs.map(|holder| BeliefState::draw(model, holder, draws)).collect();
        let monitors = model.monitors.iter();
        let monitors = monitors.map(|monitor| MonitorState::new(model, monitor, draws)).collect();
        let lifted = model.mechanisms.has(Mechanism::Lift);
        let lift = model.parties.iter().map(|party| {
            let lift = party.lift_persons.as_ref().filter(|_| lifted)?;
            Some(lift.draw(draws))
        });
        Self {
            draws,
            day: 0,
            forces,
            units,
            choices,
            parties,
            beliefs,
            clauses,
            monitors,
            bodies: ti_vec![BodyState::default(); model.bodies.len()],
            spells: TiVec::with_capacity(256),
            phases: ti_vec![None; model.phases.len()],
            lift: lift.collect(),
            conditions: model.conditions.iter().map(ConditionState::new).collect(),
            terms: ti_vec![ChangeState::default(); model.changes.len()],
            deadlocks: Vec::new(),
            verdict: Verdict::default(),
            installations: ti_vec![InstallationState::Held; model.installations.len()],
            grounds: model.grounds.iter().map(|ground| ground.controller).collect(),
            events: Vec::with_capacity(256),
            today: Today::default(),
            conflict: Conflict::new(model, draws),
            moving: Vec::new(),
            demand: ti_vec![0.0; model.parties.len()],
            watch: Watch::new(model),
            docket: Docket::new(model),
            reviews: Agenda::new(model.calendar.days),
            reviewing: Vec::new(),
            next_self_report: 0,
            next_claim: 0,
            changes: Changes::default(),
            suppressed: Suppressed::default(),
            next_event: 0,
        }
    }

    /// The same, without some events: see [`Suppressed`].
    #[must_use]
    pub fn without(self, suppressed: Suppressed) -> Self {
        Self { suppressed, ..self }
    }

    pub(in crate::engine) fn begin_turn(&mut self) {
        self.events.clear();
        self.changes.begin_turn();
        self.conflict.begin_turn();
        for force in &mut self.forces {
            force.shifted = false;
        }
    }

    pub(in crate::engine) fn happen(
        &mut self,
        day: u32,
        cause: Option<EventId>,
        kind: EventKind,
    ) -> EventId {
        let id = self.next_event;
        self.next_event += 1;
        self.events.push(Event { id, day, cause, kind });
        id
    }
}

/// What others may read.
impl World {
    /// The day the state is of.
    pub fn day(&self) -> u32 {
        self.day
    }

    /// By force.
    pub fn forces(&self) -> &TiSlice<ForceIndex, ForceState> {
        &self.forces
    }

    /// By decision unit.
    pub fn units(&self) -> &TiSlice<UnitIndex, UnitState> {
        &self.units
    }

    /// By set of beliefs.
    pub fn beliefs(&self) -> &TiSlice<BeliefsIndex, BeliefState> {
        &self.beliefs
    }

    /// By clause.
    pub fn clauses(&self) -> &TiSlice<ClauseIndex, ClauseState> {
        &self.clauses
    }

    /// By monitor.
    pub fn monitors(&self) -> &TiSlice<MonitorIndex, MonitorState> {
        &self.monitors
    }

    /// By body that rules on complaints.
    pub fn bodies(&self) -> &TiSlice<BodyIndex, BodyState> {
        &self.bodies
    }

    /// Violation spells, in the order they began.
    pub fn spells(&self) -> &TiSlice<SpellId, Spell> {
        &self.spells
    }

    /// By party: persons that may move at once.
    pub fn lift(&self) -> &TiSlice<PartyIndex, Option<f64>> {
        &self.lift
    }

    /// Phases and clauses that can no longer start, and since when.
    pub fn deadlocks(&self) -> &[(Starter, u32)] {
        &self.deadlocks
    }

    /// What the run comes to.
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// By installation: what has become of it.
    pub fn installations(&self) -> &TiSlice<InstallationIndex, InstallationState> {
        &self.installations
    }

    /// By piece of ground: who controls it.
    pub fn grounds(&self) -> &TiSlice<GroundIndex, PartyIndex> {
        &self.grounds
    }

    /// What happened in the turn.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What happened on the day that others answer to.
    pub fn today(&self) -> &Today {
        &self.today
    }

    /// Incidents, ladders, rules, accounts and outside events.
    pub fn conflict(&self) -> &Conflict {
        &self.conflict
    }
}

/// A change of terms of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChangeState {
    /// Whether its own gate has opened.
    pub opened: bool,
    /// How often it was to be made.
    pub attempts: u32,
}

/// A condition that gates wait for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ConditionState {
    /// Since when it holds.
    pub since: Option<u32>,
    /// The day it came true.
    pub opened: Option<u32>,
    /// Of acts that it waits for, how many were done.
    pub count: u32,
}

impl ConditionState {
    fn new(condition: &Condition) -> Self {
        let since = match condition {
            // It was quiet as far as anybody knows.
            Condition::Quiet { from, .. } => Some(*from),
            _ => None,
        };
        Self { since, opened: None, count: 0 }
    }
}
