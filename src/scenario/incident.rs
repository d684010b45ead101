//! `[[incident]]`: where forces meet, and how often they clash.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use super::quantity::Quantity;
use super::read::{At, Spans, Table, Value, word};
use super::source::Provenance;
use crate::model::ActKind;

/// Why incidents happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum Cause {
    /// Ordered, for an end of the party's own.
    Strategic,
    /// In return for something.
    Retaliatory,
    /// Meant to break the agreement.
    Spoiling,
    /// Of the place and the moment.
    Local,
}

impl Value for Cause {
    const EXPECTED: &'static str = "\"strategic\", \"retaliatory\", \"spoiling\" or \"local\"";
    fn placeholder() -> Self {
        Self::Local
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let words = [
            ("strategic", Self::Strategic),
            ("retaliatory", Self::Retaliatory),
            ("spoiling", Self::Spoiling),
            ("local", Self::Local),
        ];
        word(value, at, &words).unwrap_or_else(Self::placeholder)
    }
}

/// A source of incidents: each is an act of a force of `by` at a force of
/// `against`. Between two forces that are within reach of each other it gives
/// `per_day`; beyond reach the rate falls with the distance.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Incident {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// The party that does it.
    pub by: String,
    /// The party that suffers it.
    pub against: String,
    /// Why. Default "local".
    #[schemars(default)]
    pub cause: Option<Cause>,
    /// What is done. Default "fire".
    #[schemars(default, with = "Option<String>")]
    pub act: Option<ActKind>,
    /// Incidents a day between two forces within reach of each other.
    pub per_day: Quantity,
    /// Kilometres beyond reach over which the rate falls to 1/e.
    pub fade_km: Quantity,
    /// Kilometres within which forces without ranged weapons reach each other.
    /// Default 0.
    pub reach_km: Option<Quantity>,
    /// What a unit of tension between the two adds to the rate, as a share of
    /// it. Default 0.
    pub per_tension: Option<Quantity>,
    /// What each incident that nobody answered adds to the rate, as a share of
    /// it. Default 0.
    pub per_unanswered: Option<Quantity>,
    /// Days in which half of the unanswered incidents are forgotten. Default 30.
    pub unanswered_half_life_days: Option<Quantity>,
    /// The parties whose forces, standing between two others, keep them apart.
    #[schemars(default)]
    pub interposed: Vec<String>,
    /// The share of incidents that such a force prevents. Default 0.5.
    pub prevents: Option<Quantity>,
    /// The share of persons and weapons of the force it hits that is lost.
    /// Default 0.
    pub loss_share: Option<Quantity>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Incident {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            by: t.req("by"),
            against: t.req("against"),
            cause: t.opt("cause"),
            act: t.opt("act"),
            per_day: t.req("per_day"),
            fade_km: t.req("fade_km"),
            reach_km: t.opt("reach_km"),
            per_tension: t.opt("per_tension"),
            per_unanswered: t.opt("per_unanswered"),
            unanswered_half_life_days: t.opt("unanswered_half_life_days"),
            interposed: t.or("interposed", Vec::new()),
            prevents: t.opt("prevents"),
            loss_share: t.opt("loss_share"),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
