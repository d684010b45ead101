//! What every topic needs: the scenario, its ids, and where findings go.

use std::collections::BTreeSet;

use super::names::Names;
use crate::diag::{Diagnostic, Diagnostics, Finding, Level, Span, SpanSet};
use crate::scenario::Scenario;
use crate::scenario::read::Lost;
use crate::scenario::refer::Entry;

/// A scenario being judged.
pub(super) struct Context<'s> {
    pub(super) scenario: &'s Scenario,
    pub(super) names: Names<'s>,
    /// Where the text could not be read: placeholders stand there.
    unread: SpanSet,
    /// What was found last, of which more may be said yet.
    last: Option<Diagnostic>,
    found: Diagnostics,
    /// Where something was found already, and how grave.
    places: BTreeSet<(Option<(usize, usize)>, Level)>,
}

impl<'s> Context<'s> {
    pub(super) fn new(scenario: &'s Scenario, lost: &'s [Lost], unread: &Diagnostics) -> Self {
        Self {
            scenario,
            names: Names::of(scenario, lost),
            unread: unread.iter().filter_map(|d| d.span.clone()).collect(),
            last: None,
            found: Diagnostics::default(),
            places: BTreeSet::new(),
        }
    }

    /// Adds an error that underlines `span`.
    pub(super) fn error(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        self.push(Diagnostic::error(span, message))
    }

    /// Adds a warning that underlines `span`.
    pub(super) fn warning(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        self.push(Diagnostic::warning(span, message))
    }

    /// Adds an error at a key of a table (or where the table begins): "clause `a` binds nobody".
    pub(super) fn error_at(&mut self, entry: &dyn Entry, key: &str, what: &str) -> Finding<'_> {
        self.error(entry.spans().of(key), format!("{} {what}", entry.called()))
    }

    /// Adds a warning at a key of a table.
    pub(super) fn warning_at(&mut self, entry: &dyn Entry, key: &str, what: &str) -> Finding<'_> {
        self.warning(entry.spans().of(key), format!("{} {what}", entry.called()))
    }

    /// Adds an error of a key of a table: "`days` of event `a` has no effect".
    pub(super) fn error_of(&mut self, entry: &dyn Entry, key: &str, what: &str) -> Finding<'_> {
        self.error(entry.spans().of(key), format!("`{key}` of {} {what}", entry.called()))
    }

    /// Adds a warning of a key of a table.
    pub(super) fn warning_of(&mut self, entry: &dyn Entry, key: &str, what: &str) -> Finding<'_> {
        self.warning(entry.spans().of(key), format!("`{key}` of {} {what}", entry.called()))
    }

    /// Adds an error about the file as a whole.
    pub(super) fn whole_file(&mut self, message: impl Into<String>) -> Finding<'_> {
        self.push(Diagnostic::whole_file(message))
    }

    /// Adds a finding.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) -> Finding<'_> {
        self.settle();
        Finding::of(self.last.insert(diagnostic))
    }

    /// Keeps what was found last, unless it stems from a value that could not be read.
    fn settle(&mut self) {
        let Some(diagnostic) = self.last.take() else {
            return;
        };
        let mut spans = diagnostic.span.iter();
        let related = diagnostic.related.as_ref().map(|(span, _)| span);
        // The clause that a reading makes has the same values at the same place.
        let place = diagnostic.span.as_ref().map(|it| (it.start, it.end));
        let place = (place, diagnostic.level);
        let again = !self.scenario.readings.is_empty() && self.places.contains(&place);
        if !again
            && spans.all(|span| self.was_read(span))
            && related.is_none_or(|span| self.was_read(span))
        {
            self.places.insert(place);
            self.found.push(diagnostic);
        }
    }

    /// Whether no mistake of reading touches `span`.
    pub(super) fn was_read(&self, span: &Span) -> bool {
        !self.unread.touches(span)
    }

    pub(super) fn has_errors(&mut self) -> bool {
        self.settle();
        self.found.has_errors()
    }

    pub(super) fn into_found(mut self) -> Diagnostics {
        self.settle();
        self.found
    }
}
