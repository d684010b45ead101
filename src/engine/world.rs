//! The state of one replicate.

use super::abstain::{AbstainState, ActClock};
use super::acts::Act;
use super::assessment::{self, Split};
use super::beliefs::BeliefState;
use super::caps::CapAllocation;
use super::complaints::{BodyState, Complaint, Ruling};
use super::conduct::UnitParameters;
use super::conflict::Conflict;
use super::event::{Event, EventId, EventKind};
use super::monitors::MonitorState;
use super::records::{Case, Record};
use super::spells::{Spell, SpellId};
use super::steps::StepState;
use super::stores::Store;
use super::suppressed::Suppressed;
use super::tally::Tally;
use super::verdict::Verdict;
use super::view::{Place, Stance, view};
use crate::model::{
    Clause, Condition, Duty, ForceIndex, Kind, Mechanism, Model, MonitorIndex, Order, PartyIndex,
    Says, Standing, Starter, Terms,
};
use crate::stats::{Agenda, Draws};

/// Everything that changes in a run, and the numbers drawn for it.
#[derive(Debug, Clone)]
pub struct World {
    /// The replicate's randomness.
    pub draws: Draws,
    /// The day the state is of.
    pub day: u32,
    /// By force.
    pub forces: Vec<ForceState>,
    /// By decision unit.
    pub units: Vec<UnitState>,
    /// By set of beliefs.
    pub beliefs: Vec<BeliefState>,
    /// By clause.
    pub clauses: Vec<ClauseState>,
    /// By monitor.
    pub monitors: Vec<MonitorState>,
    /// By body that rules on complaints.
    pub bodies: Vec<BodyState>,
    /// Violation spells, in the order they began.
    pub spells: Vec<Spell>,
    /// By phase: the day and event of its start.
    pub phases: Vec<Option<(u32, EventId)>>,
    /// By party: persons that may move at once.
    pub lift: Vec<Option<f64>>,
    /// By condition of the model.
    pub conditions: Vec<ConditionState>,
    /// By change of the model.
    pub changes: Vec<ChangeState>,
    /// Phases and clauses that can no longer start, and since when.
    pub deadlocks: Vec<(Starter, u32)>,
    /// What the run comes to.
    pub verdict: Verdict,
    /// By installation: what has become of it.
    pub installations: Vec<InstallationState>,
    /// By piece of ground: who controls it.
    pub grounds: Vec<PartyIndex>,
    /// What happened in the turn.
    pub events: Vec<Event>,
    /// What happened on the day that others answer to.
    pub today: Today,
    /// Incidents, ladders, rules, accounts and outside events.
    pub conflict: Conflict,
    /// Forces on the move, in order.
    pub(super) moving: Vec<ForceIndex>,
    /// Sightings by day: monitor and force.
    pub(super) sightings: Agenda<(u32, u32)>,
    /// Reports by the day they arrive.
    pub(super) reports: Agenda<Report>,
    /// Monitors by the day on which what they are changes.
    pub(super) duty: Agenda<MonitorIndex>,
    /// Monitors by the day of their next false alarm.
    pub(super) alarms: Agenda<MonitorIndex>,
    /// Complaints by the day of the ruling.
    pub(super) complaints: Agenda<Complaint>,
    /// Strategic complaints by day: body and place in its list.
    pub(super) strategic: Agenda<(usize, usize)>,
    /// By body and place in its list: when the last one fell, and how many did.
    pub(super) grievances: Vec<Vec<(f64, u32)>>,
    /// Units by the day of their next review.
    pub(super) reviews: Agenda<u32>,
    /// The day of the next report of a party on itself.
    pub(super) next_self_report: u32,
    /// The next claim to be made.
    pub(super) next_claim: usize,
    /// The day on which gates are looked at again.
    pub(super) next_gate: u32,
    /// The clauses to be judged anew, as bits.
    pub(super) stale: u64,
    /// The day on which a clause is judged anew even if nothing happens, or an
    /// earlier one.
    pub(super) next_judged: u32,
    /// The clauses in force, as bits.
    pub(super) in_force: u64,
    /// The clauses that one of those they bind has moved under since the turn
    /// began, or that were judged anew, as bits.
    pub(super) shifted: u64,
    /// The same of those in their scope whom they do not bind.
    pub(super) shifted_outside: u64,
    /// The clauses on which an order was given since the turn began, or that were
    /// judged anew in every register, as bits.
    pub(super) reordered: u64,
    /// The clauses of which something that is recorded may have changed since the
    /// turn began, as bits; the passing of a day is not in it.
    pub(super) fresh: u64,
    /// The clauses that bind somebody who moved or became another size since the
    /// turn began, or that were judged anew, as bits.
    pub(super) moved: u64,
    /// The clauses whose count may be another one since the turn began, as bits.
    pub(super) recounted: u64,
    /// How often something changed that anybody may know without a report: a
    /// claim, a strength, whether a clause is in force or agreed.
    pub(super) news: u32,
    /// By party: persons on the move on the day at hand.
    pub(super) demand: Vec<f64>,
    /// Sightings of the day at hand: when, by whom and of whom.
    pub(super) due: Vec<(f64, (MonitorIndex, ForceIndex))>,
    /// Reports that arrive on it.
    pub(super) arriving: Vec<Report>,
    /// Units that review on it.
    pub(super) reviewing: Vec<u32>,
    /// What is left out of the run.
    pub suppressed: Suppressed,
    next_event: EventId,
}

