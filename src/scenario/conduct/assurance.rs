//! `kind = "assurance"`.

use disengage_derive::table;

use super::{Order, Trust};
use crate::scenario::quantity::Quantity;

/// Complies at a review if trust has reached the least that makes it worth
/// while: (punishment − sucker) / (reward − temptation + punishment − sucker).
#[table(part)]
pub struct Assurance {
    /// Days between reviews; an order stands until the next.
    #[key(bounds = DAYS, some)]
    pub review_days: u32,
    /// Worth of both complying; more than `temptation`.
    #[key(bounds = WORTH)]
    pub reward: Quantity,
    /// Worth of not complying while the other side does.
    #[key(bounds = WORTH)]
    pub temptation: Quantity,
    /// Worth of complying while the other side does not; less than `punishment`.
    #[key(bounds = WORTH)]
    pub sucker: Quantity,
    /// Worth of neither complying.
    #[key(bounds = WORTH)]
    pub punishment: Quantity,
    /// Trust: how likely it thinks the other side to comply.
    #[key(part)]
    pub trust: Trust,
    /// The order it gives instead of complying.
    #[key(default = Order::Defy)]
    pub otherwise: Order,
}
