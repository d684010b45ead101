//! Keyed randomness, distributions and intervals.

mod accumulator;
mod agenda;
mod bootstrap;
mod distribution;
mod draws;
mod event_times;
mod interval;
mod philox;
mod score;
mod special;

pub use accumulator::{Bins, Histogram};
pub use agenda::Agenda;
pub use bootstrap::bootstrap_mean;
pub use distribution::{Distribution, binomial, exponential, poisson};
pub use draws::{Draws, KeyedRng, Stream};
pub use event_times::{EventTimes, Incidence};
pub use interval::{Interval, mean_interval, wilson};
pub use philox::philox4x32_10;
pub use score::{brier, crps, standing};
pub use special::{normal_cdf, normal_quantile, t_quantile};
