//! `[[party]]`: who is bound, who answers, who watches.

use disengage_derive::{table, words};

use super::quantity::Quantity;

/// What a party is to the agreement; one may be several.
#[words(stand_in = Bystander, such_as = "a role, such as \"signatory\"")]
pub enum Role {
    /// Signed it.
    Signatory,
    /// Stands for its being kept.
    Guarantor,
    /// Brought it about.
    Mediator,
    /// Watches.
    Monitor,
    /// Answers breaches by force.
    Enforcer,
    /// Stands between.
    InterposedForce,
    /// Has the ground.
    Host,
    /// Directs a proxy.
    Patron,
    /// Follows a patron.
    Proxy,
    /// Is there.
    Bystander,
}

/// A party to the agreement or around it.
#[table(entry(Party), titled, sourced)]
pub struct Party {
    /// What it is to the agreement.
    #[key(default)]
    pub roles: Vec<Role>,
    /// The party whose orders it may follow.
    #[key(refers(Party))]
    pub patron: Option<String>,
    /// Probability, at each review, of following the patron's standing order
    /// instead of its own. Needs `patron`.
    #[key(bounds = SHARE)]
    pub control: Option<Quantity>,
    /// Persons that may be on the move at once; no limit by default.
    #[key(bounds = SOME)]
    pub lift_persons: Option<Quantity>,
}
