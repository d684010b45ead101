//! How much of a monitor is there in a period.

use disengage_derive::table;
use time::Date;

/// A period and the share of a monitor that is there in it.
#[table(inline = "a deployment", such_as = "a period such as { from = 2018-08-01, share = 0.5 }")]
pub struct Deployment {
    /// Its first day; the first day of the run by default.
    pub from: Option<Date>,
    /// Its last day; the last day of the run by default.
    pub to: Option<Date>,
    /// The share that is there: of hours, of posts, of passes.
    #[key(default = 1.0, bounds = SHARE)]
    pub share: f64,
}
