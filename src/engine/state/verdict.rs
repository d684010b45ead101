//! How far a run has come: completion or collapse.

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verdict {
    /// The first day on which a clause of weight counted.
    pub judged_from: Option<u32>,
    /// The day on which the agreement was completed.
    pub completed: Option<u32>,
    /// The day on which it had collapsed.
    pub collapsed: Option<u32>,
    pub(in crate::engine) high_since: Option<u32>,
    pub(in crate::engine) low_since: Option<u32>,
}
