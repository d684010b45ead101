//! Overrides: other values at paths of a scenario file.

mod apply;
mod assignment;
mod error;
mod shape;

pub use apply::{apply, apply_variant};
pub use assignment::Assignment;
pub use error::EditError;
