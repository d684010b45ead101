//! `exempt = [ … ]`: who may stay, how many, and why.

use disengage_derive::table;

/// Forces that a clause does not bind, up to a limit. Without a limit they are
/// not bound at all; with one, of those that do not meet the clause so many
/// leave both counts of compliance, in the order of the file.
#[table(inline = "an exemption", such_as = "a table such as { forces = [\"a\"], reason = \"…\" }")]
#[derive(PartialEq)]
pub struct Exemption {
    /// Forces by id.
    #[key(default, refers(Force))]
    pub forces: Vec<String>,
    /// All forces of these parties.
    #[key(default, refers(Party))]
    pub parties: Vec<String>,
    /// At most so many persons.
    #[key(bounds = COUNT)]
    pub up_to_persons: Option<f64>,
    /// At most so many weapons in the clause's scope.
    #[key(bounds = COUNT)]
    pub up_to_weapons: Option<f64>,
    /// At most so many forces.
    #[key(bounds = COUNT)]
    pub up_to_posts: Option<f64>,
    /// Why.
    pub reason: String,
}
