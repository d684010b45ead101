//! Who decides together.

use super::{ForceIndex, PartyIndex, SiteIndex};

/// Forces of a party whose sites share its orders: a stated group of sites, or else sites
/// joined by chains of at most [`CHAIN_KM`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Garrison {
    /// Whose.
    pub party: PartyIndex,
    /// What its draws go by: the name of the group, or the least id of its sites.
    pub id: String,
    /// Its sites, by id.
    pub sites: Vec<SiteIndex>,
    /// The forces based there that the party commands, by id.
    pub forces: Vec<ForceIndex>,
}

/// Kilometres between two sites of one garrison, at most.
pub const CHAIN_KM: f64 = 2.0;
