//! Numbers drawn once per replicate.

use crate::stats::{Distribution, Draws, Stream};

/// A number of the scenario, drawn once per replicate under the path it has in
/// the file, so that no other number's being uncertain changes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertain {
    distribution: Distribution,
    stream: Stream,
}

impl Uncertain {
    /// The number at `path`, such as `force.kiswah.strength`.
    pub fn new(distribution: Distribution, path: &str) -> Self {
        Self { distribution, stream: Stream::new("parameter", &[path]) }
    }

    /// Its value in a replicate.
    pub fn draw(&self, draws: Draws) -> f64 {
        match self.distribution {
            Distribution::Fixed(value) => value,
            _ => self.distribution.quantile(draws.open_number(self.stream)),
        }
    }

    /// Its mean over replicates, roughly.
    pub fn mean(&self) -> f64 {
        self.distribution.mean()
    }

    /// The least and greatest value.
    pub fn support(&self) -> (f64, f64) {
        self.distribution.support()
    }
}
