//! The program as it is called: commands, result folders, failures, pages.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod commands;
mod compare;
mod experiment;
mod explain;
#[cfg(debug_assertions)]
mod failures;
mod folders;
mod oracles;
mod pinned;
mod program;
mod report;
mod sensitivity;
mod size;
mod tables;
mod twins;
#[cfg(unix)]
mod untrusted;
mod upgrade;
