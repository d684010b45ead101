//! `kind = "deliver"`: hand something over.

use std::collections::BTreeMap;

use disengage_derive::table;

use crate::scenario::quantity::Quantity;
use crate::scenario::refer::Kind;

pub use crate::model::Goods;

/// Kept as far as what is held is handed over. What is handed over is pending
/// until it has been ruled on, then accepted or rejected; what is rejected is
/// no delivery.
#[table(part)]
pub struct Deliver {
    /// What; weapons are those in scope, every heavy one without a scope.
    #[key(default = Goods::Weapons)]
    pub what: Goods,
    /// Prisoners or records that each bound force holds, by force.
    #[key(default, bounds = COUNT, refers(Force))]
    pub stock: BTreeMap<String, Quantity>,
    /// The installations or the ground to hand over, by id.
    #[key(default, refers = self.item_kinds())]
    pub items: Vec<String>,
    /// Whether installations are taken down instead of passing to `to`.
    #[key(default = false)]
    pub dismantled: bool,
    /// The party that receives.
    #[key(refers(Party))]
    pub to: String,
    /// Weapons each force hands over in a day; for weapons.
    #[key(bounds = SOME)]
    pub weapons_per_day: Option<Quantity>,
    /// How many each force hands over in a day; for all but weapons.
    #[key(bounds = SOME)]
    pub items_per_day: Option<Quantity>,
    /// Days from hand-over to the ruling.
    #[key(default = 0, bounds = DAYS)]
    pub inspection_days: u32,
    /// Probability that one handed over is accepted.
    #[key(default = 1.0, bounds = SHARE)]
    pub accepted_share: Quantity,
    /// A party that rules on what is handed over, instead of the receiver.
    #[key(refers(Party))]
    pub verifier: Option<String>,
    /// With a verifier: probability that the receiver disputes its ruling on
    /// one. Default 0.
    #[key(bounds = SHARE)]
    pub disputed_share: Option<Quantity>,
}

impl Deliver {
    /// What `items` names.
    fn item_kinds(&self) -> &'static [Kind] {
        match self.what {
            Goods::Ground => &[Kind::Ground],
            _ => &[Kind::Installation],
        }
    }

    /// Whether `stock` says who holds how much of it.
    pub fn of_stock(&self) -> bool {
        matches!(self.what, Goods::Prisoners | Goods::Records)
    }

    /// Whether `items` names what is to be handed over.
    pub fn of_items(&self) -> bool {
        matches!(self.what, Goods::Installations | Goods::Ground)
    }
}