/// What happened on a day that others answer to.
#[derive(Debug, Clone, Default)]
pub struct Today {
    /// What parties did.
    pub acts: Vec<Act>,
    /// Which reports arrived.
    pub arrivals: Vec<Arrival>,
    /// Which violations were recorded.
    pub records: Vec<Record>,
    /// Which complaints were ruled on.
    pub rulings: Vec<(Complaint, Ruling)>,
}

impl Today {
    pub(super) fn clear(&mut self) {
        self.acts.clear();
        self.arrivals.clear();
        self.records.clear();
        self.rulings.clear();
    }
}

/// A report that arrived.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrival {
    /// Whose.
    pub monitor: MonitorIndex,
    /// On which force.
    pub force: ForceIndex,
    /// The day it was seen.
    pub seen: u32,
    /// By clause: in force that day, of place, and asked of the force.
    pub asked: u64,
    /// By clause: registered as keeping.
    pub keeping: u64,
}

/// A force.
#[derive(Debug, Clone)]
pub struct ForceState {
    /// Persons.
    pub strength: u32,
    /// Weapons held, in the order of the model's holdings.
    pub equipment: Vec<u32>,
    /// Where it is.
    pub place: Place,
    /// Where it is going.
    pub goal: Place,
    /// By obligation: the signed kilometres the clause judges by; NaN where it
    /// judges no place.
    pub km: Vec<f64>,
    /// What its place means and what it shows.
    pub stance: Stance,
    /// Metres it can move in a day.
    pub metres_per_day: f64,
    /// Signature in the open.
    pub signature: f64,
    /// Whether it is on the move.
    pub moving: bool,
    /// The order it acts on.
    pub ordered: Option<EventId>,
    /// Whether its place, strength or weapons may have changed in the turn.
    pub shifted: bool,
}

/// A decision unit.
#[derive(Debug, Clone)]
pub struct UnitState {
    /// The standing order.
    pub order: Order,
    /// The day of its next review; the greatest number if it has none.
    pub next_review: u32,
    /// Reviews so far.
    pub reviews: u32,
    /// The event of the standing order.
    pub event: Option<EventId>,
    /// What last hit one of its forces since its last review.
    pub(super) hit: Option<EventId>,
    /// An order that its party has taken a position on, and until when it stands.
    pub(super) held: Option<(Order, u32)>,
    /// How many of its forces have persons.
    pub(super) standing: u32,
    /// What complying was worth over defying at its last review.
    pub worth: f64,
    pub(super) parameters: UnitParameters,
}

