//! Many runs of a model, and of many models.

mod attempt;
mod block;
mod design;
mod ensemble;
mod plan;
mod points;
mod size;
mod trace;
mod twins;
mod work;

pub use attempt::{Failed, attempt_trace};
pub use block::{BlockResult, Part, pack_part, run_block};
pub use design::{Design, DesignError};
pub use ensemble::{Ensemble, ensemble, ensemble_until};
pub use plan::{Axis, Block, Plan, PlanError, Round, Seeds, Variation};
pub use points::{Point, Points};
pub use size::Size;
pub use trace::{Trace, replicate, trace, trace_suppressing};
pub use twins::First;
pub use work::work;
