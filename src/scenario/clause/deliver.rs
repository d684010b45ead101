//! `kind = "deliver"`: hand something over.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use crate::scenario::quantity::Quantity;
use crate::scenario::read::{At, Table, Value, word};

/// What can be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Goods {
    /// Weapons in the clause's scope.
    Weapons,
    /// Prisoners.
    Prisoners,
    /// Records, such as maps of mines.
    Records,
    /// Installations of the file.
    Installations,
    /// Ground of the file.
    Ground,
}

impl Value for Goods {
    const EXPECTED: &'static str = "what is delivered, such as \"weapons\"";
    fn placeholder() -> Self {
        Self::Weapons
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let words = [
            ("weapons", Self::Weapons),
            ("prisoners", Self::Prisoners),
            ("records", Self::Records),
            ("installations", Self::Installations),
            ("ground", Self::Ground),
        ];
        word(value, at, &words).unwrap_or_else(Self::placeholder)
    }
}

/// Kept as far as what is held is handed over. What is handed over is pending
/// until it has been ruled on, then accepted or rejected; what is rejected is
/// no delivery.
#[derive(Debug, Clone, JsonSchema)]
pub struct Deliver {
    /// What. Default "weapons": those in scope, every heavy one without a scope.
    #[schemars(default)]
    pub what: Option<Goods>,
    /// Prisoners or records that each bound force holds, by force.
    #[schemars(default)]
    pub stock: BTreeMap<String, Quantity>,
    /// The installations or the ground to hand over, by id.
    #[schemars(default)]
    pub items: Vec<String>,
    /// Whether installations are taken down instead of passing to `to`.
    /// Default false.
    #[schemars(default)]
    pub dismantled: bool,
    /// The party that receives.
    pub to: String,
    /// Weapons each force hands over in a day; for weapons.
    pub weapons_per_day: Option<Quantity>,
    /// How many each force hands over in a day; for all but weapons.
    pub items_per_day: Option<Quantity>,
    /// Days from hand-over to the ruling. Default 0.
    #[schemars(default)]
    pub inspection_days: u32,
    /// Probability that one handed over is accepted. Default 1.
    pub accepted_share: Option<Quantity>,
    /// A party that rules on what is handed over, instead of the receiver.
    pub verifier: Option<String>,
    /// With a verifier: probability that the receiver disputes its ruling on
    /// one. Default 0.
    pub disputed_share: Option<Quantity>,
}

impl Deliver {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            what: t.opt("what"),
            stock: t.or("stock", BTreeMap::new()),
            items: t.or("items", Vec::new()),
            dismantled: t.or("dismantled", false),
            to: t.req("to"),
            weapons_per_day: t.opt("weapons_per_day"),
            items_per_day: t.opt("items_per_day"),
            inspection_days: t.or("inspection_days", 0),
            accepted_share: t.opt("accepted_share"),
            verifier: t.opt("verifier"),
            disputed_share: t.opt("disputed_share"),
        }
    }

    /// What is delivered.
    pub fn goods(&self) -> Goods {
        self.what.unwrap_or(Goods::Weapons)
    }

    /// Whether `stock` says who holds how much of it.
    pub fn of_stock(&self) -> bool {
        matches!(self.goods(), Goods::Prisoners | Goods::Records)
    }

    /// Whether `items` names what is to be handed over.
    pub fn of_items(&self) -> bool {
        matches!(self.goods(), Goods::Installations | Goods::Ground)
    }
}