/// Shares of the bound strength (or weapons) in [0, 1], in three registers.
/// NaN where nothing is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// Truth: meets the clause, of what was inside on D-day.
    pub met: f64,
    /// Truth: meets it in full.
    pub full: f64,
    /// Truth: meets it, of all that is bound.
    pub unrestricted: f64,
    /// Recorded: seen keeping.
    pub seen_keeping: f64,
    /// Recorded: seen violating.
    pub seen_violating: f64,
    /// Recorded: neither.
    pub not_observed: f64,
    /// Claimed: said to keep.
    pub claimed_keeping: f64,
    /// Claimed: said to violate.
    pub claimed_violating: f64,
}

impl Shares {
    /// Nothing counted.
    pub const NONE: Self = Self {
        met: f64::NAN,
        full: f64::NAN,
        unrestricted: f64::NAN,
        seen_keeping: f64::NAN,
        seen_violating: f64::NAN,
        not_observed: f64::NAN,
        claimed_keeping: f64::NAN,
        claimed_violating: f64::NAN,
    };

    /// Applies `f` to each pair of shares.
    #[must_use]
    pub fn zip(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            met: f(self.met, other.met),
            full: f(self.full, other.full),
            unrestricted: f(self.unrestricted, other.unrestricted),
            seen_keeping: f(self.seen_keeping, other.seen_keeping),
            seen_violating: f(self.seen_violating, other.seen_violating),
            not_observed: f(self.not_observed, other.not_observed),
            claimed_keeping: f(self.claimed_keeping, other.claimed_keeping),
            claimed_violating: f(self.claimed_violating, other.claimed_violating),
        }
    }
}

/// A clause.
#[derive(Debug, Clone)]
pub struct ClauseState {
    /// D-day and its event.
    pub started: Option<(u32, EventId)>,
    /// The day it falls due; none for an open clause or before it is known.
    pub due: Option<u32>,
    /// The day it expires, if that is known.
    pub expires: Option<u32>,
    /// The day and event of its end.
    pub ended: Option<(u32, EventId)>,
    /// Whether it ended before its time, by a change.
    pub broken_off: bool,
    /// While it is suspended, the event of that.
    pub suspended: Option<EventId>,
    /// Whether it is demanded, offered or agreed.
    pub standing: Standing,
    /// Whether its deadline was put off or it was renewed.
    pub extended: bool,
    /// How often the parties have committed themselves again.
    pub commitments: u32,
    /// Its milestones.
    pub milestones: Vec<MilestoneState>,
    /// Its terms now.
    pub terms: Terms,
    /// By bound force: whether it was inside on D-day.
    pub counted: Vec<bool>,
    /// By bound force: what a cap leaves to it.
    pub allocation: Vec<CapAllocation>,
    /// By bound force: the signed kilometres on D-day; NaN where no place is
    /// judged.
    pub km_on_d_day: Vec<f64>,
    /// By bound force: what is claimed of it, since when, of what share.
    pub claims: Vec<Option<(u32, Says, f64)>>,
    /// By bound force: the newest that the clause's monitors hold of it.
    pub observed: Vec<Option<Observation>>,
    /// By bound force: its last violation spell.
    pub(super) spells: Vec<Option<SpellId>>,
    /// By bound force: the case that the clause's monitors have against it.
    pub cases: Vec<Option<Case>>,
    /// Cases that they have recorded so far.
    pub cases_recorded: u32,
    /// Of these, those that two of them recorded within `max_age_days`.
    pub cases_confirmed: u32,
    /// What they hold together, by strength or weapons.
    pub recorded: Split,
    /// What it counts in truth, where every force counts for itself.
    pub(super) tally: Tally,
    /// What is recorded, as if nobody were exempt, where every force counts for
    /// itself; and what of the violating is exempt.
    pub(super) seen: (Split, f64),
    /// The shares on the day of the state.
    pub shares: Shares,
    /// Whether it is kept, in truth, with the event of that.
    pub kept: Option<EventId>,
    /// The day it was first kept.
    pub first_kept: Option<u32>,
    /// Whether it was kept on its deadline; none before.
    pub deadline_met: Option<bool>,
    /// The day it was first kept after its deadline was missed.
    pub caught_up: Option<u32>,
    /// The day of its first serious violation.
    pub first_serious: Option<u32>,
    /// Sums of the shares over the days since it fell due.
    pub sums: Shares,
    /// Days since it fell due, or since D-day for an open clause.
    pub days: f64,
    /// Kilometres missing to `min_km` (or out of the area), strength-weighted
    /// over violators, at the end of the turn; NaN without any.
    pub shortfall_km: f64,
    /// Strength (or weapons) of violators, in truth, at the end of the turn.
    pub violating: f64,
    /// How many forces violate it.
    pub violators: u32,
    /// Kilometres that the farthest violator lacks; NaN without any.
    pub worst_km: f64,
    /// Strength (or weapons) of forces that it does not bind and that would
    /// violate it.
    pub unbound: f64,
    /// By force that it does not bind: the signed kilometres it would be judged
    /// by; empty where that is not known.
    pub(super) unbound_km: Vec<f64>,
    /// The shares of the strength counted under each order, at the end of the
    /// turn.
    pub ordered: [f64; 3],
    /// Deliveries, for a clause on them.
    pub delivery: Option<DeliveryState>,
    /// Acts, for a clause to abstain.
    pub abstain: Option<AbstainState>,
    /// By party of a political step: how far it is.
    pub steps: Vec<StepState>,
    /// By bound force of a clause that confines: what monitors hold of it.
    pub stores: Vec<Store>,
    /// Whether a clause on passage is violated by one that holds the way.
    pub closed: bool,
    /// Which registers are to be judged anew.
    pub(super) stale: Stale,
    /// The day on which an observation may have grown too old.
    pub(super) next_expiry: u32,
    /// The last day that is in the sums.
    pub(super) settled: u32,
}

