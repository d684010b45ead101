//! `kind = "joint-team"`.

use std::collections::BTreeMap;

use disengage_derive::table;
use time::Date;

use super::{Access, Watch};
use crate::scenario::quantity::Quantity;

/// A team of several parties. It goes only together.
#[table(part)]
pub struct JointTeam {
    /// The parties it is made of.
    #[key(refers(Party))]
    pub members: Vec<String>,
    /// The id of the area it visits; everywhere if left out.
    #[key(refers(Area))]
    pub area: Option<String>,
    /// Days between visits.
    #[key(bounds = DAYS, some)]
    pub interval_days: u32,
    /// Probability that a visit sees a force of signature 1; one of signature s
    /// with 1 − (1 − p)^s.
    #[key(bounds = SHARE)]
    pub probability: Quantity,
    /// By member: probability, for each visit, that it blocks it. Default 0.
    #[key(default, bounds = SHARE, refers(Party))]
    pub blocks: BTreeMap<String, Quantity>,
    /// By member: the day it leaves the team, which then never goes again.
    #[key(default, refers(Party))]
    pub leaves: BTreeMap<String, Date>,
    /// Duty and errors.
    #[key(part)]
    pub watch: Watch,
    /// What bars its way.
    #[key(part)]
    pub access: Access,
}
