//! `[[event]]`: what comes from outside the agreement, dated or at random.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use time::Date;

use super::claim::Says;
use super::conduct::Order;
use super::gate::Gate;
use super::quantity::Quantity;
use super::read::{Spans, Table};
use super::source::Provenance;
use crate::model::ActKind;

/// Something that happens on its `date`, or at random `per_day` between `from`
/// and `until`.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct OutsideEvent {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// The day it happens.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub date: Option<Date>,
    /// How often a day it happens, instead of `date`.
    pub per_day: Option<Quantity>,
    /// With `per_day`: the first day; the first day of the run if left out.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub from: Option<Date>,
    /// With `per_day`: the last day; the last day of the run if left out.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub until: Option<Date>,
    /// What happens, by `kind`.
    #[schemars(skip)]
    pub happening: Happening,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

/// What happens.
#[derive(Debug, Clone)]
pub enum Happening {
    /// `kind = "offensive"`.
    Offensive(Offensive),
    /// `kind = "convoy"`.
    Convoy(Convoy),
    /// `kind = "act"`.
    Act(OutsideAct),
    /// `kind = "allegation"`.
    Allegation(Allegation),
    /// `kind = "front"`.
    Front(Front),
    /// `kind = "monitors"`.
    Monitors(MonitorsChange),
    /// `kind = "found-at"`.
    FoundAt(FoundAt),
    /// `kind = "position"`.
    Position(Position),
    /// `kind = "exit"`.
    Exit(Exit),
}

/// A party takes sites: the forces based there of those that it is against lose a
/// share and fall back along their first way; they cannot come home while it holds
/// the site. Ground that these hold passes to its control.
#[derive(Debug, Clone, JsonSchema)]
pub struct Offensive {
    /// The party that takes them.
    pub by: String,
    /// The sites.
    #[schemars(length(min = 1))]
    pub sites: Vec<String>,
    /// Against whom; everybody else if left out. Forces of other parties stay.
    #[schemars(default)]
    pub against: Vec<String>,
    /// The share of persons and weapons that the forces driven out lose.
    /// Default 0.
    pub loss_share: Option<Quantity>,
}

/// Persons and weapons reach a force from an account, as far as it has them.
#[derive(Debug, Clone, JsonSchema)]
pub struct Convoy {
    /// The account.
    pub account: String,
    /// The force.
    pub force: String,
    /// Persons. Default 0.
    #[schemars(default)]
    pub persons: u32,
    /// Weapons by class that the force has.
    #[schemars(default)]
    pub equipment: BTreeMap<String, u32>,
}

/// A party does something to another.
#[derive(Debug, Clone, JsonSchema)]
pub struct OutsideAct {
    /// What is done.
    #[schemars(with = "String")]
    pub act: ActKind,
    /// Who does it.
    pub by: String,
    /// To whom.
    pub against: Option<String>,
    /// To which of their forces.
    pub target: Option<String>,
    /// The share of its persons and weapons that is lost. Default 0.
    pub loss_share: Option<Quantity>,
}

/// A party says of others that they keep a clause or not, true or false.
#[derive(Debug, Clone, JsonSchema)]
pub struct Allegation {
    /// Who speaks.
    pub by: String,
    /// Of which clause.
    pub clause: String,
    /// Of whose forces.
    #[schemars(length(min = 1))]
    pub about: Vec<String>,
    /// What is said. Default "violating".
    #[schemars(default)]
    pub says: Option<Says>,
    /// Of what share of their strength. Default 1.
    #[schemars(default, extend("default" = 1))]
    pub share: f64,
}

/// Another front takes a party's lift for a time.
#[derive(Debug, Clone, JsonSchema)]
pub struct Front {
    /// The party.
    pub party: String,
    /// For so many days.
    pub days: u32,
    /// The share of `lift_persons` that is left to it.
    pub lift_share: Quantity,
}

/// Monitors come on duty or leave.
#[derive(Debug, Clone, JsonSchema)]
pub struct MonitorsChange {
    /// The monitors.
    #[schemars(length(min = 1))]
    pub monitors: Vec<String>,
    /// Whether they watch from then on.
    pub on_duty: bool,
}

/// A force is found at a point of one of its ways: the record of where it was.
#[derive(Debug, Clone, JsonSchema)]
pub struct FoundAt {
    /// The force.
    pub force: String,
    /// Kilometres from its first site along its first way.
    pub km_along: f64,
}

