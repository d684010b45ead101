//! An account: sentences, each with the events that it stands on.

use crate::engine::{Event, EventId};
use crate::model::ClauseIndex;

/// What is said, and the events it is said of.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// In words.
    pub text: String,
    /// The events told.
    pub events: Vec<EventId>,
    /// The events named as their causes.
    pub because: Vec<EventId>,
}

/// A part of the account.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// What it is about.
    pub title: String,
    /// The clause, if it is about one.
    pub clause: Option<ClauseIndex>,
    /// From its start to its end.
    pub sentences: Vec<Sentence>,
}

/// Sentences as they are told.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) sentences: Vec<Sentence>,
}

impl Told {
    pub(super) fn say(&mut self, events: &[&Event], text: String) {
        self.say_because(events, &[], text);
    }

    pub(super) fn say_because(&mut self, events: &[&Event], because: &[&Event], text: String) {
        let ids = |events: &[&Event]| events.iter().map(|it| it.id).collect();
        self.sentences.push(Sentence { text, events: ids(events), because: ids(because) });
    }
}
