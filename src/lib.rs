//! Disengage: a scenario simulator of withdrawal agreements.

pub mod geo;