/// A party changes its position: on what it orders, on what presence is worth to
/// it, on the pressure it is under, on its patron.
#[derive(Debug, Clone, JsonSchema)]
pub struct Position {
    /// The party.
    pub party: String,
    /// On which clauses `order` and `value` are; every one if left out.
    #[schemars(default)]
    pub clauses: Vec<String>,
    /// From then on it gives this order …
    pub order: Option<Order>,
    /// … for so many days, and then decides as before; to the end if left out.
    #[schemars(range(min = 1))]
    pub days: Option<u32>,
    /// Added to the value of presence; quantal response weighs it.
    pub value: Option<Quantity>,
    /// Added to the pressure it is under, and to what that falls back to.
    pub pressure: Option<Quantity>,
    /// The control that its patron has from then on.
    pub control: Option<Quantity>,
}

/// A party says that it leaves unless something has come true by a day: then it
/// makes changes of the file.
#[derive(Debug, Clone, JsonSchema)]
pub struct Exit {
    /// Who says it, and makes the changes.
    pub by: String,
    /// To whom.
    #[schemars(default)]
    pub about: Vec<String>,
    /// The clause of which it says that the forces of `about` violate it.
    pub clause: Option<String>,
    /// Added to the pressure on `about`, fading.
    pub pressure: Option<Quantity>,
    /// What must have come true; if left out, it leaves in any case.
    pub unless: Option<Gate>,
    /// Days that it waits. Default 0.
    #[schemars(default)]
    pub within_days: u32,
    /// The `[[change]]` tables that it makes.
    #[schemars(length(min = 1))]
    pub changes: Vec<String>,
}

impl OutsideEvent {
    pub(crate) fn read(mut t: Table<'_>) -> Option<Self> {
        let id = t.id();
        let title = t.opt("title");
        let date = t.opt("date");
        let per_day = t.opt("per_day");
        let from = t.opt("from");
        let until = t.opt("until");
        let provenance = Provenance::read(&mut t);
        let kinds = [
            "offensive",
            "convoy",
            "act",
            "allegation",
            "front",
            "monitors",
            "found-at",
            "position",
            "exit",
        ];
        let happening = match t.kind(&kinds)? {
            "offensive" => Happening::Offensive(Offensive {
                by: t.req("by"),
                sites: t.req("sites"),
                against: t.or("against", Vec::new()),
                loss_share: t.opt("loss_share"),
            }),
            "convoy" => Happening::Convoy(Convoy {
                account: t.req("account"),
                force: t.req("force"),
                persons: t.or("persons", 0),
                equipment: t.or("equipment", BTreeMap::new()),
            }),
            "act" => Happening::Act(OutsideAct {
                act: t.req("act"),
                by: t.req("by"),
                against: t.opt("against"),
                target: t.opt("target"),
                loss_share: t.opt("loss_share"),
            }),
            "allegation" => Happening::Allegation(Allegation {
                by: t.req("by"),
                clause: t.req("clause"),
                about: t.req("about"),
                says: t.opt("says"),
                share: t.or("share", 1.0),
            }),
            "front" => Happening::Front(Front {
                party: t.req("party"),
                days: t.req("days"),
                lift_share: t.req("lift_share"),
            }),
            "monitors" => Happening::Monitors(MonitorsChange {
                monitors: t.req("monitors"),
                on_duty: t.req("on_duty"),
            }),
            "found-at" => {
                Happening::FoundAt(FoundAt { force: t.req("force"), km_along: t.req("km_along") })
            }
            "position" => Happening::Position(Position {
                party: t.req("party"),
                clauses: t.or("clauses", Vec::new()),
                order: t.opt("order"),
                days: t.opt("days"),
                value: t.opt("value"),
                pressure: t.opt("pressure"),
                control: t.opt("control"),
            }),
            _ => Happening::Exit(Exit {
                by: t.req("by"),
                about: t.or("about", Vec::new()),
                clause: t.opt("clause"),
                pressure: t.opt("pressure"),
                unless: t.opt("unless"),
                within_days: t.or("within_days", 0),
                changes: t.req("changes"),
            }),
        };
        Some(Self {
            id,
            title,
            date,
            per_day,
            from,
            until,
            happening,
            provenance,
            spans: t.finish(),
        })
    }
}
