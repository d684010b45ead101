//! `[output]`: what of a run is written.

use disengage_derive::table;
use time::Date;

/// What is written of each date. Everything on each turn's last day if left out.
#[table(section = "output", default)]
pub struct Output {
    /// The measures of `turns` that are written, such as ["compliance", "status"]; those of the
    /// record are written in any case. All if left out. Charts of what is not written are left
    /// out, too.
    pub measures: Option<Vec<String>>,
    /// The dates on which they are written, beside the first and the last day and those of the
    /// record. The last day of each turn if left out.
    pub dates: Option<Vec<Date>>,
}
