//! The state of a replicate: what each process carries from day to day. Nothing here
//! happens by itself; processes change it, and say so by facts (`changes.rs`).

pub(in crate::engine) mod abstain;
pub(in crate::engine) mod beliefs;
pub(in crate::engine) mod changes;
pub(in crate::engine) mod clause;
pub(in crate::engine) mod complaints;
pub(in crate::engine) mod conflict;
pub(in crate::engine) mod delivery;
pub(in crate::engine) mod event;
pub(in crate::engine) mod force;
pub(in crate::engine) mod monitor;
pub(in crate::engine) mod spell;
pub(in crate::engine) mod store;
pub(in crate::engine) mod suppressed;
pub(in crate::engine) mod today;
pub(in crate::engine) mod unit;
pub(in crate::engine) mod verdict;
pub(in crate::engine) mod world;
