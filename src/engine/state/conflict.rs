//! What incidents, ladders, rules and outside events carry from day to day.

use std::collections::VecDeque;

use super::event::EventId;
use super::lately::Lately;
use crate::model::{
    AccountIndex, Bits, ClassIndex, ClauseIndex, ForceIndex, HoldingIndex, LadderIndex, Model,
    MonitorIndex, On, OutsideIndex, PartyIndex, Place, RuleIndex, SiteIndex, SourceIndex, TiVec,
    When, ti_vec,
};
use crate::stats::{Agenda, Draws, Stream, exponential, gamma_quantile};

/// The state of incidents, ladders, rules, accounts and outside events.
#[derive(Debug, Clone)]
pub struct Conflict {
    /// By source of incidents.
    pub sources: TiVec<SourceIndex, SourceState>,
    /// By ladder.
    pub ladders: TiVec<LadderIndex, LadderState>,
    /// By rule.
    pub rules: TiVec<RuleIndex, RuleState>,
    /// By account: what is left in it.
    pub accounts: TiVec<AccountIndex, Books<ClassIndex>>,
    /// By force: what it lost.
    pub lost: TiVec<ForceIndex, Books<HoldingIndex>>,
    /// By party: persons and weapons that its forces lost.
    pub lost_by: TiVec<PartyIndex, (u32, u32)>,
    /// By party: strikes on it.
    pub struck: TiVec<PartyIndex, Lately>,
    /// By outside event: whether it has come.
    pub came: TiVec<OutsideIndex, bool>,
    /// By site: the parties to whom it is closed, because another took it from them.
    pub closed: TiVec<SiteIndex, Bits<PartyIndex>>,
    /// By force: metres along its first way at which it was found; 0 is home.
    pub(in crate::engine) found_m: TiVec<ForceIndex, f64>,
    /// By party: the first day on which it reacts again.
    pub stands_down_until: TiVec<PartyIndex, u32>,
    /// By party: the days on which lift taken by another front comes back, with
    /// the share that was left.
    pub(in crate::engine) fronts: Vec<(u32, PartyIndex, f64)>,
    /// By force: where it is in the plane, and how far its weapons reach.
    pub(in crate::engine) at: TiVec<ForceIndex, ([f64; 2], f64)>,
    /// Whether rates of incidents are to be reckoned anew though nothing moves.
    pub(in crate::engine) stale: bool,
    /// By force: whether those that it has part in are.
    pub(in crate::engine) moved: TiVec<ForceIndex, bool>,
    /// Incidents of the day that a liaison settled.
    pub(in crate::engine) settled: Vec<EventId>,
    /// Reactions by day.
    pub(in crate::engine) pending: Agenda<Pending>,
    /// Outside events by day: which, and its number.
    pub(in crate::engine) outside: Agenda<(OutsideIndex, u32)>,
    /// Exits announced, by the day on which they are made unless something has
    /// come true: which event, and what happened when it was announced.
    pub(in crate::engine) exits: Agenda<(OutsideIndex, EventId)>,
    /// The next event of the turn that rules have not looked at.
    pub(in crate::engine) seen_events: usize,
    /// What rules answer to on the day, as it comes up.
    pub(in crate::engine) queue: VecDeque<Occurrence>,
}

/// Persons and weapons: in an account, by class, or of what a force lost, by holding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Books<I: From<usize>> {
    /// Persons.
    pub persons: u32,
    /// Weapons.
    pub weapons: TiVec<I, u32>,
}

/// A source of incidents.
#[derive(Debug, Clone)]
pub struct SourceState {
    /// Incidents.
    pub incidents: Lately,
    /// Of these, settled.
    pub settled: Lately,
    /// Incidents between its parties that nobody answered, of whichever source, with those
    /// of old fading.
    pub unanswered: f64,
    /// Incidents a day at the last look.
    pub rate: f64,
    /// Whether a day of the run had more of them than are let happen.
    pub runaway: bool,
    /// By force that does it, then target: what the pair adds to the rate.
    pub(in crate::engine) pairs: Vec<Pair>,
    /// By force that does it: the sum over its targets.
    pub(in crate::engine) rows: Vec<f64>,
    /// Their sum: what the two parties have within reach of each other.
    pub contact: f64,
    /// The same at which incidents come at `per_day`: that of the start, or as stated.
    pub contact_at_per_day: f64,
    /// What multiplies its rate, if that changes by itself.
    pub(in crate::engine) regime: Option<Regime>,
    /// Exposure left until the next.
    pub(in crate::engine) left: f64,
    /// Number of the next.
    pub(in crate::engine) number: u32,
    pub(in crate::engine) drawn: SourceNumbers,
}

