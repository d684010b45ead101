//! `kind = "deliver"`: hand weapons over.

use schemars::JsonSchema;

use crate::scenario::quantity::{Bounds, Quantity};
use crate::scenario::read::Table;

/// Kept as far as the weapons in its scope are handed over. What is handed over
/// is pending until the receiver has inspected it, then accepted or rejected; a
/// rejected weapon is no delivery.
#[derive(Debug, Clone, JsonSchema)]
pub struct Deliver {
    /// Ids of weapon classes; every heavy class if left out.
    #[schemars(default)]
    pub classes: Vec<String>,
    /// The party that receives.
    pub to: String,
    /// Weapons each force hands over in a day.
    pub weapons_per_day: Quantity,
    /// Days from hand-over to the receiver's ruling. Default 0.
    #[schemars(default, range(min = 0))]
    pub inspection_days: u32,
    /// Probability that a weapon handed over is accepted. Default 1.
    pub accepted_share: Option<Quantity>,
}

impl Deliver {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            classes: t.or("classes", Vec::new()),
            to: t.req("to"),
            weapons_per_day: t.quantity("weapons_per_day", Bounds::POSITIVE),
            inspection_days: t.or("inspection_days", 0),
            accepted_share: t.quantity_opt("accepted_share", Bounds::SHARE),
        }
    }
}
