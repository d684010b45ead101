//! Who is seen, reported on and hit as one.

use super::ForceIndex;

/// Forces of one commander at one home with the same obligations: what monitors see and say
/// of one of them at one place they see and say of all, and what hits one hits all, so that
/// it does not matter into how many forces they are cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formation {
    /// Its forces, by id; never none.
    pub forces: Vec<ForceIndex>,
}

impl Formation {
    /// The first of its forces, by id.
    pub fn lead(&self) -> ForceIndex {
        self.forces[0]
    }
}
