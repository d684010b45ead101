//! `[[phase]]`: clauses that start together.

use disengage_derive::table;

use super::gate::Gate;

/// A phase of the agreement. Its clauses start with it.
#[table(entry(Phase), titled, sourced)]
pub struct Phase {
    /// The agreement it belongs to.
    #[key(refers(Agreement))]
    pub agreement: Option<String>,
    /// When it starts; with its agreement, or else on the first day of the run.
    pub starts: Option<Gate>,
}
