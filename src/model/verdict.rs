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

    /// How it ended, from the days on which it was completed, broken after that, had
    /// collapsed, and was destroyed. Destruction is looked at first, whatever came before;
    /// else what came first of completion and collapse counts, of one day collapse.
    pub fn of(days: [Option<u32>; 4]) -> Self {
        let [completed, broken, collapsed, destroyed] = days;
        if destroyed.is_some() {
            return Self::Destroyed;
        }
        match Self::first([completed, broken, collapsed, None]) {
            Some((Self::Completed, _)) if broken.is_some() => Self::Broken,
            other => other.map_or(Self::Incomplete, |(end, _)| end),
        }
    }

    /// What came first of completion, collapse and destruction, with its day; of one day
    /// destruction, then collapse.
    pub fn first([completed, _, collapsed, destroyed]: [Option<u32>; 4]) -> Option<(Self, u32)> {
        let ends = [
            (destroyed, Self::Destroyed),
            (collapsed, Self::Collapsed),
            (completed, Self::Completed),
        ];
        let came = ends.into_iter().filter_map(|(day, end)| Some((end, day?)));
        came.min_by_key(|(_, day)| *day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destruction_is_looked_at_first_and_then_what_came_first() {
        for (days, end, first) in [
            ([None, None, None, None], End::Incomplete, None),
            ([Some(9), None, None, None], End::Completed, Some((End::Completed, 9))),
            ([Some(9), Some(20), Some(30), None], End::Broken, Some((End::Completed, 9))),
            ([Some(9), Some(20), Some(8), None], End::Collapsed, Some((End::Collapsed, 8))),
            ([Some(9), None, Some(9), None], End::Collapsed, Some((End::Collapsed, 9))),
            ([None, None, Some(9), Some(10)], End::Destroyed, Some((End::Collapsed, 9))),
            ([Some(9), None, Some(9), Some(9)], End::Destroyed, Some((End::Destroyed, 9))),
        ] {
            assert_eq!((End::of(days), End::first(days)), (end, first), "{days:?}");
        }
    }
}
