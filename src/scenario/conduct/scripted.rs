//! `kind = "scripted"`.

use schemars::JsonSchema;
use time::Date;
use toml::Spanned;
use toml::de::DeValue;

use super::Order;
use crate::scenario::read::{At, Spans, Table, Value, kind_of};

/// Orders on given dates.
#[derive(Debug, Clone, JsonSchema)]
pub struct Scripted {
    /// The order until the first date. Default "defy".
    #[schemars(default)]
    pub initial: Option<Order>,
    /// Orders by date.
    #[schemars(default)]
    pub orders: Vec<ScriptedOrder>,
}

/// One scripted order.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ScriptedOrder {
    /// The day it is given.
    #[schemars(with = "String", extend("format" = "date"))]
    pub date: Date,
    /// The order.
    pub order: Order,
    /// The groups of sites it is for; all if left out.
    #[schemars(default)]
    pub groups: Vec<String>,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Value for ScriptedOrder {
    const EXPECTED: &'static str = "an order such as { date = 2018-06-22, order = \"comply\" }";
    fn placeholder() -> Self {
        Self { date: Date::MIN, order: Order::Defy, groups: Vec::new(), spans: Spans::default() }
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        match value.get_ref() {
            DeValue::Table(table) => {
                let mut t = Table::new(table, value.span(), "a scripted order", at.sink);
                Self {
                    date: t.req("date"),
                    order: t.req("order"),
                    groups: t.or("groups", Vec::new()),
                    spans: t.finish(),
                }
            }
            other => {
                at.expected(value.span(), Self::EXPECTED, &kind_of(other));
                Self::placeholder()
            }
        }
    }
}

impl Scripted {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self { initial: t.opt("initial"), orders: t.or("orders", Vec::new()) }
    }
}
