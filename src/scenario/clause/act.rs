//! `kind = "act"`: a political step.

use disengage_derive::table;

/// A step of each bound party, such as a law, an election or an exchange of
/// maps; done once it has complied for `takes_days`.
#[table(part)]
pub struct Step {
    /// Days from the order to the step's being done.
    #[key(default = 0, bounds = DAYS)]
    pub takes_days: u32,
}
