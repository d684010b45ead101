//! `kind = "inspection"`.

use schemars::JsonSchema;

use super::{Access, Watch};
use crate::scenario::quantity::Quantity;
use crate::scenario::read::Table;

/// Visits to sites at regular times. A visit sees every force that stands there
/// in the open; of declared weapons (clauses that deliver or confine) it checks
/// a sample, and finds what is missing by the hypergeometric law.
#[derive(Debug, Clone, JsonSchema)]
pub struct Inspection {
    /// The sites it visits; all of its area, or everywhere, if left out.
    #[schemars(default)]
    pub sites: Vec<String>,
    /// A visit sees forces within so many kilometres of a site. Default 5.
    #[schemars(default = "five")]
    pub radius_km: f64,
    /// The area it may inspect; everywhere if left out.
    pub area: Option<String>,
    /// Days between visits.
    #[schemars(range(min = 1))]
    pub interval_days: u32,
    /// Days before a visit on which it is announced. Default 0.
    pub notice_days: Option<Quantity>,
    /// Mean days that a party that hides takes, once a visit is announced, to put
    /// things back: it has by the visit with probability
    /// 1 − exp(−notice_days ÷ cover_up_days). Default 1.
    pub cover_up_days: Option<Quantity>,
    /// Weapons checked of each force at each visit; all if left out.
    #[schemars(range(min = 1))]
    pub sample: Option<u32>,
    /// Duty and errors.
    #[schemars(flatten)]
    pub watch: Watch,
    /// What bars its way.
    #[schemars(flatten)]
    pub access: Access,
}

fn five() -> f64 {
    5.0
}

impl Inspection {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            sites: t.or("sites", Vec::new()),
            radius_km: t.or("radius_km", five()),
            area: t.opt("area"),
            interval_days: t.req("interval_days"),
            notice_days: t.opt("notice_days"),
            cover_up_days: t.opt("cover_up_days"),
            sample: t.opt("sample"),
            watch: Watch::read(t),
            access: Access::read(t),
        }
    }
}
