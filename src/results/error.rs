//! Why results do not say what is asked of them.

use crate::analysis::{DiscoveryError, SensitivityError};
use crate::experiment::DesignError;
use crate::scenario::LoadError;

/// Why results do not say what is asked of them.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// They hold nothing of the kind; the message says what they hold, or what to do.
    #[error("{0}")]
    Refused(String),
    /// The points of the plan cannot be made.
    #[error(transparent)]
    Design(#[from] DesignError),
    /// Which parameter matters cannot be told.
    #[error(transparent)]
    Sensitivity(#[from] SensitivityError),
    /// There are no conditions to be told.
    #[error(transparent)]
    Discovery(#[from] DiscoveryError),
    /// A record of the scenario is of nothing that is measured.
    #[error(transparent)]
    Scenario(#[from] LoadError),
}
