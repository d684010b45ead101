//! `kind = "self-report"`.

use disengage_derive::table;

use crate::scenario::quantity::Quantity;

/// A party's reports on its own forces. They also enter the claimed register.
#[table(part)]
pub struct SelfReport {
    /// Days between reports.
    #[key(bounds = DAYS, some)]
    pub interval_days: u32,
    /// Probability that a force in open violation is reported as such; a
    /// concealed one is always reported as keeping.
    #[key(default = 1.0, bounds = SHARE)]
    pub honesty: Quantity,
}
