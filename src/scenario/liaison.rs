//! `[[liaison]]`: a channel that settles incidents before they are answered.

use disengage_derive::table;
use time::Date;

use super::quantity::Quantity;

/// A channel between two parties. An incident that it settles has happened, but
/// no rule answers it and no tension comes of it.
#[table(entry(Liaison), sourced)]
pub struct Liaison {
    /// The two parties.
    #[key(items(2, 2), refers(Party))]
    pub between: Vec<String>,
    /// The share of incidents between them that it settles.
    #[key(bounds = SHARE)]
    pub settles: Quantity,
    /// The day it opens; the first day of the run if left out.
    pub from: Option<Date>,
    /// The last day it is open; the last day of the run if left out.
    pub until: Option<Date>,
}
