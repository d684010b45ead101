//! Many runs of a model.

mod ensemble;
mod trace;

pub use ensemble::{Ensemble, ensemble};
pub use trace::{Trace, replicate, trace};
