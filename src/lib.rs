//! Disengage: a scenario simulator of withdrawal agreements.

pub mod chart;
pub mod geo;
