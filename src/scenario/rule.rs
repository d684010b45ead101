//! `[[rule]]`: on an event, under conditions, an action.

use std::collections::BTreeMap;

use disengage_derive::{kinds, table};

use super::claim::Says;
use super::quantity::Quantity;
use super::read::words_of;
use crate::model::ActKind;
pub use crate::model::On;

/// The words of the file for what a rule reacts to.
fn words() -> Vec<(&'static str, On)> {
    let of_records = [
        ("violation-recorded", On::ViolationRecorded),
        ("ruling", On::Ruling),
        ("ruling-rejected", On::RulingRejected),
        ("ruling-undetermined", On::RulingUndetermined),
        ("deadline-missed", On::DeadlineMissed),
        ("incident", On::Incident),
    ];
    let acts = ActKind::ALL.map(|(word, act)| (word, On::Act(act)));
    let others = [
        ("claim-disputed", On::ClaimDisputed),
        ("rung-reached", On::RungReached),
        ("terms-changed", On::TermsChanged),
        ("quiet", On::Quiet),
    ];
    of_records.into_iter().chain(acts).chain(others).collect()
}

words_of!(
    On,
    words(),
    "an event, such as \"violation-recorded\" or \"fire\"",
    On::ViolationRecorded
);

/// How a party reacts: `on` an event that meets the conditions, the action that
/// `kind` names.
#[table(entry(Rule), titled, sourced)]
pub struct Rule {
    /// The party that reacts.
    #[key(refers(Party))]
    pub party: String,
    /// The event: "violation-recorded", "ruling" (a complaint upheld), "ruling-rejected",
    /// "ruling-undetermined", "deadline-missed", "incident", an act
    /// ("fire", "strike", "overflight", "reinforcement", "support", "transfer",
    /// "access-denied", "assault-prepared", "offensive"), "claim-disputed", "rung-reached",
    /// "terms-changed" (by a `[[change]]`) or "quiet".
    pub on: On,
    /// What is done, by `kind`.
    #[key(kind)]
    pub action: Action,
    /// Of which clause; any if left out. For an act, that of the band, of the
    /// strike or of what is said.
    #[key(refers(Clause))]
    pub clause: Option<String>,
    /// Whose act or violation; anyone else's if left out.
    #[key(default, refers(Party))]
    pub by: Vec<String>,
    /// Against whom the act; against the party that reacts if left out.
    #[key(default, refers(Party))]
    pub against: Vec<String>,
    /// Band of the clause, in km from its line or area: where the force that
    /// violates it stands, at least …
    #[key(bounds = KM)]
    pub from_km: Option<f64>,
    /// … and nearer than this.
    #[key(bounds = KM)]
    pub to_km: Option<f64>,
    /// Only at so many such events within `within_days`.
    #[key(default = 1, bounds = COUNT, least = 1)]
    pub count: u32,
    /// Days that `count` looks back on.
    #[key(default = 1, bounds = DAYS)]
    pub within_days: u32,
    /// The ladder of `rung` and `rung-reached`.
    #[key(refers(Ladder))]
    pub ladder: Option<String>,
    /// Only on this rung or higher; for "rung-reached" the rung.
    pub rung: Option<String>,
    /// For "quiet": days without fire, strike or incident, and again as often.
    #[key(bounds = DAYS, least = 1)]
    pub quiet_days: Option<u32>,
    /// For "violation-recorded": only once a second monitor has recorded it
    /// too, the two sightings at most so many days apart.
    #[key(bounds = DAYS)]
    pub confirm_days: Option<u32>,
    /// Probability that the party reacts at all.
    #[key(default = 1.0, bounds = SHARE)]
    pub probability: Quantity,
    /// Probability that it forgives where it would react.
    #[key(default = 0.0, bounds = SHARE)]
    pub forgiveness: Quantity,
    /// Days before the rule can act again.
    #[key(default = 0, bounds = DAYS)]
    pub cooldown_days: u32,
    /// Days from the event to the action.
    #[key(default = 0, bounds = DAYS)]
    pub after_days: u32,
}

/// What a rule does.
#[kinds]
pub enum Action {
    Strike(Strike),
    FireBack(FireBack),
    Offensive(TakeSites),
    Reinforce(Reinforce),
    Complain(Complain),
    PullMonitors(PullMonitors),
    Denounce(Denounce),
    StandDown(StandDown),
    Forgive(Forgive),
    Change(ChangeTerms),
    Press(Press),
}

/// Strikes recorded violators, those whose record is newest first.
#[table(part)]
pub struct Strike {
    /// At most so many forces.
    #[key(default = 1, bounds = COUNT)]
    pub at_most: u32,
    /// Probability that a strike hits a force that is where it was recorded.
    #[key(default = 1.0, bounds = SHARE)]
    pub hit_probability: Quantity,
    /// The share of persons and weapons of the force that a hit destroys.
    #[key(bounds = SHARE)]
    pub loss_share: Quantity,
}

/// Fires at the party that acted.
#[table(part)]
pub struct FireBack {
    /// The share of persons and weapons lost by the force that acted, or else by
    /// the first of its party.
    #[key(default = 0.0, bounds = SHARE)]
    pub loss_share: Quantity,
}

/// Takes sites, as the event of that name does.
#[table(part)]
pub struct TakeSites {
    /// The sites.
    #[key(some, refers(Site))]
    pub sites: Vec<String>,
    /// The parties that it is against.
    #[key(some, refers(Party))]
    pub on_parties: Vec<String>,
    /// The share of persons and weapons that those who stand there lose.
    #[key(default = 0.0, bounds = SHARE)]
    pub loss_share: Quantity,
}

/// Sends persons and weapons from an account to a force.
#[table(part)]
pub struct Reinforce {
    /// The force.
    #[key(refers(Force))]
    pub force: String,
    /// The account.
    #[key(refers(Account))]
    pub account: String,
    /// Persons at most.
    #[key(default = 0, bounds = COUNT)]
    pub persons: u32,
    /// Weapons at most, by class that the force has.
    #[key(default, bounds = COUNT, refers(WeaponClass))]
    pub equipment: BTreeMap<String, u32>,
}

/// Complains of a recorded violation, to the body that hears of the clause.
#[table(part)]
pub struct Complain {}

/// Pulls monitors out.
#[table(part)]
pub struct PullMonitors {
    /// The monitors.
    #[key(some, refers(Monitor))]
    pub monitors: Vec<String>,
}

/// Says of the party that acted that it keeps a clause or does not.
#[table(part)]
pub struct Denounce {
    /// What is said.
    #[key(default = Says::Violating)]
    pub says: Says,
}

/// Holds all reactions of the party.
#[table(part)]
pub struct StandDown {
    /// For so many days.
    #[key(bounds = DAYS)]
    pub days: u32,
}

/// Lets it rest: tension falls, and unanswered incidents are forgotten.
#[table(part)]
pub struct Forgive {
    /// What it takes off the tension.
    #[key(default = 0.0, bounds = COST)]
    pub tension: Quantity,
}

/// Makes changes of the file: suspends, amends, extends, breaks off …
#[table(part)]
pub struct ChangeTerms {
    /// The `[[change]]` tables, in order; each is made again each time.
    #[key(some, refers(Change))]
    pub changes: Vec<String>,
}

/// Adds to the pressure on parties that decide by quantal response.
#[table(part)]
pub struct Press {
    /// The parties; those whose act or violation it is if left out.
    #[key(default, refers(Party))]
    pub on_parties: Vec<String>,
    /// What it adds; it goes by the party's `pressure_half_life_days`.
    #[key(bounds = WORTH)]
    pub pressure: Quantity,
}
