//! `[[rule]]`: on an event, under conditions, an action.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use super::claim::Says;
use super::quantity::Quantity;
use super::read::{At, Spans, Table, Value, word};
use super::source::Provenance;
use crate::model::ActKind;

/// What a rule reacts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// A report that a force violates a clause.
    ViolationRecorded,
    /// A complaint was upheld.
    Ruling,
    /// A complaint rejected.
    RulingRejected,
    /// A complaint on which the body could not tell.
    RulingUndetermined,
    /// A deadline passed, and the clause was seen violated.
    DeadlineMissed,
    /// An incident, whatever was done in it.
    Incident,
    /// An act.
    Act(ActKind),
    /// A claim that a report contradicts.
    ClaimDisputed,
    /// A rung of a ladder.
    RungReached,
    /// Something was done to the terms of a clause.
    TermsChanged,
    /// So many days without fire, strike or incident.
    Quiet,
}

impl On {
    /// The words of the file.
    pub(crate) const WORDS: [(&'static str, Self); 18] = [
        ("violation-recorded", Self::ViolationRecorded),
        ("ruling", Self::Ruling),
        ("ruling-rejected", Self::RulingRejected),
        ("ruling-undetermined", Self::RulingUndetermined),
        ("deadline-missed", Self::DeadlineMissed),
        ("incident", Self::Incident),
        ("fire", Self::Act(ActKind::Fire)),
        ("strike", Self::Act(ActKind::Strike)),
        ("overflight", Self::Act(ActKind::Overflight)),
        ("reinforcement", Self::Act(ActKind::Reinforcement)),
        ("support", Self::Act(ActKind::Support)),
        ("transfer", Self::Act(ActKind::Transfer)),
        ("access-denied", Self::Act(ActKind::AccessDenied)),
        ("assault-prepared", Self::Act(ActKind::AssaultPrepared)),
        ("claim-disputed", Self::ClaimDisputed),
        ("rung-reached", Self::RungReached),
        ("terms-changed", Self::TermsChanged),
        ("quiet", Self::Quiet),
    ];
}

impl Value for On {
    const EXPECTED: &'static str = "an event, such as \"violation-recorded\" or \"fire\"";
    fn placeholder() -> Self {
        Self::ViolationRecorded
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        word(value, at, &Self::WORDS).unwrap_or_else(Self::placeholder)
    }
}

/// How a party reacts: `on` an event that meets the conditions, the action that
/// `kind` names.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Rule {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// The party that reacts.
    pub party: String,
    /// The event: "violation-recorded", "ruling" (a complaint upheld), "ruling-rejected",
    /// "ruling-undetermined", "deadline-missed", "incident", an act
    /// ("fire", "strike", "overflight", "reinforcement", "support", "transfer",
    /// "access-denied", "assault-prepared"), "claim-disputed", "rung-reached",
    /// "terms-changed" (by a `[[change]]`) or "quiet".
    #[schemars(with = "String")]
    pub on: On,
    /// What is done, by `kind`.
    #[schemars(skip)]
    pub action: Action,
    /// Of which clause; any if left out. For an act, that of the band, of the
    /// strike or of what is said.
    pub clause: Option<String>,
    /// Whose act or violation; anyone else's if left out.
    #[schemars(default)]
    pub by: Vec<String>,
    /// Against whom the act; against the party that reacts if left out.
    #[schemars(default)]
    pub against: Vec<String>,
    /// Band of the clause, in km from its line or area: where the force that
    /// violates it stands, at least …
    pub from_km: Option<f64>,
    /// … and nearer than this.
    pub to_km: Option<f64>,
    /// Only at so many such events within `within_days`. Default 1.
    #[schemars(default, range(min = 1), extend("default" = 1))]
    pub count: u32,
    /// Days that `count` looks back on. Default 1.
    #[schemars(default, extend("default" = 1))]
    pub within_days: u32,
    /// The ladder of `rung` and `rung-reached`.
    pub ladder: Option<String>,
    /// Only on this rung or higher; for "rung-reached" the rung.
    pub rung: Option<String>,
    /// For "quiet": days without fire, strike or incident, and again as often.
    #[schemars(range(min = 1))]
    pub quiet_days: Option<u32>,
    /// For "violation-recorded": only once a second monitor has recorded it
    /// too, the two sightings at most so many days apart.
    pub confirm_days: Option<u32>,
    /// Probability that the party reacts at all. Default 1.
    pub probability: Option<Quantity>,
    /// Probability that it forgives where it would react. Default 0.
    pub forgiveness: Option<Quantity>,
    /// Days before the rule can act again. Default 0.
    #[schemars(default)]
    pub cooldown_days: u32,
    /// Days from the event to the action. Default 0.
    #[schemars(default)]
    pub after_days: u32,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

/// What a rule does.
#[derive(Debug, Clone)]
pub enum Action {
    /// `kind = "strike"`.
    Strike(Strike),
    /// `kind = "fire-back"`.
    FireBack(FireBack),
    /// `kind = "reinforce"`.
    Reinforce(Reinforce),
    /// `kind = "complain"`.
    Complain(Complain),
    /// `kind = "pull-monitors"`.
    PullMonitors(PullMonitors),
    /// `kind = "denounce"`.
    Denounce(Denounce),
    /// `kind = "stand-down"`.
    StandDown(StandDown),
    /// `kind = "forgive"`.
    Forgive(Forgive),
    /// `kind = "change"`.
    Change(ChangeTerms),
    /// `kind = "press"`.
    Press(Press),
}

impl Action {
    const KINDS: [&'static str; 10] = [
        "strike",
        "fire-back",
        "reinforce",
        "complain",
        "pull-monitors",
        "denounce",
        "stand-down",
        "forgive",
        "change",
        "press",
    ];
}

/// Strikes recorded violators, those whose record is newest first.
#[derive(Debug, Clone, JsonSchema)]
pub struct Strike {
    /// At most so many forces. Default 1.
    #[schemars(default, extend("default" = 1))]
    pub at_most: u32,
    /// Probability that a strike hits a force that is where it was recorded.
    /// Default 1.
    pub hit_probability: Option<Quantity>,
    /// The share of persons and weapons of the force that a hit destroys.
    pub loss_share: Quantity,
}

/// Fires at the party that acted.
#[derive(Debug, Clone, JsonSchema)]
pub struct FireBack {
    /// The share of persons and weapons lost by the force that acted, or else by
    /// the first of its party. Default 0.
    pub loss_share: Option<Quantity>,
}

/// Sends persons and weapons from an account to a force.
#[derive(Debug, Clone, JsonSchema)]
pub struct Reinforce {
    /// The force.
    pub force: String,
    /// The account.
    pub account: String,
    /// Persons at most. Default 0.
    #[schemars(default)]
    pub persons: u32,
    /// Weapons at most, by class that the force has.
    #[schemars(default)]
    pub equipment: BTreeMap<String, u32>,
}

/// Complains of a recorded violation, to the body that hears of the clause.
#[derive(Debug, Clone, JsonSchema)]
pub struct Complain {}

/// Pulls monitors out.
#[derive(Debug, Clone, JsonSchema)]
pub struct PullMonitors {
    /// The monitors.
    #[schemars(length(min = 1))]
    pub monitors: Vec<String>,
}

/// Says of the party that acted that it keeps a clause or does not.
#[derive(Debug, Clone, JsonSchema)]
pub struct Denounce {
    /// What is said. Default "violating".
    #[schemars(default)]
    pub says: Option<Says>,
}

/// Holds all reactions of the party.
#[derive(Debug, Clone, JsonSchema)]
pub struct StandDown {
    /// For so many days.
    pub days: u32,
}

/// Lets it rest: tension falls, and unanswered incidents are forgotten.
#[derive(Debug, Clone, JsonSchema)]
pub struct Forgive {
    /// What it takes off the tension. Default 0.
    pub tension: Option<Quantity>,
}

/// Makes changes of the file: suspends, amends, extends, breaks off …
#[derive(Debug, Clone, JsonSchema)]
pub struct ChangeTerms {
    /// The `[[change]]` tables, in order; each is made again each time.
    #[schemars(length(min = 1))]
    pub changes: Vec<String>,
}

/// Adds to the pressure on parties that decide by quantal response.
#[derive(Debug, Clone, JsonSchema)]
pub struct Press {
    /// The parties; those whose act or violation it is if left out.
    #[schemars(default)]
    pub on_parties: Vec<String>,
    /// What it adds; it goes by the party's `pressure_half_life_days`.
    pub pressure: Quantity,
}

impl Rule {
    pub(crate) fn read(mut t: Table<'_>) -> Option<Self> {
        let mut rule = Self {
            id: t.id(),
            title: t.opt("title"),
            party: t.req("party"),
            on: t.req("on"),
            action: Action::StandDown(StandDown { days: 1 }),
            clause: t.opt("clause"),
            by: t.or("by", Vec::new()),
            against: t.or("against", Vec::new()),
            from_km: t.opt("from_km"),
            to_km: t.opt("to_km"),
            count: t.or("count", 1),
            within_days: t.or("within_days", 1),
            ladder: t.opt("ladder"),
            rung: t.opt("rung"),
            quiet_days: t.opt("quiet_days"),
            confirm_days: t.opt("confirm_days"),
            probability: t.opt("probability"),
            forgiveness: t.opt("forgiveness"),
            cooldown_days: t.or("cooldown_days", 0),
            after_days: t.or("after_days", 0),
            provenance: Provenance::read(&mut t),
            spans: Spans::default(),
        };
        rule.action = match t.kind(&Action::KINDS)? {
            "strike" => Action::Strike(Strike {
                at_most: t.or("at_most", 1),
                hit_probability: t.opt("hit_probability"),
                loss_share: t.req("loss_share"),
            }),
            "fire-back" => Action::FireBack(FireBack { loss_share: t.opt("loss_share") }),
            "reinforce" => Action::Reinforce(Reinforce {
                force: t.req("force"),
                account: t.req("account"),
                persons: t.or("persons", 0),
                equipment: t.or("equipment", BTreeMap::new()),
            }),
            "complain" => Action::Complain(Complain {}),
            "pull-monitors" => Action::PullMonitors(PullMonitors { monitors: t.req("monitors") }),
            "denounce" => Action::Denounce(Denounce { says: t.opt("says") }),
            "stand-down" => Action::StandDown(StandDown { days: t.req("days") }),
            "forgive" => Action::Forgive(Forgive { tension: t.opt("tension") }),
            "change" => Action::Change(ChangeTerms { changes: t.req("changes") }),
            _ => Action::Press(Press {
                on_parties: t.or("on_parties", Vec::new()),
                pressure: t.req("pressure"),
            }),
        };
        rule.spans = t.finish();
        Some(rule)
    }
}
