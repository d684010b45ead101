//! Laws of the geometry that hold whatever the shapes.

use disengage::geo::{
    Area, DistanceTable, Line, Position, ReferenceLine, Route, azimuth_deg, destination, distance_m,
};
use proptest::prelude::*;

/// Where a case is laid out: Golan, date line, 70 degrees north, the south.
const CENTRES: [(f64, f64); 4] = [(33.2, 35.9), (52.0, 179.95), (70.0, 25.0), (-35.0, -180.0)];

fn centre(i: usize) -> Position {
    let (lat, lon) = CENTRES[i % CENTRES.len()];
    Position::new(lat, lon).unwrap()
}

/// A line that never turns back: steps of 5 to 60 km within 60 degrees of east.
fn steps() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((30.0..150.0_f64, 5e3..6e4_f64), 1..7)
}

fn walk(start: Position, steps: &[(f64, f64)]) -> Vec<Position> {
    let mut at = start;
    let mut out = vec![at];
    for &(azimuth, metres) in steps {
        at = destination(at, azimuth, metres);
        out.push(at);
    }
    out
}

/// A star-shaped polygon of the given radii (km).
fn star(centre: Position, radii: &[f64]) -> Area {
    let turn = 360.0 / radii.len() as f64;
    let ring = radii
        .iter()
        .enumerate()
        .map(|(k, km)| destination(centre, turn * k as f64, km * 1000.0))
        .collect();
    Area::polygon(vec![ring]).unwrap()
}

