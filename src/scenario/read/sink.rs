//! Where diagnostics go while a file is read.

use std::cell::RefCell;

use crate::diag::{Diagnostic, Diagnostics, Span, SpanSet};

/// The key and the id of a table that could not be read.
pub(crate) type Lost = (&'static str, String);

/// Where diagnostics are gathered while a file is read.
#[derive(Debug)]
pub(crate) struct Sink<'d> {
    pub(super) text: &'d str,
    found: RefCell<Diagnostics>,
    touched: RefCell<SpanSet>,
    lost: RefCell<Vec<Lost>>,
    source: RefCell<Option<String>>,
}

impl<'d> Sink<'d> {
    pub(crate) fn new(text: &'d str) -> Self {
        Self {
            text,
            found: RefCell::default(),
            touched: RefCell::default(),
            lost: RefCell::default(),
            source: RefCell::default(),
        }
    }

    /// From now on a source stands for that of each table that names none.
    pub(crate) fn source_all(&self, id: &str) {
        *self.source.borrow_mut() = Some(id.to_owned());
    }

    /// The source of each table that names none, if the file states one.
    pub(crate) fn source_of_all(&self) -> Option<String> {
        self.source.borrow().clone()
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

    /// Notes a table that could not be read, so that nobody who names it is at fault.
    pub(crate) fn lose(&self, key: &'static str, id: String) {
        self.lost.borrow_mut().push((key, id));
    }

    /// What was found, and the tables that could not be read.
    pub(crate) fn into_inner(self) -> (Diagnostics, Vec<Lost>) {
        (self.found.into_inner(), self.lost.into_inner())
    }
}