/// Which registers of a clause are to be judged anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stale {
    pub(super) truth: bool,
    pub(super) recorded: bool,
    pub(super) claimed: bool,
    /// The truth has been followed and only its shares are to be taken.
    pub(super) tallied: bool,
    /// The same of what is recorded.
    pub(super) observed: bool,
}

/// The newest that a clause's monitors hold of a force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// The day it was seen.
    pub day: u32,
    /// By whom.
    pub monitor: MonitorIndex,
    /// Whether it is registered as keeping.
    pub keeping: bool,
    /// Whether it is recent enough to count.
    pub counts: bool,
}

/// A change of the model.
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
}

/// What has become of an installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstallationState {
    /// Neither handed over nor taken down.
    Held,
    /// Taken down.
    Dismantled,
    /// In the hands of the receiver.
    Transferred,
}

/// A milestone.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MilestoneState {
    /// When it falls due.
    pub due: Option<u32>,
    /// Whether it was met on that day; none before.
    pub met: Option<bool>,
}

/// What has been delivered under a clause.
#[derive(Debug, Clone)]
pub struct DeliveryState {
    /// By bound force: what it held on D-day.
    pub held: Vec<u32>,
    /// By bound force: handed over: accepted, rejected and pending.
    pub handed: Vec<u32>,
    /// By bound force: accepted.
    pub accepted: Vec<u32>,
    /// By bound force: rejected.
    pub rejected: Vec<u32>,
    /// By bound force: ruled on, and disputed between receiver and verifier.
    pub disputed: Vec<u32>,
    /// By bound force: accepted, and the report has arrived.
    pub reported: Vec<u32>,
    /// By bound force: days on which it complied.
    pub(super) days: Vec<u32>,
    /// Handed over and not yet ruled on: ruling day, bound force, ordinal.
    pub(super) pending: std::collections::VecDeque<(u32, usize, u32)>,
    /// Ruled and not yet reported: arrival, bound force.
    pub(super) unreported: Vec<(f64, usize)>,
    pub(super) per_day: f64,
    pub(super) accepted_share: f64,
    pub(super) disputed_share: f64,
}

