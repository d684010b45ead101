//! Distances from lines against tables made by another method
//! (`fixtures/geo/make.py`), and what follows from them: sides, tables, curves.

use crate::shapes::{area, line, num, pos, rows};
use disengage::geo::{
    DistanceTable, Line, Position, ReferenceLine, Route, destination, distance_m,
};

const LINE_DISTANCE: &str = include_str!("../fixtures/geo/line_distance.csv");
const PLACES: &str = include_str!("../fixtures/geo/places_sw_syria.csv");

/// What the methods are held to against the fixtures, metres; the promise to
/// scenarios (0.1 % or 50 m) is much wider.
const WITHIN_M: f64 = 0.25;

fn golan(name: &str) -> ReferenceLine {
    ReferenceLine::new(line(name), pos(33.5102, 36.29128)).unwrap()
}

#[test]
fn lines_agree_with_another_method() {
    let mut worst = (0.0, Vec::new());
    let mut names = Vec::new();
    let table = rows(LINE_DISTANCE);
    for row in &table {
        if names.last() != Some(&row[0]) {
            names.push(row[0].clone());
        }
        let line = line(&row[0]);
        let p = pos(num(row, 1), num(row, 2));
        let (want, clear) = (num(row, 3), num(row, 4));
        let off = (line.distance_m(p) - want.abs()).abs();
        if off > worst.0 {
            worst = (off, row.clone());
        }
        assert!(off <= WITHIN_M, "{off} m off: {row:?}");
        // Within metres of the direction of travel the sign is a toss.
        if clear > 10.0 {
            let got = line.side_m(p);
            assert!((got - want).abs() <= WITHIN_M, "{got}: {row:?}");
        }
    }
    assert!(table.len() >= 300 && names.len() >= 8);
    println!("worst line error {:.4} m: {:?}", worst.0, worst.1);
}

#[test]
fn places_of_south_west_syria_lie_where_the_research_put_them() {
    let (a, b) = (golan("golan_line_A_alpha"), golan("golan_line_B_bravo"));
    let table = rows(PLACES);
    assert_eq!(table.len(), 45);
    let mut worst = 0.0_f64;
    for row in &table {
        let p = pos(num(row, 1), num(row, 2));
        for (line, i) in [(&a, 4), (&b, 5)] {
            let off = (line.signed_km(p) - num(row, i)).abs() * 1000.0;
            worst = worst.max(off);
            assert!(off <= 50.0, "{off} m off: {row:?}");
        }
    }
    println!("worst place {worst:.1} m");
}

#[test]
fn a_point_on_the_prolongation_names_no_side() {
    let l = line("two_points");
    let [from, to] = [l.points()[0], l.points()[1]];
    let az = disengage::geo::azimuth_deg(to, from) + 180.0;
    let ahead = destination(to, az, 80_000.0);
    assert!(ReferenceLine::new(l.clone(), ahead).is_err());
    let beside = destination(ahead, az + 90.0, 60.0);
    let right = ReferenceLine::new(l.clone(), beside).unwrap();
    // Right of the direction is positive now.
    assert!(right.signed_km(beside) > 80.0);
    assert!(l.side_m(beside) < -80_000.0);
    assert!(ReferenceLine::new(l, destination(to, az + 120.0, 40.0)).is_err());
}

#[test]
fn tables_follow_the_distance_along_routes() {
    let a = golan("golan_line_A_alpha");
    let zone = area("golan_heights_ring");
    let border = ReferenceLine::new(line("turkey_syria_border"), pos(35.0, 38.0)).unwrap();
    let routes = [
        // Along the line's own zigzags, then off to Albukamal.
        vec![pos(33.45, 35.6), pos(33.0, 35.87), pos(32.7, 35.7), pos(34.452, 40.918)],
        vec![pos(33.51, 36.29), pos(33.12, 35.82), pos(33.3, 35.5)],
        // Across both prolongations.
        vec![pos(34.2, 35.3), pos(34.1, 36.6), pos(32.0, 36.2), pos(32.1, 35.2)],
    ];
    let mut worst = 0.0_f64;
    let mut seed = 1_u64;
    for points in routes {
        let route = Route::new(points).unwrap();
        let functions: [&dyn Fn(Position) -> f64; 3] =
            [&|p| a.signed_km(p), &|p| zone.signed_km(p), &|p| border.signed_km(p)];
        for f in functions {
            let table = DistanceTable::along(&route, f);
            for _ in 0..1500 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = (seed >> 11) as f64 / (1_u64 << 53) as f64 * route.length_m();
                let off = (table.km_at(at) - f(route.at_m(at))).abs() * 1000.0;
                worst = worst.max(off);
                assert!(off <= 25.0, "{off} m off at {at}");
            }
        }
    }
    println!("worst table error {worst:.2} m");
}

#[test]
fn a_jump_at_the_prolongation_is_one_step() {
    let l = Line::new(vec![pos(33.0, 36.0), pos(33.5, 36.0)]).unwrap();
    let east = ReferenceLine::new(l, pos(33.2, 36.5)).unwrap();
    // Crosses the meridian of the line 55 km past its end.
    let route = Route::new(vec![pos(34.0, 35.9), pos(34.0, 36.1)]).unwrap();
    let table = DistanceTable::along(&route, |p| east.signed_km(p));
    let half = route.length_m() / 2.0;
    assert!((table.first_at_or_beyond(0.0, 0.0).unwrap() - half).abs() < 0.1);
    assert!(table.km_at(half - 0.1) < -55.0 && table.km_at(half + 0.1) > 55.0);
    assert_eq!(table.crossings(10.0).len(), 1);
}

/// Runs of points whose neighbours lie within `metres`.
fn widest_gap(curve: &[Position]) -> f64 {
    curve.windows(2).map(|w| distance_m(w[0], w[1])).fold(0.0, f64::max)
}

#[test]
fn offset_curves_lie_at_their_distance() {
    for name in ["golan_line_A_alpha", "turkey_syria_border", "date_line", "zigzag_70n"] {
        let l = line(name);
        let toward = destination(l.points()[1], 100.0, 150_000.0);
        let r = ReferenceLine::new(l, toward).unwrap();
        for km in [5.0, 70.0, 80.0, -40.0, 400.0] {
            let curves = r.offset_curve(km);
            assert!(!curves.is_empty(), "{name} {km}");
            let mut length = 0.0;
            for curve in &curves {
                length += curve.windows(2).map(|w| distance_m(w[0], w[1])).sum::<f64>();
                assert!(widest_gap(curve) <= 1_100.0, "{name} {km}: {}", widest_gap(curve));
                for &p in curve {
                    let off = (r.signed_km(p) - km).abs() * 1000.0;
                    assert!(off <= 50.0, "{name} {km}: {off} m at {p}");
                }
            }
            let from = distance_m(r.line().points()[0], *r.line().points().last().unwrap());
            // Half a turn round the ends, and once along the line.
            let least = 0.7 * (from + std::f64::consts::PI * km.abs() * 1000.0 * 0.7);
            assert!(length > least, "{name} {km}: {length} < {least}");
            println!("{name} {km}: {} curves, {:.0} km", curves.len(), length / 1000.0);
        }
    }
}
