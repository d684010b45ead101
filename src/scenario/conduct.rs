//! `[[conduct]]`: how a party decides.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use time::Date;
use toml::Spanned;
use toml::de::DeValue;

use super::quantity::{Bounds, Quantity};
use super::read::{At, Spans, Table, Value, kind_of, word};
use super::source::Provenance;

/// What a party orders for a clause and a group of sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Order {
    /// Do what the clause asks.
    Comply,
    /// Stay, or come back.
    Defy,
    /// Stay, hidden.
    Conceal,
}

impl Value for Order {
    const EXPECTED: &'static str = "\"comply\", \"defy\" or \"conceal\"";
    fn placeholder() -> Self {
        Self::Defy
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let words = [
            ("comply", Self::Comply),
            ("defy", Self::Defy),
            ("conceal", Self::Conceal),
        ];
        word(value, at, &words).unwrap_or_else(Self::placeholder)
    }
}

/// How a party decides on the clauses that bind it. A table that names clauses
/// goes before one that does not.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Conduct {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// The party that decides.
    pub party: String,
    /// The clauses it is about; every clause if left out.
    #[schemars(default)]
    pub clauses: Vec<String>,
    /// How much of its signature a concealed force loses, between 0 and 1.
    /// Default 0.5.
    pub concealment: Option<Quantity>,
    /// How it decides, by `kind`.
    #[schemars(skip)]
    pub policy: Policy,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

/// How a party decides.
#[derive(Debug, Clone)]
pub enum Policy {
    /// `kind = "scripted"`.
    Scripted(Scripted),
    /// `kind = "quantal-response"`.
    QuantalResponse(Box<QuantalResponse>),
}

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
        Self {
            date: Date::MIN,
            order: Order::Defy,
            groups: Vec::new(),
            spans: Spans::default(),
        }
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

/// P(order) proportional to exp(lambda × U), reviewed every `review_days`, with
/// ```text
/// U(comply)  = pressure_weight × pressure + trust_weight × trust
///              + counter_weight × counter_performance − hits(comply)
/// U(defy)    = V − hits(defy)
/// U(conceal) = V − concealment_cost − hits(conceal)
/// V          = value + value_per_km × kilometres given up (for weapons, value alone)
/// hits(order) = hit_cost × hits per day × review_days
/// ```
#[derive(Debug, Clone, JsonSchema)]
pub struct QuantalResponse {
    /// Days between reviews; an order stands until the next.
    #[schemars(range(min = 1))]
    pub review_days: u32,
    /// Precision of the response: 0 is chance, large is the best reply.
    pub lambda: Quantity,
    /// What presence at a site is worth over one review.
    pub value: Quantity,
    /// What each kilometre given up is worth, on top. Default 0.
    pub value_per_km: Option<Quantity>,
    /// What hiding costs over one review. Default 0.
    pub concealment_cost: Option<Quantity>,
    /// Pressure on the party. Default 0.
    pub pressure: Option<Quantity>,
    /// Weight of pressure. Default 1.
    pub pressure_weight: Option<Quantity>,
    /// Trust in the other side. Default 0.
    pub trust: Option<Quantity>,
    /// Weight of trust. Default 1.
    pub trust_weight: Option<Quantity>,
    /// Counter-performance seen. Default 0.
    pub counter_performance: Option<Quantity>,
    /// Weight of counter-performance. Default 1.
    pub counter_weight: Option<Quantity>,
    /// What a hit costs. Default 0.
    pub hit_cost: Option<Quantity>,
    /// Believed hits per day of exposure, by order:
    /// { comply = 0.001, defy = 0.01, conceal = 0.003 }.
    #[schemars(default)]
    pub hits_per_day: BTreeMap<String, Quantity>,
}

impl Conduct {
    pub(crate) fn read(mut t: Table<'_>) -> Option<Self> {
        let id = t.id();
        let party = t.req("party");
        let clauses = t.or("clauses", Vec::new());
        let concealment = t.quantity_opt("concealment", Bounds::SHARE);
        let provenance = Provenance::read(&mut t);
        let policy = match t.kind(&["scripted", "quantal-response"])? {
            "scripted" => Policy::Scripted(Scripted {
                initial: t.opt("initial"),
                orders: t.or("orders", Vec::new()),
            }),
            _ => Policy::QuantalResponse(Box::new(QuantalResponse {
                review_days: t.req("review_days"),
                lambda: t.quantity("lambda", Bounds::NOT_NEGATIVE),
                value: t.quantity("value", Bounds::ANY),
                value_per_km: t.quantity_opt("value_per_km", Bounds::ANY),
                concealment_cost: t.quantity_opt("concealment_cost", Bounds::NOT_NEGATIVE),
                pressure: t.quantity_opt("pressure", Bounds::ANY),
                pressure_weight: t.quantity_opt("pressure_weight", Bounds::NOT_NEGATIVE),
                trust: t.quantity_opt("trust", Bounds::ANY),
                trust_weight: t.quantity_opt("trust_weight", Bounds::NOT_NEGATIVE),
                counter_performance: t.quantity_opt("counter_performance", Bounds::ANY),
                counter_weight: t.quantity_opt("counter_weight", Bounds::NOT_NEGATIVE),
                hit_cost: t.quantity_opt("hit_cost", Bounds::NOT_NEGATIVE),
                hits_per_day: t.quantities("hits_per_day", Bounds::NOT_NEGATIVE),
            })),
        };
        Some(Self {
            id,
            party,
            clauses,
            concealment,
            policy,
            provenance,
            spans: t.finish(),
        })
    }
}
