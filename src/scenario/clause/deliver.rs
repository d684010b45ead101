//! `kind = "deliver"`: hand something over.

use std::collections::BTreeMap;

use disengage_derive::table;

use super::owed::{Ids, Owed, Titles};
use crate::diag::{days, list};
use crate::model::{self, Duty};
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

impl Owed for Deliver {
    fn duty(&self, _: &str, _: &dyn Fn(&[String]) -> bool) -> Duty {
        Duty::Deliver
    }

    fn kind(&self, _: &dyn Ids, _: &[String]) -> Option<model::Kind> {
        None
    }

    fn asks(&self, titles: &dyn Titles) -> String {
        let goods = self.what.word();
        let mut text = match self.dismantled {
            true => format!("take down {goods}"),
            false => format!("hand over {goods} to {}", titles.party(&self.to)),
        };
        if !self.items.is_empty() {
            text += &format!(" ({})", list(&self.items));
        }
        for (rate, word) in [(&self.weapons_per_day, "weapons"), (&self.items_per_day, "items")] {
            if let Some(rate) = rate {
                text += &format!(", {} {word} a day and force", rate.in_words());
            }
        }
        if self.inspection_days > 0 {
            text += &format!(", ruled on within {}", days(self.inspection_days));
        }
        let by_taker = self.what == Goods::Weapons && self.inspection_days > 0;
        if let Some(verifier) = self.verifier.as_ref().or(by_taker.then_some(&self.to)) {
            text += &format!(" by {}", titles.party(verifier));
        }
        text
    }
}
