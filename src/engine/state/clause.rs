//! A clause: its terms, its shares in three registers, and what is held of those it binds.

use super::abstain::AbstainState;
use super::delivery::DeliveryState;
use super::event::EventId;
use super::said::Said;
use super::spell::SpellId;
use super::store::Store;
use crate::model::{
    BoundIndex, Clause, ForceIndex, Kind, Model, MonitorIndex, PartyIndex, Standing, Terms, TiVec,
    ti_vec,
};
use crate::stats::Draws;

/// A clause.
#[derive(Debug, Clone)]
pub struct ClauseState {
    /// D-day and its event.
    pub started: Option<(u32, EventId)>,
    /// The day it falls due; none for an open clause or before it is known.
    pub due: Option<u32>,
    /// The day it was to fall due before its deadline was put off.
    pub first_due: Option<u32>,
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
    pub counted: TiVec<BoundIndex, bool>,
    /// By bound force: what it weighed when the clause first counted it; 0 before.
    pub weight_on_d_day: TiVec<BoundIndex, f64>,
    /// By bound force: what of that was lost, less what was sent since.
    pub lost: TiVec<BoundIndex, f64>,
    /// What of the weight counted was lost while it violated the clause, once that was
    /// due. It stays in the share with losses.
    pub lost_violating: f64,
    /// By bound force: what a cap leaves to it.
    pub allocation: TiVec<BoundIndex, CapAllocation>,
    /// By bound force: the signed kilometres on D-day; NaN where no place is
    /// judged.
    pub km_on_d_day: TiVec<BoundIndex, f64>,
    /// By bound force: what parties say of it.
    pub claims: TiVec<BoundIndex, Said>,
    /// By bound force: the newest that the clause's monitors hold of it.
    pub observed: TiVec<BoundIndex, Option<Observation>>,
    /// Who may be named for others, and how often monitors do that.
    pub(in crate::engine) mistakes: Mistakes,
    /// By bound force: its last violation spell.
    pub(in crate::engine) spells: TiVec<BoundIndex, Option<SpellId>>,
    /// By bound force: the case that the clause's monitors have against it.
    pub cases: TiVec<BoundIndex, Option<Case>>,
    /// Cases that they have recorded so far.
    pub cases_recorded: u32,
    /// Of these, those that two of them recorded within `max_age_days`.
    pub cases_confirmed: u32,
    /// What they hold together, by strength or weapons.
    pub recorded: Split,
    /// What it counts in truth, where every force counts for itself.
    pub(in crate::engine) tally: Tally,
    /// What is recorded, as if nobody were exempt, where every force counts for
    /// itself; and what of the violating is exempt.
    pub(in crate::engine) seen: (Split, f64),
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
    /// Since when it has been under what is serious, after completion.
    pub(in crate::engine) under_since: Option<u32>,
    /// By party: its own shares at the end of the turn; empty where only one party is bound
    /// and only one speaks.
    pub by_party: TiVec<PartyIndex, PartyShares>,
    /// By bound force: what it weighs in them at the end of the turn, and all of that.
    pub(in crate::engine) weighs: TiVec<BoundIndex, f64>,
    pub(in crate::engine) weighs_in_all: f64,
    /// Sums of the shares over the days since it fell due, of those on which there is one.
    pub sums: Shares,
    /// Of each share, the days since it fell due, or since D-day for an open clause, on
    /// which there is one.
    pub days: Shares,
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
    pub(in crate::engine) unbound_km: Vec<f64>,
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
    pub stores: TiVec<BoundIndex, Store>,
    /// Whether a clause on passage is violated by one that holds the way.
    pub closed: bool,
    /// Which registers are to be judged anew.
    pub(in crate::engine) stale: Stale,
    /// The day on which an observation may have grown too old.
    pub(in crate::engine) next_expiry: u32,
    /// The last day that is in the sums.
    pub(in crate::engine) settled: u32,
}

