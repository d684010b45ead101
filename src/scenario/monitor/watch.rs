//! What all monitors that look for themselves have in common.

use schemars::JsonSchema;

use super::Deployment;
use crate::scenario::quantity::Quantity;
use crate::scenario::read::Table;

/// When a monitor is on duty, and how it errs.
#[derive(Debug, Clone, JsonSchema)]
pub struct Watch {
    /// How much of it is there when: [{ from = 2018-08-01, to = 2018-12-31,
    /// share = 0.5 }]. All of it from `from` on if left out; none of it outside
    /// the periods named.
    #[schemars(default)]
    pub deployed: Vec<Deployment>,
    /// Share of the time on duty (weather, leave, repairs): drawn for each
    /// period of `availability_days`. Default 1.
    pub availability: Option<Quantity>,
    /// Days for which it is on duty or off together. Default 7.
    #[schemars(default = "seven", range(min = 1))]
    pub availability_days: u32,
    /// Records a day of a violation that nobody committed. Default 0.
    pub false_alarms_per_day: Option<Quantity>,
    /// Probability that a violation seen is registered to another force that the
    /// clause binds. Default 0.
    pub wrong_attribution: Option<Quantity>,
    /// Probability that a force seen keeping a clause is registered as
    /// violating it. Default 0.
    pub bias_to_violating: Option<Quantity>,
    /// Probability that a force seen violating a clause is registered as
    /// keeping it. Default 0.
    pub bias_to_keeping: Option<Quantity>,
}

fn seven() -> u32 {
    7
}

impl Watch {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            deployed: t.or("deployed", Vec::new()),
            availability: t.opt("availability"),
            availability_days: t.or("availability_days", seven()),
            false_alarms_per_day: t.opt("false_alarms_per_day"),
            wrong_attribution: t.opt("wrong_attribution"),
            bias_to_violating: t.opt("bias_to_violating"),
            bias_to_keeping: t.opt("bias_to_keeping"),
        }
    }
}

/// What bars the way of a monitor on the ground.
#[derive(Debug, Clone, JsonSchema)]
pub struct Access {
    /// Areas it may not enter: forces there it does not see.
    #[schemars(default)]
    pub no_go: Vec<String>,
    /// Probability, for each day of a post or patrol and each visit of an
    /// inspection or team, that a party refuses access to where its forces
    /// stand. Default 0.
    pub denial: Option<Quantity>,
    /// The parties that refuse; every party that commands a bound force if left
    /// out.
    #[schemars(default)]
    pub denied_by: Vec<String>,
}

impl Access {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            no_go: t.or("no_go", Vec::new()),
            denial: t.opt("denial"),
            denied_by: t.or("denied_by", Vec::new()),
        }
    }
}
