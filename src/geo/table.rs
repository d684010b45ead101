//! Signed distance along a route, tabulated once.

use std::cell::Cell;

use super::{Position, Route};

/// Largest step between breakpoints, millimetres.
const MAX_STEP_MM: i64 = 5_000_000;
/// Departure from the straight line at the points checked that calls for a
/// breakpoint; the error between the points checked is at most about twice it.
const TOLERANCE_MM: f64 = 8_000.0;
/// Departure left in a step shorter than two points of a jump, millimetres.
const FINEST_MM: i64 = 1;
/// So many places of a route are looked at; a distance that asks for more jumps at
/// every step.
const MAX_LOOKS: usize = 100_000;
/// Checks are never asked to lie closer together than this for narrow features.
const NARROWEST_MM: f64 = 25_000.0;

/// Signed distance along a route as a piecewise linear table, made once so that
/// no geodesic is computed while a scenario runs.
///
/// Places and distances are whole millimetres, so that tables do not depend on
/// the last bits of the platform's mathematics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistanceTable {
    /// Breakpoints (millimetres along, millimetres of distance), places rising.
    rows: Vec<(i64, i64)>,
    min: i64,
    max: i64,
    whole: bool,
}

impl DistanceTable {
    /// Tabulates `distance_km` along the route, right to 25 m everywhere for a
    /// distance from a line or an area.
    ///
    /// A step is halved while the distance at its quarter points departs from
    /// the straight line by more than 8 m, and while it is longer than 5 km or
    /// than the narrowest feature of a distance function there: a dip hidden
    /// between checks w apart at distance d is at most w²/8d deep, so checks lie
    /// at most `sqrt(100 m · d)` apart (not under 25 m). A jump (the far side of
    /// a line's prolongation) becomes two breakpoints 1 mm apart. A distance
    /// that is not a number counts as zero.
    ///
    /// A distance that changes sides at every step, as beside a line that lies on
    /// itself, is given up: see [`DistanceTable::is_whole`].
    #[must_use]
    pub fn along(route: &Route, distance_km: impl Fn(Position) -> f64) -> Self {
        let looks = Cell::new(0);
        let at = |mm: i64| {
            looks.update(|it| it + 1);
            to_mm(distance_km(route.at_m(mm as f64 / 1e3)) * 1e3)
        };
        let may_look = || looks.get() < MAX_LOOKS;
        let end = to_mm(route.length_m());
        let mut stops: Vec<i64> = route.leg_starts_m().map(to_mm).collect();
        stops.push(end);
        stops.dedup();
        let mut rows = vec![(0, at(0))];
        for stop in stops.into_iter().skip(1) {
            let from = rows.last().copied().unwrap_or((0, 0));
            let steps = (stop - from.0) / MAX_STEP_MM + 1;
            for k in 1..=steps {
                let start = rows.last().copied().unwrap_or(from);
                let place = from.0 + (stop - from.0) * k / steps;
                refine(&at, &may_look, start, (place, at(place)), &mut rows);
            }
        }
        let min = rows.iter().map(|r| r.1).min().unwrap_or(0);
        let max = rows.iter().map(|r| r.1).max().unwrap_or(0);
        Self { rows, min, max, whole: may_look() }
    }

    /// Whether it is right everywhere; otherwise the distance is one that cannot be
    /// tabulated.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// Distance at `metres` along the route, kilometres; clamped to its ends.
    #[must_use]
    pub fn km_at(&self, metres: f64) -> f64 {
        let mm = metres * 1e3;
        let after = self.rows.partition_point(|r| (r.0 as f64) <= mm);
        match (after.checked_sub(1).and_then(|i| self.rows.get(i)), self.rows.get(after)) {
            (Some(&a), Some(&b)) => lerp(a, b, mm) / 1e6,
            (Some(&a), None) | (None, Some(&a)) => a.1 as f64 / 1e6,
            (None, None) => 0.0,
        }
    }

    /// The least and the greatest distance between two places, kilometres.
    #[must_use]
    pub fn range_km(&self, from_m: f64, to_m: f64) -> (f64, f64) {
        let (a, b) = (self.km_at(from_m), self.km_at(to_m));
        let within = self.rows.iter().filter(|(mm, _)| {
            let metre = *mm as f64 / 1e3;
            from_m < metre && metre < to_m
        });
        within
            .map(|(_, mm)| *mm as f64 / 1e6)
            .fold((a.min(b), a.max(b)), |(low, high), km| (low.min(km), high.max(km)))
    }

    /// Least distance along the route, kilometres.
    #[must_use]
    pub fn min_km(&self) -> f64 {
        self.min as f64 / 1e6
    }

    /// Greatest distance along the route, kilometres.
    #[must_use]
    pub fn max_km(&self) -> f64 {
        self.max as f64 / 1e6
    }

