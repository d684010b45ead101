//! `kind = "joint-team"`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use time::Date;

use super::{Access, Watch};
use crate::scenario::quantity::Quantity;
use crate::scenario::read::Table;

/// A team of several parties. It goes only together.
#[derive(Debug, Clone, JsonSchema)]
pub struct JointTeam {
    /// The parties it is made of.
    pub members: Vec<String>,
    /// The id of the area it visits; everywhere if left out.
    pub area: Option<String>,
    /// Days between visits.
    #[schemars(range(min = 1))]
    pub interval_days: u32,
    /// Probability that a visit sees a force of signature 1; one of signature s
    /// with 1 − (1 − p)^s.
    pub probability: Quantity,
    /// By member: probability, for each visit, that it blocks it. Default 0.
    #[schemars(default)]
    pub blocks: BTreeMap<String, Quantity>,
    /// By member: the day it leaves the team, which then never goes again.
    #[schemars(default, with = "BTreeMap<String, String>")]
    pub leaves: BTreeMap<String, Date>,
    /// Duty and errors.
    #[schemars(flatten)]
    pub watch: Watch,
    /// What bars its way.
    #[schemars(flatten)]
    pub access: Access,
}

impl JointTeam {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            members: t.req("members"),
            area: t.opt("area"),
            interval_days: t.req("interval_days"),
            probability: t.req("probability"),
            blocks: t.or("blocks", BTreeMap::new()),
            leaves: t.or("leaves", BTreeMap::new()),
            watch: Watch::read(t),
            access: Access::read(t),
        }
    }
}