impl ClauseState {
    /// Before its D-day.
    pub(in crate::engine) fn new(model: &Model, clause: &Clause, draws: Draws) -> Self {
        let n = clause.bound.len();
        let delivery = match &clause.kind {
            Kind::Deliver(deliver) => Some(DeliveryState::draw(deliver, n, draws)),
            _ => None,
        };
        Self {
            started: None,
            due: None,
            first_due: None,
            expires: None,
            ended: None,
            broken_off: false,
            suspended: None,
            standing: clause.standing,
            extended: false,
            commitments: 0,
            milestones: vec![MilestoneState::default(); clause.milestones.len()],
            terms: clause.terms,
            counted: ti_vec![false; n],
            weight_on_d_day: ti_vec![0.0; n],
            lost: ti_vec![0.0; n],
            lost_violating: 0.0,
            allocation: ti_vec![CapAllocation::None; n],
            km_on_d_day: ti_vec![f64::NAN; n],
            claims: ti_vec![Said::default(); n],
            observed: ti_vec![None; n],
            mistakes: Mistakes::default(),
            spells: ti_vec![None; n],
            cases: ti_vec![None; n],
            cases_recorded: 0,
            cases_confirmed: 0,
            recorded: Split::default(),
            tally: Tally::default(),
            seen: (Split::default(), 0.0),
            shares: Shares::NONE,
            by_party: match clause.binds_several(&model.forces) || clause.several_claim() {
                true => ti_vec![PartyShares::all(f64::NAN); model.parties.len()],
                false => TiVec::new(),
            },
            weighs: TiVec::new(),
            weighs_in_all: 0.0,
            kept: None,
            first_kept: None,
            deadline_met: None,
            caught_up: None,
            first_serious: None,
            under_since: None,
            sums: Shares::ZERO,
            days: Shares::ZERO,
            shortfall_km: f64::NAN,
            violating: 0.0,
            violators: 0,
            worst_km: f64::NAN,
            unbound: 0.0,
            unbound_km: Vec::new(),
            ordered: [f64::NAN; 3],
            delivery,
            abstain: AbstainState::draw(model, clause, draws),
            steps: match &clause.kind {
                Kind::Act { doers, .. } => vec![StepState::default(); doers.len()],
                _ => Vec::new(),
            },
            stores: match &clause.kind {
                Kind::Confine { .. } => ti_vec![Store::default(); n],
                _ => TiVec::new(),
            },
            closed: false,
            stale: Stale::default(),
            next_expiry: u32::MAX,
            settled: 0,
        }
    }

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

/// Shares of the bound strength (or weapons) in [0, 1], in three registers.
/// NaN where nothing is counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// Truth: meets the clause, of what was inside on D-day.
    pub met: f64,
    /// The same with what was lost while it violated the clause: it counts as not
    /// meeting it, for good.
    pub with_losses: f64,
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
    /// Claimed: said to keep, by somebody; NaN while nobody says anything of it.
    pub claimed_keeping: f64,
    /// Claimed: said to violate, by somebody. Two may say either of the same.
    pub claimed_violating: f64,
}

impl Shares {
    /// Nothing counted.
    pub const NONE: Self = Self::all(f64::NAN);
    pub(in crate::engine) const ZERO: Self = Self::all(0.0);

    const fn all(share: f64) -> Self {
        Self {
            met: share,
            with_losses: share,
            full: share,
            unrestricted: share,
            seen_keeping: share,
            seen_violating: share,
            not_observed: share,
            claimed_keeping: share,
            claimed_violating: share,
        }
    }

    /// Applies `f` to each pair of shares.
    #[must_use]
    pub fn zip(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            met: f(self.met, other.met),
            with_losses: f(self.with_losses, other.with_losses),
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

/// What monitors make of a clause that name others by mistake.
#[derive(Debug, Clone, Default)]
pub(in crate::engine) struct Mistakes {
    /// The first force of each formation that answers for the clause, and the persons of the
    /// formation on day 0.
    pub(in crate::engine) leads: Vec<(ForceIndex, f64)>,
    /// By monitor that errs so, and formation: for each person of another one, words
    /// "violating" a day that are of the formation and name the other.
    pub(in crate::engine) taken_for: Vec<(MonitorIndex, Vec<f64>)>,
}

/// Shares of a clause of one party, in [0, 1]. NaN where nothing is counted or, of what is
/// claimed, nothing said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartyShares {
    /// Strength or weapons of its forces that the clause counts.
    pub own: f64,
    /// Truth: what of its forces meets the clause.
    pub met: f64,
    /// Recorded: what of them is seen keeping it.
    pub seen_keeping: f64,
    /// Recorded: what of them is seen violating it.
    pub seen_violating: f64,
    /// Claimed: what of all forces it says keeps the clause.
    pub claimed_keeping: f64,
    /// Claimed: what of them it says violates it.
    pub claimed_violating: f64,
}

impl PartyShares {
    pub(in crate::engine) const fn all(share: f64) -> Self {
        Self {
            own: 0.0,
            met: share,
            seen_keeping: share,
            seen_violating: share,
            claimed_keeping: share,
            claimed_violating: share,
        }
    }
}

/// Persons (or weapons) that keep a clause, that do not, and that nobody knows
/// of.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Split {
    /// Keep it.
    pub keeping: f64,
    /// Do not.
    pub violating: f64,
    /// Not known.
    pub unknown: f64,
}