impl DeliveryState {
    /// Handed over and not ruled on yet.
    pub fn pending(&self) -> u32 {
        self.pending.len() as u32
    }
}

/// What a monitor last registered of a force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sighting {
    /// The day it was seen.
    pub day: u32,
    /// By clause: what it says anything of.
    pub asked: u64,
    /// By clause: registered as keeping.
    pub keeping: u64,
}

/// A report on its way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Report {
    pub(super) monitor: MonitorIndex,
    /// Whom it names.
    pub(super) force: ForceIndex,
    /// Whom it saw; none of a false alarm.
    pub(super) truly: Option<ForceIndex>,
    pub(super) sighting: Sighting,
    /// When it arrives, in days.
    pub(super) arrives: f64,
}

impl World {
    /// The world on day 0 of a replicate, before anything has started.
    pub fn new(model: &Model, draws: Draws) -> Self {
        let clauses: Vec<ClauseState> =
            model.clauses.iter().map(|clause| clause_state(model, clause, draws)).collect();
        let forces: Vec<ForceState> = (0..model.forces.len())
            .map(|index| force_state(model, &clauses, index, draws))
            .collect();
        let units = model
            .units
            .iter()
            .map(|unit| UnitState {
                order: Order::Defy,
                next_review: u32::MAX,
                reviews: 0,
                event: None,
                hit: None,
                held: None,
                standing: unit.forces.iter().filter(|it| forces[**it].strength > 0).count() as u32,
                worth: 1.0,
                parameters: UnitParameters::draw(model, unit, &forces, draws),
            })
            .collect();
        let last = model.calendar.days;
        let mut duty = Agenda::new(last);
        for (index, monitor) in model.monitors.iter().enumerate() {
            if monitor.watch.is_some() {
                duty.put(monitor.from.max(model.record_until), index);
            }
        }
        let lifted = model.mechanisms.has(Mechanism::Lift);
        let lift = model.parties.iter().map(|party| {
            let lift = party.lift_persons.as_ref().filter(|_| lifted)?;
            Some(lift.draw(draws))
        });
        Self {
            draws,
            day: 0,
            units,
            beliefs: model
                .beliefs
                .iter()
                .map(|holder| BeliefState::draw(model, holder, draws))
                .collect(),
            clauses,
            monitors: model
                .monitors
                .iter()
                .map(|monitor| MonitorState::new(model, monitor, draws))
                .collect(),
            forces,
            bodies: vec![BodyState::default(); model.bodies.len()],
            spells: Vec::with_capacity(256),
            phases: vec![None; model.phases.len()],
            lift: lift.collect(),
            conditions: model.conditions.iter().map(condition_state).collect(),
            changes: vec![ChangeState::default(); model.changes.len()],
            deadlocks: Vec::new(),
            verdict: Verdict::default(),
            installations: vec![InstallationState::Held; model.installations.len()],
            grounds: model.grounds.iter().map(|it| it.controller).collect(),
            events: Vec::with_capacity(256),
            today: Today::default(),
            conflict: Conflict::new(model, draws),
            moving: Vec::new(),
            sightings: Agenda::new(last),
            reports: Agenda::new(last),
            duty,
            alarms: Agenda::new(last),
            complaints: Agenda::new(last),
            strategic: Agenda::new(last),
            grievances: model
                .bodies
                .iter()
                .map(|body| vec![(0.0, 0); body.strategic.len()])
                .collect(),
            reviews: Agenda::new(last),
            next_self_report: 0,
            next_claim: 0,
            next_gate: 0,
            stale: 0,
            next_judged: 0,
            in_force: 0,
            shifted: 0,
            shifted_outside: 0,
            fresh: 0,
            moved: 0,
            recounted: 0,
            news: 0,
            reordered: 0,
            demand: Vec::new(),
            due: Vec::new(),
            arriving: Vec::new(),
            reviewing: Vec::new(),
            suppressed: Suppressed::default(),
            next_event: 0,
        }
    }

