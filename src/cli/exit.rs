//! Exit codes, and what ends with which.

use std::fmt::Display;

use crate::diag::{escaped_line, render};
use crate::experiment::{DesignError, PlanError};
use crate::results::ResultsError;
use crate::scenario::{EditError, LoadError};
use crate::store::StoreError;

/// Done.
pub(super) const DONE: u8 = 0;
/// A fault of ours.
pub(super) const FAULT: u8 = 1;
/// The command line is wrong.
pub(super) const USAGE: u8 = 2;
/// The scenario is wrong.
pub(super) const SCENARIO: u8 = 3;
/// Some runs failed; the results are otherwise whole.
pub(super) const SOME_FAILED: u8 = 4;
/// The output cannot be written or read.
pub(super) const OUTPUT: u8 = 5;

/// Interrupted, and can be gone on with.
pub(super) const INTERRUPTED: u8 = 75;

/// Why a command ended without its result.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) code: u8,
    pub(super) message: String,
}

impl Failure {
    pub(super) fn new(code: u8, message: impl Into<String>) -> Self {
        Self { code, message: format!("error: {}", message.into()) }
    }

    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::new(USAGE, message)
    }

    pub(super) fn fault(message: impl Into<String>) -> Self {
        Self::new(FAULT, message)
    }

    pub(super) fn output(message: impl Into<String>) -> Self {
        Self::new(OUTPUT, message)
    }

    /// That `what` asks for an edit that cannot be made.
    pub(super) fn edit(what: &str, error: &EditError) -> Self {
        Self::usage(with_help(format!("{what}: {}", error.message()), error.help(), "  "))
    }
}

/// A message with what helps below it, each in a line that begins with `indent`.
pub(super) fn with_help(
    message: String,
    help: impl IntoIterator<Item = impl Display>,
    indent: &str,
) -> String {
    help.into_iter().fold(message, |text, help| format!("{text}\n{indent}help: {help}"))
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Override(error) => Self::edit("--set", &error),
            LoadError::Unreadable { .. } => Self::new(SCENARIO, error.to_string()),
            LoadError::Invalid(source, found) => {
                let (errors, warnings) = found.counts();
                let text = render(&found, &source, super::terminal::colour_stderr());
                Self {
                    code: SCENARIO,
                    message: format!(
                        "{text}{}: {}, nothing was run",
                        escaped_line(&source.name),
                        super::terminal::counts(errors, warnings)
                    ),
                }
            }
        }
    }
}

impl From<ResultsError> for Failure {
    fn from(error: ResultsError) -> Self {
        match error {
            ResultsError::Scenario(error) => error.into(),
            error => Self::usage(error.to_string()),
        }
    }
}

impl From<DesignError> for Failure {
    fn from(error: DesignError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::output(error.to_string())
    }
}
