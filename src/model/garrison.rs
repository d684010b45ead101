//! Who decides together.

use super::{PartyIndex, SiteIndex};

/// Sites whose forces share orders: those of one group of the file, or else those joined by
/// chains of at most [`CHAIN_KM`]. A party's proxies have the garrisons of their patron.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Garrison {
    /// What tables call it and draws go by: the name of the group, or the least id of its
    /// sites.
    pub id: String,
    /// Whose: the party that no patron stands above. None of what a party does as a whole.
    pub party: Option<PartyIndex>,
    /// Its sites, by id.
    pub sites: Vec<SiteIndex>,
}

/// Kilometres between two sites of one garrison, at most.
pub const CHAIN_KM: f64 = 2.0;
