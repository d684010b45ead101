//! What is known of what a force is to keep at a site.

/// A store in the books of a clause's monitors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Store {
    /// What was found last.
    pub found: StoreState,
    /// On which day.
    pub day: u32,
    /// Whether it had been found missing before.
    pub missed: bool,
}

impl Store {
    /// What is known of it on a day, if nothing older than `max_age_days`
    /// counts.
    pub fn on(&self, day: u32, max_age_days: f64) -> StoreState {
        if f64::from(day.saturating_sub(self.day)) > max_age_days {
            StoreState::Unchecked
        } else {
            self.found
        }
    }
}

/// What is known of what a force is to keep at a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StoreState {
    /// Nobody has been there, or not lately.
    #[default]
    Unchecked,
    /// Found where it should be.
    Present,
    /// Found missing.
    Missing,
    /// Found missing after it had come back.
    MissingAgain,
    /// Found beyond the line, but outside storage.
    Beyond,
    /// Those who came to look were not let in.
    NoAccess,
}
