//! `kind = "patrol"`.

use disengage_derive::table;

use super::{Access, Watch};
use crate::scenario::quantity::Quantity;

pub use crate::model::SearchLaw;

/// Patrols that search an area. With speed v, sweep width w and t hours a day in
/// an area of A square kilometres, the coverage of a day is c = v·w·t ÷ A
/// (Koopman); a force of signature s is searched for with coverage s·c.
#[table(part)]
pub struct Patrol {
    /// The area that is searched, without its no-go areas.
    #[key(refers(Area))]
    pub area: String,
    /// Width, in kilometres, of the strip in which it sees a force of signature
    /// 1.
    #[key(bounds = RADIUS)]
    pub sweep_width_km: Quantity,
    /// Kilometres an hour.
    #[key(bounds = SPEED)]
    pub speed_km_per_h: Quantity,
    /// Hours on patrol in a day.
    #[key(bounds = HOURS)]
    pub hours_per_day: Quantity,
    /// How a day's coverage c becomes sightings.
    #[key(default = SearchLaw::Random)]
    pub law: SearchLaw,
    /// Duty and errors.
    #[key(part)]
    pub watch: Watch,
    /// What bars its way.
    #[key(part)]
    pub access: Access,
}
