//! Overrides: other values at paths of a scenario file.

mod apply;
mod assignment;
mod error;
mod parameter;
mod shape;

pub use apply::{apply, apply_variant, without_experiments, written};
pub use assignment::Assignment;
pub use error::EditError;
pub(super) use parameter::between;
pub use parameter::{Level, Levels, Parameter, ParameterRole};
