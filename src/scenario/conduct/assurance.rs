//! `kind = "assurance"`.

use schemars::JsonSchema;

use super::{Order, Trust};
use crate::scenario::quantity::Quantity;
use crate::scenario::read::Table;

/// Complies at a review if trust has reached the least that makes it worth
/// while: (punishment − sucker) / (reward − temptation + punishment − sucker).
#[derive(Debug, Clone, JsonSchema)]
pub struct Assurance {
    /// Days between reviews; an order stands until the next.
    #[schemars(range(min = 1))]
    pub review_days: u32,
    /// Worth of both complying; more than `temptation`.
    pub reward: Quantity,
    /// Worth of not complying while the other side does.
    pub temptation: Quantity,
    /// Worth of complying while the other side does not; less than `punishment`.
    pub sucker: Quantity,
    /// Worth of neither complying.
    pub punishment: Quantity,
    /// Trust: how likely it thinks the other side to comply.
    #[schemars(flatten)]
    pub trust: Trust,
    /// The order it gives instead of complying. Default "defy".
    #[schemars(default)]
    pub otherwise: Option<Order>,
}

impl Assurance {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            review_days: t.req("review_days"),
            reward: t.req("reward"),
            temptation: t.req("temptation"),
            sucker: t.req("sucker"),
            punishment: t.req("punishment"),
            trust: Trust::read(t),
            otherwise: t.opt("otherwise"),
        }
    }
}
