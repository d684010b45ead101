//! How far a run has come: completion, collapse, destruction.

use crate::model::End;

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verdict {
    /// The first day on which a clause of weight was due.
    pub judged_from: Option<u32>,
    /// The day on which the agreement was completed.
    pub completed: Option<u32>,
    /// The day on which it was broken, after that.
    pub broken: Option<u32>,
    /// The day on which it had collapsed.
    pub collapsed: Option<u32>,
    /// The day on which what was asked was there, with most of those who owed it dead.
    pub destroyed: Option<u32>,
    /// Since when all is due and the living keep it.
    pub(in crate::engine) living_since: Option<u32>,
    /// Since when that holds with those who died violating, too.
    pub(in crate::engine) high_since: Option<u32>,
    pub(in crate::engine) low_since: Option<u32>,
    /// Whether anything was lost since it was last seen who is alive.
    pub(in crate::engine) lost: bool,
}

impl Verdict {
    /// How the agreement would end if it did now.
    pub fn end(&self) -> End {
        End::of([self.completed, self.broken, self.collapsed, self.destroyed])
    }
}
