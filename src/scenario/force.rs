//! `[[force]]`: who stands where, with what.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::clause::Domain;
use super::quantity::Quantity;
use super::read::{Spans, Table};
use super::source::Provenance;

/// A force at a site: a unit, a garrison, a depot, a group. Not a target list:
/// forces are units at the level of towns and bases.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Force {
    /// Lower-case letters, digits and hyphens.
    pub id: String,
    /// What charts and tables call it.
    pub title: Option<String>,
    /// The party whose flag it shows.
    pub flag: String,
    /// The party that commands it; the flag's by default.
    pub commander: Option<String>,
    /// The site where it stands at the start.
    pub at: String,
    /// Where it acts. Default "land".
    #[schemars(default)]
    pub domain: Option<Domain>,
    /// Persons; a drawn strength is rounded to whole persons.
    pub strength: Quantity,
    /// Weapons by class; drawn numbers are rounded to whole weapons.
    #[schemars(default)]
    pub equipment: BTreeMap<String, Quantity>,
    /// How far it moves in a day. Default 30.
    pub mobility_km_per_day: Option<Quantity>,
    /// How easily it is seen, 1 for an open unit: monitors' sighting rates are
    /// multiplied by it. Default 1.
    pub signature: Option<Quantity>,
    /// Sites it falls back toward when it complies, the first that serves; it
    /// halts on the way as soon as every clause it keeps is met.
    #[schemars(default)]
    pub withdraws_to: Vec<String>,
    /// Where the numbers come from.
    #[schemars(flatten)]
    pub provenance: Provenance,
    #[schemars(skip)]
    #[doc(hidden)]
    pub spans: Spans,
}

impl Force {
    pub(crate) fn read(mut t: Table<'_>) -> Self {
        Self {
            id: t.id(),
            title: t.opt("title"),
            flag: t.req("flag"),
            commander: t.opt("commander"),
            at: t.req("at"),
            domain: t.opt("domain"),
            strength: t.req("strength"),
            equipment: t.or("equipment", BTreeMap::new()),
            mobility_km_per_day: t.opt("mobility_km_per_day"),
            signature: t.opt("signature"),
            withdraws_to: t.or("withdraws_to", Vec::new()),
            provenance: Provenance::read(&mut t),
            spans: t.finish(),
        }
    }
}
