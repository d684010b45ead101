//! The state of one replicate.

use super::conduct::UnitParameters;
use super::event::{Event, EventId, EventKind};
use super::track::Track;
use super::view::{Place, Stance, View, view};
use crate::model::{Duty, ForceIndex, Kind, Method, Model, Order, Says, Turn};
use crate::stats::Draws;

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
    /// By clause.
    pub clauses: Vec<ClauseState>,
    /// By monitor.
    pub monitors: Vec<MonitorState>,
    /// By phase: the day and event of its start.
    pub phases: Vec<Option<(u32, EventId)>>,
    /// By party: persons that may move at once.
    pub lift: Vec<Option<f64>>,
    /// By gate on a verified clause: since when the condition holds, and the
    /// day it opened.
    pub verified: Vec<(Option<u32>, Option<u32>)>,
    /// What happened in the turn.
    pub events: Vec<Event>,
    pub(super) track: Track,
    pub(super) next_review: u32,
    pub(super) unopened: bool,
    next_event: EventId,
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
    /// By bound force: whether it was inside on D-day.
    pub counted: Vec<bool>,
    /// By bound force: what is claimed of it, since when, of what share.
    pub claims: Vec<Option<(u32, Says, f64)>>,
    /// The shares at the end of the last turn.
    pub shares: Shares,
    /// Whether it is kept, in truth, with the event of that.
    pub kept: Option<EventId>,
    /// The day it was first kept.
    pub first_kept: Option<u32>,
    /// Whether it was kept on its deadline; none before.
    pub deadline_met: Option<bool>,
    /// Sums over the days since it fell due.
    pub sums: Shares,
    /// Days since it fell due, or since D-day for an open clause.
    pub days: f64,
    /// Kilometres missing to `min_km` (or out of the area), strength-weighted
    /// over violators; NaN without any.
    pub shortfall_km: f64,
    /// Deliveries, for a clause on them.
    pub delivery: Option<DeliveryState>,
}

/// What has been delivered under a clause.
#[derive(Debug, Clone)]
pub struct DeliveryState {
    /// By bound force: weapons in scope on D-day.
    pub held: Vec<u32>,
    /// By bound force: weapons handed over.
    pub handed: Vec<u32>,
    /// By bound force: weapons accepted.
    pub accepted: Vec<u32>,
    /// By bound force: weapons rejected.
    pub rejected: Vec<u32>,
    /// By bound force: accepted weapons whose report has arrived.
    pub reported: Vec<u32>,
    /// By bound force: days on which it complied.
    pub(super) days: Vec<u32>,
    /// Handed over and not yet ruled on: ruling day, bound force, ordinal.
    pub(super) pending: std::collections::VecDeque<(u32, usize, u32)>,
    /// Ruled and not yet reported: arrival, bound force.
    pub(super) unreported: Vec<(f64, usize)>,
    pub(super) weapons_per_day: f64,
    pub(super) accepted_share: f64,
    /// Weapons delivered by the days of the turn, and by the last before it.
    by_day: Vec<(u32, u32)>,
}

impl DeliveryState {
    /// Notes what is delivered by a day: handed over and not rejected.
    pub(super) fn note(&mut self, day: u32) {
        let handed: u32 = self.handed.iter().sum();
        let rejected: u32 = self.rejected.iter().sum();
        self.by_day.push((day, handed - rejected));
    }

    /// Weapons delivered by a day of the turn.
    pub(super) fn delivered_by(&self, day: u32) -> u32 {
        let known = self.by_day.iter().rev().find(|(on, _)| *on <= day);
        known.map_or(0, |(_, delivered)| *delivered)
    }
}

/// What a monitor last registered of a force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sighting {
    /// The day it was seen.
    pub day: u32,
    /// By clause: registered as keeping.
    pub keeping: u64,
}

/// A report on its way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Report {
    pub(super) arrives: f64,
    pub(super) force: ForceIndex,
    pub(super) sighting: Sighting,
}

/// A monitor.
#[derive(Debug, Clone)]
pub struct MonitorState {
    /// By force: the newest sighting whose report has arrived.
    pub register: Vec<Option<Sighting>>,
    /// Sightings in the turn.
    pub sightings: u32,
    /// Of these, registered as violating a clause in force that binds the force.
    pub violations: u32,
    /// By force: the exposure left until the next sighting (NaN before any
    /// exposure), and the number of that sighting.
    pub(super) ahead: Vec<(f64, u32)>,
    pub(super) pending: Vec<Report>,
    pub(super) rate: f64,
    pub(super) delay: f64,
    pub(super) bias: (f64, f64),
    pub(super) honesty: f64,
}

