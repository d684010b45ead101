//! Under which conditions something happens: boxes of parameters in which the cases of
//! interest are dense.

mod prim;
mod region;
mod tree;

pub use prim::{Prim, Traced, prim};
pub use region::{CHANCE, Cases, DiscoveryError, LEAST_POINTS, Region, Side, Values};
pub use tree::{Leaf, tree};
