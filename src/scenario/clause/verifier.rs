//! Who verifies which band of distance.

use disengage_derive::table;

/// Monitors whose observations count only of forces at a distance in
/// [from_km, to_km), measured as the clause measures it.
#[table(
    inline = "a band of `verifiers`",
    such_as = "a band such as { from_km = 0, to_km = 30, monitors = [\"post\"] }"
)]
pub struct Verifier {
    /// Kilometres, included.
    #[key(bounds = KM)]
    pub from_km: f64,
    /// Kilometres, excluded; more than `from_km`.
    #[key(bounds = KM)]
    pub to_km: f64,
    /// The monitors.
    #[key(some, refers(Monitor))]
    pub monitors: Vec<String>,
}
