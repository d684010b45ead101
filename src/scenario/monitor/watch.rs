//! What all monitors that look for themselves have in common.

use disengage_derive::table;

use super::Deployment;
use crate::scenario::quantity::Quantity;

/// When a monitor is on duty, and how it errs.
#[table(part)]
pub struct Watch {
    /// How much of it is there when: [{ from = 2018-08-01, to = 2018-12-31,
    /// share = 0.5 }]. All of it from `from` on if left out; none of it outside
    /// the periods named.
    #[key(default)]
    pub deployed: Vec<Deployment>,
    /// Share of the time on duty (weather, leave, repairs): drawn for each
    /// period of `availability_days`.
    #[key(default = 1.0, bounds = SHARE)]
    pub availability: Quantity,
    /// Days for which it is on duty or off together.
    #[key(default = 7, bounds = DAYS, some)]
    pub availability_days: u32,
    /// Its own persons: on duty they count for gates that wait for so many, and in the
    /// measure `persons_on_duty`.
    #[key(default = 0.0, bounds = COUNT)]
    pub persons: Quantity,
    /// Records a day of a violation that nobody committed, each of a formation drawn by
    /// strength.
    #[key(default = 0.0, bounds = A_DAY)]
    pub false_alarms_per_day: Quantity,
    /// Probability that a violation seen is registered to another formation that the
    /// clause binds, drawn by strength.
    #[key(default = 0.0, bounds = SHARE)]
    pub wrong_attribution: Quantity,
    /// Probability that a force seen keeping a clause is registered as
    /// violating it.
    #[key(default = 0.0, bounds = SHARE)]
    pub bias_to_violating: Quantity,
    /// Probability that a force seen violating a clause is registered as
    /// keeping it.
    #[key(default = 0.0, bounds = SHARE)]
    pub bias_to_keeping: Quantity,
}

/// What bars the way of a monitor on the ground.
#[table(part)]
pub struct Access {
    /// Areas it may not enter: forces there it does not see.
    #[key(default, refers(Area))]
    pub no_go: Vec<String>,
    /// Probability, for each day of a post or patrol and each visit of an
    /// inspection or team, that a party refuses access to where its forces
    /// stand. Default 0.
    #[key(bounds = SHARE)]
    pub denial: Option<Quantity>,
    /// The parties that refuse; every party that commands a bound force if left
    /// out.
    #[key(default, refers(Party))]
    pub denied_by: Vec<String>,
}
