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
    /// Says something that stands on no event.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.on(&[]).say(text);
    }

    /// What is said next stands on these events.
    pub(super) fn on(&mut self, events: &[&Event]) -> Telling<'_> {
        let events = events.iter().map(|it| it.id).collect();
        Telling { told: self, events, because: Vec::new() }
    }
}

/// A sentence about to be said.
pub(super) struct Telling<'a> {
    told: &'a mut Told,
    events: Vec<EventId>,
    because: Vec<EventId>,
}

impl Telling<'_> {
    /// It names these events as causes.
    pub(super) fn because<'e>(mut self, events: impl IntoIterator<Item = &'e Event>) -> Self {
        self.because = events.into_iter().map(|it| it.id).collect();
        self
    }

    pub(super) fn say(self, text: impl Into<String>) {
        let Self { told, events, because } = self;
        told.sentences.push(Sentence { text: text.into(), events, because });
    }
}