impl World {
    /// The world on day 0 of a replicate, before anything has started.
    pub fn new(model: &Model, draws: Draws) -> Self {
        let forces: Vec<ForceState> = model
            .forces
            .iter()
            .enumerate()
            .map(|(index, force)| {
                let home = Place {
                    route: 0,
                    metre: 0.0,
                };
                let signature = force.signature.draw(draws);
                ForceState {
                    strength: force.strength.draw(draws).round() as u32,
                    equipment: force
                        .equipment
                        .iter()
                        .map(|holding| holding.number.draw(draws).round() as u32)
                        .collect(),
                    place: home,
                    goal: home,
                    stance: Stance {
                        view: view(model, index, home),
                        shown: signature,
                    },
                    metres_per_day: force.mobility_km_per_day.draw(draws) * 1000.0,
                    signature,
                    moving: false,
                    ordered: None,
                }
            })
            .collect();
        let units = model
            .units
            .iter()
            .map(|unit| UnitState {
                order: Order::Defy,
                next_review: u32::MAX,
                reviews: 0,
                event: None,
                parameters: UnitParameters::draw(model, unit, &forces, draws),
            })
            .collect();
        Self {
            draws,
            day: 0,
            units,
            clauses: model
                .clauses
                .iter()
                .map(|clause| clause_state(clause, draws))
                .collect(),
            monitors: model
                .monitors
                .iter()
                .map(|monitor| monitor_state(monitor, forces.len(), draws))
                .collect(),
            forces,
            phases: vec![None; model.phases.len()],
            lift: model
                .parties
                .iter()
                .map(|party| party.lift_persons.as_ref().map(|lift| lift.draw(draws)))
                .collect(),
            verified: vec![(None, None); model.verified_gates()],
            events: Vec::new(),
            track: Track::default(),
            next_review: u32::MAX,
            unopened: true,
            next_event: 0,
        }
    }

    pub(super) fn begin_turn(&mut self, turn: Turn) {
        self.events.clear();
        self.track.begin(turn, self.forces.len());
        for monitor in &mut self.monitors {
            monitor.sightings = 0;
            monitor.violations = 0;
        }
        for clause in &mut self.clauses {
            if let Some(delivery) = &mut clause.delivery {
                let last = delivery.by_day.len().saturating_sub(1);
                delivery.by_day.drain(..last);
            }
        }
    }

    pub(super) fn happen(&mut self, day: u32, cause: Option<EventId>, kind: EventKind) -> EventId {
        let id = self.next_event;
        self.next_event += 1;
        self.events.push(Event {
            id,
            day,
            cause,
            kind,
        });
        id
    }

    /// What a force was on a day of the turn.
    #[inline]
    pub(super) fn stance_on(&self, force: ForceIndex, day: u32) -> Stance {
        self.track
            .on(force, day)
            .unwrap_or(self.forces[force].stance)
    }

    /// Whether an event happened on a day of the turn or before it.
    pub(super) fn happened_by(&self, event: EventId, day: u32) -> bool {
        let first = self.events.first().map_or(EventId::MAX, |first| first.id);
        let in_turn = event.checked_sub(first);
        in_turn.is_none_or(|at| self.events[at as usize].day <= day)
    }

    /// What the place of a force meant on a day of the turn.
    #[inline]
    pub(super) fn view_on(&self, force: ForceIndex, day: u32) -> View {
        self.stance_on(force, day).view
    }

    /// Whether a clause is in force.
    pub fn in_force(&self, clause: usize) -> bool {
        self.clauses[clause].started.is_some()
    }
}

fn clause_state(clause: &crate::model::Clause, draws: Draws) -> ClauseState {
    let n = clause.bound.len();
    let delivery = match &clause.kind {
        Kind::Deliver {
            weapons_per_day,
            accepted_share,
            ..
        } => Some(DeliveryState {
            held: vec![0; n],
            handed: vec![0; n],
            accepted: vec![0; n],
            rejected: vec![0; n],
            reported: vec![0; n],
            days: vec![0; n],
            pending: Default::default(),
            unreported: Vec::new(),
            weapons_per_day: weapons_per_day.draw(draws),
            accepted_share: accepted_share.draw(draws),
            by_day: Vec::new(),
        }),
        _ => None,
    };
    ClauseState {
        started: None,
        due: None,
        counted: vec![false; n],
        claims: vec![None; n],
        shares: Shares::NONE,
        kept: None,
        first_kept: None,
        deadline_met: None,
        sums: Shares::NONE.zip(&Shares::NONE, |_, _| 0.0),
        days: 0.0,
        shortfall_km: f64::NAN,
        delivery,
    }
}

fn monitor_state(monitor: &crate::model::Monitor, forces: usize, draws: Draws) -> MonitorState {
    let mut state = MonitorState {
        register: vec![None; forces],
        sightings: 0,
        violations: 0,
        ahead: vec![(f64::NAN, 0); forces],
        pending: Vec::new(),
        rate: 0.0,
        delay: monitor.report_delay_days.draw(draws),
        bias: (0.0, 0.0),
        honesty: 1.0,
    };
    match &monitor.method {
        Method::Post {
            sightings_per_day, ..
        } => state.rate = sightings_per_day.draw(draws),
        Method::NationalTechnicalMeans {
            sightings_per_day,
            bias_to_violating,
            bias_to_keeping,
            ..
        } => {
            state.rate = sightings_per_day.draw(draws);
            state.bias = (bias_to_violating.draw(draws), bias_to_keeping.draw(draws));
        }
        Method::SelfReport { honesty, .. } => state.honesty = honesty.draw(draws),
    }
    state
}

/// Whether a duty is one of place.
pub(super) fn of_place(duty: Duty) -> bool {
    matches!(duty, Duty::StayOut | Duty::Deploy)
}
