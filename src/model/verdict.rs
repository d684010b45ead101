//! What an agreement comes to, and what counts as collapse and a serious violation.

use disengage_derive::words;

/// The thresholds by which a run is judged, all on true compliance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Completed once every clause of weight has been kept for so many days without
    /// a break.
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

/// Days for which a clause stays seriously violated until an agreement that was
/// completed counts as broken.
pub const BROKEN_DAYS: u32 = 7;

/// How an agreement ends: one of these in every run.
#[words(stand_in = Incomplete)]
#[derive(Default)]
pub enum End {
    /// Everything was due and kept, and was not broken later.
    Completed,
    /// It was completed, and broken later.
    Broken,
    /// Too little of it was kept for too long.
    Collapsed,
    /// What was asked is there, because most of those who owed it are dead.
    Destroyed,
    /// None of these by the end of the run.
    #[default]
    Incomplete,
}

impl End {
    /// What is said of an agreement: "later broken".
    pub fn said(self) -> &'static str {
        match self {
            Self::Broken => "later broken",
            other => other.word(),
        }
    }

    /// What came first of completion, collapse and destruction, from the days on which it
    /// was completed, broken after that, had collapsed, and was destroyed. Of one day
    /// destruction counts, then collapse.
    pub fn of([completed, broken, collapsed, destroyed]: [Option<u32>; 4]) -> Self {
        let ends = [(destroyed, Self::Destroyed), (collapsed, Self::Collapsed)];
        let ends = ends.into_iter().chain([(completed, Self::Completed)]);
        let first = ends.filter_map(|(day, end)| Some((day?, end))).min_by_key(|(day, _)| *day);
        match first.map(|(_, end)| end) {
            Some(Self::Completed) if broken.is_some() => Self::Broken,
            other => other.unwrap_or(Self::Incomplete),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_first_is_the_end() {
        for (days, end) in [
            ([None, None, None, None], End::Incomplete),
            ([Some(9), None, None, None], End::Completed),
            ([Some(9), Some(20), Some(30), None], End::Broken),
            ([Some(9), Some(20), Some(8), None], End::Collapsed),
            ([Some(9), None, Some(9), Some(9)], End::Destroyed),
            ([None, None, Some(9), Some(10)], End::Collapsed),
        ] {
            assert_eq!(End::of(days), end, "{days:?}");
        }
    }
}
