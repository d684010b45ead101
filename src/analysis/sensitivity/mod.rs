//! Which parameter matters: how the mean outcome of a point follows its parameters.

mod morris;
mod rows;
mod sample;
mod sobol;

pub use morris::{Effect, Screening, morris};
pub use rows::{IndexRow, Ranked, ranking, words};
pub use sample::{Rest, Sample, SensitivityError};
pub use sobol::{Indices, sobol};
