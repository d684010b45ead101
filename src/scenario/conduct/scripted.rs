//! `kind = "scripted"`.

use disengage_derive::table;
use time::Date;

use super::Order;

/// Orders on given dates.
#[table(part)]
pub struct Scripted {
    /// Orders by date.
    #[key(default)]
    pub orders: Vec<ScriptedOrder>,
}

/// One scripted order.
#[table(
    inline = "a scripted order",
    such_as = "an order such as { date = 2018-06-22, order = \"comply\" }"
)]
pub struct ScriptedOrder {
    /// The day it is given.
    pub date: Date,
    /// The order.
    pub order: Order,
    /// The groups of sites, or sites, it is for: every garrison that has one of them.
    /// All if left out.
    #[key(default)]
    pub groups: Vec<String>,
}