/// A factor of a rate, drawn anew from time to time: a gamma variate of mean 1.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Regime {
    pub(in crate::engine) shape: f64,
    pub(in crate::engine) half_life_days: f64,
    /// How often it has been drawn.
    pub(in crate::engine) number: u32,
    pub(in crate::engine) factor: f64,
    /// The instant, in days, at which it is drawn anew.
    pub(in crate::engine) until: f64,
}

impl Regime {
    /// The factor of the first instant of the run.
    fn new(shape: f64, half_life_days: f64, stream: Stream, draws: Draws) -> Self {
        let mut regime = Self { shape, half_life_days, number: 0, factor: 1.0, until: 0.0 };
        regime.change(stream, draws);
        regime
    }

    fn change(&mut self, stream: Stream, draws: Draws) {
        let (lasts, factor) = draws.uniforms(stream, self.number, 0);
        self.number += 1;
        self.until += exponential(lasts, self.half_life_days / std::f64::consts::LN_2);
        self.factor = gamma_quantile(factor, self.shape) / self.shape;
    }

    /// Its mean over a day. Days are asked for in order.
    pub(in crate::engine) fn over(&mut self, day: u32, stream: Stream, draws: Draws) -> f64 {
        let (mut at, end, mut sum) = (f64::from(day), f64::from(day) + 1.0, 0.0);
        while self.until < end {
            sum += self.factor * (self.until - at).max(0.0);
            at = at.max(self.until);
            self.change(stream, draws);
        }
        sum + self.factor * (end - at)
    }
}

/// What a pair of forces adds to the rate of a source.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::engine) struct Pair {
    /// What distance leaves of it.
    pub(in crate::engine) open: f64,
    /// Persons × persons × that, less what an interposed force prevents.
    pub(in crate::engine) rate: f64,
}

/// The numbers of a source in one replicate.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct SourceNumbers {
    pub(in crate::engine) per_day: f64,
    pub(in crate::engine) fade_km: f64,
    pub(in crate::engine) reach_km: f64,
    pub(in crate::engine) per_tension: f64,
    pub(in crate::engine) per_unanswered: f64,
    pub(in crate::engine) forgets: f64,
    pub(in crate::engine) prevents: f64,
    pub(in crate::engine) loss_share: f64,
}

/// A ladder.
#[derive(Debug, Clone)]
pub struct LadderState {
    /// Tension on the day of the state.
    pub tension: f64,
    /// The rung: 0 is the ground, 1 the first of the file.
    pub rung: usize,
    /// The highest rung in the run so far.
    pub highest: usize,
    /// The day of the last act or step.
    pub(in crate::engine) quiet_since: u32,
    pub(in crate::engine) decay: f64,
    pub(in crate::engine) severity: Vec<f64>,
}

/// A rule.
#[derive(Debug, Clone, Default)]
pub struct RuleState {
    /// How often it acted.
    pub fired: u32,
    /// How often it forgave.
    pub forgave: u32,
    /// Days of events that count.
    pub(in crate::engine) days: VecDeque<u32>,
    /// The word that it last considered.
    pub(in crate::engine) word: Option<u32>,
    /// Number of the next event that meets its conditions.
    pub(in crate::engine) number: u32,
    /// Number of the next strike or shot.
    pub(in crate::engine) shots: u32,
    /// The first day on which it may act again.
    pub(in crate::engine) ready: u32,
    /// The last day that was not quiet.
    pub(in crate::engine) loud: u32,
}

