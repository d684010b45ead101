//! What counts as completion, collapse and a serious violation.

/// The thresholds by which a run is judged, all on true compliance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Completed once the weighted mean has been at least this …
    pub completed_at: f64,
    /// … for so many days without a break.
    pub completed_days: u32,
    /// Collapsed once the weighted mean has been below this …
    pub collapsed_below: f64,
    /// … for so many days without a break.
    pub collapsed_days: u32,
    /// A clause met by less than this is seriously violated.
    pub serious_below: f64,
    /// Whether a clause broken off counts as met by nobody from then on.
    pub ended_unmet: bool,
    /// Whether a suspended one does, on the days that would count.
    pub suspended_unmet: bool,
}
