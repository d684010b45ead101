//! What many runs came to: the tables of one scenario, of its variants, or of the points of
//! a sweep; what can be computed from them, and the charts that show it. Everything here
//! stands in memory.

mod chart_input;
mod comparison;
mod discovery;
mod error;
mod kinds;
mod manifest;
mod outcome;
mod parameter;
mod run;
mod sensitivity;
mod sweep;
mod tornado;
mod tracks;

pub use chart_input::{chart_input, dates, film_of};
pub use comparison::{comparison_charts, point_name};
pub use discovery::{BoxRow, Discovery, Interest, Search, discover};
pub use error::ResultsError;
pub use kinds::{ChartKind, is_chart};
pub use manifest::{
    COMPARE, FORMAT, Manifest, RUN, SWEEP, Timings, identity, identity_of, manifest_of,
};
pub use outcome::{OutcomeName, Swept};
pub use parameter::short;
pub use run::{Results, RunTables, charts_of_run, manifest_of_run, notable, on_record, run};
pub use sensitivity::{Sensitivity, has_indices, sensitivity, sensitivity_chart};
pub use sweep::{
    Regrets, cost, has_heat_map, of_the_whole, outcomes_of, regrets, sweep_chart, title,
};
pub use tornado::{differences, tornado_chart};
pub use tracks::{TrackRow, tracks};
