//! `[[body]]`: who rules on complaints.

use std::collections::BTreeMap;

use disengage_derive::table;

use super::quantity::Quantity;

/// A commission that rules on complaints by the evidence it has.
#[table(entry(Body), titled, sourced)]
pub struct Body {
    /// The monitors whose registers it has.
    #[key(refers(Monitor))]
    pub monitors: Vec<String>,
    /// The clauses it hears complaints on; every clause if left out.
    #[key(default, refers(Clause))]
    pub clauses: Vec<String>,
    /// Days from a complaint to its ruling.
    #[key(default = 0, bounds = DAYS)]
    pub ruling_days: u32,
    /// Older observations are no evidence.
    #[key(default = 30.0, bounds = DAYS)]
    pub evidence_days: f64,
    /// So many monitors must have seen the violation for a complaint to be
    /// upheld.
    #[key(default = 1, bounds = COUNT, least = 1)]
    pub upheld_from: u32,
    /// By party: complaints a day that it lodges whatever has happened, each
    /// against a bound force of another party. Default none.
    #[key(default, bounds = A_DAY, refers(Party))]
    pub strategic_per_day: BTreeMap<String, Quantity>,
}

impl Body {
    /// Whether it hears complaints on a clause.
    pub fn hears(&self, clause: &str) -> bool {
        self.clauses.is_empty() || self.clauses.iter().any(|id| id == clause)
    }
}
