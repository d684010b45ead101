//! What is left out of a run: the same draws, without some events.
//!
//! An event is named by its day and by what it is and of whom, never by its
//! number, so that the name means the same in every replay. What is left out
//! takes no effect and stands in no log; the draws it had are spent, so that
//! every other draw stays what it was.

use super::event::EventKind;

/// Events that do not happen; none in an ordinary run.
#[derive(Debug, Clone, Default)]
pub struct Suppressed(Vec<(u32, EventKind)>);

impl Suppressed {
    /// All of the events given, each by its day.
    pub fn new(events: impl IntoIterator<Item = (u32, EventKind)>) -> Self {
        Self(events.into_iter().collect())
    }

    /// Whether an event can be left out: what parties, incidents and the outside
    /// do. What only states what follows (a deadline that passed) cannot.
    pub fn can(kind: EventKind) -> bool {
        matches!(
            kind,
            EventKind::Outside { .. }
                | EventKind::Incident { .. }
                | EventKind::Struck { .. }
                | EventKind::FiredBack { .. }
                | EventKind::OrderGiven { .. }
                | EventKind::TermsChanged { .. }
                | EventKind::Acted { .. }
                | EventKind::ComplaintLodged { .. }
                | EventKind::MonitorWithdrawn { .. }
        )
    }

    /// Whether an event is left out.
    pub(in crate::engine) fn holds(&self, day: u32, kind: EventKind) -> bool {
        !self.0.is_empty() && self.0.contains(&(day, kind))
    }
}
