//! Disengage: a scenario simulator of withdrawal agreements.

pub mod analysis;
pub mod chart;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diag;
pub mod engine;
pub mod experiment;
pub mod explain;
pub mod geo;
pub mod model;
pub mod record;
pub mod report;
pub mod results;
pub mod scenario;
pub mod stats;
#[cfg(feature = "files")]
pub mod store;
pub mod theory;
pub mod threads;
pub mod verify;
