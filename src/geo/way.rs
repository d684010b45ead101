//! What a clause measures along a way.

use std::sync::Arc;

use super::DistanceTable;

/// The signed kilometres that a clause judges by along a way: those of a table,
/// or of a band of one, so that a band and the line that it is of never disagree
/// on which side of an edge a metre lies.
#[derive(Debug, Clone, PartialEq)]
pub struct WayDistance {
    table: Arc<DistanceTable>,
    band_km: Option<(f64, f64)>,
}

impl WayDistance {
    /// The distances of a table.
    #[must_use]
    pub fn of(table: Arc<DistanceTable>) -> Self {
        Self { table, band_km: None }
    }

    /// The distance from the band of `from_km` to under `to_km` in the distances
    /// of a line's table, negative within.
    #[must_use]
    pub fn of_band(table: Arc<DistanceTable>, from_km: f64, to_km: f64) -> Self {
        Self { table, band_km: Some((from_km, to_km)) }
    }

    /// Distance at `metres` along the way, kilometres; clamped to its ends.
    #[inline]
    #[must_use]
    pub fn km_at(&self, metres: f64) -> f64 {
        let km = self.table.km_at(metres);
        self.band_km.map_or(km, |(from, to)| from_band_km(km, from, to))
    }

    /// Least distance along the way, kilometres.
    #[must_use]
    pub fn min_km(&self) -> f64 {
        self.least((self.table.min_km(), self.table.max_km()))
    }

    /// Least distance between two places of the way, kilometres.
    #[must_use]
    pub fn min_km_between(&self, from_m: f64, to_m: f64) -> f64 {
        self.least(self.table.range_km(from_m, to_m))
    }

    /// The least of all distances between two of the table.
    fn least(&self, (min, max): (f64, f64)) -> f64 {
        self.band_km
            .map_or(min, |(from, to)| from_band_km(from.midpoint(to).clamp(min, max), from, to))
    }

    /// Greatest distance along the way, kilometres.
    #[must_use]
    pub fn max_km(&self) -> f64 {
        let (min, max) = (self.table.min_km(), self.table.max_km());
        self.band_km
            .map_or(max, |(from, to)| from_band_km(min, from, to).max(from_band_km(max, from, to)))
    }

    /// Length of the way, metres, rounded to the millimetre.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.table.length_m()
    }

    /// First place at or after `from_m` where the distance is at least `km`,
    /// metres; none when it never is.
    #[must_use]
    pub fn first_at_or_beyond(&self, from_m: f64, km: f64) -> Option<f64> {
        let Some((from, to)) = self.band_km else {
            return self.table.first_at_or_beyond(from_m, km);
        };
        if self.km_at(from_m) >= km {
            return Some(from_m.max(0.0));
        }
        // The lower edge itself lies within.
        let lower = from.next_down() - km;
        let before = self.table.first_at_or_below(from_m, lower);
        let beyond = self.table.first_at_or_beyond(from_m, to + km);
        match (before, beyond) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (one, other) => one.or(other),
        }
    }
}

impl WayDistance {
    /// Where from `from_m` on somebody halts who wants at least `km`, metres: at once where
    /// there is as much; otherwise first at `margin_km` more, or where there is never that
    /// much first at `km`. None when it never is.
    #[must_use]
    pub fn halt(&self, from_m: f64, km: f64, margin_km: f64) -> Option<f64> {
        if self.km_at(from_m) >= km {
            return Some(from_m.max(0.0));
        }
        self.first_at_or_beyond(from_m, km + margin_km)
            .or_else(|| self.first_at_or_beyond(from_m, km))
    }
}

/// Kilometres from a band of `from_km` to under `to_km` at a distance from its
/// line, negative within; its lower edge is within, its upper edge is not.
#[must_use]
pub fn from_band_km(km: f64, from_km: f64, to_km: f64) -> f64 {
    let out = (from_km - km).max(km - to_km);
    if from_km <= km && km < to_km { out.min(-1e-9) } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_holds_its_lower_edge_and_not_its_upper_one() {
        assert!(from_band_km(10.0, 10.0, 20.0) < 0.0);
        assert_eq!(from_band_km(20.0, 10.0, 20.0), 0.0);
        assert_eq!(from_band_km(13.0, 10.0, 20.0), -3.0);
        assert_eq!(from_band_km(22.0, 10.0, 20.0), 2.0);
        assert_eq!(from_band_km(9.5, 10.0, 20.0), 0.5);
    }
}
