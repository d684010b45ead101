//! The data of a diagnostic: span, message, label and help.

use std::ops::Range;

/// A stretch of a source text, in bytes.
pub type Span = Range<usize>;

/// A text that diagnostics point into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What the reader knows the text as: a path, as given.
    pub name: String,
    /// The whole text.
    pub text: String,
}

impl Source {
    /// A source of the given name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The file is not used.
    Error,
    /// The file is used; the author should look.
    Warning,
}

/// One thing wrong at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave.
    pub level: Level,
    /// What is wrong, in one line.
    pub message: String,
    /// What is underlined, in bytes of the source; none for the file as a whole.
    pub span: Option<Span>,
    /// A few words beside the underlined text.
    pub label: String,
    /// A second place that explains the first, with its few words.
    pub related: Option<(Span, String)>,
    /// How to fix it.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error that underlines `span`.
    pub fn error(span: Span, message: impl Into<String>) -> Self {
        Self {
            level: Level::Error,
            message: message.into(),
            span: Some(span),
            label: String::new(),
            related: None,
            help: Vec::new(),
        }
    }

    /// A warning that underlines `span`.
    pub fn warning(span: Span, message: impl Into<String>) -> Self {
        Self { level: Level::Warning, ..Self::error(span, message) }
    }

    /// An error about the file as a whole.
    pub fn whole_file(message: impl Into<String>) -> Self {
        Self { span: None, ..Self::error(0..0, message) }
    }

    /// With a few words beside the underlined text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// With a second place.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related = Some((span, label.into()));
        self
    }
}

/// A finding just added, of which more can be said.
#[derive(Debug)]
pub struct Finding<'d>(Option<&'d mut Diagnostic>);

impl<'d> Finding<'d> {
    /// One that is kept.
    pub fn of(kept: &'d mut Diagnostic) -> Self {
        Self(Some(kept))
    }

    /// With a few words beside the underlined text.
    pub fn label(self, label: impl Into<String>) -> Self {
        self.more(|diagnostic| diagnostic.label = label.into())
    }

    /// With help.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.more(|diagnostic| diagnostic.help.push(help.into()))
    }

    /// With each of several helps.
    pub fn helps(self, all: &[String]) -> Self {
        self.more(|diagnostic| diagnostic.help.extend_from_slice(all))
    }

    /// With a second place.
    pub fn related(self, span: Span, label: impl Into<String>) -> Self {
        self.more(|diagnostic| diagnostic.related = Some((span, label.into())))
    }

    fn more(mut self, say: impl FnOnce(&mut Diagnostic)) -> Self {
        if let Some(diagnostic) = &mut self.0 {
            say(diagnostic);
        }
        self
    }
}

/// So many findings of one text are kept; beyond that they are counted.
const KEPT: usize = 10_000;

/// Everything found in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    /// Errors and warnings beyond those.
    beyond: (usize, usize),
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.is_full() {
            return self.kept.push(diagnostic);
        }
        match diagnostic.level {
            Level::Error => self.beyond.0 += 1,
            Level::Warning => self.beyond.1 += 1,
        }
    }

    /// Adds an error that underlines `span`.
    pub fn error(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        self.add(Diagnostic::error(span, message))
    }

    /// Adds a warning that underlines `span`.
    pub fn warning(&mut self, span: Span, message: impl Into<String>) -> Finding<'_> {
        self.add(Diagnostic::warning(span, message))
    }

    /// Adds an error about the file as a whole.
    pub fn whole_file(&mut self, message: impl Into<String>) -> Finding<'_> {
        self.add(Diagnostic::whole_file(message))
    }

    fn add(&mut self, diagnostic: Diagnostic) -> Finding<'_> {
        let kept = !self.is_full();
        self.push(diagnostic);
        Finding(self.kept.last_mut().filter(|_| kept))
    }

    /// Whether further ones are only counted, so that they need no words.
    pub fn is_full(&self) -> bool {
        self.kept.len() >= KEPT
    }

    /// Adds every one of another text's findings.
    pub fn extend(&mut self, other: Self) {
        for diagnostic in other.kept {
            self.push(diagnostic);
        }
        self.beyond.0 += other.beyond.0;
        self.beyond.1 += other.beyond.1;
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.beyond.0 > 0 || self.kept.iter().any(|d| d.level == Level::Error)
    }

    /// How many errors and how many warnings.
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.kept.iter().filter(|d| d.level == Level::Error).count();
        let warnings = self.kept.len() - errors;
        (errors + self.beyond.0, warnings + self.beyond.1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// In the order of the text, the same finding at the same place once.
    pub fn sorted(mut self) -> Self {
        self.kept.sort_by(|a, b| {
            let key = |d: &Diagnostic| d.span.as_ref().map_or((0, 0), |s| (s.start, s.end));
            key(a).cmp(&key(b)).then(a.level.cmp(&b.level))
        });
        // A table may be read once for each of those it stands for.
        self.kept.dedup_by(|b, a| {
            a == b
                || a.span.is_some()
                    && (&a.span, a.level) == (&b.span, b.level)
                    && a.message == b.message
        });
        self
    }

    /// Each that is kept in turn.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.kept.iter()
    }
}