    /// Length of the route, metres, rounded to the millimetre.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.rows.last().map_or(0.0, |r| r.0 as f64 / 1e3)
    }

    /// First place at or after `from_m` where the distance is at least `km`,
    /// metres: `from_m` itself when it holds there, otherwise rounded up to the
    /// millimetre so that it holds at the result. `None` when it never does.
    #[must_use]
    pub fn first_at_or_beyond(&self, from_m: f64, km: f64) -> Option<f64> {
        self.first(from_m, km, |d, km| d >= km)
    }

    /// First place at or after `from_m` where the distance is at most `km`; see
    /// [`DistanceTable::first_at_or_beyond`].
    #[must_use]
    pub fn first_at_or_below(&self, from_m: f64, km: f64) -> Option<f64> {
        self.first(from_m, km, |d, km| d <= km)
    }

    /// Every place, in metres rising, where the distance passes from under `km`
    /// to `km` or more (the first millimetre of it) or back (the first
    /// millimetre under `km`).
    #[must_use]
    pub fn crossings(&self, km: f64) -> Vec<f64> {
        let mut out = Vec::new();
        let mut beyond = self.rows.first().is_some_and(|r| r.1 as f64 / 1e6 >= km);
        for pair in self.rows.windows(2) {
            let &[a, b] = pair else { continue };
            let now = b.1 as f64 / 1e6 >= km;
            if now != beyond {
                out.push(self.pass(a, b, km, |d, km| (d >= km) == now));
                beyond = now;
            }
        }
        out
    }

    /// First place from `from_m` on where `holds`.
    fn first(&self, from_m: f64, km: f64, holds: impl Fn(f64, f64) -> bool) -> Option<f64> {
        let from_m = from_m.max(0.0);
        if holds(self.km_at(from_m), km) {
            return Some(from_m);
        }
        let after = self.rows.partition_point(|r| r.0 as f64 <= from_m * 1e3);
        let b = self.rows.iter().enumerate().skip(after).find(|(_, r)| holds(r.1 as f64 / 1e6, km));
        let (i, &b) = b?;
        let a = i.checked_sub(1).and_then(|i| self.rows.get(i)).copied()?;
        Some(self.pass(a, b, km, holds))
    }

    /// First whole millimetre in (a, b] where `holds`, knowing that it holds at
    /// `b` and that the table is straight between.
    fn pass(&self, a: (i64, i64), b: (i64, i64), km: f64, holds: impl Fn(f64, f64) -> bool) -> f64 {
        let share = (km * 1e6 - a.1 as f64) / (b.1 - a.1) as f64;
        let guess = a.0 as f64 + share * (b.0 - a.0) as f64;
        let mut mm = if guess.is_finite() { (guess.floor() as i64).clamp(a.0, b.0) } else { a.0 };
        while mm < b.0 && !holds(self.km_at(mm as f64 / 1e3), km) {
            mm += 1;
        }
        mm as f64 / 1e3
    }
}

/// Metres as whole millimetres; not a number counts as zero.
fn to_mm(metres: f64) -> i64 {
    (metres * 1e3).round() as i64
}

/// The straight line between two rows at a place in millimetres.
fn lerp(a: (i64, i64), b: (i64, i64), mm: f64) -> f64 {
    let share = (mm - a.0 as f64) / (b.0 - a.0) as f64;
    a.1 as f64 + share * (b.1 - a.1) as f64
}

/// Appends the breakpoints after `a` up to and with `b`.
fn refine(
    at: &impl Fn(i64) -> i64,
    may_look: &impl Fn() -> bool,
    a: (i64, i64),
    b: (i64, i64),
    rows: &mut Vec<(i64, i64)>,
) {
    let width = b.0 - a.0;
    if width <= FINEST_MM || !may_look() {
        if width > 0 {
            rows.push(b);
        }
        return;
    }
    let middle = a.0 + width / 2;
    let middle = (middle, at(middle));
    let mut straight = (lerp(a, b, middle.0 as f64) - middle.1 as f64).abs() <= TOLERANCE_MM;
    let mut nearest = a.1.abs().min(b.1.abs()).min(middle.1.abs());
    if straight {
        for place in [a.0 + width / 4, a.0 + width * 3 / 4] {
            let d = at(place);
            nearest = nearest.min(d.abs());
            straight &= (lerp(a, b, place as f64) - d as f64).abs() <= TOLERANCE_MM;
        }
        let narrow = (100_000.0 * nearest as f64).sqrt().max(NARROWEST_MM);
        straight &= width as f64 / 4.0 <= narrow;
    }
    if straight {
        rows.push(b);
    } else {
        refine(at, may_look, a, middle, rows);
        refine(at, may_look, middle, b, rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_that_jumps_at_every_step_is_given_up() {
        let place = |lat| Position::new(lat, 36.0).unwrap();
        let route = Route::new(vec![place(33.0), place(33.5)]).unwrap();
        assert!(DistanceTable::along(&route, |p| p.lat() - 33.2).is_whole());
        let jumps = |p: Position| {
            if p.lat().to_bits().is_multiple_of(2) { 1.0 } else { -1.0 }
        };
        assert!(!DistanceTable::along(&route, jumps).is_whole());
    }
}
