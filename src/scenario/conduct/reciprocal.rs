//! `kind = "reciprocal"`.

use disengage_derive::table;

use super::Order;
use crate::scenario::quantity::Quantity;

/// Like for like: complies if it has last seen the other side keep, and until it
/// has seen anything of it.
#[table(part)]
pub struct Reciprocal {
    /// Days between reviews; an order stands until the next.
    #[key(bounds = DAYS, some)]
    pub review_days: u32,
    /// The parties whose conduct it answers.
    #[key(items(1), refers(Party))]
    pub toward: Vec<String>,
    /// Their clauses it looks at; all that bind them if left out.
    #[key(default, refers(Clause))]
    pub counter_clauses: Vec<String>,
    /// The least share seen keeping, of what is seen of them, that it takes for
    /// cooperation.
    #[key(default = 1.0, bounds = SHARE)]
    pub cooperation_at: Quantity,
    /// Probability, at a review, of complying after a defection.
    #[key(default = 0.0, bounds = SHARE)]
    pub forgiveness: Quantity,
    /// Probability, at a review, of taking what it has seen for its opposite.
    #[key(default = 0.0, bounds = SHARE)]
    pub misperception: Quantity,
    /// Probability, at a review, of doing the opposite of what it means to.
    #[key(default = 0.0, bounds = SHARE)]
    pub action_error: Quantity,
    /// The order it gives instead of complying.
    #[key(default = Order::Defy)]
    pub otherwise: Order,
}
