//! Why an override cannot be applied.

use crate::diag::nearest_few;

/// An override that cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditError {
    message: String,
    help: Vec<String>,
}

impl EditError {
    pub(in crate::scenario) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: Vec::new() }
    }

    pub(in crate::scenario) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// With the nearest of the known words, or else with all of them.
    pub(super) fn did_you_mean(self, word: &str, known: &[&str]) -> Self {
        let quoted = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            words.join(", ")
        };
        let near = nearest_few(word, known.iter().copied());
        if !near.is_empty() {
            self.with_help(format!("did you mean {}?", quoted(&near)))
        } else if known.is_empty() {
            self
        } else {
            self.with_help(format!("known: {}", quoted(known)))
        }
    }

    /// What is wrong, in one line, the path named.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// How to fix it.
    pub fn help(&self) -> &[String] {
        &self.help
    }
}

impl std::fmt::Display for EditError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        for help in &self.help {
            write!(f, "\n  help: {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for EditError {}