fn radii() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(10.0..150.0_f64, 5..14)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Distance changes no faster than one moves, and is nought on the line.
    #[test]
    fn distance_is_lipschitz(i in 0..4_usize, s in steps(), az in 0.0..360.0_f64, m in 0.0..5e5_f64, turn in 0.0..360.0_f64, hop in 1.0..3e4_f64) {
        let points = walk(centre(i), &s);
        let line = Line::new(points.clone()).unwrap();
        let p = destination(centre(i), az, m);
        let q = destination(p, turn, hop);
        let change = (line.distance_m(p) - line.distance_m(q)).abs();
        prop_assert!(change <= hop + 0.5, "{change} for {hop}");
        for v in &points {
            prop_assert!(line.distance_m(*v) < 1e-6);
            prop_assert!(line.distance_m(p) <= distance_m(p, *v) + 1e-6);
        }
        // Reversing the line swaps its sides.
        let back = Line::new(points.iter().rev().copied().collect()).unwrap();
        prop_assert!((line.distance_m(p) - back.distance_m(p)).abs() < 0.3);
    }

    /// A place carried straight off the inside of an edge, by less than anything
    /// else is near, lies at that distance on that side.
    #[test]
    fn a_step_aside_is_that_far(i in 0..4_usize, s in steps(), share in 0.2..0.8_f64, metres in 10.0..900.0_f64) {
        let points = walk(centre(i), &s);
        let line = Line::new(points.clone()).unwrap();
        let (a, b) = (points[0], points[1]);
        let at = destination(a, azimuth_deg(a, b), distance_m(a, b) * share);
        let left = destination(at, azimuth_deg(at, b) - 90.0, metres);
        // A later edge may pass nearer only where the line doubles back.
        prop_assume!(points.iter().skip(2).all(|p| distance_m(*p, at) > 3_000.0));
        prop_assume!((line.distance_m(left) - metres).abs() < 1.0);
        prop_assert!((line.side_m(left) - metres).abs() < 0.01);
        let right = destination(at, azimuth_deg(at, b) + 90.0, metres);
        prop_assume!((line.distance_m(right) - metres).abs() < 1.0);
        prop_assert!((line.side_m(right) + metres).abs() < 0.01);
    }

    #[test]
    fn tables_are_right_everywhere(i in 0..4_usize, s in steps(), r in steps(), az in 0.0..360.0_f64, m in 0.0..2e5_f64, shares in prop::collection::vec(0.0..1.0_f64, 40), km in -150.0..150.0_f64) {
        let line = Line::new(walk(centre(i), &s)).unwrap();
        let route = Route::new(walk(destination(centre(i), az, m), &r)).unwrap();
        let f = |p| line.distance_m(p) / 1000.0;
        let table = DistanceTable::along(&route, f);
        for share in &shares {
            let at = share * route.length_m();
            let off = (table.km_at(at) - f(route.at_m(at))).abs() * 1000.0;
            prop_assert!(off <= 25.0, "{off} m at {at}");
            prop_assert!(table.min_km() <= table.km_at(at) && table.km_at(at) <= table.max_km());
        }
        let signed = DistanceTable::along(&route, |p| line.side_m(p) / 1000.0);
        for share in &shares {
            let at = share * route.length_m();
            let off = (signed.km_at(at) - line.side_m(route.at_m(at)) / 1000.0).abs() * 1000.0;
            prop_assert!(off <= 25.0, "signed {off} m at {at}");
        }
        let from = shares[0] * route.length_m();
        match signed.first_at_or_beyond(from, km) {
            Some(at) => {
                prop_assert!(at >= from && signed.km_at(at) >= km);
                // Not before: two millimetres earlier it does not hold.
                if at > from + 0.002 {
                    prop_assert!(signed.km_at(at - 0.002) < km);
                    for share in &shares {
                        prop_assert!(signed.km_at(from + (at - 0.002 - from) * share) < km);
                    }
                }
            }
            None => for share in &shares {
                let at = from + (route.length_m() - from) * share;
                prop_assert!(signed.km_at(at) < km);
            }
        }
        if let Some(at) = signed.first_at_or_below(from, km) {
            prop_assert!(at >= from && signed.km_at(at) <= km);
        }
        for at in signed.crossings(km) {
            let now = signed.km_at(at) >= km;
            prop_assert!(now != (signed.km_at(at - 0.001) >= km));
        }
    }

    #[test]
    fn unions_and_differences_agree_with_their_parts(i in 0..4_usize, a in radii(), b in radii(), az in 0.0..360.0_f64, m in 0.0..2.5e5_f64, probes in prop::collection::vec((0.0..360.0_f64, 0.0..3e5_f64), 60)) {
        let one = star(centre(i), &a);
        let two = star(destination(centre(i), az, m), &b);
        let union = Area::union(&[one.clone(), two.clone()]).unwrap();
        let common = Area::intersection(&one, &two).ok();
        let rest = Area::difference(&one, &two).ok();
        let size = |x: &Option<Area>| x.as_ref().map_or(0.0, Area::area_km2);
        let sum = one.area_km2() + two.area_km2();
        prop_assert!((union.area_km2() + size(&common) - sum).abs() < sum * 1e-5 + 0.1);
        prop_assert!((size(&common) + size(&rest) - one.area_km2()).abs() < sum * 1e-5 + 0.1);
        for &(az, m) in &probes {
            let p = destination(centre(i), az, m);
            let (x, y) = (one.signed_km(p), two.signed_km(p));
            prop_assert_eq!(one.contains(p), x < 0.0);
            if x.abs() < 0.02 || y.abs() < 0.02 {
                continue;
            }
            let (x, y) = (x < 0.0, y < 0.0);
            prop_assert_eq!(union.contains(p), x || y);
            prop_assert_eq!(common.as_ref().is_some_and(|c| c.contains(p)), x && y);
            prop_assert_eq!(rest.as_ref().is_some_and(|c| c.contains(p)), x && !y);
            // The distance from a union is the lesser of the two outside both.
            if !x && !y {
                let least = one.signed_km(p).min(two.signed_km(p));
                prop_assert!((union.signed_km(p) - least).abs() < 0.005);
            }
        }
    }

    #[test]
    fn offset_curves_are_at_their_distance(i in 0..4_usize, s in steps(), km in 1.0..200.0_f64, other in any::<bool>()) {
        let points = walk(centre(i), &s);
        let toward = destination(points[0], s[0].0 - 90.0, 3_000.0);
        let line = ReferenceLine::new(Line::new(points).unwrap(), toward);
        prop_assume!(line.is_ok());
        let line = line.unwrap();
        let km = if other { -km } else { km };
        let curves = line.offset_curve(km);
        prop_assert!(!curves.is_empty());
        for p in curves.iter().flatten() {
            let off = (line.signed_km(*p) - km).abs() * 1000.0;
            prop_assert!(off <= 50.0, "{off}");
        }
    }

    #[test]
    fn bands_hold_what_they_say(i in 0..4_usize, s in steps(), from in -60.0..60.0_f64, width in 1.0..80.0_f64, probes in prop::collection::vec((0.0..360.0_f64, 0.0..2e5_f64), 60)) {
        let points = walk(centre(i), &s);
        let toward = destination(points[0], s[0].0 - 90.0, 3_000.0);
        let line = ReferenceLine::new(Line::new(points).unwrap(), toward);
        prop_assume!(line.is_ok());
        let line = line.unwrap();
        let band = Area::band(&line, from, from + width).unwrap();
        for &(az, m) in &probes {
            let p = destination(centre(i), az, m);
            if band.signed_km(p).abs() > 0.02 {
                let d = line.signed_km(p);
                prop_assert_eq!(band.contains(p), d >= from && d < from + width, "{} at {}", d, p);
            }
        }
    }
}
