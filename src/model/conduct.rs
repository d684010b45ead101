//! Who decides what, and how.

use disengage_derive::words;

use super::{
    BeliefsIndex, Bits, ChoiceIndex, ClauseIndex, ForceIndex, GarrisonIndex, MonitorIndex,
    PartyIndex, Uncertain, UnitIndex,
};
use crate::stats::Stream;

/// What a party orders for a clause and a garrison.
#[words(stand_in = Defy)]
#[derive(PartialOrd, Ord)]
pub enum Order {
    /// Do what the clause asks.
    Comply,
    /// Stay, or come back.
    Defy,
    /// Stay, hidden.
    Conceal,
}

/// A party, a clause and a garrison: one standing order.
#[derive(Debug, Clone)]
pub struct DecisionUnit {
    /// Who decides.
    pub party: PartyIndex,
    /// On which clause.
    pub clause: ClauseIndex,
    /// For which garrison.
    pub garrison: GarrisonIndex,
    /// The decision that its order comes from.
    pub choice: ChoiceIndex,
    /// The forces the order moves: the party's own, bound, of the garrison.
    pub forces: Vec<ForceIndex>,
    /// The forces whose presence is weighed: its own, or for a patron without
    /// any its proxies'.
    pub weighed: Vec<ForceIndex>,
    /// How it decides.
    pub policy: Policy,
    /// What it is told and believes.
    pub beliefs: BeliefsIndex,
    /// Every set of beliefs that learns from what befalls its forces: its own, and that of
    /// a patron without forces of its own there.
    pub informs: Vec<BeliefsIndex>,
    /// The share of its signature a concealed force loses.
    pub concealment: Uncertain,
    /// The patron's unit for the same clause and group.
    pub patron: Option<UnitIndex>,
    /// The monitors by whose word the party can be on record under the clause.
    pub watchers: Bits<MonitorIndex>,
    /// The order until its first review.
    pub initial: Order,
    /// Days over which first reviews are spread.
    pub first_review_days: Uncertain,
    /// When those who comply set out.
    pub timing: Timing,
    /// Draws: what it does under a clause to abstain.
    pub acts: Stream,
}

/// When those who comply set out.
#[derive(Debug, Clone)]
pub enum Timing {
    /// When the order is given.
    AtOnce,
    /// So as to arrive so many days, exponential with this mean, before the earliest deadline
    /// met where they go; at once if that is too late.
    ByDeadline(Uncertain),
}

/// How a party decides.
#[derive(Debug, Clone)]
pub enum Policy {
    /// Orders on given days.
    Scripted {
        /// The order until the first day.
        initial: Order,
        /// Orders by day.
        orders: Vec<ScriptedOrder>,
    },
    /// Complies where that is worth it for its resolve.
    QuantalResponse(Box<QuantalResponse>),
    /// Each order with a probability of its own.
    FixedProbabilities {
        /// Days between reviews.
        review_days: u32,
        /// Probability of complying.
        comply: Uncertain,
        /// Probability of concealing; defying has the rest.
        conceal: Uncertain,
    },
    /// Like for like.
    Reciprocal(Box<Reciprocal>),
    /// Complies from a least trust on.
    Assurance(Box<Assurance>),
    /// The inspectee of the 2×2 inspection game.
    InspectionEquilibrium(Box<InspectionEquilibrium>),
}

impl Policy {
    /// Days between reviews; none where orders come by script.
    pub fn review_days(&self) -> Option<u32> {
        match self {
            Self::Scripted { .. } => None,
            Self::QuantalResponse(it) => Some(it.review_days),
            Self::FixedProbabilities { review_days, .. } => Some(*review_days),
            Self::Reciprocal(it) => Some(it.review_days),
            Self::Assurance(it) => Some(it.review_days),
            Self::InspectionEquilibrium(it) => Some(it.review_days),
        }
    }
}

/// An order on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScriptedOrder {
    /// The day.
    pub day: u32,
    /// The order.
    pub order: Order,
}

/// The parameters of quantal response; see `docs/model.md` for the equations. Pressure, trust,
/// counter-performance and beliefs are the party's beliefs. Worths and costs are in units of
/// the spread of resolve, a day.
#[derive(Debug, Clone)]
pub struct QuantalResponse {
    /// Days between reviews.
    pub review_days: u32,
    /// By weighed force: the value of its site; where none is weighed, the value of not doing
    /// what is asked.
    pub site_values: Vec<Uncertain>,
    /// Value of each kilometre given up.
    pub value_per_km: Uncertain,
    /// Cost of hiding.
    pub concealment_cost: Uncertain,
    /// Weight of trust.
    pub trust_weight: Uncertain,
    /// Weight of counter-performance.
    pub counter_weight: Uncertain,
    /// Cost of a hit.
    pub hit_cost: Uncertain,
    /// Days for which a word of a monitor stands.
    pub record_days: Uncertain,
    /// By what factor the party misjudges how often it is seen.
    pub believed_watch: Uncertain,
    /// What complying is worth on top just after D-day or a recommitment.
    pub fresh: Uncertain,
    /// Days in which half of that is gone.
    pub fresh_half_life_days: Uncertain,
    /// What going back nearer home costs.
    pub return_cost: Uncertain,
}

/// Like for like, with errors and forgiveness.
#[derive(Debug, Clone)]
pub struct Reciprocal {
    /// Days between reviews.
    pub review_days: u32,
    /// The least share seen keeping that is taken for cooperation.
    pub cooperation_at: Uncertain,
    /// Probability of complying after a defection.
    pub forgiveness: Uncertain,
    /// Probability of taking what is seen for its opposite.
    pub misperception: Uncertain,
    /// Probability of doing the opposite of what is meant.
    pub action_error: Uncertain,
    /// The order in place of complying.
    pub otherwise: Order,
}

/// Worths of the assurance game.
#[derive(Debug, Clone)]
pub struct Assurance {
    /// Days between reviews.
    pub review_days: u32,
    /// R: both comply.
    pub reward: Uncertain,
    /// T: the other side alone complies.
    pub temptation: Uncertain,
    /// S: it alone complies.
    pub sucker: Uncertain,
    /// P: neither complies.
    pub punishment: Uncertain,
    /// The order in place of complying.
    pub otherwise: Order,
}

/// Payoffs of the 2×2 inspection game.
#[derive(Debug, Clone)]
pub struct InspectionEquilibrium {
    /// Days between reviews.
    pub review_days: u32,
    /// d: worth of an undetected violation.
    pub gain: Uncertain,
    /// b: cost of a detected one.
    pub penalty: Uncertain,
    /// f: cost of a false alarm.
    pub false_alarm_cost: Uncertain,
    /// a: what a detected violation costs the inspector.
    pub inspector_detected_cost: Uncertain,
    /// c: what an undetected one costs the inspector.
    pub inspector_undetected_cost: Uncertain,
    /// e: what a false alarm costs the inspector.
    pub inspector_false_alarm_cost: Uncertain,
    /// k: what an inspection costs.
    pub inspection_cost: Uncertain,
    /// α: probability of a false alarm at an inspection.
    pub false_alarm: Uncertain,
    /// β: probability that an inspection misses a violation.
    pub missed: Uncertain,
    /// The probability of inspection it counts on, if it does.
    pub believed_effort: Option<Uncertain>,
    /// The order that is a violation.
    pub otherwise: Order,
}
