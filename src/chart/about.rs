//! What every chart says of itself.

/// The scenario of a chart, and the runs behind it.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// What the scenario is called.
    pub title: String,
    /// Replicates, of each point if there are several.
    pub replicates: u64,
    /// Master seed.
    pub seed: u64,
    /// The program's version.
    pub version: String,
}
