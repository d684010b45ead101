//! Where diagnostics go while a file is read.

use std::cell::RefCell;

use crate::diag::{Diagnostic, Diagnostics, Span};

/// Where diagnostics are gathered while a file is read.
#[derive(Debug)]
pub(crate) struct Sink<'d> {
    pub(super) text: &'d str,
    found: RefCell<Diagnostics>,
}

impl<'d> Sink<'d> {
    pub(crate) fn new(text: &'d str) -> Self {
        Self {
            text,
            found: RefCell::default(),
        }
    }

    pub(crate) fn push(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// Whether no finding so far touches `span`.
    pub(crate) fn was_read(&self, span: &Span) -> bool {
        let found = self.found.borrow();
        let spans = found.iter().filter_map(|it| it.span.as_ref());
        !spans
            .into_iter()
            .any(|it| it.start < span.end && span.start < it.end)
    }

    pub(crate) fn into_inner(self) -> Diagnostics {
        self.found.into_inner()
    }
}