impl Split {
    /// All of them.
    pub(in crate::engine) fn total(&self) -> f64 {
        self.keeping + self.violating + self.unknown
    }
}

/// Sums in truth.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::engine) struct Tally {
    /// All that is bound.
    pub(in crate::engine) bound: f64,
    /// Of these, what meets the clause.
    pub(in crate::engine) meeting: Part,
    /// What was inside on D-day.
    pub(in crate::engine) counted: f64,
    /// Of these, what meets the clause.
    pub(in crate::engine) met: Part,
    /// Of these, what meets it in full.
    pub(in crate::engine) full: Part,
}

impl Tally {
    pub(in crate::engine) fn add(
        &mut self,
        weight: f64,
        (meets, full): (bool, bool),
        (counted, exempt): (bool, bool),
    ) {
        self.meeting.add(weight, meets, exempt);
        if counted {
            self.met.add(weight, meets, exempt);
            self.full.add(weight, full, exempt);
        }
    }
}

/// Strength or weapons of those that do something, and of the exempt that do
/// not.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::engine) struct Part {
    pub(in crate::engine) does: f64,
    pub(in crate::engine) exempt: f64,
}

impl Part {
    pub(in crate::engine) fn add(&mut self, weight: f64, does: bool, exempt: bool) {
        if does {
            self.does += weight;
        } else if exempt {
            self.exempt += weight;
        }
    }

    /// What does it, and what of `all` does not; what an exemption excuses leaves both
    /// counts.
    pub(in crate::engine) fn split(&self, all: f64, excused: f64) -> Split {
        let violating = all - self.exempt.min(excused) - self.does;
        Split { keeping: self.does, violating, unknown: 0.0 }
    }
}

/// Whose knowledge of a clause something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    /// What happened.
    True,
    /// What monitors registered.
    Recorded,
    /// What parties say.
    Claimed,
}

/// Which registers of a clause are to be judged anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::engine) struct Stale {
    pub(in crate::engine) truth: bool,
    pub(in crate::engine) recorded: bool,
    pub(in crate::engine) claimed: bool,
    /// The truth has been followed and only its shares are to be taken.
    pub(in crate::engine) tallied: bool,
    /// The same of what is recorded.
    pub(in crate::engine) observed: bool,
    /// What a force weighs may be another number.
    pub(in crate::engine) weights: bool,
}

impl Stale {
    /// Every register is.
    pub(in crate::engine) fn registers(&mut self) {
        *self = Self { truth: true, recorded: true, claimed: true, weights: true, ..*self };
    }

    /// In which registers something is to be judged, in their order, and whether what forces
    /// weigh is.
    pub(in crate::engine) fn by_register(self) -> [bool; 4] {
        let weights = self.weights;
        [self.truth || self.tallied, self.recorded || self.observed, self.claimed, weights]
    }
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

/// The case that the monitors of a clause have against a force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    /// Who recorded it last.
    pub monitor: MonitorIndex,
    /// The day it was seen last.
    pub seen: u32,
    /// Whether two monitors recorded it within `max_age_days` of each other.
    pub confirmed: bool,
}

/// A milestone.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MilestoneState {
    /// When it falls due.
    pub due: Option<u32>,
    /// Whether it was met on that day; none before.
    pub met: Option<bool>,
}

/// What a cap leaves to an authorised force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CapAllocation {
    /// It was never inside, nor would what it keeps take it there.
    #[default]
    None,
    /// It fits under the cap.
    Fits,
    /// It does not.
    Excess,
}

/// A step of a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StepState {
    /// Days on which it complied.
    pub(in crate::engine) days: u32,
    /// The day it was done, which cannot be undone.
    pub done: Option<u32>,
}
