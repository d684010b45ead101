//! The engine and its records: what a file says happens, and nothing else does.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and holds libm against the platform"
)]

mod agreements;
mod bundled;
mod caps;
mod clauses;
mod common;
mod conduct;
mod contact;
mod cookbook;
mod cut_and_clock;
mod incidents;
mod independence;
mod large_sets;
mod laws;
mod learning;
mod mechanisms;
mod offensives;
mod orders;
mod outcomes;
mod positions;
mod properties;
mod reactions;
mod records;
mod registers;
mod suppressed;
mod time;
mod verification;
