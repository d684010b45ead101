//! Areas against tables made by another method (`fixtures/geo/make.py`), and
//! areas made from lines and areas against the distances that define them.

use crate::shapes::{area, line, num, pos, rows};
use disengage::geo::{Area, Position, ReferenceLine, destination, distance_m};

const AREA_DISTANCE: &str = include_str!("../fixtures/geo/area_distance.csv");
const AREA_SIZE: &str = include_str!("../fixtures/geo/area_size.csv");

/// What the methods are held to against the fixtures, metres; the promise to
/// scenarios (0.1 % or 50 m) is much wider.
const WITHIN_M: f64 = 0.25;

#[test]
fn areas_agree_with_another_method() {
    let mut worst = 0.0_f64;
    let table = rows(AREA_DISTANCE);
    let (mut inside, mut outside) = (0, 0);
    for row in &table {
        let area = area(&row[0]);
        let p = pos(num(row, 1), num(row, 2));
        let want = num(row, 3);
        let off = (area.signed_km(p) * 1000.0 - want).abs();
        worst = worst.max(off);
        assert!(off <= WITHIN_M, "{off} m off: {row:?}");
        assert_eq!(area.contains(p), want < 0.0, "{row:?}");
        if want < 0.0 {
            inside += 1;
        } else {
            outside += 1;
        }
    }
    assert!(inside >= 30 && outside >= 30, "{inside} {outside}");
    println!("worst area error {worst:.4} m");
}

#[test]
fn sizes_agree_with_geographiclib() {
    for row in rows(AREA_SIZE) {
        let (got, want) = (area(&row[0]).area_km2(), num(&row, 1));
        assert!((got / want - 1.0).abs() < 1e-9, "{row:?}: {got}");
    }
}

/// Vertices of an outline and the middles of its sides.
fn outline_places(area: &Area) -> Vec<Position> {
    let mut out = Vec::new();
    for ring in area.outlines() {
        for w in ring.windows(2) {
            out.push(w[0]);
            let az = disengage::geo::azimuth_deg(w[0], w[1]);
            out.push(destination(w[0], az, distance_m(w[0], w[1]) / 2.0));
        }
    }
    out
}

#[test]
fn buffers_of_lines_lie_at_their_distance() {
    for (name, km) in [
        ("golan_line_A_alpha", 80.0),
        ("golan_line_A_alpha", 1.0),
        ("turkey_syria_border", 30.0),
        ("turkey_syria_border", 500.0),
        ("date_line", 120.0),
        ("zigzag_70n", 25.0),
    ] {
        let l = line(name);
        let buffer = Area::buffer_line(&l, km).unwrap();
        let mut worst = 0.0_f64;
        for p in outline_places(&buffer) {
            worst = worst.max((l.distance_m(p) - km * 1000.0).abs());
        }
        println!(
            "buffer {name} {km}: worst {worst:.2} m, {} points",
            outline_places(&buffer).len() / 2
        );
        assert!(worst <= 5.0, "{name} {km}: {worst}");
        // Everything at a smaller distance is inside, at a larger outside.
        for k in 0..200 {
            let p = destination(l.points()[1], f64::from(k) * 7.0, f64::from(k * k) * 30.0);
            let d = l.distance_m(p) / 1000.0;
            if (d - km).abs() > 0.01 {
                assert_eq!(buffer.contains(p), d < km, "{name} {km} at {p}: {d}");
            }
        }
    }
}

#[test]
fn buffers_of_areas_lie_at_their_distance() {
    for (name, km) in [
        ("golan_heights_ring", 20.0),
        ("golan_heights_ring", -3.0),
        ("holed_date_line", 15.0),
        ("holed_date_line", -10.0),
        ("wide_70n", 150.0),
        ("wide_70n", -20.0),
    ] {
        let source = area(name);
        let buffer = Area::buffer_area(&source, km).unwrap();
        let mut worst = 0.0_f64;
        for p in outline_places(&buffer) {
            worst = worst.max((source.signed_km(p) - km).abs() * 1000.0);
        }
        println!("buffer {name} {km}: worst {worst:.2} m");
        assert!(worst <= 5.0, "{name} {km}: {worst}");
        assert_eq!(buffer.area_km2() > source.area_km2(), km > 0.0);
    }
    assert!(Area::buffer_area(&area("golan_heights_ring"), -40.0).is_err());
}

