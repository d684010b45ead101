//! Overrides: other values at paths of a scenario file.

mod apply;
mod assignment;
mod error;
mod parameter;
mod range;
mod shape;
mod spread;

pub(super) use apply::entries;
pub use apply::{apply, apply_variant, without_experiments, written};
pub use assignment::Assignment;
pub use error::EditError;
pub use parameter::{Level, Levels, Parameter, ParameterRole};
pub(super) use range::between;
pub use spread::Spread;
