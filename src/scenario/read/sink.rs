//! Where diagnostics go while a file is read.

use std::cell::RefCell;

use crate::diag::{Diagnostic, Diagnostics, Span, SpanSet};

/// Where diagnostics are gathered while a file is read.
#[derive(Debug)]
pub(crate) struct Sink<'d> {
    pub(super) text: &'d str,
    found: RefCell<Diagnostics>,
    touched: RefCell<SpanSet>,
}

impl<'d> Sink<'d> {
    pub(crate) fn new(text: &'d str) -> Self {
        Self { text, found: RefCell::default(), touched: RefCell::default() }
    }

    pub(crate) fn push(&self, diagnostic: Diagnostic) {
        if let Some(span) = &diagnostic.span {
            self.touched.borrow_mut().insert(span);
        }
        self.found.borrow_mut().push(diagnostic);
    }

    /// Adds an error; its words are made only if they are kept.
    pub(crate) fn error(&self, span: Span, words: impl FnOnce(Span) -> Diagnostic) {
        let full = self.found.borrow().is_full();
        self.push(if full { Diagnostic::error(span, String::new()) } else { words(span) });
    }

    /// Whether no finding so far touches `span`.
    pub(crate) fn was_read(&self, span: &Span) -> bool {
        !self.touched.borrow().touches(span)
    }

    pub(crate) fn into_inner(self) -> Diagnostics {
        self.found.into_inner()
    }
}