impl Conflict {
    pub(in crate::engine) fn new(model: &Model, draws: Draws) -> Self {
        let last = model.calendar.days;
        let sources = model.incidents.iter().map(|source| SourceState {
            incidents: Lately::new(model.longest_window),
            settled: Lately::new(model.longest_window),
            unanswered: 0.0,
            rate: 0.0,
            runaway: false,
            pairs: vec![Pair::default(); source.forces.len() * source.targets.len()],
            rows: vec![0.0; source.forces.len()],
            contact: 0.0,
            contact_at_per_day: 0.0,
            regime: source.dispersion.as_ref().map(|shape| {
                let half_life = source.regime_half_life_days.draw(draws);
                Regime::new(shape.draw(draws), half_life, source.regime, draws)
            }),
            left: exponential(draws.uniform(source.stream, 0, 0), 1.0),
            number: 0,
            drawn: SourceNumbers {
                per_day: source.per_day.draw(draws),
                fade_km: source.fade_km.draw(draws),
                reach_km: source.reach_km.draw(draws),
                per_tension: source.per_tension.draw(draws),
                per_unanswered: source.per_unanswered.draw(draws),
                forgets: libm::exp2(-1.0 / source.unanswered_half_life_days.draw(draws)),
                prevents: source.prevents.draw(draws),
                loss_share: source.loss_share.draw(draws),
            },
        });
        let ladders = model.ladders.iter().map(|ladder| LadderState {
            tension: ladder.tension.draw(draws),
            rung: 0,
            highest: 0,
            quiet_since: 0,
            decay: ladder
                .half_life_days
                .as_ref()
                .map_or(1.0, |days| libm::exp2(-1.0 / days.draw(draws))),
            severity: ladder.severity.iter().map(|(_, it)| it.draw(draws)).collect(),
        });
        let accounts = model.accounts.iter().map(|account| Books {
            persons: account.persons.draw(draws).round() as u32,
            weapons: account
                .weapons
                .iter()
                .map(|number| number.draw(draws).round() as u32)
                .collect(),
        });
        let lost = model
            .forces
            .iter()
            .map(|it| Books { persons: 0, weapons: ti_vec![0; it.equipment.len()] });
        Self {
            sources: sources.collect(),
            ladders: ladders.collect(),
            rules: ti_vec![RuleState::default(); model.rules.len()],
            accounts: accounts.collect(),
            lost: lost.collect(),
            lost_by: ti_vec![(0, 0); model.parties.len()],
            came: ti_vec![false; model.outside.len()],
            struck: ti_vec![Lately::new(model.longest_window); model.parties.len()],
            closed: ti_vec![Bits::new(); model.sites.len()],
            found_m: ti_vec![0.0; model.forces.len()],
            stands_down_until: ti_vec![0; model.parties.len()],
            fronts: Vec::new(),
            at: ti_vec![([0.0; 2], 0.0); model.plots.len()],
            stale: true,
            moved: ti_vec![true; model.forces.len()],
            settled: Vec::new(),
            pending: Agenda::new(last),
            outside: outside(model, draws),
            exits: Agenda::new(last),
            seen_events: 0,
            queue: VecDeque::new(),
        }
    }

    /// Whether a force would be, at a place of its ways, at a site that was taken from its
    /// party.
    pub fn closed_to(&self, model: &Model, force: ForceIndex, place: Place) -> bool {
        let it = &model.forces[force];
        let mut sites = it.contested.at(place.route, place.metre);
        sites.any(|site| self.closed[site].contains(it.commander))
    }

    pub(in crate::engine) fn begin_turn(&mut self) {
        self.seen_events = 0;
    }
}

/// Every outside event by its days: the dated ones, and the Poisson ones by
/// their waiting times.
pub(in crate::engine) fn outside(model: &Model, draws: Draws) -> Agenda<(OutsideIndex, u32)> {
    let last = model.calendar.days;
    let mut agenda = Agenda::new(last);
    for (index, event) in model.outside.iter_enumerated() {
        match &event.when {
            When::Day(day) => agenda.put(*day, (index, 0)),
            When::Rate { per_day, from, until } => {
                let rate = per_day.draw(draws);
                let (mut at, mut number) = (f64::from(*from), 0);
                if rate <= 0.0 {
                    continue;
                }
                loop {
                    at += exponential(draws.uniform(event.stream, 0, number), 1.0) / rate;
                    if at >= f64::from((*until).min(last)) + 1.0 {
                        break;
                    }
                    agenda.put(at as u32, (index, number));
                    number += 1;
                }
            }
        }
    }
    agenda
}

/// Something that rules may answer to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::engine) struct Occurrence {
    pub(in crate::engine) on: On,
    pub(in crate::engine) by: Option<PartyIndex>,
    pub(in crate::engine) against: Option<PartyIndex>,
    pub(in crate::engine) force: Option<ForceIndex>,
    pub(in crate::engine) clause: Option<ClauseIndex>,
    /// Whose report it is.
    pub(in crate::engine) monitor: Option<MonitorIndex>,
    /// The word that the report is part of.
    pub(in crate::engine) word: Option<u32>,
    /// A ladder and the rung reached.
    pub(in crate::engine) rung: Option<(LadderIndex, usize)>,
    pub(in crate::engine) cause: Option<EventId>,
}

/// A reaction that waits for its day.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine) struct Pending {
    pub(in crate::engine) rule: RuleIndex,
    pub(in crate::engine) occurrence: Occurrence,
}
