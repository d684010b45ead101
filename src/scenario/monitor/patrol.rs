//! `kind = "patrol"`.

use schemars::JsonSchema;
use toml::Spanned;
use toml::de::DeValue;

use super::{Access, Watch};
use crate::scenario::quantity::Quantity;
use crate::scenario::read::{At, Table, Value, word};

/// Patrols that search an area. With speed v, sweep width w and t hours a day in
/// an area of A square kilometres, the coverage of a day is c = v·w·t ÷ A
/// (Koopman); a force of signature s is searched for with coverage s·c.
#[derive(Debug, Clone, JsonSchema)]
pub struct Patrol {
    /// The area that is searched, without its no-go areas.
    pub area: String,
    /// Width, in kilometres, of the strip in which it sees a force of signature
    /// 1.
    pub sweep_width_km: Quantity,
    /// Kilometres an hour.
    pub speed_km_per_h: Quantity,
    /// Hours on patrol in a day.
    pub hours_per_day: Quantity,
    /// How a day's coverage c becomes sightings. Default "random".
    #[schemars(default = "random")]
    pub law: SearchLaw,
    /// Duty and errors.
    #[schemars(flatten)]
    pub watch: Watch,
    /// What bars its way.
    #[schemars(flatten)]
    pub access: Access,
}

/// How coverage becomes detection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema)]
#[schemars(rename_all = "kebab-case")]
pub enum SearchLaw {
    /// Tracks at random: Poisson with mean c, so that a day sees a force with
    /// probability 1 − exp(−c).
    Random,
    /// Parallel sweeps under the inverse-cube law: erf(c·√π/2) a day.
    InverseCube,
    /// Parallel sweeps that leave no gap: min(1, c) a day.
    Exhaustive,
}

fn random() -> SearchLaw {
    SearchLaw::Random
}

impl Value for SearchLaw {
    const EXPECTED: &'static str = "\"random\", \"inverse-cube\" or \"exhaustive\"";
    fn placeholder() -> Self {
        Self::Random
    }
    fn read(value: &Spanned<DeValue<'_>>, at: &At<'_>) -> Self {
        let words = [
            ("random", Self::Random),
            ("inverse-cube", Self::InverseCube),
            ("exhaustive", Self::Exhaustive),
        ];
        word(value, at, &words).unwrap_or_else(Self::placeholder)
    }
}

impl Patrol {
    pub(super) fn read(t: &mut Table<'_>) -> Self {
        Self {
            area: t.req("area"),
            sweep_width_km: t.req("sweep_width_km"),
            speed_km_per_h: t.req("speed_km_per_h"),
            hours_per_day: t.req("hours_per_day"),
            law: t.or("law", random()),
            watch: Watch::read(t),
            access: Access::read(t),
        }
    }
}
