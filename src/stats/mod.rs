//! Keyed randomness, distributions and intervals.

mod accumulator;
mod agenda;
mod distribution;
mod draws;
mod interval;
mod philox;
mod special;

pub use accumulator::{Bins, Histogram};
pub use agenda::Agenda;
pub use distribution::{Distribution, exponential, poisson};
pub use draws::{Draws, KeyedRng, Stream};
pub use interval::{Interval, mean_interval, wilson};
pub use philox::philox4x32_10;
pub use special::{normal_cdf, normal_quantile, t_quantile};