#[test]
fn bands_hold_what_their_distances_say() {
    for (name, toward) in [
        ("golan_line_A_alpha", pos(33.5102, 36.29128)),
        ("golan_line_B_bravo", pos(33.5102, 36.29128)),
        ("turkey_syria_border", pos(35.0, 38.0)),
        ("date_line", pos(55.0, 179.0)),
        ("two_points", pos(12.0, 25.0)),
        ("sharp_corner", pos(-31.0, 143.0)),
    ] {
        let r = ReferenceLine::new(line(name), toward).unwrap();
        for (from, to) in [(0.0, 80.0), (5.0, 20.0), (-15.0, 40.0), (-60.0, -2.0)] {
            let band = match Area::band(&r, from, to) {
                Ok(band) => band,
                Err(e) => panic!("{name} {from} {to}: {e}"),
            };
            if from < 0.0 && to > 0.0 {
                // The line itself is no boundary.
                assert_eq!(band.outlines().len(), 1, "{name}");
                let p = r.line().points()[1];
                assert!(band.signed_km(p) < from.max(-to) + 0.005, "{name}");
            }
            let (mut inside, mut outside) = (0, 0);
            for k in 0..600 {
                let base = r.line().points()[k % r.line().points().len()];
                let p = destination(base, k as f64 * 31.7, (k * k) as f64 * 0.4);
                let d = r.signed_km(p);
                let edge = band.signed_km(p).abs();
                if edge > 0.02 {
                    let within = d >= from && d < to;
                    assert_eq!(band.contains(p), within, "{name} {from}..{to} at {p}: {d}, {edge}");
                    if within { inside += 1 } else { outside += 1 }
                }
            }
            assert!(inside > 40 && outside > 40, "{name} {from} {to}: {inside} {outside}");
        }
    }
}

#[test]
fn circles_are_round_anywhere() {
    for (centre, km) in
        [(pos(33.5, 36.3), 100.0), (pos(70.0, 179.95), 600.0), (pos(0.0, -180.0), 3.0)]
    {
        let circle = Area::circle(centre, km).unwrap();
        for p in outline_places(&circle) {
            let off = (distance_m(centre, p) - km * 1000.0).abs();
            assert!(off <= 2.5, "{km}: {off}");
        }
        assert!(circle.contains(centre));
        let out = destination(centre, 77.0, 250_000.0);
        assert!((circle.signed_km(out) - (250.0 - km)).abs() < 0.005);
    }
}

#[test]
fn refuses_areas_that_are_none() {
    let cross = vec![pos(0.0, 0.0), pos(1.0, 1.0), pos(0.0, 1.0), pos(1.0, 0.0)];
    let flat = vec![pos(0.0, 0.0), pos(0.0, 1.0), pos(0.0, 2.0)];
    let square = |a: f64, b: f64| vec![pos(a, a), pos(a, b), pos(b, b), pos(b, a)];
    let said = |rings| Area::polygon(rings).unwrap_err().to_string();
    assert!(said(vec![cross]).contains("crosses itself"));
    assert!(said(vec![flat]).contains("encloses no ground"));
    assert!(said(vec![vec![pos(0.0, 0.0), pos(1.0, 0.0), pos(0.0, 0.0)]]).contains("three"));
    assert!(said(vec![square(0.0, 1.0), square(3.0, 4.0)]).contains("hole"));
    assert!(said(vec![square(0.0, 1.0), square(0.5, 1.5)]).contains("hole"));
    assert!(Area::polygon(vec![square(0.0, 1.0), square(0.2, 0.8)]).is_ok());
    let (near, far) = (square(0.0, 1.0), square(3.0, 4.0));
    let (near, far) = (Area::polygon(vec![near]).unwrap(), Area::polygon(vec![far]).unwrap());
    assert!(Area::intersection(&near, &far).is_err());
    assert!(Area::difference(&near, &near).is_err());
    assert!(Area::union(&[]).is_err());
}

#[test]
fn polygons_that_share_an_edge_become_one() {
    let west = vec![pos(33.0, 35.0), pos(33.0, 36.0), pos(34.0, 36.0), pos(34.0, 35.0)];
    let east = vec![pos(33.0, 36.0), pos(33.0, 37.0), pos(34.0, 37.0), pos(34.0, 36.0)];
    let both = Area::multi(vec![vec![west], vec![east]]).unwrap();
    assert_eq!(both.outlines().len(), 1);
    // The shared edge is no boundary: the nearest is 0.5 degrees of latitude off.
    assert!(both.signed_km(pos(33.5, 36.0)) < -55.0);
}
