//! `[[event]]`: what comes from outside the agreement, dated or at random.

use std::collections::BTreeMap;

use disengage_derive::{kinds, table};
use time::Date;

use super::claim::Says;
use super::conduct::Order;
use super::gate::Gate;
use super::quantity::Quantity;
use crate::model::ActKind;

/// Something that happens on its `date`, or at random `per_day` between `from`
/// and `until`.
#[table(entry(Event), titled, sourced)]
pub struct OutsideEvent {
    /// The day it happens.
    pub date: Option<Date>,
    /// How often a day it happens, instead of `date`.
    #[key(bounds = A_DAY)]
    pub per_day: Option<Quantity>,
    /// With `per_day`: the first day; the first day of the run if left out.
    pub from: Option<Date>,
    /// With `per_day`: the last day; the last day of the run if left out.
    pub until: Option<Date>,
    /// What happens, by `kind`.
    #[key(kind)]
    pub happening: Happening,
}

/// What happens.
#[kinds]
pub enum Happening {
    Offensive(Offensive),
    Convoy(Convoy),
    Act(OutsideAct),
    Allegation(Allegation),
    Front(Front),
    Monitors(MonitorsChange),
    FoundAt(FoundAt),
    Position(Position),
    Exit(Exit),
}

/// A party takes sites. Whoever of those that it is against stands within 2 km of one, bound
/// by a clause or not, loses a share and leaves: for where its orders send it, or else to
/// the end of its first way that is in no such hands. The sites are closed to them until
/// another offensive takes them; ground there passes to the party's control. It is an act,
/// and fire.
#[table(part)]
pub struct Offensive {
    /// The party that takes them.
    #[key(refers(Party))]
    pub by: String,
    /// The sites.
    #[key(some, refers(Site))]
    pub sites: Vec<String>,
    /// Against whom; everybody else if left out. Others stay.
    #[key(default, refers(Party))]
    pub against: Vec<String>,
    /// The share of persons and weapons that those who stand there lose.
    #[key(default = 0.0, bounds = SHARE)]
    pub loss_share: Quantity,
}

/// Persons and weapons reach a force from an account, as far as it has them.
#[table(part)]
pub struct Convoy {
    /// The account.
    #[key(refers(Account))]
    pub account: String,
    /// The force.
    #[key(refers(Force))]
    pub force: String,
    /// Persons.
    #[key(default = 0, bounds = COUNT)]
    pub persons: u32,
    /// Weapons by class that the force has.
    #[key(default, bounds = COUNT, refers(WeaponClass))]
    pub equipment: BTreeMap<String, u32>,
}

/// A party does something to another.
#[table(part)]
pub struct OutsideAct {
    /// What is done.
    pub act: ActKind,
    /// Who does it.
    #[key(refers(Party))]
    pub by: String,
    /// To whom.
    #[key(refers(Party))]
    pub against: Option<String>,
    /// To which of their forces.
    #[key(refers(Force))]
    pub target: Option<String>,
    /// The share of its persons and weapons that is lost.
    #[key(default = 0.0, bounds = SHARE)]
    pub loss_share: Quantity,
}

/// A party says of others that they keep a clause or not, true or false.
#[table(part)]
pub struct Allegation {
    /// Who speaks.
    #[key(refers(Party))]
    pub by: String,
    /// Of which clause.
    #[key(refers(Clause))]
    pub clause: String,
    /// Of whose forces.
    #[key(some, refers(Party))]
    pub about: Vec<String>,
    /// What is said.
    #[key(default = Says::Violating)]
    pub says: Says,
    /// Of what share of their strength.
    #[key(default = 1.0, bounds = SHARE)]
    pub share: f64,
}

/// Another front takes a party's lift for a time.
#[table(part)]
pub struct Front {
    /// The party.
    #[key(refers(Party))]
    pub party: String,
    /// For so many days.
    #[key(bounds = DAYS)]
    pub days: u32,
    /// The share of `lift_persons` that is left to it.
    #[key(bounds = SHARE)]
    pub lift_share: Quantity,
}

/// Monitors come on duty or leave.
#[table(part)]
pub struct MonitorsChange {
    /// The monitors.
    #[key(some, refers(Monitor))]
    pub monitors: Vec<String>,
    /// Whether they watch from then on.
    pub on_duty: bool,
}

/// A force is found at a point of one of its ways: the record of where it was.
#[table(part)]
pub struct FoundAt {
    /// The force.
    #[key(refers(Force))]
    pub force: String,
    /// Kilometres from its first site along its first way.
    #[key(bounds = LENGTH)]
    pub km_along: f64,
}

/// A party changes its position: on what it orders, on what presence is worth to
/// it, on the pressure it is under, on its patron.
#[table(part)]
pub struct Position {
    /// The party.
    #[key(refers(Party))]
    pub party: String,
    /// On which clauses `order` and `value` are; every one if left out.
    #[key(default, refers(Clause))]
    pub clauses: Vec<String>,
    /// From then on it gives this order …
    pub order: Option<Order>,
    /// … for so many days, and then decides as before; to the end if left out.
    #[key(bounds = DAYS, least = 1)]
    pub days: Option<u32>,
    /// Added to the value of presence; quantal response weighs it.
    #[key(bounds = WORTH)]
    pub value: Option<Quantity>,
    /// Added to the pressure it is under, and to what that falls back to.
    #[key(bounds = WORTH)]
    pub pressure: Option<Quantity>,
    /// The control that its patron has from then on.
    #[key(bounds = SHARE)]
    pub control: Option<Quantity>,
}

/// A party says that it leaves unless something has come true by a day: then it
/// makes changes of the file.
#[table(part)]
pub struct Exit {
    /// Who says it, and makes the changes.
    #[key(refers(Party))]
    pub by: String,
    /// To whom.
    #[key(default, refers(Party))]
    pub about: Vec<String>,
    /// The clause of which it says that the forces of `about` violate it.
    #[key(refers(Clause))]
    pub clause: Option<String>,
    /// Added to the pressure on `about`, fading.
    #[key(bounds = WORTH)]
    pub pressure: Option<Quantity>,
    /// What must have come true; if left out, it leaves in any case.
    pub unless: Option<Gate>,
    /// Days that it waits.
    #[key(default = 0, bounds = DAYS)]
    pub within_days: u32,
    /// The `[[change]]` tables that it makes.
    #[key(some, refers(Change))]
    pub changes: Vec<String>,
}