    pub(super) fn begin_turn(&mut self) {
        self.events.clear();
        self.fresh = 0;
        self.moved = 0;
        self.recounted = 0;
        self.conflict.begin_turn();
        for force in &mut self.forces {
            force.shifted = false;
        }
        for monitor in &mut self.monitors {
            monitor.sightings = 0;
            monitor.violations = 0;
            monitor.weapons_in_violation.fill(0);
            monitor.effort = 0.0;
        }
    }

    pub(super) fn happen(&mut self, day: u32, cause: Option<EventId>, kind: EventKind) -> EventId {
        let id = self.next_event;
        self.next_event += 1;
        self.events.push(Event { id, day, cause, kind });
        id
    }

    /// What a bound force weighs in a clause if it is counted: persons, weapons
    /// in scope, or what it held on D-day.
    pub fn strength(&self, model: &Model, clause: usize, at: usize) -> f64 {
        assessment::strength(model, self, clause, at, true)
    }

    /// How much of the caps of a clause is used: see its measures.
    pub fn cap_use(&self, model: &Model, clause: usize) -> (f64, f64) {
        assessment::cap_use(model, self, clause)
    }

    /// Whether anything that is recorded of a clause may have changed in the turn,
    /// which began on day `since`, other than how far who is where. Gates that block
    /// and what is known of stores change with the days alone, and are not in it.
    #[inline]
    pub fn is_fresh(&self, model: &Model, clause: usize, since: u32) -> bool {
        let late_after = || {
            let due = self.clauses[clause].due_on()?;
            Some(due.saturating_add(model.clauses[clause].grace_days))
        };
        self.fresh >> clause & 1 == 1
            || late_after().is_some_and(|last| (since..self.day).contains(&last))
    }

    /// Whether other forces may be counted by a clause than before the turn.
    #[inline]
    pub fn is_recounted(&self, clause: usize) -> bool {
        self.recounted >> clause & 1 == 1
    }

    /// Whether anybody whom a clause binds may have moved or become another size in
    /// the turn.
    #[inline]
    pub fn has_moved(&self, clause: usize) -> bool {
        self.moved >> clause & 1 == 1
    }

    /// Whether a clause is in force.
    #[inline]
    pub fn in_force(&self, clause: usize) -> bool {
        self.in_force >> clause & 1 == 1
    }

    /// Notes whether a clause is in force, once it has started, ended, or been
    /// suspended or resumed.
    pub(super) fn note_force(&mut self, clause: usize) {
        let state = &self.clauses[clause];
        let is = state.started.is_some() && state.suspended.is_none() && state.ended.is_none();
        let bit = 1 << clause;
        self.in_force = self.in_force & !bit | u64::from(is) << clause;
        self.shifted |= bit;
        self.shifted_outside |= bit;
        self.fresh |= bit;
        self.news += 1;
    }
}

impl ClauseState {
    /// The day from which it is owed: its deadline, or its D-day if that is
    /// later.
    pub fn due_on(&self) -> Option<u32> {
        let started = self.started.map_or(0, |(day, _)| day);
        self.due.map(|due| due.max(started))
    }

    /// Whether it has been agreed.
    pub fn consented(&self) -> bool {
        self.standing == Standing::Agreed
    }
}

fn condition_state(condition: &Condition) -> ConditionState {
    ConditionState {
        // It was quiet as far as anybody knows.
        since: match condition {
            Condition::Quiet { from, .. } => Some(*from),
            _ => None,
        },
        opened: None,
    }
}

