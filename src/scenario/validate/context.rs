//! What every topic needs: the scenario, its ids, and where findings go.

use std::collections::BTreeSet;

use super::names::Names;
use crate::diag::{Diagnostic, Diagnostics, Level, Span, SpanSet};
use crate::scenario::read::Lost;
use crate::scenario::{BoundBy, Clause, Force, Scenario};

/// A scenario being judged.
pub(super) struct Context<'s> {
    pub(super) scenario: &'s Scenario,
    pub(super) names: Names<'s>,
    /// Where the text could not be read: placeholders stand there.
    unread: SpanSet,
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
            found: Diagnostics::default(),
            places: BTreeSet::new(),
        }
    }

    /// Adds a finding, unless it stems from a value that could not be read.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
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

    pub(super) fn has_errors(&self) -> bool {
        self.found.has_errors()
    }

    pub(super) fn into_found(self) -> Diagnostics {
        self.found
    }
}

/// The party that commands a force.
pub(super) fn commander(force: &Force) -> &str {
    force.commander.as_deref().unwrap_or(&force.flag)
}

/// Whether `clause` binds `force`.
pub(super) fn binds(clause: &Clause, force: &Force) -> bool {
    let named = |party: &str| clause.binds.iter().any(|bound| bound == party);
    match clause.bound_by {
        BoundBy::Commander => named(commander(force)),
        BoundBy::Flag => named(&force.flag),
        BoundBy::Either => named(commander(force)) || named(&force.flag),
    }
}
