//! Disengage: a scenario simulator of withdrawal agreements.

pub mod diag;
pub mod geo;
pub mod scenario;
pub mod stats;
