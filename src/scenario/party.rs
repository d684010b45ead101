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
    /// Probability that it follows the patron's orders instead of its own. Needs
    /// `patron`.
    #[key(bounds = SHARE)]
    pub control: Option<Quantity>,
    /// How alike the resolve of its garrisons is: the share of their variance that
    /// they have in common. At 1 all decide alike, at 0 each for itself.
    #[key(default = 0.8, bounds = SHARE)]
    pub cohesion: Quantity,
    /// The share of that variance that is never thought over.
    #[key(default = 0.5, bounds = SHARE)]
    pub lasting: Quantity,
    /// Days in which half of the rest is thought over anew.
    #[key(default = 365.0, bounds = HALF_LIFE)]
    pub rethink_half_life_days: Quantity,
    /// Persons that may be on the move at once; no limit by default.
    #[key(bounds = SOME)]
    pub lift_persons: Option<Quantity>,
}
