//! Distances against another implementation.

use super::ledger::{Ledger, rows};
use crate::geo::{GeoError, Line, Position, distance_m};

/// From, to, metres.
const GEODESICS: [([f64; 2], [f64; 2], f64); 3] = [
    ([40.6, -73.8], [51.6, -0.5], 5_551_759.400),
    ([-41.32, 174.81], [40.96, -5.5], 19_959_679.267),
    ([0.0, 179.9], [0.0, -179.9], 22_263.898),
];

const TWO_POINTS: &[[f64; 2]] = &[[10.0, 20.0], [14.0, 23.5]];
const ZIGZAG: &[[f64; 2]] =
    &[[70.0, 24.0], [70.4, 25.2], [69.9, 26.0], [70.6, 27.1], [70.0, 28.3], [70.9, 29.9]];
const DATE_LINE: &[[f64; 2]] =
    &[[51.0, 178.2], [52.1, 179.4], [51.7, -179.6], [53.0, -178.1], [53.4, -175.0]];

/// A line, its name, a place and its signed metres (left of the line is positive).
type Beside = (&'static str, &'static [[f64; 2]], [f64; 2], f64);

const BESIDE: [Beside; 6] = [
    ("two points", TWO_POINTS, [10.466_211_351, 20.402_822_491], -154.951_7),
    ("two points", TWO_POINTS, [13.090_668_639, 22.945_906_068], -20_846.263_8),
    ("zigzag at 70° N", ZIGZAG, [70.348_693_503, 24.999_849_916], 1_103.871_2),
    ("zigzag at 70° N", ZIGZAG, [68.410_423_131, 35.998_988_141], -351_927.680_1),
    ("date line", DATE_LINE, [52.985_432_321, -176.429_616_619], -26_236.317_0),
    ("date line", DATE_LINE, [51.642_445_946, 178.994_466_138], -5_849.380_7),
];

fn place([lat, lon]: [f64; 2]) -> Result<Position, GeoError> {
    Position::new(lat, lon)
}

fn side(points: &[[f64; 2]], of: [f64; 2]) -> Result<f64, GeoError> {
    let points: Result<Vec<Position>, GeoError> = points.iter().copied().map(place).collect();
    Ok(Line::new(points?)?.side_m(place(of)?))
}

pub(super) fn fill(ledger: &mut Ledger) {
    ledger.section("geodesy", "GeographicLib, Karney 2013");
    for (number, (from, to, expected)) in (1..).zip(GEODESICS) {
        let found = place(from).and_then(|from| place(to).map(|to| distance_m(from, to)));
        rows! { ledger:
            formula "geodesic-{number}" "metres from {from:?} to {to:?}":
                expected, found.unwrap_or(f64::NAN), 2;
        }
    }
    ledger.source("GeographicLib, edge by edge (tests/fixtures/geo/make.py)");
    for (number, (name, points, of, expected)) in (1..).zip(BESIDE) {
        rows! { ledger:
            formula "beside-{number}" "signed metres from the line “{name}” at {of:?}":
                expected, side(points, of).unwrap_or(f64::NAN), 0;
        }
    }
}