fn force_state(
    model: &Model,
    clauses: &[ClauseState],
    index: ForceIndex,
    draws: Draws,
) -> ForceState {
    let force = &model.forces[index];
    let home = Place { route: 0, metre: 0.0 };
    let signature = force.signature.draw(draws);
    let mut km = vec![f64::NAN; force.obligations.len()];
    let view = view(model, clauses, index, home, &mut km);
    ForceState {
        strength: force.strength.draw(draws).round() as u32,
        equipment: force
            .equipment
            .iter()
            .map(|holding| holding.number.draw(draws).round() as u32)
            .collect(),
        place: home,
        goal: home,
        km,
        stance: Stance { view, shown: signature },
        metres_per_day: force.mobility_km_per_day.draw(draws) * 1000.0,
        signature,
        moving: false,
        ordered: None,
        shifted: true,
    }
}

fn abstain_state(model: &Model, clause: &Clause, draws: Draws) -> Option<AbstainState> {
    let Kind::Abstain(it) = &clause.kind else {
        return None;
    };
    // Acts are those of the clause: in a reading of it they are judged, not done again.
    let acting = clause.bound.iter().filter(|_| clause.reading_of.is_none());
    let mut units: Vec<usize> = acting.map(|bound| bound.unit).collect();
    units.sort_unstable();
    units.dedup();
    Some(AbstainState {
        until: vec![0; clause.bound.len()],
        next_lapse: u32::MAX,
        suffered: vec![vec![None; model.parties.len()]; it.licences.len()],
        clocks: units.into_iter().map(ActClock::new).collect(),
        acts_per_day: it.acts_per_day.draw(draws),
        last: None,
        violations: 0,
        licensed: 0,
    })
}

fn clause_state(model: &Model, clause: &Clause, draws: Draws) -> ClauseState {
    let n = clause.bound.len();
    let delivery = match &clause.kind {
        Kind::Deliver(it) => Some(DeliveryState {
            held: vec![0; n],
            handed: vec![0; n],
            accepted: vec![0; n],
            rejected: vec![0; n],
            disputed: vec![0; n],
            reported: vec![0; n],
            days: vec![0; n],
            pending: Default::default(),
            unreported: Vec::new(),
            per_day: it.per_day.draw(draws),
            accepted_share: it.accepted_share.draw(draws),
            disputed_share: it.disputed_share.as_ref().map_or(0.0, |it| it.draw(draws)),
        }),
        _ => None,
    };
    ClauseState {
        started: None,
        due: None,
        expires: None,
        ended: None,
        broken_off: false,
        suspended: None,
        standing: clause.standing,
        extended: false,
        commitments: 0,
        milestones: vec![MilestoneState::default(); clause.milestones.len()],
        terms: clause.terms,
        counted: vec![false; n],
        allocation: vec![CapAllocation::None; n],
        km_on_d_day: vec![f64::NAN; n],
        claims: vec![None; n],
        observed: vec![None; n],
        spells: vec![None; n],
        cases: vec![None; n],
        cases_recorded: 0,
        cases_confirmed: 0,
        recorded: Split::default(),
        tally: Tally::default(),
        seen: (Split::default(), 0.0),
        shares: Shares::NONE,
        kept: None,
        first_kept: None,
        deadline_met: None,
        caught_up: None,
        first_serious: None,
        sums: Shares::NONE.zip(&Shares::NONE, |_, _| 0.0),
        days: 0.0,
        shortfall_km: f64::NAN,
        violating: 0.0,
        violators: 0,
        worst_km: f64::NAN,
        unbound: 0.0,
        unbound_km: Vec::new(),
        ordered: [f64::NAN; 3],
        delivery,
        abstain: abstain_state(model, clause, draws),
        steps: match &clause.kind {
            Kind::Act { doers, .. } => vec![StepState::default(); doers.len()],
            _ => Vec::new(),
        },
        stores: match &clause.kind {
            Kind::Confine { .. } => vec![Store::default(); n],
            _ => Vec::new(),
        },
        closed: false,
        stale: Stale::default(),
        next_expiry: u32::MAX,
        settled: 0,
    }
}

/// Whether those who see a force see whether it does its duty.
pub(super) fn of_place(duty: Duty) -> bool {
    !matches!(duty, Duty::Deliver | Duty::Authorised)
}
