//! Scenario files and geodata as read, the pages that describe them, and the order of the rooms.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod bad_files;
mod bounds;
mod circles;
mod geo;
mod geo_areas;
mod geo_properties;
mod geodata;
mod keys;
mod layering;
mod links;
mod many;
mod measures;
mod ownership;
mod scenario_files;
#[path = "../fixtures/geo/shapes.rs"]
mod shapes;
mod shorthand;
mod structure;
mod upgrade;
