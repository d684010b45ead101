//! Keyed randomness, distributions and intervals.

mod accumulator;
mod agenda;
mod bootstrap;
mod distribution;
mod draws;
mod event_times;
mod gamma;
mod interval;
mod latin;
mod morris;
mod outer_share;
mod paired;
mod philox;
mod saltelli;
mod score;
mod sobol;
mod special;

pub use accumulator::{Bins, Held, Histogram};
pub use agenda::Agenda;
pub use bootstrap::{RESAMPLES, bootstrap_mean, percentiles};
pub use distribution::{Distribution, binomial, exponential, poisson};
pub use draws::{Draws, Stream};
pub use event_times::{EventTimes, Incidence};
pub use gamma::gamma_quantile;
pub use interval::{Interval, OVER, REPLICATES, mean_interval, wilson};
pub use latin::Latin;
pub use morris::{LEAST_TRAJECTORIES, Trajectories};
pub use outer_share::{OuterShare, PairResamples, outer_share};
pub use paired::Paired;
pub use philox::philox4x32_10;
pub use saltelli::{LEAST_ROWS, SALTELLI_PARAMETERS, Saltelli};
pub use score::{absolute_error, brier, crps, standing};
pub use sobol::{SOBOL_DIMENSIONS, Sobol};
pub use special::{binomial_tail, normal_cdf, normal_quantile, t_quantile};
