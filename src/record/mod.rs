//! Folding worlds into aggregates and runs.

mod turns;

pub use turns::TurnRow;
