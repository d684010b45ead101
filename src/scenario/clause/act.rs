//! `kind = "act"`: a political step.

use schemars::JsonSchema;

use crate::scenario::read::Table;

/// A step of each bound party, such as a law, an election or an exchange of
/// maps; done once it has complied for `takes_days`.
#[derive(Debug, Clone, JsonSchema)]
pub struct Step {
    /// Days from the order to the step's being done. Default 0.
    #[schemars(default)]
    pub takes_days: u32,
}

impl Step {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self { takes_days: t.or("takes_days", 0) }
    }
}
